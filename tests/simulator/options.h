/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the command line asked for; immutable afterwards. */
struct _SimOptions {
  int port;             /* of the API, 0 = any */
  int control_port;     /* of the control interface, 0 = any */
  int ready_fd;         /* gets the line of readiness, -1 = standard output */
  char *shop;           /* (owned): "gift", "snack" or a path */
  int n_items;          /* generated items on top of the shop's */
  int n_stores;         /* generated stores on top of the shop's */
  guint seed;           /* of everything random */
  char **settings;      /* (owned): NAME=VALUE each */
  char *orders_log;     /* (owned) (nullable): file that gets a line per stored order */
  gboolean verbose;     /* a line per request on standard error */
  gboolean with_parent; /* end when the parent process ends */
  gboolean list_switches;
  gboolean version;
};

typedef struct _SimOptions SimOptions;

SimOptions *sim_options_parse(int *argc, char ***argv, GError **error);
void sim_options_free(SimOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimOptions, sim_options_free)
