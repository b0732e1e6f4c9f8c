/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "call.h"
#include "money.h"
#include "simulator.h"
#include "stores.h"

typedef struct {
  char *item;        /* (owned): id */
  char *name;        /* (owned) */
  double quantity;   /* times the parent's */
  gint64 unit_price; /* cents */
  gint64 total;      /* cents */
} SimOrderLine;

typedef struct {
  char *id;              /* (owned): the server's */
  char *order_id;        /* (owned) (nullable): the client's */
  char *key;             /* (owned) (nullable): store, channel and orderId */
  char *raw;             /* (owned): the request as received */
  char *sha256;          /* (owned): of the request */
  char *sale;            /* (owned) (nullable): id of its fiscal document */
  const SimStore *store; /* (unowned) */
  const SimPos *pos;     /* (unowned) */
  json_t *document;      /* (owned): what answers carry */
  GArray *lines;         /* (owned): SimOrderLine, children after their parents */
  GArray *payments;      /* (owned): gint64 cents each */
  gint64 fees;           /* cents: charges, tips and discount together */
  gint64 total;          /* cents, as the till understood them */
  gint64 paid;           /* cents */
  gint64 pickup_ms;      /* ms since 1970, or G_MININT64 */
  guint posts;           /* how often it was posted */
  gboolean test;
} SimOrder;

struct _SimOrders {
  GPtrArray *rows;         /* (owned): of SimOrder, oldest first */
  GHashTable *by_id;       /* (owned) */
  GHashTable *by_key;      /* (owned) */
  GHashTable *by_order_id; /* (owned) */
};

GArray *sim_order_lines_copy(const GArray *lines);
SimOrders *sim_orders_new(void);
SimOrder *sim_orders_find_known(const Simulator *sim, const SimStore *store, const json_t *body);
SimOrder *sim_orders_build(SimCall *call, const SimStore *store, const SimPos *pos);
void sim_orders_add(Simulator *sim, SimOrder *order);
SimOrder *sim_orders_get(const Simulator *sim, const char *id);
SimOrder *sim_orders_find(const Simulator *sim, const char *id_or_order_id);
const char *sim_order_get_status(const SimOrder *order);
void sim_order_set_status(Simulator *sim, SimOrder *order, const char *status, const char *reason);
gboolean sim_order_is_cancelled(const SimOrder *order);
void sim_order_free(SimOrder *order);
void sim_orders_free(SimOrders *self);

gboolean sim_order_check(SimCall *call, const SimStore *store);
json_t *sim_order_build_document(SimCall *call, const SimOrder *order);
