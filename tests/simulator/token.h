/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

struct _SimToken {
  char *text;          /* (owned): the JWT */
  char *id;            /* (owned) */
  char *application;   /* (owned): also the key of webhook signatures */
  char *user;          /* (owned) */
  json_t *resources;   /* (owned): array of type.id */
  json_t *permissions; /* (owned): object of node: true */
  guint serial;        /* how many tokens were made */
  gboolean revoked;
};

SimToken *sim_token_new(const Simulator *sim);
void sim_token_issue(Simulator *sim, const json_t *permissions, const json_t *resources);
gboolean sim_token_is_valid(const SimToken *self, const char *text);
gboolean sim_token_may(const SimToken *self, const char *node);
gboolean sim_token_covers(const Simulator *sim, const char *type, const char *id);
json_t *sim_token_build_bundle(const Simulator *sim);
void sim_token_free(SimToken *self);

json_t *sim_permissions_choose(const char *kind);
