/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

typedef struct _SimCatalogue SimCatalogue;
typedef struct _SimControl SimControl;
typedef struct _SimFaults SimFaults;
typedef struct _SimOptions SimOptions;
typedef struct _SimOrders SimOrders;
typedef struct _SimRelay SimRelay;
typedef struct _SimRequests SimRequests;
typedef struct _SimSales SimSales;
typedef struct _SimServer SimServer;
typedef struct _SimService SimService;
typedef struct _SimShifts SimShifts;
typedef struct _SimStores SimStores;
typedef struct _SimSwitches SimSwitches;
typedef struct _SimToken SimToken;
typedef struct _SimWaits SimWaits;
typedef struct _SimWebhooks SimWebhooks;

/* One simulated service with its till; every part belongs to it and is found through it. */
typedef struct {
  const SimOptions *options; /* (unowned): lives as long as the program */
  char *shop_name;           /* (owned): salt of the identifiers of the shop file */
  gint64 standing_ms;        /* where the clock stands, 0: it is the real one */
  gint64 clock_offset_ms;    /* virtual clock minus that one */
  guint64 next_identity;     /* counter behind sim_identity_next() */
  guint generation;          /* rises with every change that a cached answer could show */
  SimSwitches *switches;     /* (owned) */
  SimStores *stores;         /* (owned) */
  SimCatalogue *catalogue;   /* (owned) */
  SimToken *token;           /* (owned) */
  SimOrders *orders;         /* (owned) */
  SimSales *sales;           /* (owned) */
  SimShifts *shifts;         /* (owned) */
  SimRequests *requests;     /* (owned) */
  SimFaults *faults;         /* (owned) */
  SimWebhooks *webhooks;     /* (owned) */
  SimWaits *waits;           /* (owned) */
  SimService *service;       /* (owned) */
  SimServer *server;         /* (owned) (nullable), as all below: without ports there is none */
  SimRelay *relay;           /* (owned) */
  SimControl *control;       /* (owned) */
  json_t *customers;         /* (owned): store id -> array of customer rows */
  json_t *boards;            /* (owned): array of board rows */
} Simulator;

Simulator *sim_new(const SimOptions *options, GError **error);
Simulator *sim_new_unplugged(const SimOptions *options, gint64 now_ms, GError **error);
gboolean sim_reset(Simulator *sim, GError **error);
void sim_touch(Simulator *sim);
char *sim_describe(Simulator *sim);
void sim_free(Simulator *sim);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Simulator, sim_free)
