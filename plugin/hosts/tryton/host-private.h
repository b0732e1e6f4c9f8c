/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "comptoir-tryton-host.h"
#include "watch.h"

#define TRYTON_HOST_PROGRESSED "progressed"
#define TRYTON_HOST_NOTICED    "noticed"

struct _ComptoirTrytonHost {
  GObject parent_instance;

  TrytonBooks *books; /* (owned) (nullable): set while the address can be used */
  TrytonWatch *watch; /* (owned) (nullable): set once started */
  char *url;          /* (owned) */
  char *program;      /* (owned) (nullable) */
  char *state_dir;    /* (owned) (nullable) */
  char *authority;    /* (owned) (nullable): a file of certificates; NULL is the system's */
  char *login;        /* (owned) (nullable) */
  char *password;     /* (owned) (nullable) */
  char *session;      /* (owned) (nullable) */
  guint interval_s;
  gboolean allow_http;
  gboolean is_started;
};

void tryton_host_iface_init(ComptoirHostInterface *iface);
