/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sync: what it would do, doing exactly that, taking it back. */
#include "engine-catalogue.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define NONE "@aa{sv} []"
#define SAME                                                                                       \
  "[{'id': <'h-1'>, 'name': <'Tarte'>, 'price': <'12.50'>, 'external_id': <'item-1'>},"            \
  " {'id': <'h-2'>, 'name': <'Cerises'>, 'price': <'12.99'>, 'external_id': <'item-2'>}]"
#define CHEAP                                                                                      \
  "[{'id': <'h-1'>, 'name': <'Tarte'>, 'price': <'11.00'>, 'external_id': <'item-1'>},"            \
  " {'id': <'h-2'>, 'name': <'Cerises'>, 'price': <'12.99'>, 'external_id': <'item-2'>}]"

static void
first_plan_makes_what_can_be_sold(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);

  assert_int_equal(engine_catalogue_count(plan, "create"), 2);
  assert_int_equal(engine_catalogue_count(plan, "update"), 0);
  assert_int_equal(engine_catalogue_count(plan, "links"), 0);
  assert_int_equal(engine_catalogue_count(plan, "unmatched"), 1); /* the option */
}

static void
plan_writes_nothing_to_the_host(void **state)
{
  engine_catalogue_open(*state, NONE);
  bench_assert_quiet(*state);
}

static void
apply_does_what_the_plan_says(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_autofree char *asked = engine_catalogue_answer_changes(bench, NULL);

  assert_non_null(strstr(asked, "'change': <'create'>"));
  assert_non_null(strstr(asked, "'price': <'12.50'>"));
  assert_non_null(strstr(asked, "'external_id': <'item-2'>"));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 2);
}

static void
what_was_made_is_linked(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  g_autoptr(GVariant) links = NULL;
  g_autoptr(GVariant) link = NULL;

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  links = bench_list(bench, "links");
  assert_int_equal(g_variant_n_children(links), 2);
  link = g_variant_get_child_value(links, 0);
  assert_string_equal(bench_text(link, "id"), "h-1");
  assert_string_equal(bench_text(link, "external_id"), "item-1");
  assert_string_equal(bench_text(link, "method"), "import");
}

static void
second_plan_has_no_lines(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  plan = engine_catalogue_plan(bench, SAME);
  assert_int_equal(engine_catalogue_count(plan, "create"), 0);
  assert_int_equal(engine_catalogue_count(plan, "update"), 0);
  assert_int_equal(engine_catalogue_count(plan, "links"), 0);
  assert_int_equal(engine_catalogue_count(plan, "unchanged"), 2);
}

static void
failed_row_is_named_and_tried_again(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_autofree char *first = engine_catalogue_answer_changes(bench, "item-2");
  g_autofree char *second = NULL;
  GVariant *applied = bench_assert_done(answer);
  g_autofree char *text = g_variant_print(applied, FALSE);

  assert_int_equal(engine_catalogue_count(applied, "done"), 1);
  assert_int_equal(engine_catalogue_count(applied, "failed"), 1);
  assert_non_null(strstr(text, "no such account"));
  answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  second = engine_catalogue_answer_changes(bench, NULL);
  assert_null(strstr(second, "item-1"));
  assert_non_null(strstr(second, "item-2"));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 2);
}

/* Somebody links the item by hand while the host makes an article for it. */
static void
line_that_cannot_be_linked_holds_up_no_other(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  GVariant *applied = NULL;
  g_autofree char *text = NULL;

  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'mine'>, 'external_id': <'item-1'>}]>}"));
  g_free(engine_catalogue_answer_changes(bench, NULL));
  applied = bench_assert_done(answer);
  text = g_variant_print(applied, FALSE);
  assert_int_equal(engine_catalogue_count(applied, "done"), 1);
  assert_int_equal(engine_catalogue_count(applied, "failed"), 1);
  assert_non_null(strstr(text, "is linked to another article"));
}

static void
lines_keep_their_keys_after_a_crash(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  g_autoptr(GVariant) owned = g_variant_ref(plan);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  FakeQuestion *question = NULL;

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, owned);
  question = bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES);
  first = g_variant_print(question->argument, FALSE);
  g_ptr_array_add(bench->host.questions, question);
  bench_crash(bench);
  bench_open(bench);
  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, owned);
  second = engine_catalogue_answer_changes(bench, NULL);
  assert_string_equal(first, second);
}

/* Both articles are linked, h-1 has another price: applied. */
static GVariant *
apply_price(Bench *bench)
{
  GVariant *plan = engine_catalogue_open(bench, CHEAP);

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  return plan;
}

static void
price_is_set(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, CHEAP);
  g_autofree char *asked = NULL;

  assert_int_equal(engine_catalogue_count(plan, "links"), 2);
  assert_int_equal(engine_catalogue_count(plan, "update"), 1);
  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  asked = engine_catalogue_answer_changes(bench, NULL);
  assert_non_null(strstr(asked, "'change': <'update'>"));
  assert_non_null(strstr(asked, "'id': <'h-1'>"));
  assert_non_null(strstr(asked, "'price': <'12.50'>"));
  assert_null(strstr(asked, "'name'"));
}

static void
undo_restores_the_price(void **state)
{
  Bench *bench = *state;
  GVariant *plan = apply_price(bench);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_UNDO, plan);
  g_autofree char *asked = engine_catalogue_answer_changes(bench, NULL);

  assert_non_null(strstr(asked, "'change': <'update'>"));
  assert_non_null(strstr(asked, "'price': <'11.00'>"));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "undone"), 3);
}

static void
undo_unlinks_what_the_plan_linked(void **state)
{
  Bench *bench = *state;
  GVariant *plan = apply_price(bench);
  g_autoptr(GVariant) links = NULL;

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_UNDO, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  links = bench_list(bench, "links");
  assert_int_equal(g_variant_n_children(links), 0);
}

static void
undo_deletes_what_was_made(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  g_autofree char *asked = NULL;
  g_autoptr(GVariant) links = NULL;

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  engine_catalogue_execute(bench, COMPTOIR_OPERATION_UNDO, plan);
  asked = engine_catalogue_answer_changes(bench, NULL);
  assert_non_null(strstr(asked, "'change': <'delete'>"));
  assert_non_null(strstr(asked, "'id': <'h-1'>"));
  links = bench_list(bench, "links");
  assert_int_equal(g_variant_n_children(links), 0);
}

static void
undone_plan_is_not_applied_again(void **state)
{
  Bench *bench = *state;
  GVariant *plan = apply_price(bench);

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_UNDO, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  bench_assert_error(engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan),
                     COMPTOIR_ERROR_CONFLICT, "taken back");
}

static void
plan_that_was_not_applied_is_not_undone(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);

  bench_assert_error(engine_catalogue_execute(bench, COMPTOIR_OPERATION_UNDO, plan),
                     COMPTOIR_ERROR_CONFLICT, "never applied");
  bench_assert_quiet(bench);
}

static void
unknown_plan_is_invalid(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_error(
      bench_perform(bench, COMPTOIR_OPERATION_APPLY_PLAN, "{'plan': <'plan-of-yesterday'>}"),
      COMPTOIR_ERROR_INVALID, "plan-of-yesterday");
}

static void
two_at_once_are_busy(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);

  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  bench_assert_error(engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan),
                     COMPTOIR_ERROR_BUSY, "already");
  g_free(engine_catalogue_answer_changes(bench, NULL));
}

static void
two_plans_at_once_are_busy(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL);
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL), COMPTOIR_ERROR_BUSY,
                     "already");
}

static void
host_that_does_not_answer_rows_fails_the_apply(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);

  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES),
               g_variant_new_parsed("@a{sv} {}"));
  bench_assert_error(answer, COMPTOIR_ERROR_PROTOCOL, "rows");
  answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 2);
}

static void
row_that_is_not_answered_stays_planned(void **state)
{
  Bench *bench = *state;
  GVariant *plan = engine_catalogue_open(bench, NONE);
  BenchAnswer *answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);

  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES),
               comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 0);
  answer = engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN, plan);
  g_free(engine_catalogue_answer_changes(bench, NULL));
  assert_int_equal(engine_catalogue_count(bench_assert_done(answer), "done"), 2);
}

/* How many changes the host gets with its next question, and how long they hold it. */
static gsize
take_changes(Bench *bench, gint64 cost_us)
{
  FakeQuestion *question = bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES);
  g_autoptr(GVariant) changes =
      g_variant_lookup_value(question->argument, "rows", G_VARIANT_TYPE("aa{sv}"));
  gsize n_changes = g_variant_n_children(changes);

  fake_host_answer(&bench->host, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL),
                   cost_us);
  bench_run(bench);
  return n_changes;
}

static void
host_that_takes_its_time_gets_less_at_once(void **state)
{
  Bench *bench = *state;
  g_autoptr(GString) items = g_string_new(NULL);
  gsize n_changes = 0;

  for (guint i = 100; i < 200; i++)
    g_string_append_printf(items,
                           "%s{'id':'item-%u','name':'Tarte','type':'SIMPLE','defaultPrice':12.5}",
                           items->len > 0 ? "," : "", i);
  bench_open(bench);
  engine_catalogue_execute(bench, COMPTOIR_OPERATION_APPLY_PLAN,
                           engine_catalogue_plan_items(bench, items->str, NONE));
  n_changes = take_changes(bench, 4000);
  assert_int_equal(take_changes(bench, 0), n_changes / 2);
  assert_true(take_changes(bench, 0) > n_changes / 2);
}

static void
refused_pull_fails_the_plan(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL);
  bench_reply(bench,
              bench_take(bench, SHOPCAISSE_METHOD_GET,
                         "/v1/companies/company-1/items?page=0&pageSize=1000"),
              SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'items.read'}");
  bench_assert_error(answer, COMPTOIR_ERROR_UNAUTHORIZED, "items.read");
}

static void
closing_ends_a_plan_that_waits(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL);
  bench_close(bench);
  assert_int_equal(answer->n_given, 1);
  assert_non_null(answer->error);
}

#define plan_test(name)                                                                            \
  cmocka_unit_test_setup_teardown(name, engine_catalogue_set_up, bench_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    plan_test(first_plan_makes_what_can_be_sold),
    plan_test(plan_writes_nothing_to_the_host),
    plan_test(apply_does_what_the_plan_says),
    plan_test(what_was_made_is_linked),
    plan_test(second_plan_has_no_lines),
    plan_test(failed_row_is_named_and_tried_again),
    plan_test(line_that_cannot_be_linked_holds_up_no_other),
    plan_test(lines_keep_their_keys_after_a_crash),
    plan_test(price_is_set),
    plan_test(undo_restores_the_price),
    plan_test(undo_unlinks_what_the_plan_linked),
    plan_test(undo_deletes_what_was_made),
    plan_test(undone_plan_is_not_applied_again),
    plan_test(plan_that_was_not_applied_is_not_undone),
    plan_test(unknown_plan_is_invalid),
    plan_test(two_at_once_are_busy),
    plan_test(two_plans_at_once_are_busy),
    plan_test(host_that_does_not_answer_rows_fails_the_apply),
    plan_test(row_that_is_not_answered_stays_planned),
    plan_test(host_that_takes_its_time_gets_less_at_once),
    plan_test(refused_pull_fails_the_plan),
    plan_test(closing_ends_a_plan_that_waits),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
