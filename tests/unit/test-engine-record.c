/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the till sold is given to the host once, and again until the host says that it has it. */
#include "engine-shop.h"

#include <comptoir/comptoir-host.h>
#include <comptoir/comptoir-rows.h>
#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"

/* A ticket of one item-1. */
static char *
make_ticket(const char *id, const char *status)
{
  return g_strdup_printf(
      "{'id':'%s','number':'N-%s','status':'%s','timestamp':1772445600000,'pos':'pos-1',"
      "'totalPrice':{'vatIncluded':12.5},'payments':[{'type':'CARD','amount':12.5}],"
      "'lines':[{'item':{'id':'item-1','name':'Tarte','type':'SIMPLE','unit':'UNIT'},"
      "'quantity':1,'unitPrice':12.5,"
      "'price':{'vatIncluded':12.5,'vatAmount':1.14,'vatRate':0.1}}]}",
      id, id, status);
}

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

/* Reads these tickets, given as JSON with commas. */
static BenchAnswer *
pull(Bench *bench, const char *tickets)
{
  g_autofree char *json =
      g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", tickets);
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-sales'>}");

  bench_reply(bench, take_list(bench, "sales"), SHOPCAISSE_REPLY_OK, json);
  bench_reply(bench, take_list(bench, "shifts"), SHOPCAISSE_REPLY_OK, EMPTY);
  return answer;
}

static BenchAnswer *
pull_one(Bench *bench, const char *status)
{
  g_autofree char *ticket = make_ticket("t-1", status);

  return pull(bench, ticket);
}

/* The rows of a question that was taken. */
static GVariant *
get_rows(const FakeQuestion *question)
{
  return g_variant_lookup_value(question->argument, "rows", G_VARIANT_TYPE("aa{sv}"));
}

/* Answers each row of the next question: done, or why not. */
static void
answer_rows(Bench *bench, const char *message)
{
  FakeQuestion *question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  g_autoptr(GVariant) rows = get_rows(question);
  gsize n_rows = g_variant_n_children(rows);
  g_autofree GVariant **answers = g_new0(GVariant *, n_rows);

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    answers[i] = comptoir_change_answer_new(bench_text(row, "key"), bench_text(row, "id"), message);
  }
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(answers, n_rows), NULL));
}

static void
ticket_is_given_whole(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;
  g_autofree char *text = NULL;

  bench_open(bench);
  pull_one(bench, "completed");
  question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  rows = get_rows(question);
  assert_int_equal(g_variant_n_children(rows), 1);
  row = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(row, "id"), "t-1");
  assert_string_equal(bench_text(row, "number"), "N-t-1");
  assert_string_equal(bench_text(row, "total"), "12.50");
  assert_string_equal(bench_text(row, "sold_at"), "2026-03-02T10:00:00Z");
  assert_string_equal(bench_text(row, "order_sale_id"), "");
  text = g_variant_print(row, FALSE);
  assert_non_null(strstr(text, "'article_id': <'a-1'>"));
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
recorded_ticket_is_never_given_again(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = pull_one(bench, "completed");
  answer_rows(bench, NULL);
  bench_assert_done(answer);
  answer = pull_one(bench, "completed");
  bench_assert_quiet(bench);
  bench_assert_done(answer);
}

static void
failed_ticket_is_given_again_with_the_next_pull(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = pull_one(bench, "completed");
  answer_rows(bench, "the account is locked");
  bench_assert_quiet(bench);
  bench_assert_done(answer);
  pull(bench, "");
  answer_rows(bench, NULL);
  bench_assert_quiet(bench);
}

static void
failure_is_in_the_journal_with_the_hosts_words(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) journal = NULL;
  g_autofree char *text = NULL;

  bench_open(bench);
  pull_one(bench, "completed");
  answer_rows(bench, "the account is locked");
  journal = bench_list(bench, "journal");
  text = g_variant_print(journal, FALSE);
  assert_non_null(strstr(text, "the account is locked"));
}

static void
ticket_that_was_not_answered_is_given_again_after_a_start(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  pull_one(bench, "completed");
  bench_close(bench);
  bench_open(bench);
  pull(bench, "");
  answer_rows(bench, NULL);
  bench_assert_quiet(bench);
}

/* The key of the only row of the next question, which is answered with nothing; (transfer full). */
static char *
take_key(Bench *bench)
{
  FakeQuestion *question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  g_autoptr(GVariant) rows = get_rows(question);
  g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
  char *key = g_strdup(bench_text(row, "key"));

  assert_int_equal(g_variant_n_children(rows), 1);
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
  return key;
}

static void
changed_ticket_is_given_under_another_key(void **state)
{
  Bench *bench = *state;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  bench_open(bench);
  pull_one(bench, "completed");
  first = take_key(bench);
  assert_true(g_str_has_suffix(first, ":t-1"));
  pull_one(bench, "completed");
  second = take_key(bench);
  assert_string_equal(second, first);
  pull_one(bench, "cancelled");
  third = take_key(bench);
  assert_true(g_str_has_suffix(third, ":t-1"));
  assert_string_not_equal(third, first);
}

/* Answers each row of the next question with a refusal; how many there were. */
static guint
refuse_rows(Bench *bench)
{
  FakeQuestion *question = bench->host.questions->pdata[0];
  g_autoptr(GVariant) rows = get_rows(question);
  guint n_rows = (guint)g_variant_n_children(rows);

  answer_rows(bench, "the account is locked");
  return n_rows;
}

/* The beginning of the time that the next list of sales is asked for, milliseconds. */
static gint64
pull_from(Bench *bench, const char *tickets)
{
  FakeExchange *exchange = NULL;
  g_autofree char *json =
      g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", tickets);
  gint64 from = 0;

  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-sales'>}");
  exchange = take_list(bench, "sales");
  from = g_ascii_strtoll(strstr(exchange->path, "from=") + strlen("from="), NULL, 10);
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_OK, json);
  bench_reply(bench, take_list(bench, "shifts"), SHOPCAISSE_REPLY_OK, EMPTY);
  return from;
}

static void
ticket_that_cannot_be_read_is_asked_for_again(void **state)
{
  Bench *bench = *state;
  gint64 first = 0;

  bench_open(bench);
  first = pull_from(bench, "{'id':'t-1','totalPrice':'twelve'}");
  bench_pass(bench, SHOPCAISSE_DAY);
  assert_int_equal(pull_from(bench, ""), first);
  bench_pass(bench, SHOPCAISSE_DAY);
  assert_true(pull_from(bench, "") > first);
}

static void
refused_tickets_keep_nothing_from_those_behind_them(void **state)
{
  Bench *bench = *state;
  g_autoptr(GString) tickets = g_string_new(NULL);

  for (guint i = 0; i < 60; i++) {
    g_autofree char *id = g_strdup_printf("t-%03u", i);
    g_autofree char *ticket = make_ticket(id, "completed");

    g_string_append_printf(tickets, "%s%s", i > 0 ? "," : "", ticket);
  }
  bench_open(bench);
  pull(bench, tickets->str);
  assert_int_equal(refuse_rows(bench), 50);
  assert_int_equal(refuse_rows(bench), 10);
  bench_assert_quiet(bench);
}

static void
many_tickets_go_in_batches(void **state)
{
  Bench *bench = *state;
  g_autoptr(GString) tickets = g_string_new(NULL);
  BenchAnswer *answer = NULL;

  for (guint i = 0; i < 100; i++) {
    g_autofree char *id = g_strdup_printf("t-%03u", i);
    g_autofree char *ticket = make_ticket(id, "completed");

    g_string_append_printf(tickets, "%s%s", i > 0 ? "," : "", ticket);
  }
  bench_open(bench);
  answer = pull(bench, tickets->str);
  answer_rows(bench, NULL);
  assert_int_equal(answer->n_given, 0);
  answer_rows(bench, NULL);
  bench_assert_quiet(bench);
  bench_assert_done(answer);
}

/* Sale-1 is sent; the till's sales are read, and then its orders, which name the receipt t-1. */
static void
pull_with_order(Bench *bench)
{
  g_autofree char *ticket = make_ticket("t-1", "completed");
  g_autofree char *sales =
      g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", ticket);

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-sales'>}");
  bench_reply(bench, take_list(bench, "sales"), SHOPCAISSE_REPLY_OK, sales);
  bench_reply(bench, take_list(bench, "shifts"), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(bench, take_list(bench, "orders"), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','status':'done','receiptId':'r-9','items':[],"
              "'payments':[],'internalOrderDocumentId':'t-1'}],'hasNextPage':false,'skipped':0}");
}

static void
ticket_of_an_order_names_the_sale(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;

  pull_with_order(bench);
  question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  rows = get_rows(question);
  row = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(row, "order_sale_id"), "sale-1");
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
order_is_finalised_when_its_ticket_counts(void **state)
{
  Bench *bench = *state;

  pull_with_order(bench);
  answer_rows(bench, NULL);
  assert_string_equal(bench_progress(bench, "sale-1", "kitchen"), "done");
  pull_one(bench, "completed");
  assert_string_equal(bench_progress(bench, "sale-1", "fiscal"), "finalised");
}

static void
receipt_of_the_acceptance_is_no_sale_yet(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_reply(bench, take_list(bench, "orders"), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','status':'accepted','receiptId':'t-1'}],"
              "'hasNextPage':false,'skipped':0}");
  assert_string_equal(bench_progress(bench, "sale-1", "kitchen"), "accepted");
  assert_string_equal(bench_progress(bench, "sale-1", "fiscal"), "open");
}

/* A receipt a hundred times its sale, read before or after the order names it. */
static char *
make_wrong_ticket(void)
{
  g_autofree char *ticket = make_ticket("t-1", "completed");
  g_auto(GStrv) parts = g_strsplit(ticket, "12.5", -1);

  return g_strjoinv("1250", parts);
}

static void
assert_orders_stop(Bench *bench)
{
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  engine_shop_submit(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "reason"), "calibration");
}

static void
receipt_in_another_unit_stops_the_orders(void **state)
{
  Bench *bench = *state;
  g_autofree char *wrong = make_wrong_ticket();

  receipt_of_the_acceptance_is_no_sale_yet(state);
  pull(bench, wrong);
  assert_orders_stop(bench);
}

static void
receipt_named_after_it_was_read_stops_the_orders_too(void **state)
{
  Bench *bench = *state;
  g_autofree char *wrong = make_wrong_ticket();

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  pull(bench, wrong);
  bench_reply(bench, take_list(bench, "orders"), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','internalOrderDocumentId':'t-1'}],"
              "'hasNextPage':false,'skipped':0}");
  assert_orders_stop(bench);
}

static void
ticket_read_before_its_order_names_the_sale(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  pull_one(bench, "completed");
  bench_reply(bench, take_list(bench, "orders"), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','internalOrderDocumentId':'t-1'}],"
              "'hasNextPage':false,'skipped':0}");
  question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  rows = get_rows(question);
  row = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(row, "order_sale_id"), "sale-1");
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
ticket_id_with_colons_is_recorded_once(void **state)
{
  Bench *bench = *state;
  g_autofree char *ticket = make_ticket("doc:1:a", "completed");
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = pull(bench, ticket);
  answer_rows(bench, NULL);
  bench_assert_quiet(bench);
  bench_assert_done(answer);
}

static void
host_without_the_feature_is_left_in_peace(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench->host.host.features &= ~(guint)COMPTOIR_HOST_RECORD_SALES;
  bench_open(bench);
  answer = pull_one(bench, "completed");
  bench_assert_quiet(bench);
  bench_assert_done(answer);
}

/* How far was read is not told by a time that only a wrong clock has seen. */
static void
clock_that_was_years_ahead_hides_no_ticket(void **state)
{
  Bench *bench = *state;
  g_autofree char *week_ago =
      g_strdup_printf("from=%" G_GINT64_FORMAT, (BENCH_NOW - 7 * SHOPCAISSE_DAY) / 1000);
  const char *path = NULL;

  bench_open(bench);
  bench->clock.now = BENCH_NOW + 3650 * SHOPCAISSE_DAY;
  bench_assert_done(pull(bench, ""));
  bench->clock.now = BENCH_NOW;
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-sales'>}");
  bench_run(bench);
  path = ((const FakeExchange *)bench->network.requests->pdata[0])->path;
  assert_non_null(strstr(path, week_ago));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(ticket_is_given_whole),
    bench_test(recorded_ticket_is_never_given_again),
    bench_test(failed_ticket_is_given_again_with_the_next_pull),
    bench_test(failure_is_in_the_journal_with_the_hosts_words),
    bench_test(ticket_that_was_not_answered_is_given_again_after_a_start),
    bench_test(changed_ticket_is_given_under_another_key),
    bench_test(ticket_that_cannot_be_read_is_asked_for_again),
    bench_test(receipt_in_another_unit_stops_the_orders),
    bench_test(receipt_named_after_it_was_read_stops_the_orders_too),
    bench_test(refused_tickets_keep_nothing_from_those_behind_them),
    bench_test(many_tickets_go_in_batches),
    bench_test(ticket_of_an_order_names_the_sale),
    bench_test(receipt_of_the_acceptance_is_no_sale_yet),
    bench_test(ticket_read_before_its_order_names_the_sale),
    bench_test(ticket_id_with_colons_is_recorded_once),
    bench_test(order_is_finalised_when_its_ticket_counts),
    bench_test(host_without_the_feature_is_left_in_peace),
    bench_test(clock_that_was_years_ahead_hides_no_ticket),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
