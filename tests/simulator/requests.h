/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

/* One request as the relay saw it; no token, no body. */
typedef struct {
  guint number;
  gint64 at_ms;
  char *method;      /* (owned) */
  char *path;        /* (owned) */
  char *query;       /* (owned) (nullable) */
  char *order_id;    /* (owned) (nullable): of a posted order */
  char *sha256;      /* (owned) (nullable): of the body, once complete */
  const char *fault; /* (static) (nullable): what was done to it */
  const char *held;  /* (static) (nullable): where it was held */
  guint status;      /* answered; 0 while or when there is no answer */
  gsize body_length;
  gboolean authorised;
  gboolean reached; /* whether the service behind the faults saw it */
} SimRequest;

struct _SimRequests {
  GPtrArray *rows; /* (owned): of SimRequest */
  GHashTable *by_number;
  guint last;
};

SimRequests *sim_requests_new(void);
SimRequest *sim_requests_add(Simulator *sim, const char *method, const char *target);
SimRequest *sim_requests_get(const SimRequests *self, guint number);
void sim_requests_clear(SimRequests *self);
json_t *sim_requests_to_json(const SimRequests *self, guint since, guint limit);
void sim_requests_free(SimRequests *self);
