/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The detailed log: a line for each exchange, nothing of what was said in it, and off after a day.
 */
#include "engine-shop.h"
#include "engine/trace.h"
#include "model/timestamp.h"
#include "store/settings.h"

#include <string.h>

#define PAUSE_US 250000

/* (transfer full) (element-type utf8): the newest first. */
static GPtrArray *
list_exchanges(Bench *bench)
{
  g_autoptr(GVariant) rows = bench_list(bench, "journal");
  GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "flow"), "exchange"))
      g_ptr_array_add(texts, g_strdup(bench_text(row, "text")));
  }
  return texts;
}

static void
exchange_one(Bench *bench, const char *sale_id)
{
  engine_shop_submit(bench, sale_id, "12.50");
  engine_shop_accept(bench, sale_id, "12.50");
}

/* As it is on disk; (transfer full) (nullable). */
static char *
dup_setting(Bench *bench, const char *key)
{
  g_autoptr(ShopcaisseDatabase) database = NULL;

  bench_close(bench);
  database = bench_open_store(bench);
  return shopcaisse_settings_get(database, key, NULL);
}

static void
nothing_is_written_unless_it_is_wanted(void **state)
{
  Bench *bench = *state;
  g_autoptr(GPtrArray) lines = NULL;

  bench_open(bench);
  exchange_one(bench, "sale-1");
  lines = list_exchanges(bench);
  assert_int_equal(lines->len, 0);
}

static void
each_exchange_leaves_a_line(void **state)
{
  Bench *bench = *state;
  g_autoptr(GPtrArray) lines = NULL;
  g_autofree char *wanted = NULL;
  FakeExchange *exchange = NULL;

  bench_set(bench, "debug", "true");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  wanted = g_strdup_printf("POST /v1/stores/{id}/orders: refused, 250 ms, %" G_GSIZE_FORMAT
                           " bytes sent, 2 received",
                           g_bytes_get_size(exchange->body));
  bench_pass(bench, PAUSE_US);
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_REFUSED, "{}");
  lines = list_exchanges(bench);
  assert_int_equal(lines->len, 2);
  assert_string_equal(lines->pdata[0], wanted);
  assert_true(g_str_has_prefix(lines->pdata[1], "GET /v1/authentication: ok, 0 ms, 0 bytes sent"));
}

static GVariant *
make_personal_sale(void)
{
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(BENCH_NOW);

  return g_variant_new_parsed(
      "{'id': <'sale-1'>, 'till': <'till-1'>, 'sold_at': <%s>, 'total': <'12.50'>,"
      " 'note': <'ring at Lovelace'>,"
      " 'customer': <{'name': <'Ada Lovelace'>, 'email': <'ada@example.org'>, 'phone': <'0470'>}>,"
      " 'lines': <[{'article_id': <'a-1'>, 'name': <'Tarte'>, 'quantity': <'1'>,"
      " 'unit_price': <'12.50'>}]>, 'payments': <[{'method': <'card'>, 'amount': <'12.50'>}]>}",
      sold_at);
}

static void
nothing_of_what_was_said_is_written(void **state)
{
  Bench *bench = *state;
  const char *const secrets[] = {
    bench->secrets.secret, "Lovelace", "ada@", "0470", "Tarte", "12.50", "store-1", "revoked"
  };
  g_autoptr(GPtrArray) lines = NULL;
  g_autofree char *body = NULL;
  FakeExchange *exchange = NULL;

  bench_set(bench, "debug", "true");
  bench_set(bench, "send-customer", "true");
  bench_open(bench);
  bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, make_personal_sale()));
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/stores/store-1/customers?page=0&pageSize=100"),
      SHOPCAISSE_REPLY_OK,
      "{'items':[{'id':'c','lastName':'Lovelace','professional':false,'addresses':[]}],"
      "'hasNextPage':false}");
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = g_strndup(g_bytes_get_data(exchange->body, NULL), g_bytes_get_size(exchange->body));
  assert_non_null(strstr(body, "Lovelace"));
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_REFUSED, "{'message':'revoked for Ada Lovelace'}");
  lines = list_exchanges(bench);
  assert_int_equal(lines->len, 3);
  for (guint i = 0; i < lines->len; i++) {
    for (gsize j = 0; j < G_N_ELEMENTS(secrets); j++)
      assert_null(strstr(lines->pdata[i], secrets[j]));
  }
}

static void
it_goes_off_after_a_day(void **state)
{
  Bench *bench = *state;
  g_autoptr(GPtrArray) lines = NULL;
  g_autofree char *debug = NULL;

  bench_set(bench, "debug", "true");
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_DAY - SHOPCAISSE_MINUTE);
  exchange_one(bench, "sale-1");
  bench_pass(bench, SHOPCAISSE_MINUTE);
  exchange_one(bench, "sale-2");
  exchange_one(bench, "sale-3");
  lines = list_exchanges(bench);
  assert_int_equal(lines->len, 3);
  assert_non_null(strstr(lines->pdata[0], "off again"));
  assert_non_null(strstr(lines->pdata[1], "POST"));
  debug = dup_setting(bench, "debug");
  assert_string_equal(debug, "false");
}

static void
switched_on_again_it_has_a_day_anew(void **state)
{
  Bench *bench = *state;
  g_autoptr(GPtrArray) lines = NULL;

  bench_set(bench, "debug", "true");
  bench_open(bench);
  bench_pass(bench, 2 * SHOPCAISSE_DAY);
  exchange_one(bench, "sale-1");
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'debug': <true>}"));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  exchange_one(bench, "sale-2");
  lines = list_exchanges(bench);
  assert_true(g_str_has_prefix(lines->pdata[0], "POST"));
  assert_true(g_str_has_prefix(lines->pdata[1], "GET"));
  assert_non_null(strstr(lines->pdata[2], "off again"));
}

static void
clock_that_was_set_back_prolongs_nothing(void **state)
{
  Bench *bench = *state;
  g_autofree char *until = NULL;
  g_autofree char *wanted = g_strdup_printf("%" G_GINT64_FORMAT, BENCH_NOW + SHOPCAISSE_DAY);

  bench_set(bench, "debug", "true");
  bench_set(bench, "debug-until", "4102444800000000");
  bench_open(bench);
  until = dup_setting(bench, "debug-until");
  assert_string_equal(until, wanted);
}

static void
template_has_no_ids(void **state)
{
  static const char *const cases[][2] = {
    { "/v1/authentication", "/v1/authentication" },
    { "/v1/stores?page=3&pageSize=25", "/v1/stores?page=3&pageSize=25" },
    { "/v1/stores/a%2Fb/orders/0e1f", "/v1/stores/{id}/orders/{id}" },
    { "/v1/stores/s/sales?page=0&pageSize=100&status=all&from=17",
      "/v1/stores/{id}/sales?page=0&pageSize=100" },
    { "/v1/stores/s/orders?pos=p", "/v1/stores/{id}/orders" },
    { "/v1/companies/c/prices/list?pageSize=9", "/v1/companies/{id}/prices/{id}?pageSize=9" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *template = shopcaisse_trace_dup_template(cases[i][0]);

    assert_string_equal(template, cases[i][1]);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(nothing_is_written_unless_it_is_wanted),
    bench_test(each_exchange_leaves_a_line),
    bench_test(nothing_of_what_was_said_is_written),
    bench_test(it_goes_off_after_a_day),
    bench_test(switched_on_again_it_has_a_day_anew),
    bench_test(clock_that_was_set_back_prolongs_nothing),
    cmocka_unit_test(template_has_no_ids),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
