/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-bench.h"
#include "model/item.h"
#include "model/place.h"

G_BEGIN_DECLS

/* The shop of the tests: company-1, store-1, pos-1; a-1, a-2 and a-3 of the host are item-1
 * "Tarte" at 12.50, item-2 "Cerises" by the kilogram at 12.99, item-3 "Chantilly", an option. */
void engine_shop_furnish(Bench *self);

void engine_shop_put_place(ShopcaisseDatabase *database,
                           ShopcaissePlaceKind kind,
                           const char *id,
                           const char *parent_id);
void engine_shop_put_item(ShopcaisseDatabase *database,
                          const char *id,
                          ShopcaisseItemType type,
                          gint64 price_minor);
void engine_shop_link(ShopcaisseDatabase *database, const char *article_id, const char *item_id);

#define SHOP_ORDERS "/v1/stores/store-1/orders?pos=pos-1"

/* A sale of one a-1 at @total, sold at BENCH_NOW, paid by card; floating. */
GVariant *engine_shop_sale(const char *sale_id, const char *total);

/* Submits it; it must be taken over. */
void engine_shop_submit(Bench *self, const char *sale_id, const char *total);

/* What the service answers an order: "" takes what is right for @sale_id. */
typedef struct {
  const char *sale_id;
  const char *total; /* in decimal euros */
  const char *id;
  const char *order_id;
  const char *discriminator;
  const char *status;
  const char *extra; /* JSON to put in, with a comma behind it */
} ShopEcho;

/* (transfer full): JSON with apostrophes. */
char *engine_shop_echo(const ShopEcho *echo);

/* Takes the order of a sale from the wire and lets the service accept it. */
void engine_shop_accept(Bench *self, const char *sale_id, const char *total);

G_END_DECLS
