/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists from page to page: all of it, nothing twice, never in a circle. */
#include "engine-shop.h"
#include "store/offers.h"

#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"

static BenchAnswer *
pull_stock(Bench *bench)
{
  bench_open(bench);
  return bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
}

static FakeExchange *
take_stock(Bench *bench, guint page)
{
  g_autofree char *path = g_strdup_printf("/v1/stores/store-1/stocks?page=%u&pageSize=1000", page);

  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
reply_stock(Bench *bench, guint page, const char *item_id, const char *has_next)
{
  g_autofree char *json = g_strdup_printf(
      "{'items':[{'item':'%s','stock':1}],'hasNextPage':%s,'skipped':0}", item_id, has_next);

  bench_reply(bench, take_stock(bench, page), SHOPCAISSE_REPLY_OK, json);
}

static guint
get_read(BenchAnswer *answer)
{
  guint32 n_read = 0;

  g_variant_lookup(bench_assert_done(answer), "read", "u", &n_read);
  return n_read;
}

/* Each request was made once. */
static void
assert_none_twice(Bench *bench)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = 0; i < bench->network.sent->len; i++) {
    if (!g_hash_table_add(seen, bench->network.sent->pdata[i]))
      fail_msg("asked twice: %s", (char *)bench->network.sent->pdata[i]);
  }
}

static void
single_page_is_one_request(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  reply_stock(bench, 0, "item-1", "false");
  bench_assert_quiet(bench);
  assert_int_equal(get_read(answer), 1);
}

static char *
build_full_page(guint page)
{
  GString *json = g_string_new("{'items':[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf(json, "%s{'item':'p%u-%03u','stock':1}", i > 0 ? "," : "", page, i);
  g_string_append(json, "],'hasNextPage':true,'skipped':0}");
  return g_string_free(json, FALSE);
}

static void
reply_full(Bench *bench, guint page)
{
  g_autofree char *json = build_full_page(page);

  bench_reply(bench, take_stock(bench, page), SHOPCAISSE_REPLY_OK, json);
}

static void
three_pages_are_read_once_each(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  reply_stock(bench, 0, "item-1", "true");
  reply_stock(bench, 1, "item-2", "true");
  reply_stock(bench, 2, "item-3", "false");
  bench_assert_quiet(bench);
  assert_none_twice(bench);
  assert_int_equal(get_read(answer), 3);
}

static void
short_pages_are_not_read_ahead(void **state)
{
  Bench *bench = *state;

  pull_stock(bench);
  reply_full(bench, 0);
  reply_full(bench, 1);
  assert_int_equal(bench->network.requests->len, 2);
  reply_stock(bench, 2, "item-1", "true");
  reply_stock(bench, 3, "item-2", "true");
  assert_int_equal(bench->network.requests->len, 1);
}

static void
full_pages_are_read_ahead(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  reply_full(bench, 0);
  assert_int_equal(bench->network.requests->len, 1);
  reply_full(bench, 1);
  assert_int_equal(bench->network.requests->len, 2);
  reply_full(bench, 2);
  assert_int_equal(bench->network.requests->len, 4);
  reply_stock(bench, 3, "last", "false");
  for (guint page = 4; page <= 6; page++)
    bench_reply(bench, take_stock(bench, page), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_assert_quiet(bench);
  assert_none_twice(bench);
  assert_int_equal(get_read(answer), 3001);
}

static void
pages_may_come_in_any_order(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  for (guint page = 0; page < 3; page++)
    reply_full(bench, page);
  reply_stock(bench, 4, "last", "false");
  bench_reply(bench, take_stock(bench, 6), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(bench, take_stock(bench, 5), SHOPCAISSE_REPLY_OK, EMPTY);
  reply_stock(bench, 3, "item", "true");
  bench_assert_quiet(bench);
  assert_none_twice(bench);
  assert_int_equal(get_read(answer), 3002);
}

/* What cannot be shown to hold more is not taken for all there is. */
static void
repeating_page_ends_the_list(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  reply_stock(bench, 0, "item-1", "true");
  reply_stock(bench, 1, "item-1", "true");
  bench_assert_quiet(bench);
  assert_int_equal(answer->n_given, 1);
  assert_null(answer->error);
}

static void
places_are_read_page_by_page(void **state)
{
  Bench *bench = *state;
  static const char *const next[] = { "true", "true", "false" };

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'discover'>}");
  for (guint page = 0; page < G_N_ELEMENTS(next); page++) {
    g_autofree char *path = g_strdup_printf("/v1/stores?page=%u&pageSize=25", page);
    g_autoptr(GString) json = g_string_new("{'items':[");

    for (guint i = 0; i < 25; i++)
      g_string_append_printf(json, "%s{'id':'s%u-%u','name':'n'}", i > 0 ? "," : "", page, i);
    g_string_append_printf(json, "],'hasNextPage':%s,'skipped':0}", next[page]);
    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, path), SHOPCAISSE_REPLY_OK,
                json->str);
  }
  for (guint i = 0; i < bench->network.requests->len; i++) {
    FakeExchange *exchange = bench->network.requests->pdata[i];

    assert_false(g_str_has_prefix(exchange->path, "/v1/stores?"));
  }
}

static void
list_without_an_end_is_cut(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);
  guint page = 0;

  for (; page < 2100 && answer->n_given == 0; page++) {
    g_autofree char *id = g_strdup_printf("item-%u", page);

    reply_stock(bench, page, id, "true");
  }
  assert_in_range(page, 2000, 2010);
  assert_none_twice(bench);
}

static void
page_in_trouble_is_asked_again(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = pull_stock(bench);

  bench_reply(bench, take_stock(bench, 0), SHOPCAISSE_REPLY_UNKNOWN, "<html>502</html>");
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_stock(bench, 0, "item-1", "false");
  assert_int_equal(get_read(answer), 1);
}

/* Answers a catalogue whose items are on one page. */
static BenchAnswer *
pull_catalogue(Bench *bench, const char *items)
{
  BenchAnswer *answer =
      bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-catalogue'>}");

  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/companies/company-1/currency"),
              SHOPCAISSE_REPLY_OK, "[{'setting':'CURRENCY_CODE','value':'EUR'}]");
  bench_reply(bench,
              bench_take(bench, SHOPCAISSE_METHOD_GET,
                         "/v1/companies/company-1/families?page=0&pageSize=25"),
              SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/companies/company-1/prices?page=0&pageSize=25"),
      SHOPCAISSE_REPLY_OK, EMPTY);
  if (items != NULL)
    bench_reply(bench,
                bench_take(bench, SHOPCAISSE_METHOD_GET,
                           "/v1/companies/company-1/items?page=0&pageSize=1000"),
                SHOPCAISSE_REPLY_OK, items);
  return answer;
}

static gboolean
is_partial(BenchAnswer *answer)
{
  gboolean partial = FALSE;

  assert_true(g_variant_lookup(bench_assert_done(answer), "partial", "b", &partial));
  return partial;
}

/* Whether item-2, which no answer here names, is taken for gone. */
static gboolean
is_gone(Bench *bench)
{
  ShopcaisseOffersQuery query = {
    .company_id = "company-1", .store_id = "store-1", .after_id = "item-1", .limit = 1
  };
  g_autoptr(GPtrArray) offers = NULL;
  ShopcaisseDatabase *database = NULL;

  bench_close(bench);
  database = bench_open_store(bench);
  offers = shopcaisse_mirror_list_offers(database, &query, NULL);
  shopcaisse_database_close(database);
  assert_non_null(offers);
  assert_int_equal(offers->len, 1);
  assert_string_equal(((ShopcaisseOffer *)offers->pdata[0])->item->id, "item-2");
  return ((ShopcaisseOffer *)offers->pdata[0])->is_gone;
}

#define ONE_ITEM "{'items':[{'id':'item-1','name':'Tarte','type':'SIMPLE','defaultPrice':12.5}],"

static void
item_missing_twice_is_gone(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_false(is_partial(pull_catalogue(bench, ONE_ITEM "'hasNextPage':false,'skipped':0}")));
  assert_false(is_partial(pull_catalogue(bench, ONE_ITEM "'hasNextPage':false,'skipped':0}")));
  assert_true(is_gone(bench));
}

static void
item_missing_once_stays(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  pull_catalogue(bench, ONE_ITEM "'hasNextPage':false,'skipped':0}");
  assert_false(is_gone(bench));
}

/* One page of two rows. */
static void
reply_items(Bench *bench, guint page, const char *first, const char *second, const char *has_next)
{
  g_autofree char *path =
      g_strdup_printf("/v1/companies/company-1/items?page=%u&pageSize=1000", page);
  g_autofree char *json = g_strdup_printf(
      "{'items':[{'id':'%s','name':'%s','type':'SIMPLE','defaultPrice':1},"
      "{'id':'%s','name':'%s','type':'SIMPLE','defaultPrice':1}],'hasNextPage':%s,'skipped':0}",
      first, first, second, second, has_next);

  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, path), SHOPCAISSE_REPLY_OK, json);
}

/* The new items that are there. */
static void
assert_items(Bench *bench, const char *expected)
{
  ShopcaisseOffersQuery query = {
    .company_id = "company-1", .store_id = "store-1", .after_id = "", .limit = 100
  };
  g_autoptr(GPtrArray) offers = NULL;
  g_autoptr(GString) text = g_string_new(NULL);
  ShopcaisseDatabase *database = NULL;

  bench_close(bench);
  database = bench_open_store(bench);
  offers = shopcaisse_mirror_list_offers(database, &query, NULL);
  shopcaisse_database_close(database);
  for (guint i = 0; i < offers->len; i++) {
    const ShopcaisseOffer *offer = offers->pdata[i];

    if (!offer->is_gone && g_str_has_prefix(offer->item->id, "n-"))
      g_string_append_printf(text, "%s ", offer->item->id);
  }
  assert_string_equal(text->str, expected);
}

/* Another is put before them: the second page begins with the last of the first. */
static void
item_inserted_between_pages_doubles_none(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  pull_catalogue(bench, NULL);
  reply_items(bench, 0, "n-1", "n-2", "true");
  reply_items(bench, 1, "n-2", "n-3", "true");
  reply_items(bench, 2, "n-3", "n-4", "false");
  assert_items(bench, "n-1 n-2 n-3 n-4 ");
}

/* n-1 is taken out in between: n-3 slips onto the page that was read already, and nobody takes it
 * for gone. */
static void
item_removed_between_pages_hides_none(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  pull_catalogue(bench, NULL);
  reply_items(bench, 0, "n-1", "n-2", "true");
  reply_items(bench, 1, "n-3", "n-4", "false");
  pull_catalogue(bench, NULL);
  reply_items(bench, 0, "n-1", "n-2", "true");
  reply_items(bench, 1, "n-4", "n-5", "false");
  assert_items(bench, "n-1 n-2 n-3 n-4 n-5 ");
}

static void
skipped_rows_prove_nothing(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_true(is_partial(pull_catalogue(bench, ONE_ITEM "'hasNextPage':false,'skipped':1}")));
  assert_true(is_partial(pull_catalogue(bench, ONE_ITEM "'hasNextPage':false,'skipped':1}")));
  assert_false(is_gone(bench));
}

static void
rejected_rows_prove_nothing_and_are_named(void **state)
{
  Bench *bench = *state;
  const char *page = "{'items':[{'id':'item-1','name':'Tarte','type':'SIMPLE'},{'id':7}],"
                     "'hasNextPage':false,'skipped':0}";
  g_autoptr(GVariant) journal = NULL;
  g_autofree char *text = NULL;

  bench_open(bench);
  assert_true(is_partial(pull_catalogue(bench, page)));
  assert_true(is_partial(pull_catalogue(bench, page)));
  journal = bench_list(bench, "journal");
  text = g_variant_print(journal, FALSE);
  assert_non_null(strstr(text, "items[1]"));
  assert_false(is_gone(bench));
}

static FakeExchange *
take_items(Bench *bench, guint page, guint size)
{
  g_autofree char *path =
      g_strdup_printf("/v1/companies/company-1/items?page=%u&pageSize=%u", page, size);

  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
oversized_page_is_read_in_halves(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = pull_catalogue(bench, NULL);
  bench_reply(bench, take_items(bench, 0, 1000), SHOPCAISSE_REPLY_OVERSIZED, NULL);
  bench_reply(bench, take_items(bench, 0, 500), SHOPCAISSE_REPLY_OK,
              ONE_ITEM "'hasNextPage':false,'skipped':0}");
  bench_reply(bench, take_items(bench, 1, 500), SHOPCAISSE_REPLY_OK, EMPTY);
  assert_int_equal(get_read(answer), 1);
}

static void
page_that_cannot_be_halved_ends_the_pull(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = pull_catalogue(bench, NULL);
  for (guint i = 0; i < 200 && answer->n_given == 0; i++) {
    bench_pass(bench, 20 * SHOPCAISSE_SECOND);
    while (bench->network.requests->len > 0) {
      FakeExchange *exchange = g_ptr_array_steal_index(bench->network.requests, 0);

      g_ptr_array_add(bench->network.taken, exchange);
      bench_reply(bench, exchange, SHOPCAISSE_REPLY_OVERSIZED, NULL);
    }
  }
  bench_assert_error(answer, COMPTOIR_ERROR_UNREACHABLE, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(single_page_is_one_request),
    bench_test(three_pages_are_read_once_each),
    bench_test(short_pages_are_not_read_ahead),
    bench_test(full_pages_are_read_ahead),
    bench_test(places_are_read_page_by_page),
    bench_test(pages_may_come_in_any_order),
    bench_test(repeating_page_ends_the_list),
    bench_test(list_without_an_end_is_cut),
    bench_test(page_in_trouble_is_asked_again),
    bench_test(item_missing_twice_is_gone),
    bench_test(item_missing_once_stays),
    bench_test(item_inserted_between_pages_doubles_none),
    bench_test(item_removed_between_pages_hides_none),
    bench_test(skipped_rows_prove_nothing),
    bench_test(rejected_rows_prove_nothing_and_are_named),
    bench_test(oversized_page_is_read_in_halves),
    bench_test(page_that_cannot_be_halved_ends_the_pull),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
