/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a plan in windows, by change and state; and what an applied plan changes at once. */
#include "engine-lists.h"
#include "store/plans.h"

static void
add_line(ShopcaisseDatabase *database, const char *plan_id, const char *change, const char *name)
{
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_plan_line_new();

  g_free(line->change);
  line->change = g_strdup(change);
  g_free(line->name);
  line->name = g_strdup(name);
  if (!g_str_equal(change, "create")) {
    g_free(line->article_id);
    line->article_id = g_strdup("a-1");
  }
  g_free(line->item_id);
  line->item_id = g_strdup_printf("item-%s", name);
  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(
      g_variant_new_parsed("{'name': <%s>, 'price': <'4.20'>, 'vat_rate': <'5.5'>}", name));
  assert_true(shopcaisse_plans_add_line(database, plan_id, line, NULL));
}

/* 250 to create, 3 to update. */
static void
furnish(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  assert_true(shopcaisse_plans_create(database, "plan-0", BENCH_NOW - 2, NULL));
  add_line(database, "plan-0", "delete", "old");
  assert_true(shopcaisse_plans_create(database, "plan-1", BENCH_NOW - 1, NULL));
  assert_true(shopcaisse_database_begin(database, NULL));
  for (guint i = 0; i < 250; i++) {
    g_autofree char *name = g_strdup_printf("n%u", i);

    add_line(database, "plan-1", "create", name);
  }
  for (guint i = 0; i < 3; i++)
    add_line(database, "plan-1", "update", "changed");
  assert_true(shopcaisse_database_commit(database, NULL));
}

static GVariant *
ask(Bench *bench, const char *query, guint offset, guint limit)
{
  BenchAnswer *answer = bench_list_window(bench, "plan", query, offset, limit);

  bench_run(bench);
  return bench_assert_done(answer);
}

static guint
get_total(GVariant *answer)
{
  guint32 total = G_MAXUINT32;

  g_variant_lookup(answer, "total", "u", &total);
  return total;
}

/* (transfer full): the name of the row at @index, "none" when there is none. */
static char *
dup_name(GVariant *answer, gsize index)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) row = NULL;

  if (index >= g_variant_n_children(rows))
    return g_strdup("none");
  row = g_variant_get_child_value(rows, index);
  return g_strdup(bench_text(row, "name"));
}

static void
last_plan_is_listed_in_windows(void **state)
{
  Bench *bench = *state;
  GVariant *answer = NULL;
  g_autofree char *first = NULL;
  g_autofree char *behind = NULL;

  furnish(bench);
  bench_open(bench);
  answer = ask(bench, NULL, 100, 100);
  assert_int_equal(get_total(answer), 253);
  first = dup_name(answer, 0);
  behind = dup_name(answer, 100);
  assert_string_equal(first, "n100");
  assert_string_equal(behind, "none");
}

static void
named_plan_is_listed(void **state)
{
  furnish(*state);
  bench_open(*state);
  assert_int_equal(get_total(ask(*state, "{'plan': <'plan-0'>}", 0, 100)), 1);
}

static void
plan_that_is_not_there_has_no_lines(void **state)
{
  bench_open(*state);
  assert_int_equal(get_total(ask(*state, NULL, 0, 100)), 0);
  assert_int_equal(get_total(ask(*state, "{'plan': <'plan-9'>}", 0, 100)), 0);
}

static void
lines_are_filtered_by_change_and_state(void **state)
{
  Bench *bench = *state;
  g_autofree char *name = NULL;

  furnish(bench);
  bench_open(bench);
  assert_int_equal(get_total(ask(bench, "{'change': <'update'>}", 0, 100)), 3);
  assert_int_equal(get_total(ask(bench, "{'state': <'planned'>}", 0, 100)), 253);
  assert_int_equal(get_total(ask(bench, "{'change': <'update'>, 'state': <'done'>}", 0, 1)), 0);
  name = dup_name(ask(bench, "{'change': <'update'>}", 2, 1), 0);
  assert_string_equal(name, "changed");
}

static void
counts_are_of_every_change(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) counts = NULL;
  guint32 n_create = 0;
  guint32 n_update = 0;

  furnish(bench);
  bench_open(bench);
  counts = g_variant_lookup_value(ask(bench, "{'change': <'update'>}", 0, 1), "counts",
                                  G_VARIANT_TYPE("a{su}"));
  assert_true(g_variant_lookup(counts, "create", "u", &n_create));
  assert_true(g_variant_lookup(counts, "update", "u", &n_update));
  assert_int_equal(n_create, 250);
  assert_int_equal(n_update, 3);
}

static void
word_that_is_not_known_is_refused(void **state)
{
  BenchAnswer *answer = NULL;

  bench_open(*state);
  answer = bench_list_window(*state, "plan", "{'change': <'explode'>}", 0, 1);
  bench_run(*state);
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "explode");
}

static void
furnish_one(Bench *bench, const char *change)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  assert_true(shopcaisse_plans_create(database, "plan-1", BENCH_NOW - 1, NULL));
  add_line(database, "plan-1", change, "Flan");
}

static void
answer_change(Bench *bench, const char *key, const char *id)
{
  bench_answer(
      bench, bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES),
      g_variant_new_parsed("{'rows': <[{'key': <%s>, 'status': <'done'>, 'id': <%s>}]>}", key, id));
}

static void
article_that_was_created_is_listed_at_once(void **state)
{
  Bench *bench = *state;

  furnish_one(bench, "create");
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_APPLY_PLAN, "{'plan': <'plan-1'>}");
  answer_change(bench, "plan-1:0", "new-1");
  assert_row_text(bench, "articles", "new-1", "name", "Flan");
  assert_row_text(bench, "articles", "new-1", "price", "4.20");
  assert_row_text(bench, "articles", "new-1", "vat_rate", "5.5");
  assert_row_text(bench, "articles", "new-1", "state", "linked");
}

static void
article_whose_creation_was_undone_is_gone_at_once(void **state)
{
  Bench *bench = *state;

  furnish_one(bench, "create");
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_APPLY_PLAN, "{'plan': <'plan-1'>}");
  answer_change(bench, "plan-1:0", "new-1");
  bench_perform(bench, COMPTOIR_OPERATION_UNDO, "{'plan': <'plan-1'>}");
  answer_change(bench, "plan-1:undo:0", "new-1");
  assert_row_text(bench, "articles", "new-1", "name", "none");
}

static void
article_that_was_updated_shows_it_at_once(void **state)
{
  Bench *bench = *state;

  furnish_one(bench, "update");
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_APPLY_PLAN, "{'plan': <'plan-1'>}");
  answer_change(bench, "plan-1:0", "a-1");
  assert_row_text(bench, "articles", "a-1", "price", "4.20");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(last_plan_is_listed_in_windows),
    bench_test(named_plan_is_listed),
    bench_test(plan_that_is_not_there_has_no_lines),
    bench_test(lines_are_filtered_by_change_and_state),
    bench_test(counts_are_of_every_change),
    bench_test(word_that_is_not_known_is_refused),
    bench_test(article_that_was_created_is_listed_at_once),
    bench_test(article_whose_creation_was_undone_is_gone_at_once),
    bench_test(article_that_was_updated_shows_it_at_once),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
