/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a sale becomes an order: by its status, once it is paid, by itself or when a person says. */
#include "engine-words.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define STATUSES                                                                                   \
  "[{'id': <'quotation'>, 'name': <'Devis'>, 'sold': <false>},"                                    \
  " {'id': <'done'>, 'name': <'Terminée'>}]"

#define assert_progress(bench, sale_id, key, expected)                                             \
  assert_string_equal(bench_progress(bench, sale_id, key), expected)

static void
quote_is_no_order_yet(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  assert_progress(bench, "sale-1", "reason", "status");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "Devis"));
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
sale_becomes_an_order_in_its_status(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_submit(bench, "sale-1", "{'status': <'done'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

static void
sale_in_its_status_twice_is_one_order(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_submit(bench, "sale-1", "{'status': <'done'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  engine_words_submit(bench, "sale-1", "{'status': <'done'>}");
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  bench_assert_quiet(bench);
  assert_progress(bench, "sale-1", "state", "sent");
}

/* It had no bytes yet. */
static void
quote_may_change_before_it_is_sold(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;
  g_autofree char *body = NULL;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_submit(bench, "sale-1",
                      "{'status': <'done'>, 'sold_at': <'2026-03-02T18:00:00Z'>,"
                      " 'number': <'VTE7'>}");
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = engine_words_dup_body(order);
  assert_non_null(strstr(body, "till-1 2026-03-02T18:00:00Z"));
  assert_non_null(strstr(body, "VTE7"));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

/* Each of seven, ticked alone. */
static void
status_ticked_alone_is_the_one_that_is_sent(void **state)
{
  static const char *const ids[] = { "s1", "s2", "s3", "s4", "s5", "s6", "s7" };
  Bench *bench = *state;

  bench_open(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autofree char *more = g_strdup_printf("{'status': <'%s'>, 'paid': <false>}", ids[i]);

    engine_words_submit(bench, "first", more);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_autoptr(GString) changes = g_string_new("{");
    g_autofree char *sale_id = g_strdup_printf("sale-%zu", i);

    for (gsize j = 0; j < G_N_ELEMENTS(ids); j++)
      g_string_append_printf(changes, "%s'send-status:%s': <%s>", j > 0 ? ", " : "", ids[j],
                             i == j ? "true" : "false");
    g_string_append_c(changes, '}');
    engine_words_change(bench, changes->str);
    for (gsize j = 0; j < G_N_ELEMENTS(ids); j++) {
      g_autofree char *more = g_strdup_printf("{'status': <'%s'>}", ids[j]);

      engine_words_submit(bench, sale_id, more);
      assert_progress(bench, sale_id, "state", j < i ? "held" : "sending");
    }
    engine_shop_accept(bench, sale_id, "12.50");
  }
}

static void
tick_releases_the_sales_of_its_status(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_change(bench, "{'send-status:quotation': <true>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

static void
status_that_is_not_listed_is_sent_and_learnt(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'status': <'served'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  row = engine_words_dup_setting(bench, "send-status:served");
  assert_non_null(row);
}

static void
statuses_are_settings_in_the_words_of_the_host(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) quotation = NULL;
  g_autoptr(GVariant) done = NULL;
  gboolean is_sent = TRUE;

  engine_words_open(bench, STATUSES, NULL);
  quotation = engine_words_dup_setting(bench, "send-status:quotation");
  done = engine_words_dup_setting(bench, "send-status:done");
  assert_string_equal(bench_text(quotation, "label"), "Devis");
  assert_string_equal(bench_text(quotation, "kind"), "boolean");
  assert_true(g_variant_lookup(quotation, "value", "b", &is_sent));
  assert_false(is_sent);
  assert_true(g_variant_lookup(done, "value", "b", &is_sent));
  assert_true(is_sent);
}

static void
status_that_the_host_has_not_is_no_setting(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  bench_assert_error(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'send-status:unheard': <true>}"),
      COMPTOIR_ERROR_INVALID, "send-status:unheard");
}

static void
send_now_sends_a_quote(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_send(bench, "sale-1");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

/* What a person asked for holds until nothing is in the way. */
static void
send_now_is_remembered_behind_other_obstacles(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "unit:store-1", "");
  engine_words_open(bench, STATUSES, NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  engine_words_send(bench, "sale-1");
  assert_progress(bench, "sale-1", "reason", "calibration");
  bench_close(bench);
  bench_set(bench, "unit:store-1", "decimal:decimal");
  engine_words_open(bench, STATUSES, NULL);
  engine_words_change(bench, "{'order-prefix': <'W'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

/* No time passes here: what is paid leaves at once. */
static void
sale_leaves_within_two_seconds_of_its_payment(void **state)
{
  Bench *bench = *state;
  gint64 paid_at = 0;

  engine_words_open(bench, "[{'id': <'paid'>}]", NULL);
  engine_words_submit(bench, "sale-1", "{'status': <'new'>, 'paid': <false>}");
  bench_pass(bench, SHOPCAISSE_HOUR);
  paid_at = bench->clock.now;
  engine_words_submit(bench, "sale-1", "{'status': <'paid'>, 'paid': <true>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_true(bench->clock.now - paid_at <= 2 * SHOPCAISSE_SECOND);
  assert_progress(bench, "sale-1", "state", "sent");
}

#define PAID_ONLY "{'send-when': <'paid'>}"

static void
preset_sends_what_is_paid_in_whatever_status(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_change(bench, PAID_ONLY);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>, 'paid': <true>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

static void
preset_never_sends_what_is_not_paid(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_change(bench, PAID_ONLY);
  for (guint i = 0; i < 7; i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%u", i);
    g_autofree char *more = g_strdup_printf("{'status': <'s%u'>, 'paid': <false>}", i);

    engine_words_submit(bench, sale_id, more);
    assert_progress(bench, sale_id, "reason", "unpaid");
  }
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

/* A quote of a host that knows nothing of payments is still a quote. */
static void
preset_leaves_to_the_ticks_what_does_not_say_that_it_is_paid(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_change(bench, PAID_ONLY);
  engine_words_submit(bench, "sale-1", "{'status': <'quotation'>}");
  assert_progress(bench, "sale-1", "reason", "status");
  bench_assert_quiet(bench);
}

static void
unpaid_sale_never_leaves(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'paid': <false>, 'payments': <@aa{sv} []>}");
  assert_progress(bench, "sale-1", "reason", "unpaid");
  bench_assert_error(engine_words_send(bench, "sale-1"), COMPTOIR_ERROR_REJECTED, "not paid");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
sale_leaves_when_it_is_paid(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'paid': <false>, 'payments': <@aa{sv} []>}");
  engine_words_submit(bench, "sale-1", "{'paid': <true>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

static void
nothing_leaves_by_itself_when_that_is_off(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  bench_open(bench);
  for (guint i = 0; i < 10; i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%u", i);

    engine_shop_submit(bench, sale_id, "12.50");
    assert_progress(bench, sale_id, "reason", "manual");
  }
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
send_now_sends_the_one_that_is_meant(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_words_send(bench, "sale-2");
  engine_shop_accept(bench, "sale-2", "12.50");
  bench_assert_quiet(bench);
  assert_progress(bench, "sale-1", "state", "held");
}

/* A week of sales is not thrown at a kitchen by a tick. */
static void
what_waited_for_a_person_goes_on_waiting(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_words_change(bench, "{'automatic': <true>}");
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  bench_assert_quiet(bench);
  assert_progress(bench, "sale-1", "reason", "manual");
}

static void
list(Bench *bench, const char *more)
{
  GVariant *sale = engine_words_sale("sale-1", more);

  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(&sale, 1), NULL));
}

static void
catching_up_finds_the_sale_in_its_status(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  list(bench, "{'status': <'quotation'>}");
  bench_pass(bench, SHOPCAISSE_DAY);
  list(bench, "{'status': <'quotation'>}");
  bench_pass(bench, 13 * SHOPCAISSE_MINUTE);
  list(bench, "{'status': <'done'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "sale-1", "state", "sent");
}

/* Nobody looked for a day: the kitchen may have served it. */
static void
sale_that_nobody_saw_arrive_is_a_question(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, STATUSES, NULL);
  list(bench, "{'status': <'quotation'>}");
  bench_pass(bench, SHOPCAISSE_DAY);
  list(bench, "{'status': <'done'>}");
  bench_assert_quiet(bench);
  assert_progress(bench, "sale-1", "reason", "late");
}

/* The database may have been lost after it was sent by hand: whether it is there is found out. */
static void
old_quote_that_is_called_off_is_looked_for(void **state)
{
  Bench *bench = *state;
  FakeExchange *orders = NULL;
  GVariant *sale = NULL;

  engine_words_open(bench, STATUSES, NULL);
  sale =
      engine_words_sale("sale-1", "{'status': <'quotation'>, 'sold_at': <'2026-02-27T10:00:00Z'>}");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(&sale, 1), NULL));
  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  engine_words_change(bench, "{'order-prefix': <'W'>}");
  assert_int_equal(bench->network.requests->len, 1);
  orders = bench->network.requests->pdata[0];
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, orders->path), SHOPCAISSE_REPLY_OK,
              "{'items':[],'hasNextPage':false}");
  assert_progress(bench, "sale-1", "state", "cancelled");
}

static void
host_is_asked_for_all_statuses_when_one_of_them_is_sent(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;
  gboolean is_any = FALSE;

  engine_words_open(bench, STATUSES, NULL);
  engine_words_change(bench, "{'send-status:quotation': <true>}");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  question = bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES);
  assert_true(g_variant_lookup(question->argument, "any_status", "b", &is_any));
  assert_true(is_any);
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(quote_is_no_order_yet),
    bench_test(sale_becomes_an_order_in_its_status),
    bench_test(sale_in_its_status_twice_is_one_order),
    bench_test(quote_may_change_before_it_is_sold),
    bench_test(status_ticked_alone_is_the_one_that_is_sent),
    bench_test(tick_releases_the_sales_of_its_status),
    bench_test(status_that_is_not_listed_is_sent_and_learnt),
    bench_test(statuses_are_settings_in_the_words_of_the_host),
    bench_test(status_that_the_host_has_not_is_no_setting),
    bench_test(send_now_sends_a_quote),
    bench_test(send_now_is_remembered_behind_other_obstacles),
    bench_test(sale_leaves_within_two_seconds_of_its_payment),
    bench_test(preset_sends_what_is_paid_in_whatever_status),
    bench_test(preset_never_sends_what_is_not_paid),
    bench_test(preset_leaves_to_the_ticks_what_does_not_say_that_it_is_paid),
    bench_test(unpaid_sale_never_leaves),
    bench_test(sale_leaves_when_it_is_paid),
    bench_test(nothing_leaves_by_itself_when_that_is_off),
    bench_test(send_now_sends_the_one_that_is_meant),
    bench_test(what_waited_for_a_person_goes_on_waiting),
    bench_test(catching_up_finds_the_sale_in_its_status),
    bench_test(sale_that_nobody_saw_arrive_is_a_question),
    bench_test(old_quote_that_is_called_off_is_looked_for),
    bench_test(host_is_asked_for_all_statuses_when_one_of_them_is_sent),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
