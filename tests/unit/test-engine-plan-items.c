/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A plan of some items alone, as somebody makes it who imports one. */
#include "engine-catalogue.h"

#define NONE "@aa{sv} []"
#define TWIN                                                                                       \
  "[{'id': <'h-1'>, 'name': <'Tarte'>, 'price': <'11.00'>, 'external_id': <'item-1'>},"            \
  " {'id': <'h-2'>, 'name': <'Cerises'>, 'price': <'12.99'>, 'external_id': <'item-2'>}]"
#define SHIRTS                                                                                     \
  "{'id':'item-1','name':'Tarte','type':'SIMPLE','defaultPrice':12.5},"                            \
  "{'id':'shirt','name':'Shirt','type':'SIMPLE','defaultPrice':20},"                               \
  "{'id':'shirt-l','name':'L','type':'VARIATION','parentItem':'shirt','defaultPrice':20},"         \
  "{'id':'shirt-s','name':'S','type':'VARIATION','parentItem':'shirt','defaultPrice':20}"
/* One of them has the barcode of h-1, which the other's id means. */
#define SAME_BARCODE                                                                               \
  "{'id':'item-1','name':'Tarte','type':'SIMPLE','defaultPrice':11},"                              \
  "{'id':'item-2','name':'Cerises','type':'SIMPLE','defaultPrice':12.99,"                          \
  " 'barcodes':['3017620422003']}"
#define WITH_BARCODE                                                                               \
  "[{'id': <'h-1'>, 'name': <'Tarte'>, 'price': <'11.00'>, 'external_id': <'item-1'>,"             \
  "  'barcodes': <['3017620422003']>}]"

/* Nothing is read again: both sides are there. */
static GVariant *
plan_items(Bench *bench, const char *items)
{
  g_autofree char *options = g_strdup_printf("{'items': <%s>, 'refresh': <false>}", items);

  bench_pass(bench, SHOPCAISSE_SECOND); /* two plans are never of the same moment */
  return bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_PLAN, options));
}

/* (transfer full) */
static char *
dup_item(GVariant *plan, guint index)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(plan, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) row = NULL;

  assert_in_range(index + 1, 1, g_variant_n_children(rows));
  row = g_variant_get_child_value(rows, index);
  return g_strdup(bench_text(row, "external_id"));
}

static void
plan_of_one_item_makes_that_one_alone(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;
  g_autofree char *item = NULL;

  engine_catalogue_open(bench, NONE);
  plan = plan_items(bench, "['item-2']");
  assert_int_equal(engine_catalogue_count(plan, "create"), 1);
  item = dup_item(plan, 0);
  assert_string_equal(item, "item-2");
}

static void
plan_of_one_item_is_applied_like_any_other(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;
  BenchAnswer *answer = NULL;

  engine_catalogue_open(bench, NONE);
  plan = plan_items(bench, "['item-2']");
  answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 1);
}

static void
item_that_was_imported_is_not_made_again(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  engine_catalogue_open(bench, NONE);
  plan = plan_items(bench, "['item-2']");
  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  plan = plan_items(bench, "['item-2']");
  assert_int_equal(engine_catalogue_count(plan, "create"), 0);
}

static void
plan_of_one_item_links_and_updates_that_one_alone(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  engine_catalogue_open(bench, TWIN);
  plan = plan_items(bench, "['item-1']");
  assert_int_equal(engine_catalogue_count(plan, "links"), 1);
  assert_int_equal(engine_catalogue_count(plan, "update"), 1);
  assert_int_equal(engine_catalogue_count(plan, "create"), 0);
}

static void
item_that_is_not_wanted_keeps_its_article(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  bench_open(bench);
  engine_catalogue_plan_items(bench, SAME_BARCODE, WITH_BARCODE);
  plan = plan_items(bench, "['item-2']");
  assert_int_equal(engine_catalogue_count(plan, "links"), 0);
}

static void
plan_of_a_parent_makes_its_variations(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  bench_open(bench);
  engine_catalogue_plan_items(bench, SHIRTS, NONE);
  plan = plan_items(bench, "['shirt']");
  assert_int_equal(engine_catalogue_count(plan, "create"), 2);
}

static void
variation_that_is_named_twice_is_made_once(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  bench_open(bench);
  engine_catalogue_plan_items(bench, SHIRTS, NONE);
  plan = plan_items(bench, "['shirt', 'shirt-l', 'shirt-l']");
  assert_int_equal(engine_catalogue_count(plan, "create"), 2);
}

static void
item_that_is_not_known_has_no_line(void **state)
{
  Bench *bench = *state;
  GVariant *plan = NULL;

  engine_catalogue_open(bench, NONE);
  plan = plan_items(bench, "['item-9']");
  assert_int_equal(engine_catalogue_count(plan, "create"), 0);
  assert_int_equal(engine_catalogue_count(plan, "unmatched"), 0);
}

static void
plan_of_no_item_has_no_line(void **state)
{
  Bench *bench = *state;

  engine_catalogue_open(bench, NONE);
  assert_int_equal(engine_catalogue_count(plan_items(bench, "@as []"), "create"), 0);
}

/* Not everything: nobody asked for that. */
static void
items_that_are_no_list_are_refused(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_PLAN, "{'items': <'item-1'>}"),
                     COMPTOIR_ERROR_INVALID, "items");
}

#define plan_test(name)                                                                            \
  cmocka_unit_test_setup_teardown(name, engine_catalogue_set_up, bench_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    plan_test(plan_of_one_item_makes_that_one_alone),
    plan_test(plan_of_one_item_is_applied_like_any_other),
    plan_test(item_that_was_imported_is_not_made_again),
    plan_test(plan_of_one_item_links_and_updates_that_one_alone),
    plan_test(item_that_is_not_wanted_keeps_its_article),
    plan_test(plan_of_a_parent_makes_its_variations),
    plan_test(variation_that_is_named_twice_is_made_once),
    plan_test(item_that_is_not_known_has_no_line),
    plan_test(plan_of_no_item_has_no_line),
    plan_test(items_that_are_no_list_are_refused),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
