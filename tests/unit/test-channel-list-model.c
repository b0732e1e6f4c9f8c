/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list that fills itself in windows. */
#include "channel/list-model.h"

#include <comptoir/comptoir-row.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

typedef struct {
  guint offset;
  guint limit;
  ShopcaisseAnswerFunc answer;
  gpointer user_data;
} Asked;

typedef struct {
  GObject *owner;
  GQueue asked; /* (element-type Asked): not answered yet */
  guint n_asked;
  gboolean is_shut; /* cannot answer now */
  ShopcaisseListModel *list;
  guint n_changes;
  guint position;
  guint n_removed;
  guint n_added;
} World;

static gboolean
fetch(GObject *owner,
      const ShopcaisseWindow *window,
      ShopcaisseAnswerFunc answer,
      gpointer user_data)
{
  World *world = g_object_get_data(owner, "world");
  if (world->is_shut)
    return FALSE;
  Asked *asked = g_new0(Asked, 1);
  asked->offset = window->offset;
  asked->limit = window->limit;
  asked->answer = answer;
  asked->user_data = user_data;
  g_queue_push_tail(&world->asked, asked);
  world->n_asked++;
  return TRUE;
}

static void
items_changed(GListModel *list, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  World *world = user_data;
  world->n_changes++;
  world->position = position;
  world->n_removed = n_removed;
  world->n_added = n_added;
}

static void
make_list(World *world)
{
  world->list =
      shopcaisse_list_model_new(world->owner, fetch, "journal", g_variant_new("a{sv}", NULL));
  g_signal_connect(world->list, "items-changed", G_CALLBACK(items_changed), world);
}

static int
set_up(void **state)
{
  World *world = g_new0(World, 1);
  world->owner = g_object_new(G_TYPE_OBJECT, NULL);
  g_object_set_data(world->owner, "world", world);
  make_list(world);
  *state = world;
  return 0;
}

/* Each row is {number: its position, round}. */
static GVariant *
build_window(const Asked *asked, guint total, guint round)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (guint i = asked->offset; i < MIN(asked->offset + asked->limit, total); i++)
    g_variant_builder_add_parsed(&rows, "{'number': <%u>, 'round': <%u>}", i, round);
  g_auto(GVariantDict) window = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert_value(&window, "rows", g_variant_builder_end(&rows));
  g_variant_dict_insert(&window, "total", "u", total);
  return g_variant_ref_sink(g_variant_dict_end(&window));
}

/* Answers the oldest. */
static void
answer_one(World *world, guint total, guint round)
{
  g_autofree Asked *asked = g_queue_pop_head(&world->asked);
  assert_non_null(asked);
  g_autoptr(GVariant) window = build_window(asked, total, round);
  asked->answer(window, NULL, asked->user_data);
}

static void
fail_one(World *world)
{
  g_autofree Asked *asked = g_queue_pop_head(&world->asked);
  g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  asked->answer(NULL, error, asked->user_data);
}

static int
tear_down(void **state)
{
  World *world = *state;
  g_clear_object(&world->list);
  while (world->asked.length > 0)
    fail_one(world);
  g_clear_object(&world->owner);
  g_free(world);
  return 0;
}

static ComptoirRow *
get_row(World *world, guint position)
{
  return g_list_model_get_item(G_LIST_MODEL(world->list), position);
}

static guint
get_number(ComptoirRow *row, const char *key)
{
  guint number = G_MAXUINT;
  assert_non_null(comptoir_row_get_values(row));
  assert_true(g_variant_lookup(comptoir_row_get_values(row), key, "u", &number));
  return number;
}

static void
new_list_is_empty_and_asks_for_its_first_window(void **state)
{
  World *world = *state;
  const Asked *asked = g_queue_peek_head(&world->asked);
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 0);
  assert_int_equal(asked->offset, 0);
  assert_int_equal(asked->limit, SHOPCAISSE_LIST_WINDOW);
  assert_null(get_row(world, 0));
}

static void
first_answer_tells_the_total(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 250);
  assert_int_equal(world->n_changes, 1);
  assert_int_equal(world->n_added, 250);
  g_autoptr(ComptoirRow) row = get_row(world, 99);
  assert_int_equal(get_number(row, "number"), 99);
  assert_null(get_row(world, 250));
}

static void
row_is_a_placeholder_until_its_window_came(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  g_autoptr(ComptoirRow) row = get_row(world, 249);
  assert_null(comptoir_row_get_values(row));
  answer_one(world, 250, 1);
  assert_int_equal(get_number(row, "number"), 249);
  assert_int_equal(world->n_changes, 1);
}

static void
window_is_asked_for_once(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  for (guint i = 100; i < 200; i++)
    g_object_unref(get_row(world, i));
  assert_int_equal(world->n_asked, 2);
}

static void
row_stays_the_same_object(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  g_autoptr(ComptoirRow) before = get_row(world, 5);
  shopcaisse_list_model_refresh(world->list);
  answer_one(world, 250, 2);
  g_autoptr(ComptoirRow) after = get_row(world, 5);
  assert_ptr_equal(before, after);
  assert_int_equal(get_number(after, "round"), 2);
  assert_int_equal(world->n_changes, 1);
}

static void
longer_list_grows_at_its_end(void **state)
{
  World *world = *state;
  answer_one(world, 10, 1);
  shopcaisse_list_model_refresh(world->list);
  answer_one(world, 12, 2);
  assert_int_equal(world->position, 10);
  assert_int_equal(world->n_removed, 0);
  assert_int_equal(world->n_added, 2);
  g_autoptr(ComptoirRow) row = get_row(world, 11);
  assert_int_equal(get_number(row, "number"), 11);
}

static void
shorter_list_shrinks_at_its_end(void **state)
{
  World *world = *state;
  answer_one(world, 10, 1);
  shopcaisse_list_model_refresh(world->list);
  answer_one(world, 0, 2);
  assert_int_equal(world->position, 0);
  assert_int_equal(world->n_removed, 10);
  assert_int_equal(world->n_added, 0);
}

static void
change_while_reading_reads_once_more(void **state)
{
  World *world = *state;
  shopcaisse_list_model_refresh(world->list);
  shopcaisse_list_model_refresh(world->list);
  assert_int_equal(world->n_asked, 1);
  answer_one(world, 10, 1);
  assert_int_equal(world->n_asked, 2);
  answer_one(world, 10, 2);
  assert_int_equal(world->n_asked, 2);
  g_autoptr(ComptoirRow) row = get_row(world, 0);
  assert_int_equal(get_number(row, "round"), 2);
}

static void
change_while_a_reading_fails_reads_once_more(void **state)
{
  World *world = *state;
  answer_one(world, 10, 1);
  shopcaisse_list_model_refresh(world->list);
  shopcaisse_list_model_refresh(world->list);
  fail_one(world);
  assert_int_equal(world->n_asked, 3);
  answer_one(world, 10, 2);
  assert_int_equal(world->n_asked, 3);
}

static void
ten_windows_are_kept(void **state)
{
  World *world = *state;
  answer_one(world, 5000, 1);
  for (guint i = 1; i <= 10; i++) {
    g_object_unref(get_row(world, i * SHOPCAISSE_LIST_WINDOW));
    answer_one(world, 5000, 1);
  }
  guint n_asked = world->n_asked;
  g_object_unref(get_row(world, SHOPCAISSE_LIST_WINDOW));
  assert_int_equal(world->n_asked, n_asked);
  g_object_unref(get_row(world, 0));
  assert_int_equal(world->n_asked, n_asked + 1);
}

static void
window_that_was_moved_out_does_not_hear_its_answer(void **state)
{
  World *world = *state;
  answer_one(world, 5000, 1);
  for (guint i = 1; i <= 11; i++)
    g_object_unref(get_row(world, i * SHOPCAISSE_LIST_WINDOW));
  answer_one(world, 4000, 1);
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 5000);
}

static void
failed_window_is_asked_for_again(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  g_object_unref(get_row(world, 100));
  fail_one(world);
  g_object_unref(get_row(world, 100));
  assert_int_equal(world->n_asked, 3);
}

static void
answer_that_is_no_window_is_ignored(void **state)
{
  World *world = *state;
  g_autofree Asked *asked = g_queue_pop_head(&world->asked);
  g_autoptr(GVariant) answer = g_variant_ref_sink(g_variant_new_parsed("{'rows': <'none'>}"));
  asked->answer(answer, NULL, asked->user_data);
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 0);
}

static void
fail_next(World *world, ComptoirError code, const char *message)
{
  g_autofree Asked *asked = g_queue_pop_head(&world->asked);
  g_autoptr(GError) error = g_error_new_literal(COMPTOIR_ERROR, (int)code, message);
  asked->answer(NULL, error, asked->user_data);
}

static void
query_that_is_refused_is_a_warning(void **state)
{
  World *world = *state;
  g_test_expect_message(G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*colour*");
  fail_next(world, COMPTOIR_ERROR_INVALID, "sort: \"colour\"");
  g_test_assert_expected_messages();
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 0);
}

static void
answer_text(World *world, const char *text)
{
  g_autofree Asked *asked = g_queue_pop_head(&world->asked);
  g_autoptr(GVariant) answer = g_variant_parse(G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  asked->answer(answer, NULL, asked->user_data);
}

static void
list_says_why_its_rows_are_missing(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  fail_next(world, COMPTOIR_ERROR_STORAGE, "the disk is full");
  g_object_get(world->list, "error", &error, NULL);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE));
  g_clear_error(&error);
  shopcaisse_list_model_refresh(world->list);
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 0>}");
  g_object_get(world->list, "error", &error, NULL);
  assert_null(error);
}

static void
assert_counted(World *world, gboolean expected, guint n_linked)
{
  g_autoptr(GVariant) counts = NULL;
  gboolean complete = FALSE;
  guint n = 0;
  g_object_get(world->list, "complete", &complete, "counts", &counts, NULL);
  assert_int_equal(complete, expected);
  assert_non_null(counts);
  assert_true(g_variant_lookup(counts, "linked", "u", &n));
  assert_int_equal(n, n_linked);
}

static void
counts_are_those_of_the_last_answer_that_was_complete(void **state)
{
  World *world = *state;
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 0>, 'complete': <true>,"
                     " 'counts': <{'linked': uint32 7}>}");
  assert_counted(world, TRUE, 7);
  shopcaisse_list_model_refresh(world->list);
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 0>, 'complete': <false>}");
  assert_counted(world, FALSE, 7);
}

static void
count(GObject *list, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
a_total_that_is_not_complete_takes_no_rows_away(void **state)
{
  World *world = *state;
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 500>, 'complete': <true>}");
  shopcaisse_list_model_refresh(world->list);
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 200>, 'complete': <false>}");
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 500);
  shopcaisse_list_model_refresh(world->list);
  answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 300>, 'complete': <true>}");
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 300);
}

static void
look_far(ComptoirRow *row, GParamSpec *pspec, gpointer user_data)
{
  for (guint i = 1; i <= 11; i++)
    g_object_unref(get_row(user_data, i * SHOPCAISSE_LIST_WINDOW));
}

static void
who_hears_a_row_may_look_at_all_others(void **state)
{
  World *world = *state;
  answer_one(world, 5000, 1);
  g_autoptr(ComptoirRow) row = get_row(world, 0);
  g_signal_connect(row, "notify::values", G_CALLBACK(look_far), world);
  shopcaisse_list_model_refresh(world->list);
  answer_one(world, 5000, 2);
  assert_int_equal(get_number(row, "round"), 2);
}

static void
equal_counts_are_not_notified_again(void **state)
{
  World *world = *state;
  guint n_notified = 0;
  g_signal_connect(world->list, "notify::counts", G_CALLBACK(count), &n_notified);
  for (guint i = 0; i < 2; i++) {
    answer_text(world, "{'rows': <@aa{sv} []>, 'total': <uint32 0>, 'complete': <true>,"
                       " 'counts': <{'linked': uint32 7}>}");
    shopcaisse_list_model_refresh(world->list);
  }
  assert_int_equal(n_notified, 1);
}

static void
more_rows_than_asked_for_do_no_harm(void **state)
{
  World *world = *state;
  Asked *asked = g_queue_peek_head(&world->asked);
  asked->limit = 3 * SHOPCAISSE_LIST_WINDOW;
  answer_one(world, 300, 1);
  assert_int_equal(g_list_model_get_n_items(G_LIST_MODEL(world->list)), 300);
}

static void
list_reads_nothing_while_its_owner_cannot(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  world->is_shut = TRUE;
  g_autoptr(ComptoirRow) row = get_row(world, 200);
  assert_null(comptoir_row_get_values(row));
  world->is_shut = FALSE;
  shopcaisse_list_model_refresh(world->list);
  answer_one(world, 250, 2);
  answer_one(world, 250, 2);
  assert_int_equal(get_number(row, "number"), 200);
}

static void
list_outlives_its_owner(void **state)
{
  World *world = *state;
  answer_one(world, 250, 1);
  g_clear_object(&world->owner);
  shopcaisse_list_model_refresh(world->list);
  g_autoptr(ComptoirRow) row = get_row(world, 200);
  assert_null(comptoir_row_get_values(row));
}

static void
answer_after_the_list_is_gone_is_dropped(void **state)
{
  World *world = *state;
  g_clear_object(&world->list);
  answer_one(world, 250, 1);
  assert_int_equal(world->n_changes, 0);
}

#define list_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    list_test(new_list_is_empty_and_asks_for_its_first_window),
    list_test(first_answer_tells_the_total),
    list_test(row_is_a_placeholder_until_its_window_came),
    list_test(window_is_asked_for_once),
    list_test(row_stays_the_same_object),
    list_test(longer_list_grows_at_its_end),
    list_test(shorter_list_shrinks_at_its_end),
    list_test(change_while_reading_reads_once_more),
    list_test(change_while_a_reading_fails_reads_once_more),
    list_test(ten_windows_are_kept),
    list_test(window_that_was_moved_out_does_not_hear_its_answer),
    list_test(failed_window_is_asked_for_again),
    list_test(answer_that_is_no_window_is_ignored),
    list_test(query_that_is_refused_is_a_warning),
    list_test(list_says_why_its_rows_are_missing),
    list_test(counts_are_those_of_the_last_answer_that_was_complete),
    list_test(a_total_that_is_not_complete_takes_no_rows_away),
    list_test(who_hears_a_row_may_look_at_all_others),
    list_test(equal_counts_are_not_notified_again),
    list_test(more_rows_than_asked_for_do_no_harm),
    list_test(list_reads_nothing_while_its_owner_cannot),
    list_test(list_outlives_its_owner),
    list_test(answer_after_the_list_is_gone_is_dropped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
