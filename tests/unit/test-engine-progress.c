/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the host hears of a sale: after the commit, until it has heard it. */
#include "engine-shop.h"
#include "tests/repeat.h"

#include <string.h>

#define HEARD_MAX  200 /* as in engine/progress.c */
#define TELL_LIMIT 50

/* How often the host heard that a sale is in a state. */
static guint
count_told(Bench *bench, const char *sale_id, const char *state)
{
  GPtrArray *progress = bench->host.progress;
  guint n_told = 0;

  for (guint i = 0; i < progress->len; i++) {
    if (g_str_equal(bench_text(progress->pdata[i], "id"), sale_id) &&
        g_str_equal(bench_text(progress->pdata[i], "state"), state))
      n_told++;
  }
  return n_told;
}

static void
send_sale(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
each_move_is_told_once(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
  bench_close(bench);
  bench_open(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
}

static void
step_cb(const char *step, const char *sale_id, gpointer user_data)
{
  Bench *bench = user_data;

  (void)sale_id;
  if (g_str_equal(step, "settled"))
    bench->n_noted = 1 + count_told(bench, "sale-1", "sent");
}

static void
nothing_is_told_before_the_commit(void **state)
{
  Bench *bench = *state;

  bench->step = step_cb;
  send_sale(bench);
  assert_int_equal(bench->n_noted, 1); /* one settled, none told by then */
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
}

static void
unconfirmed_progress_is_told_again_after_a_start(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench->host.is_closing = TRUE;
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
  bench_close(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 2);
}

static void
crash_after_the_commit_tells_it_again(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench->host.is_closing = TRUE;
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
}

static void
unconfirmed_progress_is_told_again_with_the_next_move(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench->host.is_closing = TRUE;
  engine_shop_accept(bench, "sale-1", "12.50");
  bench->host.is_closing = FALSE;
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 2);
  engine_shop_accept(bench, "sale-2", "12.50");
}

static void
progress_heard_just_before_a_crash_is_told_again(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
}

static void
progress_heard_a_second_ago_is_not_told_again(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 0);
}

static void
progress_is_noted_with_the_next_sale(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(count_told(bench, "sale-1", "sent"), 0);
}

static void
move_while_the_last_is_not_noted_is_told(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  assert_int_equal(count_told(bench, "sale-1", "sending"), 1);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(count_told(bench, "sale-1", "sent"), 1);
}

static void
more_sales_than_one_batch_are_all_told(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "token-place", "");
  bench_start(bench);
  bench->host.is_closing = TRUE;
  for (guint i = 0; i < 120; i++) {
    g_autofree char *id = g_strdup_printf("sale-%u", i);

    engine_shop_submit(bench, id, "12.50");
  }
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  for (guint i = 0; i < 120; i++) {
    g_autofree char *id = g_strdup_printf("sale-%u", i);

    assert_int_equal(count_told(bench, id, "waiting"), 1);
  }
}

/* Each batch is looked for among what was heard and not noted yet: at most as many wait. */
static void
of_many_sales_few_wait_to_be_noted(void **state)
{
  Bench *bench = *state;
  const guint n_sales = HEARD_MAX + TELL_LIMIT + repeat(300);

  bench_set(bench, "token-place", "");
  bench_start(bench);
  bench->host.is_closing = TRUE;
  for (guint i = 0; i < n_sales; i++) {
    g_autofree char *id = g_strdup_printf("sale-%u", i);

    engine_shop_submit(bench, id, "12.50");
  }
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(bench->host.progress->len, n_sales);
  bench_crash(bench);
  bench_start(bench);
  bench_run(bench);
  assert_in_range(bench->host.progress->len, 0, HEARD_MAX + TELL_LIMIT);
}

static void
row_names_sale_order_and_time(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "number"), "sale-1");
  assert_string_equal(bench_progress(bench, "sale-1", "external_id"), "server-sale-1");
  assert_string_equal(bench_progress(bench, "sale-1", "at"), "2026-03-02T10:00:00Z");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(each_move_is_told_once),
    bench_test(nothing_is_told_before_the_commit),
    bench_test(unconfirmed_progress_is_told_again_after_a_start),
    bench_test(crash_after_the_commit_tells_it_again),
    bench_test(unconfirmed_progress_is_told_again_with_the_next_move),
    bench_test(progress_heard_just_before_a_crash_is_told_again),
    bench_test(progress_heard_a_second_ago_is_not_told_again),
    bench_test(progress_is_noted_with_the_next_sale),
    bench_test(move_while_the_last_is_not_noted_is_told),
    bench_test(more_sales_than_one_batch_are_all_told),
    bench_test(of_many_sales_few_wait_to_be_noted),
    bench_test(row_names_sale_order_and_time),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
