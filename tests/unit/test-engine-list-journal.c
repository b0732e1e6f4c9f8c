/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of the journal name what they are about as people do. */
#include "engine-shop.h"
#include "store/journal.h"
#include "store/sales.h"

static void
note(Bench *bench, const char *flow, const char *subject)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  const ShopcaisseJournalLine line = { BENCH_NOW, SHOPCAISSE_JOURNAL_WARNING, flow, subject,
                                       "It happened." };

  assert_true(shopcaisse_journal_append(database, &line, NULL));
}

static void
put_sale(Bench *bench, const char *id, const char *number)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  g_free(record->sale_id);
  record->sale_id = g_strdup(id);
  g_free(record->number);
  record->number = g_strdup(number);
  record->payload = g_variant_ref_sink(engine_shop_sale(id, "12.50"));
  assert_true(shopcaisse_sales_insert(database, record, NULL));
}

/* The line of that text, found whole or by its words. */
static GVariant *
dup_line(Bench *bench, const char *query)
{
  BenchAnswer *answer = NULL;
  g_autoptr(GVariant) rows = NULL;

  bench_open(bench);
  answer = bench_list_window(bench, "journal", query, 0, 100);
  bench_run(bench);
  rows = g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "text"), "It happened."))
      return g_steal_pointer(&row);
  }
  fail_msg("no such line");
  return NULL;
}

static void
assert_subject(Bench *bench, const char *query, const char *kind, const char *name)
{
  g_autoptr(GVariant) line = dup_line(bench, query);

  assert_string_equal(bench_text(line, "subject_kind"), kind);
  assert_string_equal(bench_text(line, "subject_name"), name);
}

static void
order_is_named_by_its_number(void **state)
{
  put_sale(*state, "sale-1", "1001");
  note(*state, "orders", "sale-1");
  assert_subject(*state, NULL, "order", "1001");
}

static void
line_that_was_searched_for_is_named_too(void **state)
{
  put_sale(*state, "sale-1", "1001");
  note(*state, "catch-up", "sale-1");
  assert_subject(*state, "{'search': <'happened'>}", "order", "1001");
}

static void
store_is_named(void **state)
{
  note(*state, "connection", "store-1");
  assert_subject(*state, NULL, "store", "store-1");
}

static void
article_of_a_plan_is_named(void **state)
{
  note(*state, "articles", "Tarte");
  assert_subject(*state, NULL, "article", "Tarte");
}

static void
order_that_is_not_known_has_no_name(void **state)
{
  note(*state, "orders", "sale-9");
  assert_subject(*state, NULL, "", "");
}

static void
line_about_nothing_has_no_name(void **state)
{
  note(*state, "articles", "");
  assert_subject(*state, NULL, "", "");
}

#define bench_test(name) cmocka_unit_test_setup_teardown(name, bench_set_up_ready, bench_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_is_named_by_its_number),
    bench_test(line_that_was_searched_for_is_named_too),
    bench_test(store_is_named),
    bench_test(article_of_a_plan_is_named),
    bench_test(order_that_is_not_known_has_no_name),
    bench_test(line_about_nothing_has_no_name),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
