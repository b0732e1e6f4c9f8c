/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "model/item.h"
#include "net/message.h"

G_BEGIN_DECLS

#define SHOPCAISSE_ITEMS_PAGE_SIZE    1000
#define SHOPCAISSE_FAMILIES_PAGE_SIZE 25
#define SHOPCAISSE_LISTS_PAGE_SIZE    25
#define SHOPCAISSE_PRICES_PAGE_SIZE   1000
#define SHOPCAISSE_STOCKS_PAGE_SIZE   1000

ShopcaisseRequest *shopcaisse_items_request(const char *company_id, guint page, guint page_size);
ShopcaissePage *shopcaisse_items_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_item_request(const char *company_id, const char *item_id);
ShopcaisseItem *shopcaisse_item_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_families_request(const char *company_id, guint page);
ShopcaissePage *shopcaisse_families_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_price_lists_request(const char *company_id, guint page);
ShopcaissePage *shopcaisse_price_lists_parse(GBytes *body, GError **error);

ShopcaisseRequest *
shopcaisse_prices_request(const char *company_id, const char *list_id, guint page, guint page_size);
ShopcaissePage *shopcaisse_prices_parse(GBytes *body, GError **error);

ShopcaisseRequest *shopcaisse_currency_request(const char *company_id);
char *shopcaisse_currency_parse(GBytes *body, GError **error);

/* @type is (nullable): the board type that some deployments want; docs/PROTOCOL.md 3.11. */
ShopcaisseRequest *
shopcaisse_stocks_request(const char *store_id, const char *type, guint page, guint page_size);
ShopcaissePage *shopcaisse_stocks_parse(GBytes *body, GError **error);

G_END_DECLS
