/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Customers who are being erased. A row without a customer is one behind whom only the files have
 * to be washed still; whoever starts finds both here. */
typedef struct {
  gint64 id;
  GVariant *customer; /* (owned) (nullable): a{sv} */
} ShopcaisseErasure;

/* @customer is (nullable). */
gboolean shopcaisse_erasures_add(ShopcaisseDatabase *database,
                                 GVariant *customer,
                                 gint64 *id,
                                 GError **error);

/* (element-type ShopcaisseErasure): all, the oldest first. */
GPtrArray *shopcaisse_erasures_list(ShopcaisseDatabase *database, GError **error);

/* Nobody is named in it any more. */
gboolean shopcaisse_erasures_forget(ShopcaisseDatabase *database, gint64 id, GError **error);
gboolean shopcaisse_erasures_remove(ShopcaisseDatabase *database, gint64 id, GError **error);

/* Where somebody may stand: (element-type utf8): ids of sales behind @after, at most @limit. */
GPtrArray *shopcaisse_erasures_list_sales(ShopcaisseDatabase *database,
                                          const char *after,
                                          guint limit,
                                          GError **error);

/* The same of orders whose text names a customer, by the ids of their rows: of those behind *@after
 * at most @limit are looked at, then *@after is the last of them, G_MAXINT64 when there is none. */
GPtrArray *shopcaisse_erasures_list_orders(ShopcaisseDatabase *database,
                                           gint64 *after,
                                           guint limit,
                                           GError **error);

/* Ends the searches in the store's file for the customer of a sale, one on the wire included. */
gboolean shopcaisse_erasures_drop_searches(ShopcaisseDatabase *database,
                                           const char *sale_id,
                                           GError **error);

G_END_DECLS
