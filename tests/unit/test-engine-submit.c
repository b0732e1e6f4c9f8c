/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale is answered when it is on disk, and only then; what is wrong is never stored. */
#include "engine-shop.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static guint
count_orders(Bench *bench)
{
  g_autoptr(GVariant) rows = bench_list(bench, "orders");

  return (guint)g_variant_n_children(rows);
}

static void
answered_sale_survives_a_crash(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_crash(bench);
  bench_start(bench);
  assert_int_equal(count_orders(bench), 1);
}

static void
answer_names_the_order(void **state)
{
  Bench *bench = *state;
  GVariant *answer = NULL;

  bench_start(bench);
  answer = bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                                               engine_shop_sale("sale-1", "12.50")));
  assert_string_equal(bench_text(answer, "id"), "sale-1");
  assert_string_equal(bench_text(answer, "state"), "waiting");
  assert_int_equal(strlen(bench_text(answer, "order_id")), 36);
}

static void
known_id_answers_what_is_there(void **state)
{
  Bench *bench = *state;
  GVariant *answer = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  answer = bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                                               engine_shop_sale("sale-1", "12.50")));
  assert_string_equal(bench_text(answer, "state"), "sent");
  assert_int_equal(count_orders(bench), 1);
  bench_assert_quiet(bench);
}

static void
known_id_with_another_total_keeps_the_first(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_submit(bench, "sale-1", "99.00");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

/* The host's numbers went back: a backup was restored. */
static void
known_id_of_another_sale_is_refused(void **state)
{
  Bench *bench = *state;
  g_auto(GVariantDict) other = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale("sale-1", "12.50"));
  GVariant *notice = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  g_variant_dict_init(&other, sale);
  g_variant_dict_insert(&other, "sold_at", "s", "2026-03-02T18:00:00Z");
  bench_assert_error(
      bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, g_variant_dict_end(&other)),
      COMPTOIR_ERROR_CONFLICT, "was a backup restored?");
  notice = g_ptr_array_index(bench->host.notices, bench->host.notices->len - 1);
  assert_string_equal(bench_text(notice, "id"), "host-restored");
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
wrong_sums_are_named_and_not_stored(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_start(bench);
  answer = bench_perform(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                         "{'id': <'sale-1'>, 'sold_at': <'2026-03-02T10:00:00Z'>,"
                         " 'total': <'12.51'>, 'lines': <[{'article_id': <'a-1'>,"
                         " 'quantity': <'1'>, 'unit_price': <'12.50'>}]>,"
                         " 'payments': <[{'method': <'card'>, 'amount': <'12.51'>}]>}");
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "12.51");
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "12.50");
  assert_int_equal(count_orders(bench), 0);
}

static void
bad_sale_does_not_spoil_the_others(void **state)
{
  Bench *bench = *state;
  BenchAnswer *bad = NULL;

  bench_start(bench);
  bad = bench_perform(bench, COMPTOIR_OPERATION_SUBMIT_SALE, "{'id': <'sale-0'>}");
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_assert_error(bad, COMPTOIR_ERROR_INVALID, "sale-0");
  assert_int_equal(count_orders(bench), 1);
}

static void
count_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  (void)error;
  *(guint *)user_data += answer != NULL ? 1 : 0;
}

static void
submit_quietly(Bench *bench, const char *sale_id, guint *n_answers)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale(sale_id, "12.50"));

  shopcaisse_engine_perform(bench->engine, COMPTOIR_OPERATION_SUBMIT_SALE, sale, count_cb,
                            n_answers);
}

static void
waiting_sales_share_one_commit(void **state)
{
  Bench *bench = *state;
  guint n_answers = 0;

  bench_start(bench);
  submit_quietly(bench, "sale-1", &n_answers);
  submit_quietly(bench, "sale-2", &n_answers);
  submit_quietly(bench, "sale-3", &n_answers);
  assert_int_equal(n_answers, 0);
  g_main_context_iteration(bench->context, FALSE);
  assert_int_equal(n_answers, 3);
}

static void
closing_stores_what_was_submitted(void **state)
{
  Bench *bench = *state;
  guint n_answers = 0;

  bench_start(bench);
  submit_quietly(bench, "sale-1", &n_answers);
  bench_close(bench);
  assert_int_equal(n_answers, 1);
  bench_start(bench);
  assert_int_equal(count_orders(bench), 1);
}

/* Files do not grow any more, as on a full disk. */
static void
set_disk_full(gboolean full)
{
  struct rlimit limit = { 0, 0 };

  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = full ? 64 : limit.rlim_max;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void
full_disk_refuses_the_sale(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_start(bench);
  bench_run(bench);
  set_disk_full(TRUE);
  answer =
      bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, engine_shop_sale("sale-1", "12.50"));
  set_disk_full(FALSE);
  bench_assert_error(answer, COMPTOIR_ERROR_STORAGE, "the sale was not taken over");
  assert_int_equal(count_orders(bench), 0);
}

static void
sale_is_taken_when_the_disk_has_room_again(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  set_disk_full(TRUE);
  bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, engine_shop_sale("sale-1", "12.50"));
  set_disk_full(FALSE);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
answer_that_cannot_be_stored_asks_again(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_run(bench);
  set_disk_full(TRUE);
  engine_shop_accept(bench, "sale-1", "12.50");
  set_disk_full(FALSE);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sending");
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(answered_sale_survives_a_crash),
    bench_test(answer_names_the_order),
    bench_test(known_id_answers_what_is_there),
    bench_test(known_id_with_another_total_keeps_the_first),
    bench_test(known_id_of_another_sale_is_refused),
    bench_test(wrong_sums_are_named_and_not_stored),
    bench_test(bad_sale_does_not_spoil_the_others),
    bench_test(waiting_sales_share_one_commit),
    bench_test(closing_stores_what_was_submitted),
    bench_test(full_disk_refuses_the_sale),
    bench_test(sale_is_taken_when_the_disk_has_room_again),
    bench_test(answer_that_cannot_be_stored_asks_again),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
