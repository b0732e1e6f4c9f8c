/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shop of the engine's tests, and the two rows that most of them need. */
#include "engine-shop.h"

#include "engine/identity.h"
#include "model/timestamp.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/places.h"
#include "store/settings.h"

void
engine_shop_put_place(ShopcaisseDatabase *database,
                      ShopcaissePlaceKind kind,
                      const char *id,
                      const char *parent_id)
{
  ShopcaissePlace place = {
    .kind = kind,
    .id = (char *)id,
    .parent_id = (char *)parent_id,
    .name = (char *)id,
    .active = TRUE,
  };

  assert_true(shopcaisse_mirror_put_place(database, &place, 1, NULL));
}

void
engine_shop_put_item(ShopcaisseDatabase *database,
                     const char *id,
                     ShopcaisseItemType type,
                     gint64 price_minor)
{
  char *none = NULL;
  ShopcaisseItem item = {
    .id = (char *)id,
    .company_id = (char *)"company-1",
    .name = (char *)id,
    .type = type,
    .type_text = (char *)shopcaisse_item_type_to_text(type),
    .unit = (char *)"UNIT",
    .reference = (char *)"",
    .barcodes = &none,
    .has_price = TRUE,
    .price_minor = price_minor,
    .vat_on_site_bp = 1000,
    .vat_take_away_bp = 550,
  };

  assert_true(shopcaisse_mirror_put_item(database, &item, 1, NULL));
}

void
engine_shop_link(ShopcaisseDatabase *database, const char *article_id, const char *item_id)
{
  assert_true(shopcaisse_links_add(database, article_id, item_id, "hand",
                                   BENCH_NOW - SHOPCAISSE_DAY, NULL));
}

void
engine_shop_furnish(Bench *self)
{
  static const char *const settings[][2] = {
    { "token-place", "drawer" },        { "store", "store-1" },
    { "till-of-record", "shopcaisse" }, { "unit:store-1", "decimal:decimal" },
    { "orders-interval", "0" },         { "sales-interval", "0" },
    { "catalogue-interval", "0" },      { "stock-interval", "0" },
    { "catch-up-interval", "0" },
  };
  g_autofree char *connected =
      g_strdup_printf("%" G_GINT64_FORMAT, BENCH_NOW - 30 * SHOPCAISSE_DAY);
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(self);

  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
    assert_true(shopcaisse_settings_set(database, settings[i][0], settings[i][1], NULL));
  assert_true(shopcaisse_settings_set(database, "connected-at", connected, NULL));
  engine_shop_put_place(database, SHOPCAISSE_PLACE_COMPANY, "company-1", NULL);
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-1", "company-1");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-1", "store-1");
  engine_shop_put_item(database, "item-1", SHOPCAISSE_ITEM_SIMPLE, 1250);
  engine_shop_put_item(database, "item-2", SHOPCAISSE_ITEM_SIMPLE, 1299);
  engine_shop_put_item(database, "item-3", SHOPCAISSE_ITEM_MODIFIER, 25);
  engine_shop_link(database, "a-1", "item-1");
  engine_shop_link(database, "a-2", "item-2");
  engine_shop_link(database, "a-3", "item-3");
}

GVariant *
engine_shop_sale(const char *sale_id, const char *total)
{
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(BENCH_NOW);

  return g_variant_new_parsed(
      "{'id': <%s>, 'till': <'till-1'>, 'sold_at': <%s>, 'total': <%s>,"
      " 'lines': <[{'article_id': <'a-1'>, 'name': <'Tarte'>, 'quantity': <'1'>,"
      " 'unit_price': <%s>}]>, 'payments': <[{'method': <'card'>, 'amount': <%s>}]>}",
      sale_id, sold_at, total, total, total);
}

void
engine_shop_submit(Bench *self, const char *sale_id, const char *total)
{
  bench_assert_done(
      bench_perform_row(self, COMPTOIR_OPERATION_SUBMIT_SALE, engine_shop_sale(sale_id, total)));
}

static const char *
choose(const char *text, const char *fallback)
{
  return text != NULL ? text : fallback;
}

char *
engine_shop_echo(const ShopEcho *echo)
{
  g_autofree char *order_id = shopcaisse_identity_order_id("instance-1", echo->sale_id, 0);
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(BENCH_NOW);
  g_autofree char *discriminator = g_strconcat("till-1 ", sold_at, NULL);
  g_autofree char *id = g_strconcat("server-", echo->sale_id, NULL);

  return g_strdup_printf("{'id':'%s','orderId':'%s','subChannelOrderId':'%s','status':'%s',%s"
                         "'items':[{'productId':'item-1','price':%s,'quantity':1,'children':[]}],"
                         "'payments':[{'amount':%s}]}",
                         choose(echo->id, id), choose(echo->order_id, order_id),
                         choose(echo->discriminator, discriminator),
                         choose(echo->status, "not_acked"), choose(echo->extra, ""), echo->total,
                         echo->total);
}

void
engine_shop_accept(Bench *self, const char *sale_id, const char *total)
{
  ShopEcho echo = { .sale_id = sale_id, .total = total };
  g_autofree char *json = engine_shop_echo(&echo);

  bench_reply(self, bench_take(self, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
}
