/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/sale.h"
#include "model/ticket.h"

G_BEGIN_DECLS

/* What a store, or one shift of it, sold on a day: both sides side by side, in cents. */
typedef struct {
  guint n_sales;     /* of the host that are to be on the till */
  guint n_sent;      /* of these: have left */
  guint n_orders;    /* of these: at the service */
  guint n_finalised; /* of these: with a ticket that counts */
  guint n_till_only; /* tickets that no order was made for */
  guint n_refunds;   /* tickets that take one of an order back */
  gint64 host_minor;
  gint64 till_minor; /* tickets of orders, refunds taken off */
  gint64 till_only_minor;
  gint64 refunds_minor;      /* <= 0 */
  GArray *vat;               /* (owned): by rate */
  GHashTable *payments;      /* (owned): of tickets, by kind */
  GHashTable *host_payments; /* (owned): of sales, by method */
} ShopcaisseDaySums;

typedef enum {
  SHOPCAISSE_DAY_TICKET_OF_ORDER,
  SHOPCAISSE_DAY_TICKET_TILL_ONLY,
  SHOPCAISSE_DAY_TICKET_REFUND
} ShopcaisseDayTicket;

ShopcaisseDaySums *shopcaisse_day_sums_new(void);
void shopcaisse_day_sums_free(ShopcaisseDaySums *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseDaySums, shopcaisse_day_sums_free)

/* A sale that counts in the host. */
void shopcaisse_day_sums_add_sale(ShopcaisseDaySums *self, const ShopcaisseSale *sale);

/* A ticket that counts on the till. */
void shopcaisse_day_sums_add_ticket(ShopcaisseDaySums *self,
                                    const ShopcaisseTicket *ticket,
                                    ShopcaisseDayTicket kind);

/* Writes the keys that comptoir-rows.h describes. */
void shopcaisse_day_sums_insert(const ShopcaisseDaySums *self, GVariantDict *row);

/* What a sale is worth by rate, discounts taken off as its order has it. (nullable): somewhere no
 * rate is known, or there are fees, whose rate is the till's affair. */
GArray *shopcaisse_day_sums_by_rate(const ShopcaisseSale *sale);

G_END_DECLS
