/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "requests.h"
#include "simulator.h"

/* A request as the service reads it, whoever brought it. */
typedef struct {
  const char *method;
  const char *path;
  const char *query;         /* (nullable): as sent, still escaped */
  const char *authorization; /* (nullable): that header */
  const char *text;          /* (nullable): the body */
  gsize text_length;
  SimRequest *request; /* (unowned) (nullable): row of the log */
} SimServiceCall;

SimService *sim_service_new(Simulator *sim);
GBytes *sim_service_handle(SimService *self, const SimServiceCall *call, guint *status);
void sim_service_free(SimService *self);
