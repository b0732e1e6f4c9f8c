/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the service's list of orders held, and at which register. */
#include "model/text.h"
#include "store-fixture.h"
#include "store/listed-orders.h"

static void
put(StoreFixture *self, const char *pos_id, gint64 sweep, gint64 goods_minor)
{
  g_autoptr(ShopcaisseListedOrder) order = shopcaisse_listed_order_new();

  shopcaisse_text_replace(&order->id, "server-1");
  shopcaisse_text_replace(&order->store_id, "store-1");
  shopcaisse_text_replace(&order->pos_id, pos_id);
  order->goods_minor = goods_minor;
  order->pickup_at = 1000;
  order->sweep = sweep;
  assert_true(shopcaisse_listed_orders_put(self->database, order, NULL));
}

static ShopcaisseListedOrder *
get_only(StoreFixture *self, GPtrArray **orders)
{
  ShopcaisseTimeWindow window = { .from = 1000, .to = 1001 };

  *orders = shopcaisse_listed_orders_list(self->database, "store-1", &window, NULL);
  assert_non_null(*orders);
  assert_int_equal((*orders)->len, 1);
  return (*orders)->pdata[0];
}

static void
order_moves_to_the_register_that_lists_it_now(void **state)
{
  g_autoptr(GPtrArray) orders = NULL;
  const ShopcaisseListedOrder *order = NULL;

  put(*state, "pos-1", 1, 500);
  put(*state, "pos-2", 2, 600);
  order = get_only(*state, &orders);
  assert_string_equal(order->pos_id, "pos-2");
  assert_int_equal(order->goods_minor, 600);
}

/* The service did not look at the register that was asked for. */
static void
order_that_two_registers_list_at_once_is_at_neither(void **state)
{
  g_autoptr(GPtrArray) orders = NULL;

  put(*state, "pos-1", 1, 500);
  put(*state, "pos-2", 1, 500);
  assert_string_equal(get_only(*state, &orders)->pos_id, "");
}

static void
amount_that_cannot_be_read_is_unknown(void **state)
{
  g_autoptr(GPtrArray) orders = NULL;

  put(*state, "pos-1", 1, SHOPCAISSE_LISTED_UNKNOWN);
  assert_true(get_only(*state, &orders)->goods_minor == SHOPCAISSE_LISTED_UNKNOWN);
}

static void
order_of_another_time_or_store_is_not_listed(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseTimeWindow later = { .from = 1001 };
  ShopcaisseTimeWindow all = { .from = 0 };
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) other = NULL;

  put(self, "pos-1", 1, 500);
  none = shopcaisse_listed_orders_list(self->database, "store-1", &later, NULL);
  other = shopcaisse_listed_orders_list(self->database, "store-2", &all, NULL);
  assert_int_equal(none->len, 0);
  assert_int_equal(other->len, 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(order_moves_to_the_register_that_lists_it_now),
    store_test(order_that_two_registers_list_at_once_is_at_neither),
    store_test(amount_that_cannot_be_read_is_unknown),
    store_test(order_of_another_time_or_store_is_not_listed),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
