/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is offered where a person links by hand. */
#include "engine-catalogue.h"

#define ITEM(id, name, reference, barcode)                                                         \
  "{'id':'" id "','name':'" name "','type':'SIMPLE','defaultPrice':5,'reference':'" reference      \
  "','barcodes':['" barcode "']}"

#define TART ITEM("item-1", "Crème brûlée", "TC-01", "3770000000017")

static void
read_both(Bench *bench, const char *items, const char *articles)
{
  bench_open(bench);
  (void)engine_catalogue_plan_items(bench, items, articles); /* which reads both sides */
}

/* "id likeness" of each, in order. */
static void
assert_suggestions(Bench *bench, const char *query, const char *expected)
{
  BenchAnswer *answer = bench_list_window(bench, "suggestions", query, 0, 100);
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GString) text = g_string_new(NULL);

  bench_run(bench);
  rows = g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_string_append_printf(text, "%s %s, ", bench_text(row, "id"), bench_text(row, "likeness"));
  }
  assert_string_equal(text->str, expected);
}

static void
barcode_comes_before_reference_and_reference_before_name(void **state)
{
  read_both(*state, TART,
            "[{'id': <'h-1'>, 'name': <'CREME BRULEE'>},"
            " {'id': <'h-2'>, 'name': <'B'>, 'reference': <'tc-01'>},"
            " {'id': <'h-3'>, 'name': <'C'>, 'barcodes': <['3770000000017']>},"
            " {'id': <'h-4'>, 'name': <'Crème brûlée au four'>}]");
  assert_suggestions(*state, "{'item': <'item-1'>}", "h-3 barcode, h-2 reference, h-1 name, ");
}

static void
what_is_alike_in_every_way_is_offered_once(void **state)
{
  read_both(*state, TART "," ITEM("item-2", "Crème brûlée", "TC-01", "3770000000017"),
            "[{'id': <'h-1'>, 'name': <'Crème brûlée'>, 'reference': <'TC-01'>,"
            "  'barcodes': <['3770000000017']>}]");
  assert_suggestions(*state, "{'item': <'item-1'>}", "h-1 barcode, ");
}

static void
article_is_offered_its_items(void **state)
{
  read_both(*state, TART, "[{'id': <'h-1'>, 'name': <'creme brulee'>}]");
  assert_suggestions(*state, "{'article': <'h-1'>}", "item-1 name, ");
}

static void
what_is_like_nothing_is_offered_nothing(void **state)
{
  read_both(*state, TART, "[{'id': <'h-1'>, 'name': <'Tarte'>}]");
  assert_suggestions(*state, "{'item': <'item-1'>}", "");
}

static void
linked_article_is_not_offered(void **state)
{
  Bench *bench = *state;

  read_both(bench, TART, "[{'id': <'h-1'>, 'name': <'creme brulee'>}]");
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'h-1'>, 'external_id': <'item-1'>}]>}"));
  assert_suggestions(bench, "{'item': <'item-1'>}", "");
}

static void
of_what_has_to_be_said(void **state)
{
  BenchAnswer *answer = NULL;

  bench_open(*state);
  answer = bench_list_window(*state, "suggestions", NULL, 0, 100);
  bench_run(*state);
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "neither an item nor an article");
}

#define suggestion_test(name)                                                                      \
  cmocka_unit_test_setup_teardown(name, engine_catalogue_set_up, bench_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    suggestion_test(barcode_comes_before_reference_and_reference_before_name),
    suggestion_test(what_is_alike_in_every_way_is_offered_once),
    suggestion_test(article_is_offered_its_items),
    suggestion_test(what_is_like_nothing_is_offered_nothing),
    suggestion_test(linked_article_is_not_offered),
    suggestion_test(of_what_has_to_be_said),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
