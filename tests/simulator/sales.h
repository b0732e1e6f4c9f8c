/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"
#include "orders.h"
#include "simulator.h"

/* One line of a ticket while it is made. */
typedef struct {
  SimItem *item; /* (unowned) (nullable): a fee has none */
  char *label;   /* (owned) */
  double quantity;
  gint64 unit_price; /* cents, VAT included */
  gint64 total;      /* cents, VAT included, after discount */
  guint rate_bp;
  double discount; /* percent */
} SimSaleLine;

typedef struct {
  char *id;              /* (owned) */
  char *shift;           /* (owned): id */
  const SimStore *store; /* (unowned) */
  const SimPos *pos;     /* (unowned) */
  json_t *document;      /* (owned): what answers carry */
  gint64 at_ms;
} SimSale;

struct _SimSales {
  GPtrArray *rows; /* (owned): of SimSale, oldest first */
};

SimSales *sim_sales_new(void);
void sim_sales_process(Simulator *sim, SimOrder *order);
SimSale *sim_sales_ring_up(Simulator *sim, const json_t *wish, GError **error);
SimSale *sim_sales_get(const Simulator *sim, const char *id);
const char *sim_sale_get_status(const SimSale *sale);
void sim_sales_complete_shift(Simulator *sim, const char *shift);
void sim_sales_free(SimSales *self);

SimSale *sim_sale_new(Simulator *sim, const SimPos *pos, const char *type, const char *status);
void sim_sale_fill(Simulator *sim, SimSale *sale, GArray *lines, json_t *payments);
json_t *sim_sale_build_payment(Simulator *sim, const char *type, const char *name, gint64 cents);
void sim_sales_keep(Simulator *sim, SimSale *sale);
GArray *sim_sale_lines_new(void);
