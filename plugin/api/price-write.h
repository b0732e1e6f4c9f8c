/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/item.h"
#include "model/order-unit.h"
#include "net/message.h"

G_BEGIN_DECLS

/* The most entries in one call; nobody has named a limit, a page of prices has as many. */
#define SHOPCAISSE_PRICES_WRITE_MAX 1000

/* Prices are decimal euros in all that is known (docs/PROTOCOL.md 3.10); the form is an argument so
 * that the one who calls says so. */
GBytes *shopcaisse_price_build(gint64 price_minor, ShopcaisseForm form);
ShopcaisseRequest *shopcaisse_price_put_request(const char *company_id,
                                                const char *list_id,
                                                const char *item_id,
                                                GBytes *body);
ShopcaissePrice *shopcaisse_price_parse(GBytes *body, GError **error);

/* @prices: (element-type ShopcaissePrice), each with a price and an item of its own. */
GBytes *shopcaisse_prices_build(const GPtrArray *prices, ShopcaisseForm form);
ShopcaisseRequest *
shopcaisse_prices_put_request(const char *company_id, const char *list_id, GBytes *body);
ShopcaissePage *shopcaisse_written_prices_parse(GBytes *body, GError **error);

typedef struct {
  const char *store_id;
  const char *name;
  const char *description; /* (nullable) */
  const GPtrArray *prices; /* (element-type ShopcaissePrice), may be empty */
} ShopcaissePriceListDraft;

ShopcaisseRequest *shopcaisse_price_list_create_request(const char *company_id,
                                                        const ShopcaissePriceListDraft *draft,
                                                        ShopcaisseForm form);
ShopcaissePriceList *shopcaisse_price_list_parse(GBytes *body, GError **error);

G_END_DECLS
