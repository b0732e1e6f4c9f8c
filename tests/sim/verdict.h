/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "simulator/orders.h"

G_BEGIN_DECLS

/* The hosts' books against what the service has, by content and never by our own ids. */
typedef struct {
  guint n_sales;
  guint n_tickets;
  guint n_lost;       /* sales without an order */
  guint n_doubled;    /* orders of a sale beyond the first */
  gint64 cents;       /* by which totals differ */
  guint n_foreign;    /* orders of no sale */
  guint n_unrecorded; /* tickets of the till that the host never booked */
  guint n_invented;   /* bookings of no ticket */
  guint n_believed;   /* forged events */
  guint n_false_alarms;
} Verdict;

Verdict verdict_reach(World *world);
gboolean verdict_is_clean(const Verdict *self);

/* (element-type utf8): what the orders are about that the service has; (transfer full). */
GHashTable *verdict_find_orders(World *world);
/* What an order is about; (nullable). */
const BooksSale *verdict_find_sale(World *world, const SimOrder *order);

G_END_DECLS
