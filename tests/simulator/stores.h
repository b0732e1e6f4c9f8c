/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

typedef struct {
  char *id;          /* (owned) */
  char *name;        /* (owned) */
  char *plan;        /* (owned) */
  const char *store; /* (unowned): id of its store */
  gboolean active;
  gboolean licensed;  /* has the Order Management Module */
  gboolean discovery; /* Discovery Mode */
  gboolean online;    /* the iPad runs, is logged in and connected */
} SimPos;

typedef struct {
  char *id;          /* (owned) */
  char *name;        /* (owned) */
  char *company;     /* (owned): id */
  json_t *address;   /* (owned) */
  json_t *hours;     /* (owned) */
  GPtrArray *poss;   /* (owned): of SimPos */
  guint index;       /* place in the list of stores */
  gboolean in_token; /* whether a full token names it */
} SimStore;

typedef struct {
  char *id;      /* (owned) */
  char *name;    /* (owned) */
  char *country; /* (owned) */
  gboolean in_token;
} SimCompany;

struct _SimStores {
  char *organisation;   /* (owned): id */
  GPtrArray *companies; /* (owned): of SimCompany; the first owns the catalogue */
  GPtrArray *stores;    /* (owned): of SimStore */
};

gboolean sim_stores_load(Simulator *sim, const json_t *shop, GError **error);
void sim_stores_generate(Simulator *sim, guint n_stores);
SimCompany *sim_stores_get_company(const SimStores *self, const char *id);
SimStore *sim_stores_get_store(const SimStores *self, const char *id);
SimPos *sim_stores_get_pos(const SimStores *self, const char *id);
SimPos *sim_stores_find_pos(const SimStores *self, const char *id_or_name);
json_t *sim_stores_build_pos(const SimPos *pos);
json_t *sim_stores_build_store(const Simulator *sim, const SimStore *store);
json_t *sim_stores_build_company(const Simulator *sim, const SimCompany *company);
void sim_stores_free(SimStores *self);
