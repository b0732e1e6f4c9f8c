/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

typedef struct {
  const char *store_id; /* (nullable): any */
  const char *state;    /* (nullable): any */
  const char *sale_id;  /* (nullable): this one alone; store and times do not count then */
  const char *text;     /* (nullable): an id, or how a number begins; the same */
  gboolean is_newest_first;
  gint64 from; /* sold at or after */
  gint64 to;   /* sold before; 0: no end */
  guint offset;
  guint limit; /* 0: all */
} ShopcaisseSalesQuery;

/* (element-type ShopcaisseSaleRecord), oldest first unless asked otherwise. */
GPtrArray *shopcaisse_sales_list(ShopcaisseDatabase *database,
                                 const ShopcaisseSalesQuery *query,
                                 GError **error);

/* How many a query finds that names an id or a text. */
gboolean shopcaisse_sales_count_found(ShopcaisseDatabase *database,
                                      const ShopcaisseSalesQuery *query,
                                      guint *n_sales,
                                      GError **error);

/* Sales whose host has not heard the last progress; at most @limit. */
GPtrArray *shopcaisse_sales_list_untold(ShopcaisseDatabase *database, guint limit, GError **error);

gboolean shopcaisse_sales_mark_told(ShopcaisseDatabase *database,
                                    const char *sale_id,
                                    guint progress,
                                    GError **error);

/* Sent orders that are neither finalised nor cancelled: the oldest pick-up day to look at, 0: none.
 */
gboolean shopcaisse_sales_oldest_open(ShopcaisseDatabase *database,
                                      const char *store_id,
                                      gint64 *sold_at,
                                      GError **error);

/* Orders of any store that were sent before @before and that no till has seen. */
gboolean shopcaisse_sales_count_unseen(ShopcaisseDatabase *database,
                                       gint64 before,
                                       guint *n_sales,
                                       GError **error);

/* Sales whose refund on the till is awaited. */
gboolean
shopcaisse_sales_count_refunds(ShopcaisseDatabase *database, guint *n_sales, GError **error);

/* a{su}: number of sales by state. */
GVariant *shopcaisse_sales_count(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
