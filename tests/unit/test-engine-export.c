/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The support bundle: everything an integrator asks for, nobody's secrets, nobody's name. */
#include "engine-lists.h"
#include "model/timestamp.h"

#include <string.h>

static char *
export_support(Bench *bench)
{
  GVariant *answer = bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_EXPORT, "{'kind': <'support'>, 'format': <'text'>}"));

  assert_string_equal(bench_text(answer, "media_type"), "text/plain");
  assert_string_equal(bench_text(answer, "name"), "shopcaisse-support-20260302-1100.txt");
  return g_strdup(bench_text(answer, "text"));
}

static void
bundle_has_all_its_parts(void **state)
{
  static const char *const parts[] = {
    "== versions",    "== settings\ntoken: set\n",
    "== facts",       "== rights",
    "== flows",       "== before the first order",
    "== doctor",      "== counts",
    "links, hand: 3", "== journal, the newest first",
    "store: store-1", "missing | store.*.orders.write",
  };
  g_autofree char *text = NULL;

  bench_open(*state);
  text = export_support(*state);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (strstr(text, parts[i]) == NULL)
      fail_msg("%s is not in %s", parts[i], text);
  }
}

static void
assert_absent(const char *text, const char *part)
{
  if (strstr(text, part) != NULL)
    fail_msg("%s is in %s", part, text);
}

/* With customers in sales that were taken, held and refused, and a password in the proxy. */
static void
bundle_has_no_secret_and_no_customer(void **state)
{
  Bench *bench = *state;
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(BENCH_NOW);
  g_autofree char *text = NULL;
  g_auto(GStrv) token = NULL;

  bench_set(bench, "proxy", "http://ann:hush@proxy.example.org:3128");
  bench_set(bench, "send-customer", "true");
  bench_set(bench, "default-customer", "zoe@example.org");
  bench_open(bench);
  bench_perform_row(
      bench, COMPTOIR_OPERATION_SUBMIT_SALE,
      g_variant_new_parsed(
          "{'id': <'sale-1'>, 'sold_at': <%s>, 'total': <'12.50'>, 'note': <'pour Zoé'>,"
          " 'customer': <{'name': <'Zoé Delannoy'>, 'phone': <'0612345678'>,"
          " 'email': <'zoe@example.org'>}>,"
          " 'lines': <[{'article_id': <'a-1'>, 'quantity': <'1'>, 'unit_price': <'12.50'>}]>,"
          " 'payments': <[{'method': <'card'>, 'amount': <'12.50'>}]>}",
          sold_at));
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/stores/store-1/customers?page=0&pageSize=100"),
      SHOPCAISSE_REPLY_OK, "{'items':[],'hasNextPage':false}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  text = export_support(bench);
  token = g_strsplit(bench->secrets.secret, ".", -1);
  for (gsize i = 0; token[i] != NULL; i++)
    assert_absent(text, token[i]);
  assert_absent(text, "Delannoy");
  assert_absent(text, "Zoé");
  assert_absent(text, "0612345678");
  assert_absent(text, "zoe@example.org");
  assert_absent(text, "hush");
}

/* It is the key with which events are signed. */
static void
application_is_told_by_its_end(void **state)
{
  Bench *bench = *state;
  g_autofree char *text = NULL;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "0f5c1e7a-application-1234", "");
  bench_open(bench);
  text = export_support(bench);
  assert_absent(text, "0f5c1e7a");
  assert_non_null(strstr(text, "...1234"));
}

static void
other_kinds_are_not_supported(void **state)
{
  bench_open(*state);
  bench_assert_error(
      bench_perform(*state, COMPTOIR_OPERATION_EXPORT, "{'kind': <'sales'>, 'format': <'csv'>}"),
      COMPTOIR_ERROR_NOT_SUPPORTED, "sales");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(bundle_has_all_its_parts),
    bench_test(bundle_has_no_secret_and_no_customer),
    bench_test(application_is_told_by_its_end),
    bench_test(other_kinds_are_not_supported),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
