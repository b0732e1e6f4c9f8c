/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/tickets.h"

G_BEGIN_DECLS

#define SHOPCAISSE_LISTED_UNKNOWN G_MININT64 /* an amount that could not be read */

/* An order as the service last listed it, whoever made it. Texts are never NULL unless they say so.
 */
typedef struct {
  char *id;         /* (owned): the service's */
  char *store_id;   /* (owned) */
  char *pos_id;     /* (owned): the register that lists it, "" when several do */
  char *order_id;   /* (owned): ours, "" when absent */
  gboolean is_ours; /* made by a program like this one */
  gboolean is_test;
  char *status;       /* (owned): verbatim */
  gint64 goods_minor; /* lines and fees */
  gint64 paid_minor;
  char *receipt_id;  /* (owned) (nullable) */
  char *document_id; /* (owned) (nullable) */
  gint64 pickup_at;  /* -1 when absent */
  gint64 sweep;      /* the poll that saw it last */
} ShopcaisseListedOrder;

ShopcaisseListedOrder *shopcaisse_listed_order_new(void);
void shopcaisse_listed_order_free(ShopcaisseListedOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseListedOrder, shopcaisse_listed_order_free)

gboolean shopcaisse_listed_orders_put(ShopcaisseDatabase *database,
                                      const ShopcaisseListedOrder *order,
                                      GError **error);

/* Those with a pick-up time in the window. (element-type ShopcaisseListedOrder) */
GPtrArray *shopcaisse_listed_orders_list(ShopcaisseDatabase *database,
                                         const char *store_id,
                                         const ShopcaisseTimeWindow *window,
                                         GError **error);

G_END_DECLS
