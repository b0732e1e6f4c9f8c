/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

#include <libsoup/soup.h>

/* One call of the control port. */
typedef struct {
  Simulator *sim;             /* (unowned) */
  SoupServerMessage *message; /* (unowned) */
  GHashTable *query;          /* (unowned) (nullable) */
  json_t *body;               /* (owned) (nullable) */
  guint status;               /* of the answer; 0 when it comes later */
  json_t *answer;             /* (owned) (nullable) */
} SimControlCall;

typedef struct {
  const char *method;
  const char *path;
  void (*handle)(SimControlCall *call);
} SimControlRoute;

extern const SimControlRoute sim_control_views[];
extern const SimControlRoute sim_control_till[];
extern const SimControlRoute sim_control_faults[];
extern const SimControlRoute sim_control_books[];

SimControl *sim_control_new(Simulator *sim, guint port, GError **error);
guint sim_control_get_port(const SimControl *self);
void sim_control_answer(SimControlCall *call, json_t *answer);
void sim_control_fail(SimControlCall *call, guint status, const char *message);
guint sim_control_query(const SimControlCall *call, const char *name, guint fallback);
void sim_control_free(SimControl *self);
