/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale that is in the till's books is refunded by a person, and that stays open until it is
 * done. */
#include "engine-lists.h"

#include <comptoir/comptoir-host.h>
#include <comptoir/comptoir-rows.h>
#include <string.h>

static FakeExchange *
take_list(Bench *bench, const char *list)
{
  g_autofree char *start = g_strdup_printf("/v1/stores/store-1/%s?", list);
  g_autofree char *path = NULL;

  bench_run(bench);
  for (guint i = 0; i < bench->network.requests->len; i++) {
    FakeExchange *exchange = bench->network.requests->pdata[i];

    if (g_str_has_prefix(exchange->path, start))
      path = g_strdup(exchange->path);
  }
  assert_non_null(path);
  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
answer_list(Bench *bench, const char *list, const char *row)
{
  g_autofree char *json = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", row);

  bench_reply(bench, take_list(bench, list), SHOPCAISSE_REPLY_OK, json);
}

/* The host has whatever the till sold. */
static void
answer_host(Bench *bench)
{
  bench_run(bench);
  while (bench->host.questions->len > 0) {
    FakeQuestion *question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
    g_autoptr(GVariant) rows =
        g_variant_lookup_value(question->argument, "rows", G_VARIANT_TYPE("aa{sv}"));
    GVariant *answers[8] = { NULL };
    gsize n_rows = g_variant_n_children(rows);

    assert_true(n_rows <= G_N_ELEMENTS(answers));
    for (gsize i = 0; i < n_rows; i++) {
      g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

      answers[i] = comptoir_change_answer_new(bench_text(row, "key"), bench_text(row, "id"), NULL);
    }
    bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(answers, n_rows), NULL));
    bench_run(bench);
  }
}

/* The till's documents are read; @row is one. */
static void
read_ticket(Bench *bench, const char *row)
{
  (void)bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-sales'>}"); /* not awaited */
  answer_list(bench, "sales", row);
  answer_list(bench, "shifts", "");
}

/* A refund of receipt t-1. */
static char *
make_refund(const char *id, const char *amount)
{
  return g_strdup_printf("{'id':'%s','number':'R','type':'REFUND','status':'paid',"
                         "'timestamp':1772445600000,'pos':'pos-1','parents':[{'id':'t-1'}],"
                         "'totalPrice':{'vatIncluded':%s},'payments':[],'lines':[]}",
                         id, amount);
}

static void
read_refund(Bench *bench, const char *id, const char *amount)
{
  g_autofree char *refund = make_refund(id, amount);

  read_ticket(bench, refund);
  answer_host(bench);
}

static void
read_receipt(Bench *bench)
{
  read_ticket(bench, "{'id':'t-1','number':'N','status':'completed','timestamp':1772445600000,"
                     "'pos':'pos-1','totalPrice':{'vatIncluded':12.5},'payments':[],'lines':[]}");
}

/* sale-1 of 12.50 was accepted and paid; its receipt is t-1. */
static void
sell_on_till(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  read_receipt(bench);
  answer_list(bench, "orders",
              "{'id':'server-sale-1','status':'done','receiptId':'r-9',"
              "'internalOrderDocumentId':'t-1'}");
  answer_host(bench);
  read_receipt(bench);
  answer_host(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "fiscal"), "finalised");
}

static const BenchAnswer *
cancel(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
}

static void
assert_progress(Bench *bench, const char *key, const char *expected)
{
  assert_string_equal(bench_progress(bench, "sale-1", key), expected);
}

static void
recorded_sale_is_not_cancelled_but_to_be_refunded(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  bench_assert_error(cancel(bench), COMPTOIR_ERROR_REJECTED, "refund 12.50 EUR");
  assert_progress(bench, "state", "sent");
  assert_progress(bench, "reason", "refund");
}

static void
it_stays_open_over_a_restart(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  bench_close(bench);
  bench_open(bench);
  assert_row_text(bench, "orders", "sale-1", "reason", "refund");
}

static void
refund_on_the_till_ends_it(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  read_refund(bench, "t-2", "-12.5");
  assert_progress(bench, "reason", "refunded");
  assert_progress(bench, "state", "sent");
}

static void
refund_without_a_sign_ends_it(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  read_refund(bench, "t-2", "12.5");
  assert_progress(bench, "reason", "refunded");
}

static void
part_of_it_leaves_the_rest_open(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  read_refund(bench, "t-2", "-5");
  assert_progress(bench, "reason", "refund");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "refund 7.50 EUR"));
  read_refund(bench, "t-3", "-7.5");
  assert_progress(bench, "reason", "refunded");
}

static void
same_refund_read_again_counts_once(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  read_refund(bench, "t-2", "-7.5");
  read_refund(bench, "t-2", "-7.5");
  assert_progress(bench, "reason", "refund");
}

static void
refund_that_came_first_leaves_nothing_open(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  read_refund(bench, "t-2", "-12.5");
  assert_progress(bench, "reason", "");
  bench_assert_error(cancel(bench), COMPTOIR_ERROR_REJECTED, "recorded on the till");
  assert_progress(bench, "reason", "refunded");
}

static void
refund_of_another_receipt_ends_nothing(void **state)
{
  Bench *bench = *state;

  sell_on_till(bench);
  cancel(bench);
  read_ticket(bench, "{'id':'t-2','number':'R','type':'REFUND','status':'paid',"
                     "'timestamp':1772445600000,'pos':'pos-1','parents':[{'id':'t-9'}],"
                     "'totalPrice':{'vatIncluded':-12.5},'payments':[],'lines':[]}");
  answer_host(bench);
  assert_progress(bench, "reason", "refund");
}

static void
asking_twice_is_asking_once(void **state)
{
  Bench *bench = *state;
  guint n_told = 0;

  sell_on_till(bench);
  cancel(bench);
  bench_run(bench);
  n_told = bench->host.progress->len;
  bench_assert_error(cancel(bench), COMPTOIR_ERROR_REJECTED, "refund 12.50 EUR");
  bench_run(bench);
  assert_int_equal(bench->host.progress->len, n_told);
}

static void
doctor_counts_what_is_open(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;
  g_autofree char *text = NULL;

  sell_on_till(bench);
  cancel(bench);
  answer = bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL);
  bench_run(bench);
  text = g_variant_print(bench_assert_done(answer), FALSE);
  assert_non_null(strstr(text, "1 refund is to be made on the till."));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(recorded_sale_is_not_cancelled_but_to_be_refunded),
    bench_test(it_stays_open_over_a_restart),
    bench_test(refund_on_the_till_ends_it),
    bench_test(refund_without_a_sign_ends_it),
    bench_test(part_of_it_leaves_the_rest_open),
    bench_test(same_refund_read_again_counts_once),
    bench_test(refund_that_came_first_leaves_nothing_open),
    bench_test(refund_of_another_receipt_ends_nothing),
    bench_test(asking_twice_is_asking_once),
    bench_test(doctor_counts_what_is_open),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
