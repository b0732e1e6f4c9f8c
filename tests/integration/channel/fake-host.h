/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

/* A host that answers as it is told to, and remembers in which thread it was called. */
typedef enum {
  FAKE_HOST_ANSWERS,
  FAKE_HOST_ANSWERS_FROM_A_THREAD,
  FAKE_HOST_HOLDS, /* keeps the request */
  FAKE_HOST_DROPS  /* forgets the request */
} FakeHostMood;

#define FAKE_TYPE_HOST (fake_host_get_type())
G_DECLARE_FINAL_TYPE(FakeHost, fake_host, FAKE, HOST, GObject)

struct _FakeHost {
  GObject parent_instance;

  FakeHostMood mood;
  guint version;
  const char *instance_id; /* (nullable): static */
  char *folder;            /* (owned) (nullable) */
  GThread *thread;         /* not owned: where it was made */
  guint n_calls;           /* of what may be asked and told */
  guint n_foreign_calls;   /* in another thread */
  guint n_names;           /* how often it was asked its name */
  guint work_us;           /* what a question costs the host */
  ComptoirRequest *held;   /* (owned) (nullable) */
  char *last_type;         /* (owned) (nullable): of the last argument */
};

FakeHost *fake_host_new(const char *instance_id, const char *folder);

G_END_DECLS
