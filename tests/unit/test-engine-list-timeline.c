/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An order's way as a page shows it, with words for people. */
#include "engine-lists.h"
#include "engine-words.h"

#include <string.h>

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

/* A kiosk: the terminal prompts, the customer pays, the terminal confirms. */
#define KIOSK                                                                                      \
  "[{'id': <'submitted'>, 'name': <'Submitted'>}, {'id': <'prompting'>, 'name': <'Terminal'>},"    \
  " {'id': <'paying'>, 'name': <'Card in'>}, {'id': <'paid'>, 'name': <'Paid'>},"                  \
  " {'id': <'redirected'>, 'name': <'Redirected to bank'>}, {'id': <'refused'>}]"

/* One step of a sale, a second after the one before. */
static void
step(Bench *bench, const char *sale_id, const char *status, const char *paid)
{
  g_autofree char *more = g_strdup_printf("{'status': <'%s'>, 'paid': <%s>}", status, paid);

  bench_pass(bench, SHOPCAISSE_SECOND);
  engine_words_submit(bench, sale_id, more);
}

/* "at name", a line each, of the host's own words and of being sent. */
static char *
print_steps(Bench *bench, const char *sale_id)
{
  g_autofree char *query = g_strdup_printf("{'sale': <'%s'>}", sale_id);
  g_autoptr(GVariant) rows = read_timeline(bench, query);
  GString *text = g_string_new(NULL);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "kind"), "host") ||
        g_str_equal(bench_text(row, "word"), "sent"))
      g_string_append_printf(text, "%s %s\n", bench_text(row, "at"), bench_text(row, "name"));
  }
  return g_string_free(text, FALSE);
}

static void
kiosk_order_leaves_after_its_payment_with_five_times(void **state)
{
  Bench *bench = *state;
  g_autofree char *steps = NULL;

  engine_words_open(bench, KIOSK, NULL);
  step(bench, "sale-1", "submitted", "false");
  step(bench, "sale-1", "prompting", "false");
  step(bench, "sale-1", "paying", "false");
  bench_assert_quiet(bench);
  step(bench, "sale-1", "paid", "true");
  bench_pass(bench, SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  steps = print_steps(bench, "sale-1");
  assert_string_equal(steps, "2026-03-02T10:00:01Z Submitted\n2026-03-02T10:00:02Z Terminal\n"
                             "2026-03-02T10:00:03Z Card in\n2026-03-02T10:00:04Z Paid\n"
                             "2026-03-02T10:00:05Z Sent\n");
}

static void
of_three_online_payments_the_one_that_succeeds_is_sent(void **state)
{
  Bench *bench = *state;
  g_autofree char *steps = NULL;
  guint n_posts = 0;

  engine_words_open(bench, KIOSK, NULL);
  for (guint i = 1; i <= 3; i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%u", i);

    step(bench, sale_id, "submitted", "false");
    step(bench, sale_id, "redirected", "false");
  }
  step(bench, "sale-1", "paid", "true");
  engine_shop_accept(bench, "sale-1", "12.50");
  step(bench, "sale-2", "refused", "false");
  bench_pass(bench, SHOPCAISSE_DAY);
  for (guint i = 0; i < bench->network.sent->len; i++)
    n_posts += strstr(bench->network.sent->pdata[i], SHOP_ORDERS) != NULL ? 1 : 0;
  assert_int_equal(n_posts, 1);
  assert_string_equal(bench_progress(bench, "sale-2", "reason"), "unpaid");
  steps = print_steps(bench, "sale-3");
  assert_true(g_str_has_suffix(steps, " Redirected to bank\n"));
}

/* What the host says of it later changes nothing there, and stands in its history. */
static void
status_of_a_sale_that_was_sent_is_a_step_once(void **state)
{
  Bench *bench = *state;
  g_autofree char *steps = NULL;

  engine_words_open(bench, KIOSK, NULL);
  step(bench, "sale-1", "paid", "true");
  engine_shop_accept(bench, "sale-1", "12.50");
  step(bench, "sale-1", "collected", "true");
  step(bench, "sale-1", "collected", "true");
  steps = print_steps(bench, "sale-1");
  assert_true(g_str_has_suffix(steps, " Sent\n2026-03-02T10:00:02Z collected\n"));
  bench_assert_quiet(bench);
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
    bench_test(kiosk_order_leaves_after_its_payment_with_five_times),
    bench_test(of_three_online_payments_the_one_that_succeeds_is_sent),
    bench_test(status_of_a_sale_that_was_sent_is_a_step_once),
    bench_test(unknown_sale_has_no_rows),
    bench_test(sale_has_to_be_named),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
