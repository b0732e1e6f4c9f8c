/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store/database.h"

G_BEGIN_DECLS

/* The service's catalogue as last read; places are in store/places.h, joined rows in
 * store/offers.h. A sweep is one full pull: rows it saw carry its number. */
/* Writes nothing but the sweep when the item is the same as before (digest). Keeps match keys. */
gboolean shopcaisse_mirror_put_item(ShopcaisseDatabase *database,
                                    const ShopcaisseItem *item,
                                    gint64 sweep,
                                    GError **error);
gboolean shopcaisse_mirror_put_family(ShopcaisseDatabase *database,
                                      const char *company_id,
                                      const ShopcaisseFamily *family,
                                      gint64 sweep,
                                      GError **error);
gboolean shopcaisse_mirror_put_price_list(ShopcaisseDatabase *database,
                                          const char *company_id,
                                          const ShopcaissePriceList *list,
                                          gint64 sweep,
                                          GError **error);
gboolean shopcaisse_mirror_put_price(ShopcaisseDatabase *database,
                                     const char *list_id,
                                     const ShopcaissePrice *price,
                                     gint64 sweep,
                                     GError **error);
gboolean shopcaisse_mirror_put_stock(ShopcaisseDatabase *database,
                                     const char *store_id,
                                     const ShopcaisseStock *stock,
                                     gint64 sweep,
                                     gint64 now,
                                     GError **error);

/* Two complete sweeps that did not see an item: it is gone. Writes no item. */
gboolean shopcaisse_mirror_end_item_sweep(ShopcaisseDatabase *database,
                                          const char *company_id,
                                          gint64 sweep,
                                          GError **error);
/* The items of every other company are gone until that is chosen again. Writes no item. */
gboolean shopcaisse_mirror_choose_company(ShopcaisseDatabase *database,
                                          const char *company_id,
                                          GError **error);
/* Prices of a list, stocks of a store that a complete sweep did not see are dropped. */
gboolean shopcaisse_mirror_end_price_sweep(ShopcaisseDatabase *database,
                                           const char *list_id,
                                           gint64 sweep,
                                           GError **error);
gboolean shopcaisse_mirror_end_stock_sweep(ShopcaisseDatabase *database,
                                           const char *store_id,
                                           gint64 sweep,
                                           GError **error);

ShopcaisseItem *
shopcaisse_mirror_get_item(ShopcaisseDatabase *database, const char *id, GError **error);

/* (element-type ShopcaissePriceList); NULL store: all of the company. */
GPtrArray *shopcaisse_mirror_list_price_lists(ShopcaisseDatabase *database,
                                              const char *company_id,
                                              GError **error);

gboolean
shopcaisse_mirror_count_items(ShopcaisseDatabase *database, guint *n_items, GError **error);

/* A plain item to try the unit of money with: SIMPLE, sold by the piece, not deleted, dearest cents
 * first; NULL without an error when there is none. */
ShopcaisseItem *shopcaisse_mirror_find_trial_item(ShopcaisseDatabase *database,
                                                  const char *company_id,
                                                  GError **error);

G_END_DECLS
