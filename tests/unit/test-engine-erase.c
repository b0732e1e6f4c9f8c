/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "Erase this customer": nothing is left in any file, and no order is lost for it. */
#include "engine-person.h"

#include <glib/gstdio.h>
#include <string.h>

static FakeExchange *
take_order(Bench *bench)
{
  return bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
}

static void
pass_backoff(Bench *bench)
{
  bench_pass(bench, SHOPCAISSE_HOUR);
}

/* A refusal is believed when it comes twice. */
static void
refuse_order(Bench *bench, const char *json)
{
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_REFUSED, json);
  bench_pass(bench, 2 * SHOPCAISSE_MINUTE);
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_REFUSED, json);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "parked");
}

static void
customer_is_found_in_files_before(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  assert_true(engine_person_is_kept(bench));
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  assert_true(engine_person_is_kept(bench));
}

static void
waiting_order_goes_without_the_customer(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  assert_int_equal(engine_person_erase(bench, "waiting"), 1);
  engine_person_assert_gone(bench);
  pass_backoff(bench);
  engine_person_accept_without(bench, "sale-1");
  engine_person_assert_gone(bench);
}

static void
held_order_goes_without_the_customer_when_it_is_asked_for(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  assert_int_equal(engine_person_erase(bench, "waiting"), 1);
  engine_person_assert_gone(bench);
  engine_words_send(bench, "sale-1");
  engine_person_accept_without(bench, "sale-1");
}

static void
order_in_flight_is_erased_when_it_has_arrived(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  FakeExchange *order = NULL;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  order = take_order(bench);
  assert_int_equal(engine_person_erase(bench, "on_the_way"), 1);
  assert_true(engine_person_is_kept(bench));
  bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
  engine_person_assert_gone(bench);
}

static void
order_that_did_not_arrive_goes_again_without(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  order = take_order(bench);
  assert_int_equal(engine_person_erase(bench, "on_the_way"), 1);
  bench_reply(bench, order, SHOPCAISSE_REPLY_NOT_SENT, NULL);
  engine_person_assert_gone(bench);
  pass_backoff(bench);
  engine_person_accept_without(bench, "sale-1");
}

/* The same bytes go until it is known whether they arrived. */
static void
order_in_doubt_is_frozen_until_it_is_settled(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  FakeExchange *order = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  order = take_order(bench);
  first = engine_words_dup_body(order);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_int_equal(engine_person_erase(bench, "on_the_way"), 1);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  order = take_order(bench);
  again = engine_words_dup_body(order);
  assert_string_equal(first, again);
  bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  engine_person_assert_gone(bench);
}

static void
order_of_which_the_doubt_ends_goes_without(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_close(bench);
  bench->clock.now += SHOPCAISSE_DAY;
  bench_open(bench);
  assert_int_equal(engine_person_erase(bench, "on_the_way"), 1);
  bench_run(bench);
  bench_reply(bench,
              g_ptr_array_index(bench->network.requests, 0) != NULL
                  ? bench_take(bench, SHOPCAISSE_METHOD_GET,
                               ((FakeExchange *)bench->network.requests->pdata[0])->path)
                  : NULL,
              SHOPCAISSE_REPLY_OK, PERSON_NOBODY);
  engine_person_assert_gone(bench);
  pass_backoff(bench);
  engine_person_accept_without(bench, "sale-1");
}

static void
search_for_the_customer_is_given_up(void **state)
{
  Bench *bench = *state;
  FakeExchange *clients = NULL;

  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  clients = bench_take(bench, SHOPCAISSE_METHOD_GET, PERSON_CLIENTS);
  assert_int_equal(engine_person_erase(bench, "waiting"), 1);
  bench_reply(bench, clients, SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Delannoy','email':'zoe.delannoy@example.org',"
              "'professional':false,'addresses':[]}],'hasNextPage':false}");
  engine_person_accept_without(bench, "sale-1");
  engine_person_assert_gone(bench);
  bench_assert_quiet(bench);
}

static void
parked_order_goes_without_when_it_is_sent_again(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  refuse_order(bench, "{'message':'phone 06.12.34.56.78 of ZO\303\211 DELANNOY is no number'}");
  assert_int_equal(engine_person_erase(bench, "waiting"), 1);
  engine_person_assert_gone(bench);
  engine_words_send(bench, "sale-1");
  engine_person_accept_without(bench, "sale-1");
}

/* What the service repeats of a request is not kept, shown or sent to support. */
static void
refusal_that_repeats_the_customer_is_kept_without(void **state)
{
  static const char *const lists[] = { "orders", "journal" };
  Bench *bench = *state;
  const char *message = NULL;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  refuse_order(bench, "{'message':'phone +33 6 12 34 56 78 of zo\303\251 delannoy is no number'}");
  message = bench_progress(bench, "sale-1", "message");
  assert_non_null(strstr(message, "is no number"));
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
    g_autoptr(GVariant) rows = bench_list(bench, lists[i]);
    g_autofree char *text = g_variant_print(rows, FALSE);

    assert_non_null(strstr(text, "is no number"));
    assert_null(strstr(text, "34 56 78"));
    assert_null(strstr(text, "delannoy"));
  }
}

static void
notes_stay_without_the_name(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;
  g_autofree char *body = NULL;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1",
                      "{" PERSON_CUSTOMER ", 'note': <'pour Zo\303\251, sans noix'>}");
  engine_person_erase(bench, "sales");
  engine_person_assert_gone(bench);
  engine_words_send(bench, "sale-1");
  order = take_order(bench);
  body = engine_words_dup_body(order);
  assert_non_null(strstr(body, "sans noix"));
  bench_reply(bench, order, SHOPCAISSE_REPLY_NOT_SENT, NULL);
}

static void
note_of_another_sale_loses_the_address(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", "{'note': <'facture: zoe.delannoy@example.org'>}");
  assert_int_equal(engine_person_erase(bench, "texts"), 1);
  engine_person_assert_gone(bench);
}

static void
host_that_says_it_again_brings_nobody_back(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", "{" PERSON_CUSTOMER ", 'paid': <false>}");
  engine_person_erase(bench, "sales");
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  engine_person_accept_without(bench, "sale-1");
  engine_person_assert_gone(bench);
}

static void
customer_for_sales_without_one_is_no_setting_any_more(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "default-customer", "zoe.delannoy@example.org");
  engine_person_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, PERSON_CLIENTS), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Delannoy','email':'zoe.delannoy@example.org',"
              "'professional':false,'addresses':[]}],'hasNextPage':false}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(engine_person_erase(bench, "settings"), 1);
  engine_person_assert_gone(bench);
}

static void
damaged_database_that_was_set_aside_is_deleted(void **state)
{
  Bench *bench = *state;
  g_autofree char *path = g_build_filename(bench->folder, "shopcaisse.db.damaged-1", NULL);

  assert_true(g_file_set_contents(path, "Zo\303\251 Delannoy", -1, NULL));
  engine_person_open(bench);
  assert_int_equal(engine_person_erase(bench, "set_aside"), 1);
  assert_int_equal(g_access(path, F_OK), -1);
  engine_person_assert_gone(bench);
}

static void
other_customers_stay(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;
  g_autofree char *body = NULL;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  /* The same telephone, another address: another person. */
  engine_words_submit(bench, "sale-2",
                      "{'customer': <{'name': <'Luc Petit'>, 'phone': <'0612345679'>,"
                      " 'email': <'luc@example.org'>}>}");
  assert_int_equal(engine_person_erase(bench, "sales"), 1);
  engine_words_send(bench, "sale-2");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, PERSON_CLIENTS), SHOPCAISSE_REPLY_OK,
              PERSON_NOBODY);
  order = take_order(bench);
  body = engine_words_dup_body(order);
  assert_non_null(strstr(body, "luc@example.org"));
  bench_reply(bench, order, SHOPCAISSE_REPLY_NOT_SENT, NULL);
}

static void
plan_counts_and_changes_nothing(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;
  guint n_sales = 0;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  engine_words_submit(bench, "sale-2", PERSON_SALE);
  plan = bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_PLAN_ERASURE, "{'phone': <'+33 612 34 56 78'>}"));
  assert_true(g_variant_lookup(plan, "sales", "u", &n_sales));
  assert_int_equal(n_sales, 2);
  assert_non_null(strstr(bench_text(plan, "message"), "2 sales"));
  assert_non_null(strstr(bench_text(plan, "message"), "stays there"));
  assert_true(engine_person_is_kept(bench));
}

static void
customer_is_known_by_the_id_of_the_host(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  engine_words_submit(bench, "sale-1", PERSON_SALE);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_ERASE_CUSTOMER, "{'id': <'client-4711'>}"));
  engine_person_assert_gone(bench);
}

static void
name_alone_is_nobody(void **state)
{
  engine_person_open(*state);
  bench_assert_error(
      bench_perform(*state, COMPTOIR_OPERATION_ERASE_CUSTOMER, "{'name': <'Zo\303\251 Delannoy'>}"),
      COMPTOIR_ERROR_INVALID, "who is meant");
}

static void
export_has_all_that_is_kept_and_then_nothing(void **state)
{
  static const char argument[] =
      "{'kind': <'customer'>, 'format': <'json'>, 'email': <'zoe.delannoy@example.org'>}";
  static const char *const parts[] = { "Delannoy", "rue des Lilas", "06 12 34 56 78", "sale-1",
                                       "\"request\"" };
  Bench *bench = *state;
  GVariant *answer = NULL;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  answer = bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_EXPORT, argument));
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (strstr(bench_text(answer, "text"), parts[i]) == NULL)
      fail_msg("%s is not in %s", parts[i], bench_text(answer, "text"));
  }
  engine_person_erase(bench, "sales");
  answer = bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_EXPORT, argument));
  assert_null(strstr(bench_text(answer, "text"), "Lilas"));
  assert_non_null(strstr(bench_text(answer, "text"), "\"sales\": []"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(customer_is_found_in_files_before),
    bench_test(waiting_order_goes_without_the_customer),
    bench_test(held_order_goes_without_the_customer_when_it_is_asked_for),
    bench_test(order_in_flight_is_erased_when_it_has_arrived),
    bench_test(order_that_did_not_arrive_goes_again_without),
    bench_test(order_in_doubt_is_frozen_until_it_is_settled),
    bench_test(order_of_which_the_doubt_ends_goes_without),
    bench_test(search_for_the_customer_is_given_up),
    bench_test(parked_order_goes_without_when_it_is_sent_again),
    bench_test(refusal_that_repeats_the_customer_is_kept_without),
    bench_test(notes_stay_without_the_name),
    bench_test(note_of_another_sale_loses_the_address),
    bench_test(host_that_says_it_again_brings_nobody_back),
    bench_test(customer_for_sales_without_one_is_no_setting_any_more),
    bench_test(damaged_database_that_was_set_aside_is_deleted),
    bench_test(other_customers_stay),
    bench_test(plan_counts_and_changes_nothing),
    bench_test(customer_is_known_by_the_id_of_the_host),
    bench_test(name_alone_is_nobody),
    bench_test(export_has_all_that_is_kept_and_then_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
