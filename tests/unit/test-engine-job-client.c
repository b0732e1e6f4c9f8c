/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The customer of an order: found in the store's file, never in the way, never kept. */
#include "engine-words.h"
#include "store/outbox.h"
#include "store/sales.h"

#include <string.h>

#define ANA                                                                                        \
  "{'customer': <{'name': <'Ana'>, 'phone': <'0612345678'>, 'email': <'ana@example.org'>}>}"
#define CLIENTS(page) "/v1/stores/store-1/customers?page=" page "&pageSize=100"
#define NOBODY        "{'items':[],'hasNextPage':false}"

static void
open_allowed(Bench *bench)
{
  bench_set(bench, "send-customer", "true");
  bench_open(bench);
}

static FakeExchange *
take_clients(Bench *bench, const char *path)
{
  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

/* (transfer full): the text of the order that must leave now; it is accepted. */
static char *
dup_order(Bench *bench)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  FakeExchange *order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  char *body = engine_words_dup_body(order);

  bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  return body;
}

static void
assert_guest(Bench *bench)
{
  g_autofree char *body = dup_order(bench);

  assert_null(strstr(body, "customer"));
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

/* A line of the journal says so, and nothing of the customer. */
static void
assert_journal(Bench *bench)
{
  g_autoptr(GVariant) lines = bench_list(bench, "journal");
  g_autofree char *text = g_variant_print(lines, FALSE);

  assert_non_null(strstr(text, "goes without its customer"));
  assert_null(strstr(text, "Ana"));
  assert_null(strstr(text, "example.org"));
  assert_null(strstr(text, "0612345678"));
}

static void
order_waits_for_the_search_alone(void **state)
{
  Bench *bench = *state;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "customer");
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  {
    g_autofree char *body = dup_order(bench);

    assert_non_null(strstr(body, "\"name\":\"Ana\""));
    assert_non_null(strstr(body, "\"email\":\"ana@example.org\""));
  }
}

static void
client_with_the_address_is_named_as_in_the_file(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Roux','firstName':'Anne','companyName':'Roux SA',"
              "'email':'ANA@example.org','professional':true,'addresses':[]}],'hasNextPage':true}");
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Anne Roux\""));
  assert_non_null(strstr(body, "\"companyName\":\"Roux SA\""));
  bench_assert_quiet(bench);
}

static void
address_on_a_later_page_beats_a_telephone(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Luc','mobileNumber':'+33612345678',"
              "'professional':false,'addresses':[]}],'hasNextPage':true}");
  bench_reply(bench, take_clients(bench, CLIENTS("1")), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-2','lastName':'Roux','email':'ana@example.org',"
              "'professional':false,'addresses':[]}],'hasNextPage':false}");
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Roux\""));
}

static void
client_with_the_telephone_is_read_at_the_end(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Roux','mobileNumber':'+33612345678',"
              "'professional':false,'addresses':[]}],'hasNextPage':false}");
  bench_reply(bench, take_clients(bench, "/v1/stores/store-1/customers/c-1"), SHOPCAISSE_REPLY_OK,
              "{'id':'c-1','lastName':'Roux','mobileNumber':'+33612345678','professional':false,"
              "'addresses':[]}");
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Roux\""));
}

static void
known_id_needs_no_search(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", "{'customer': <{'external_id': <'c-7'>}>}");
  bench_reply(bench, take_clients(bench, "/v1/stores/store-1/customers/c-7"), SHOPCAISSE_REPLY_OK,
              "{'id':'c-7','lastName':'Roux','professional':false,'addresses':[]}");
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Roux\""));
}

static void
person_without_a_company_goes_without_one(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Ana\""));
  assert_null(strstr(body, "company"));
}

/* Nothing at the service tells a repetition from a second person, so nobody is made. */
static void
two_orders_of_a_new_customer_make_none(void **state)
{
  Bench *bench = *state;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  engine_words_submit(bench, "sale-2", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  engine_shop_accept(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  bench_assert_quiet(bench);
  for (guint i = 0; i < bench->network.sent->len; i++)
    assert_false(g_str_has_prefix(bench->network.sent->pdata[i], "POST") &&
                 strstr(bench->network.sent->pdata[i], "customers") != NULL);
}

static void
refused_search_lets_the_order_go_without(void **state)
{
  static const ShopcaisseReplyKind kinds[] = {
    SHOPCAISSE_REPLY_FORBIDDEN, SHOPCAISSE_REPLY_UNAUTHORIZED, SHOPCAISSE_REPLY_NOT_FOUND,
    SHOPCAISSE_REPLY_UNKNOWN,   SHOPCAISSE_REPLY_THROTTLED,    SHOPCAISSE_REPLY_OVERSIZED,
  };
  Bench *bench = *state;

  open_allowed(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%zu", i);
    FakeExchange *order = NULL;
    ShopEcho echo = { .sale_id = sale_id, .total = "12.50" };
    g_autofree char *json = engine_shop_echo(&echo);
    g_autofree char *body = NULL;

    engine_words_submit(bench, sale_id, ANA);
    bench_reply(bench, take_clients(bench, CLIENTS("0")), kinds[i], NULL);
    order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
    body = engine_words_dup_body(order);
    assert_null(strstr(body, "customer"));
    bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  }
  assert_journal(bench);
}

static void
answer_that_is_none_lets_the_order_go_without(void **state)
{
  Bench *bench = *state;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, "[1]");
  assert_guest(bench);
  assert_journal(bench);
}

static void
token_without_the_right_is_not_asked(void **state)
{
  Bench *bench = *state;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "app", "\"store.*.orders.write\":true");
  bench_set(bench, "send-customer", "true");
  bench_start(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK,
              "{'id':'t','applicationId':'app','bundle':{'resources':[],"
              "'permissions':{'store.*.orders.write':true}}}");
  engine_words_submit(bench, "sale-1", ANA);
  assert_guest(bench);
  assert_journal(bench);
}

static void
search_waits_for_the_network_with_the_order(void **state)
{
  Bench *bench = *state;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  {
    g_autofree char *body = dup_order(bench);

    assert_non_null(strstr(body, "Ana"));
  }
}

static void
search_goes_on_after_a_crash_and_makes_one_order(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  take_clients(bench, CLIENTS("0"));
  bench_crash(bench);
  bench_open(bench);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  body = dup_order(bench);
  bench_assert_quiet(bench);
}

static void
sale_without_a_customer_goes_to_the_one_that_was_named(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  bench_set(bench, "default-customer", "comptoir@example.org");
  open_allowed(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'c-1','lastName':'Comptoir','email':'comptoir@example.org',"
              "'professional':false,'addresses':[]}],'hasNextPage':false}");
  body = dup_order(bench);
  assert_non_null(strstr(body, "\"name\":\"Comptoir\""));
}

static void
named_customer_that_is_gone_stops_nothing(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "default-customer", "comptoir@example.org");
  open_allowed(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  assert_guest(bench);
}

static void
nobody_is_looked_for_unless_allowed(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "default-customer", "comptoir@example.org");
  bench_open(bench);
  engine_words_submit(bench, "sale-1", ANA);
  assert_guest(bench);
}

static void
sale_that_is_cancelled_meanwhile_is_no_order(void **state)
{
  Bench *bench = *state;
  FakeExchange *clients = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  clients = take_clients(bench, CLIENTS("0"));
  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  bench_reply(bench, clients, SHOPCAISSE_REPLY_OK, NOBODY);
  bench_assert_quiet(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "cancelled");
}

/* Whether anything in the profile's tables says "Ana". */
static gboolean
is_kept(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(database, "sale-1", NULL);
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(database, key, NULL);
  g_autofree char *text = g_variant_print(record->payload, FALSE);

  return strstr(text, "Ana") != NULL || (job != NULL && job->body != NULL);
}

static void
customer_is_kept_until_the_order_arrives(void **state)
{
  Bench *bench = *state;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  assert_true(is_kept(bench));
}

static void
nothing_of_the_customer_is_kept_once_the_order_arrived(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_reply(bench, take_clients(bench, CLIENTS("0")), SHOPCAISSE_REPLY_OK, NOBODY);
  body = dup_order(bench);
  bench_close(bench);
  assert_false(is_kept(bench));
}

static void
nothing_of_the_customer_is_kept_of_a_sale_that_is_cancelled(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  open_allowed(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  bench_close(bench);
  assert_false(is_kept(bench));
}

static void
customer_that_is_not_wanted_is_not_even_stored(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "automatic", "false");
  bench_open(bench);
  engine_words_submit(bench, "sale-1", ANA);
  bench_close(bench);
  assert_false(is_kept(bench));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_waits_for_the_search_alone),
    bench_test(client_with_the_address_is_named_as_in_the_file),
    bench_test(address_on_a_later_page_beats_a_telephone),
    bench_test(client_with_the_telephone_is_read_at_the_end),
    bench_test(known_id_needs_no_search),
    bench_test(person_without_a_company_goes_without_one),
    bench_test(two_orders_of_a_new_customer_make_none),
    bench_test(refused_search_lets_the_order_go_without),
    bench_test(answer_that_is_none_lets_the_order_go_without),
    bench_test(token_without_the_right_is_not_asked),
    bench_test(search_waits_for_the_network_with_the_order),
    bench_test(search_goes_on_after_a_crash_and_makes_one_order),
    bench_test(sale_without_a_customer_goes_to_the_one_that_was_named),
    bench_test(named_customer_that_is_gone_stops_nothing),
    bench_test(nobody_is_looked_for_unless_allowed),
    bench_test(sale_that_is_cancelled_meanwhile_is_no_order),
    bench_test(customer_is_kept_until_the_order_arrives),
    bench_test(nothing_of_the_customer_is_kept_once_the_order_arrived),
    bench_test(nothing_of_the_customer_is_kept_of_a_sale_that_is_cancelled),
    bench_test(customer_that_is_not_wanted_is_not_even_stored),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
