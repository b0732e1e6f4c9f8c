/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An order's way as a page shows it, with words for people. */
#include "engine-lists.h"

/* (transfer full): the rows of a sale's timeline. */
static GVariant *
read_timeline(Bench *bench, const char *query)
{
  BenchAnswer *answer = bench_list_window(bench, "timeline", query, 0, 100);

  bench_run(bench);
  return g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
}

/* "name (level): text", a line each. */
static void
assert_timeline(Bench *bench, const char *expected)
{
  g_autoptr(GVariant) rows = read_timeline(bench, "{'sale': <'sale-1'>}");
  g_autoptr(GString) text = g_string_new(NULL);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_string_append_printf(text, "%s (%s): %s\n", bench_text(row, "name"), bench_text(row, "level"),
                           bench_text(row, "text"));
  }
  assert_string_equal(text->str, expected);
}

static void
fail_to_send(Bench *bench)
{
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
}

static void
order_is_followed_from_its_sale_to_the_till(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_timeline(bench, "Waiting to be sent (info): \n"
                         "Sent (info): \n"
                         "Not seen by the till yet (info): \n"
                         "Not entered in the books yet (info): \n");
}

static void
failed_try_says_why(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  fail_to_send(bench);
  assert_timeline(bench, "Waiting to be sent (info): \n"
                         "Waiting to be sent (warning): Shopcaisse could not be reached.\n");
}

static void
tries_that_fail_alike_are_one_row_with_its_end(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;
  guint32 times = 0;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  fail_to_send(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  fail_to_send(bench);
  rows = read_timeline(bench, "{'sale': <'sale-1'>}");
  assert_int_equal(g_variant_n_children(rows), 2);
  row = g_variant_get_child_value(rows, 1);
  assert_true(g_variant_lookup(row, "times", "u", &times));
  assert_int_equal(times, 2);
  assert_string_equal(bench_text(row, "at"), "2026-03-02T10:00:00Z");
  assert_string_not_equal(bench_text(row, "until"), bench_text(row, "at"));
}

static void
held_order_says_for_what(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;

  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  rows = read_timeline(bench, "{'sale': <'sale-1'>}");
  row = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(row, "name"), "On hold");
  assert_string_equal(bench_text(row, "level"), "warning");
  assert_string_not_equal(bench_text(row, "text"), "");
}

static void
unknown_sale_has_no_rows(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;

  bench_open(bench);
  rows = read_timeline(bench, "{'sale': <'sale-9'>}");
  assert_int_equal(g_variant_n_children(rows), 0);
}

static void
sale_has_to_be_named(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = bench_list_window(bench, "timeline", NULL, 0, 100);
  bench_run(bench);
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "which sale");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_is_followed_from_its_sale_to_the_till),
    bench_test(failed_try_says_why),
    bench_test(tries_that_fail_alike_are_one_row_with_its_end),
    bench_test(held_order_says_for_what),
    bench_test(unknown_sale_has_no_rows),
    bench_test(sale_has_to_be_named),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
