/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders as a page shows them: what they cost, how they are in words, what may be done. */
#include "engine-lists.h"
#include "engine-words.h"

static gboolean
get_flag(Bench *bench, const char *sale_id, const char *key)
{
  g_autoptr(GVariant) row = engine_lists_find(bench, "orders", NULL, sale_id);
  gboolean flag = FALSE;

  assert_non_null(row);
  assert_true(g_variant_lookup(row, key, "b", &flag));
  return flag;
}

static guint
get_total(Bench *bench, const char *query)
{
  BenchAnswer *answer = bench_list_window(bench, "orders", query, 0, 100);
  guint32 total = G_MAXUINT32;

  bench_run(bench);
  g_variant_lookup(bench_assert_done(answer), "total", "u", &total);
  return total;
}

static void
sell(Bench *bench, const char *sale_id, const char *number)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale(sale_id, "12.50"));
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(sale);

  g_variant_dict_insert(&dict, "number", "s", number);
  bench_assert_done(
      bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, g_variant_dict_end(&dict)));
}

static void
order_tells_what_it_costs_and_when_it_was_sold(void **state)
{
  bench_open(*state);
  engine_shop_submit(*state, "sale-1", "12.50");
  assert_row_text(*state, "orders", "sale-1", "total", "12.50");
  assert_row_text(*state, "orders", "sale-1", "currency", "EUR");
  assert_row_text(*state, "orders", "sale-1", "sold_at", "2026-03-02T10:00:00Z");
  engine_shop_accept(*state, "sale-1", "12.50");
}

static void
states_are_in_words_for_people(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_row_text(bench, "orders", "sale-1", "state", "sent");
  assert_row_text(bench, "orders", "sale-1", "state_name", "Sent");
  assert_row_text(bench, "orders", "sale-1", "kitchen", "not_acked");
  assert_row_text(bench, "orders", "sale-1", "kitchen_name", "Not seen by the till yet");
}

static void
order_that_was_sent_cannot_be_sent_and_can_be_cancelled(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_false(get_flag(bench, "sale-1", "can_send"));
  assert_true(get_flag(bench, "sale-1", "can_cancel"));
}

/* In each of seven statuses, none of which is ticked. */
static void
sale_can_be_sent_once_it_is_paid_whatever_its_status(void **state)
{
  static const char *const ids[] = { "s1", "s2", "s3", "s4", "s5", "s6", "s7" };
  Bench *bench = *state;

  bench_open(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autofree char *unpaid = g_strdup_printf("{'status': <'%s'>, 'paid': <false>}", ids[i]);
    g_autofree char *paid = g_strdup_printf("{'status': <'%s'>}", ids[i]);
    g_autofree char *changes = g_strdup_printf("{'send-status:%s': <false>}", ids[i]);

    engine_words_submit(bench, ids[i], unpaid);
    engine_words_change(bench, changes);
    assert_false(get_flag(bench, ids[i], "can_send"));
    engine_words_submit(bench, ids[i], paid);
    assert_true(get_flag(bench, ids[i], "can_send"));
  }
}

static void
order_that_waits_for_its_next_try_can_be_sent(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;
  guint32 tries = 0;

  bench_open(bench);
  bench->clock.chance = 1000;
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  row = engine_lists_find(bench, "orders", NULL, "sale-1");
  assert_true(g_variant_lookup(row, "tries", "u", &tries));
  assert_int_equal(tries, 1);
  assert_string_not_equal(bench_text(row, "next_try"), "");
  assert_true(get_flag(bench, "sale-1", "can_send"));
}

static void
order_that_a_setting_holds_cannot_be_sent(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  assert_row_text(bench, "orders", "sale-1", "state_name", "On hold");
  assert_false(get_flag(bench, "sale-1", "can_send"));
  assert_true(get_flag(bench, "sale-1", "can_cancel"));
}

static void
order_that_was_set_aside_can_be_sent(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'park-queue'>}"));
  assert_row_text(bench, "orders", "sale-1", "state_name", "Set aside");
  assert_true(get_flag(bench, "sale-1", "can_send"));
}

static void
cancelled_order_can_neither_be_sent_nor_cancelled(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}"));
  assert_row_text(bench, "orders", "sale-1", "state_name", "Cancelled");
  assert_false(get_flag(bench, "sale-1", "can_send"));
  assert_false(get_flag(bench, "sale-1", "can_cancel"));
}

static void
sell_three(Bench *bench)
{
  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  sell(bench, "sale-1", "T-100");
  sell(bench, "sale-2", "T-101");
  sell(bench, "sale-3", "U-100");
}

static void
search_finds_how_a_number_begins(void **state)
{
  sell_three(*state);
  assert_int_equal(get_total(*state, "{'search': <'T-10'>}"), 2);
  assert_int_equal(get_total(*state, "{'search': <'T-101'>}"), 1);
  assert_int_equal(get_total(*state, "{'search': <'100'>}"), 0);
}

static void
search_finds_an_id(void **state)
{
  sell_three(*state);
  assert_int_equal(get_total(*state, "{'search': <'sale-3'>}"), 1);
  assert_int_equal(get_total(*state, "{'search': <'sale'>}"), 0);
}

static void
search_and_state_go_together(void **state)
{
  sell_three(*state);
  assert_int_equal(get_total(*state, "{'search': <'T-'>, 'state': <'held'>}"), 2);
  assert_int_equal(get_total(*state, "{'search': <'T-'>, 'state': <'sent'>}"), 0);
}

static void
one_sale_can_be_asked_for(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  sell_three(bench);
  assert_int_equal(get_total(bench, "{'sale': <'sale-2'>}"), 1);
  row = engine_lists_find(bench, "orders", "{'sale': <'sale-2'>}", "sale-2");
  assert_non_null(row);
}

static void
newest_come_first_when_asked_so(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) first = NULL;

  sell_three(bench);
  answer = bench_list_window(bench, "orders", "{'sort': <'-sold_at'>}", 0, 10);
  bench_run(bench);
  rows = g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  first = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(first, "id"), "sale-3");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_tells_what_it_costs_and_when_it_was_sold),
    bench_test(states_are_in_words_for_people),
    bench_test(order_that_was_sent_cannot_be_sent_and_can_be_cancelled),
    bench_test(sale_can_be_sent_once_it_is_paid_whatever_its_status),
    bench_test(order_that_waits_for_its_next_try_can_be_sent),
    bench_test(order_that_a_setting_holds_cannot_be_sent),
    bench_test(order_that_was_set_aside_can_be_sent),
    bench_test(cancelled_order_can_neither_be_sent_nor_cancelled),
    bench_test(search_finds_how_a_number_begins),
    bench_test(search_finds_an_id),
    bench_test(search_and_state_go_together),
    bench_test(one_sale_can_be_asked_for),
    bench_test(newest_come_first_when_asked_so),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
