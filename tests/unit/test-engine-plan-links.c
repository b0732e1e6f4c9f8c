/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a plan links by itself: one exact candidate on both sides, never one of two. */
#include "engine-catalogue.h"

#include <string.h>

#define ITEM(id, reference, barcode)                                                               \
  "{'id':'" id "','name':'" id "','type':'SIMPLE','defaultPrice':5,'reference':'" reference        \
  "','barcodes':['" barcode "']}"

/* The reason of the only link of a plan, "" when it links nothing. */
static char *
find_link(GVariant *plan, const char *article_id, const char *item_id)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(plan, "rows", G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "change"), "link") &&
        g_str_equal(bench_text(row, "id"), article_id) &&
        g_str_equal(bench_text(row, "external_id"), item_id))
      return g_strdup(bench_text(row, "reason"));
  }
  return g_strdup("");
}

static GVariant *
plan(Bench *bench, const char *items, const char *articles)
{
  bench_open(bench);
  return engine_catalogue_plan_items(bench, items, articles);
}

static void
item_id_links(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'external_id': <'item-1'>}]");
  g_autofree char *reason = find_link(made, "h-1", "item-1");

  assert_string_equal(reason, "id");
}

static void
barcode_links(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "", "3770000000017"),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>}]");
  g_autofree char *reason = find_link(made, "h-1", "item-1");

  assert_string_equal(reason, "barcode");
}

static void
reference_links(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "TC-01", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>}]");
  g_autofree char *reason = find_link(made, "h-1", "item-1");

  assert_string_equal(reason, "reference");
}

#define TWO_ITEMS ITEM("item-1", "TC-01", "") "," ITEM("item-2", "", "3770000000017")
#define TWO_ARTICLES                                                                               \
  "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>},"                                       \
  " {'id': <'h-2'>, 'name': <'B'>, 'barcodes': <['3770000000017']>}]"

static GVariant *
plan_by(Bench *bench, const char *method, const char *items, const char *articles)
{
  bench_set(bench, "link-by", method);
  return plan(bench, items, articles);
}

static void
by_reference_alone_an_equal_barcode_links_nothing(void **state)
{
  GVariant *made = plan_by(*state, "reference", TWO_ITEMS, TWO_ARTICLES);
  g_autofree char *reason = find_link(made, "h-1", "item-1");

  assert_string_equal(reason, "reference");
  assert_int_equal(engine_catalogue_count(made, "links"), 1);
}

static void
by_barcode_alone_an_equal_reference_links_nothing(void **state)
{
  GVariant *made = plan_by(*state, "barcode", TWO_ITEMS, TWO_ARTICLES);
  g_autofree char *reason = find_link(made, "h-2", "item-2");

  assert_string_equal(reason, "barcode");
  assert_int_equal(engine_catalogue_count(made, "links"), 1);
}

/* As the host says, for it was made from there. */
static void
by_hand_an_item_id_links_still(void **state)
{
  GVariant *made = plan_by(*state, "hand", ITEM("item-1", "", ""),
                           "[{'id': <'h-1'>, 'name': <'A'>, 'external_id': <'item-1'>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 1);
}

/* They would be there twice. */
static void
what_is_to_be_linked_by_hand_is_not_made(void **state)
{
  GVariant *made = plan_by(*state, "hand", TWO_ITEMS, TWO_ARTICLES);

  assert_int_equal(engine_catalogue_count(made, "create"), 0);
  assert_int_equal(engine_catalogue_count(made, "links"), 0);
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), 2);
}

#define N_EQUAL 500

static void
by_hand_five_hundred_equal_references_link_nothing(void **state)
{
  g_autoptr(GString) items = g_string_new("");
  g_autoptr(GString) articles = g_string_new("[");
  GVariant *made = NULL;

  for (guint i = 0; i < N_EQUAL; i++) {
    g_string_append_printf(items, "%s" ITEM("item-%u", "R-%u", ""), i > 0 ? "," : "", i, i, i);
    g_string_append_printf(articles, "%s{'id': <'h-%u'>, 'name': <'A'>, 'reference': <'R-%u'>}",
                           i > 0 ? "," : "", i, i);
  }
  g_string_append_c(articles, ']');
  made = plan_by(*state, "hand", items->str, articles->str);
  assert_int_equal(engine_catalogue_count(made, "links"), 0);
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), N_EQUAL);
}

static void
empty_references_link_nothing(void **state)
{
  GVariant *made =
      plan(*state, ITEM("item-1", "", ""), "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <''>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 0);
}

static void
two_items_of_one_reference_link_nothing(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "TC-01", "") "," ITEM("item-2", "TC-01", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 0);
  assert_true(engine_catalogue_count(made, "ambiguous") > 0);
}

static void
two_articles_of_one_barcode_link_nothing(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "", "3770000000017"),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>},"
                        " {'id': <'h-2'>, 'name': <'B'>, 'barcodes': <['3770000000017']>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 0);
  assert_true(engine_catalogue_count(made, "ambiguous") > 0);
}

/* The line of an item. */
static GVariant *
find_row(GVariant *made, const char *item_id)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(made, "rows", G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    GVariant *row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "external_id"), item_id))
      return row;
    g_variant_unref(row);
  }
  fail_msg("%s has no line", item_id);
  return NULL;
}

static void
item_like_two_articles_is_a_line_that_says_why(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "", "3770000000017"),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>},"
                        " {'id': <'h-2'>, 'name': <'B'>, 'barcodes': <['3770000000017']>}]");
  g_autoptr(GVariant) row = find_row(made, "item-1");

  assert_string_equal(bench_text(row, "change"), "ambiguous");
  assert_string_equal(bench_text(row, "state"), "skipped");
  assert_non_null(strstr(bench_text(row, "reason"), "barcode"));
  assert_non_null(strstr(bench_text(row, "reason"), "3770000000017"));
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), 1);
}

static void
items_like_one_article_are_not_made(void **state)
{
  GVariant *made =
      plan(*state, ITEM("item-1", "", "3770000000017") "," ITEM("item-2", "", "3770000000017"),
           "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>}]");

  assert_int_equal(engine_catalogue_count(made, "create"), 0);
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), 2);
}

/* Nothing in the host is like them: they are two. */
static void
items_of_one_barcode_are_made_when_no_article_has_it(void **state)
{
  GVariant *made =
      plan(*state, ITEM("item-1", "", "3770000000017") "," ITEM("item-2", "", "3770000000017"),
           "@aa{sv} []");

  assert_int_equal(engine_catalogue_count(made, "create"), 2);
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), 0);
}

static void
nobody_applies_an_ambiguous_line(void **state)
{
  Bench *bench = *state;
  GVariant *made = plan(bench, ITEM("item-1", "", "3770000000017") "," ITEM("item-2", "", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>},"
                        " {'id': <'h-2'>, 'name': <'B'>, 'barcodes': <['3770000000017']>}]");
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, made);
  g_autofree char *asked = engine_catalogue_answer_changes(bench, NULL);
  g_autoptr(GVariant) row = find_row(bench_assert_done(answer), "item-1");

  assert_null(strstr(asked, "item-1"));
  assert_non_null(strstr(asked, "item-2"));
  assert_string_equal(bench_text(row, "state"), "skipped");
}

/* What one kind of value leaves open, another may decide. */
static void
reference_decides_what_a_barcode_cannot(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "TC-01", "3770000000017"),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'barcodes': <['3770000000017']>},"
                        " {'id': <'h-2'>, 'name': <'B'>, 'barcodes': <['3770000000017']>,"
                        "  'reference': <'TC-01'>}]");
  g_autofree char *reason = find_link(made, "h-2", "item-1");

  assert_string_equal(reason, "reference");
  assert_int_equal(engine_catalogue_count(made, "ambiguous"), 0);
}

/* One line, one count. */
static void
link_is_not_also_unchanged(void **state)
{
  GVariant *made =
      plan(*state, ITEM("item-1", "TC-01", ""),
           "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>, 'price': <'5.00'>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 1);
  assert_int_equal(engine_catalogue_count(made, "unchanged"), 0);
}

static void
surest_kind_decides(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "TC-01", "") "," ITEM("item-2", "TC-02", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-02'>,"
                        " 'external_id': <'item-1'>}]");
  g_autofree char *reason = find_link(made, "h-1", "item-1");

  assert_string_equal(reason, "id");
  assert_int_equal(engine_catalogue_count(made, "links"), 1);
}

static void
equal_names_link_nothing(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "", ""), "[{'id': <'h-1'>, 'name': <'item-1'>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 0);
}

static void
deleted_article_links_nothing(void **state)
{
  GVariant *made = plan(*state, ITEM("item-1", "TC-01", ""),
                        "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>,"
                        " 'deleted': <true>}]");

  assert_int_equal(engine_catalogue_count(made, "links"), 0);
}

static void
link_of_a_person_stays(void **state)
{
  Bench *bench = *state;
  GVariant *made = NULL;

  bench_open(bench);
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'h-1'>, 'external_id': <'item-2'>}]>}"));
  made = engine_catalogue_plan_items(
      bench, ITEM("item-1", "TC-01", "") "," ITEM("item-2", "", ""),
      "[{'id': <'h-1'>, 'name': <'A'>, 'reference': <'TC-01'>, 'price': <'5.00'>}]");
  assert_int_equal(engine_catalogue_count(made, "links"), 0);
}

static void
linking_both_ways_at_once_is_refused_whole(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) links = NULL;

  bench_open(bench);
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                   "{'rows': <[{'id': <'h-1'>, 'external_id': <'item-1'>},"
                                   " {'id': <'h-2'>, 'external_id': <'item-1'>}]>}"),
                     COMPTOIR_ERROR_CONFLICT, "item-1");
  links = bench_list(bench, "links");
  assert_int_equal(g_variant_n_children(links), 0);
}

static void
unlinked_article_may_be_linked_anew(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_LINK,
                "{'rows': <[{'id': <'h-1'>, 'external_id': <'item-1'>}]>}");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_UNLINK, "{'rows': <[{'id': <'h-1'>}]>}"));
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'h-2'>, 'external_id': <'item-1'>}]>}"));
}

static void
link_without_an_item_is_invalid(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_LINK, "{'rows': <[{'id': <'h-1'>}]>}"),
                     COMPTOIR_ERROR_INVALID, "external_id");
}

#define plan_test(name)                                                                            \
  cmocka_unit_test_setup_teardown(name, engine_catalogue_set_up, bench_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    plan_test(item_id_links),
    plan_test(barcode_links),
    plan_test(reference_links),
    plan_test(by_reference_alone_an_equal_barcode_links_nothing),
    plan_test(by_barcode_alone_an_equal_reference_links_nothing),
    plan_test(by_hand_an_item_id_links_still),
    plan_test(what_is_to_be_linked_by_hand_is_not_made),
    plan_test(by_hand_five_hundred_equal_references_link_nothing),
    plan_test(empty_references_link_nothing),
    plan_test(two_items_of_one_reference_link_nothing),
    plan_test(two_articles_of_one_barcode_link_nothing),
    plan_test(item_like_two_articles_is_a_line_that_says_why),
    plan_test(items_like_one_article_are_not_made),
    plan_test(items_of_one_barcode_are_made_when_no_article_has_it),
    plan_test(nobody_applies_an_ambiguous_line),
    plan_test(reference_decides_what_a_barcode_cannot),
    plan_test(link_is_not_also_unchanged),
    plan_test(surest_kind_decides),
    plan_test(equal_names_link_nothing),
    plan_test(deleted_article_links_nothing),
    plan_test(link_of_a_person_stays),
    plan_test(linking_both_ways_at_once_is_refused_whole),
    plan_test(unlinked_article_may_be_linked_anew),
    plan_test(link_without_an_item_is_invalid),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
