/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/mirror.h"

static void
put_price(StoreFixture *self, const char *list_id, const char *item_id, gint64 sweep)
{
  ShopcaissePrice price = { .item_id = (char *)item_id, .has_price = TRUE, .price_minor = 5 };

  assert_true(shopcaisse_mirror_put_price(self->database, list_id, &price, sweep, NULL));
}

static void
put_stock(StoreFixture *self, const char *store_id, const char *item_id, gint64 sweep)
{
  ShopcaisseStock stock = { .item_id = (char *)item_id, .stock_milli = 5000 };

  assert_true(shopcaisse_mirror_put_stock(self->database, store_id, &stock, sweep, 9, NULL));
}

static void
price_lists_come_by_name(void **state)
{
  StoreFixture *self = *state;
  ShopcaissePriceList late = { .id = (char *)"1", .name = (char *)"b" };
  ShopcaissePriceList early = { .id = (char *)"2", .name = (char *)"a", .store_id = (char *)"s" };
  ShopcaissePriceList foreign = { .id = (char *)"3", .name = (char *)"c" };

  assert_true(shopcaisse_mirror_put_price_list(self->database, "company", &late, 1, NULL));
  assert_true(shopcaisse_mirror_put_price_list(self->database, "company", &early, 1, NULL));
  assert_true(shopcaisse_mirror_put_price_list(self->database, "other", &foreign, 1, NULL));

  g_autoptr(GPtrArray) lists = shopcaisse_mirror_list_price_lists(self->database, "company", NULL);

  assert_int_equal(lists->len, 2);
  assert_string_equal(((ShopcaissePriceList *)lists->pdata[0])->id, "2");
  assert_string_equal(((ShopcaissePriceList *)lists->pdata[0])->store_id, "s");
  assert_null(((ShopcaissePriceList *)lists->pdata[1])->store_id);
}

static void
a_family_put_twice_is_one_row(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseFamily family = { .id = (char *)"f", .name = (char *)"one" };

  assert_true(shopcaisse_mirror_put_family(self->database, "company", &family, 1, NULL));
  assert_true(shopcaisse_mirror_put_family(self->database, "company", &family, 2, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM family"), 1);
}

static void
prices_not_seen_are_dropped_in_their_list_alone(void **state)
{
  StoreFixture *self = *state;

  put_price(self, "list", "seen", 2);
  put_price(self, "list", "unseen", 1);
  put_price(self, "other", "unseen", 1);
  assert_true(shopcaisse_mirror_end_price_sweep(self->database, "list", 2, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM price"), 2);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM price WHERE list_id = 'other'"),
                   1);
}

static void
stocks_not_seen_are_dropped_in_their_store_alone(void **state)
{
  StoreFixture *self = *state;

  put_stock(self, "store", "seen", 2);
  put_stock(self, "store", "unseen", 1);
  put_stock(self, "other", "unseen", 1);
  assert_true(shopcaisse_mirror_end_stock_sweep(self->database, "store", 2, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM stock"), 2);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(price_lists_come_by_name),
    store_test(a_family_put_twice_is_one_row),
    store_test(prices_not_seen_are_dropped_in_their_list_alone),
    store_test(stocks_not_seen_are_dropped_in_their_store_alone),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
