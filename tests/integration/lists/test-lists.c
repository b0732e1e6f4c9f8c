/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of a large shop, whole: 50 000 articles on each side, 100 000 lines of the journal. One
 * engine serves all tests; none of them changes anything. */
#include "../../unit/engine-bench.h"
#include "large-shop.h"
#include "model/text.h"

#define WINDOW 100

static int
set_up(void **state)
{
  int result = bench_set_up(state);
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(*state);
  g_autoptr(GError) error = NULL;

  if (!large_shop_fill(database, &error))
    fail_msg("the shop: %s", error->message);
  g_clear_pointer(&database, shopcaisse_database_close);
  bench_start(*state);
  bench_run(*state);
  return result;
}

static GVariant *
list(Bench *bench, const char *kind, const char *query, guint offset)
{
  BenchAnswer *answer = bench_list_window(bench, kind, query, offset, WINDOW);

  bench_run(bench);
  return bench_assert_done(answer);
}

static guint
get_total(GVariant *window)
{
  guint total = G_MAXUINT;
  gboolean complete = FALSE;

  assert_true(g_variant_lookup(window, "complete", "b", &complete));
  assert_true(complete);
  assert_true(g_variant_lookup(window, "total", "u", &total));
  return total;
}

static guint
count(Bench *bench, const char *kind, const char *query)
{
  return get_total(list(bench, kind, query, 0));
}

static char *
dup_text(GVariant *window, guint index, const char *key)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(window, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) row = NULL;

  assert_true(index < g_variant_n_children(rows));
  row = g_variant_get_child_value(rows, index);
  return g_strdup(bench_text(row, key));
}

/* How many of @n_rows numbers leave @rest when divided by @divisor. */
static guint
count_numbers(guint n_rows, guint divisor, guint rest)
{
  return (n_rows - rest + divisor - 1) / divisor;
}

/* Looks at every window; gives the number of different ids. */
static guint
walk(Bench *bench, const char *kind)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *before = g_strdup("");

  for (guint offset = 0; offset < LARGE_SHOP_ROWS; offset += WINDOW) {
    GVariant *window = list(bench, kind, NULL, offset);

    for (guint i = 0; i < WINDOW; i++) {
      g_autofree char *name = dup_text(window, i, "name");
      char *folded = shopcaisse_text_fold(name);

      if (strcmp(before, folded) > 0)
        fail_msg("\"%s\" comes before \"%s\"", before, folded);
      g_free(before);
      before = folded;
      g_hash_table_add(ids, dup_text(window, i, "id"));
    }
  }
  return g_hash_table_size(ids);
}

static void
windows_of_articles_show_each_once_in_order(void **state)
{
  assert_int_equal(walk(*state, "articles"), LARGE_SHOP_ROWS);
}

static void
windows_of_items_show_each_once_in_order(void **state)
{
  assert_int_equal(walk(*state, "items"), LARGE_SHOP_ROWS);
}

/* (transfer full) (element-type utf8): the items that the table of links has. */
static GHashTable *
read_linked_items(Bench *bench)
{
  GHashTable *items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint n_links = count(bench, "links", NULL);

  for (guint offset = 0; offset < n_links; offset += WINDOW) {
    GVariant *window = list(bench, "links", NULL, offset);

    for (guint i = 0; i < MIN(WINDOW, n_links - offset); i++)
      g_hash_table_add(items, dup_text(window, i, "external_id"));
  }
  return items;
}

#define N_COMPARED 10000

static void
ten_thousand_items_are_linked_where_the_table_says_so(void **state)
{
  g_autoptr(GHashTable) linked = read_linked_items(*state);
  guint n_linked = 0;

  for (guint offset = 0; offset < N_COMPARED; offset += WINDOW) {
    GVariant *window = list(*state, "items", NULL, offset);

    for (guint i = 0; i < WINDOW; i++) {
      g_autofree char *id = dup_text(window, i, "id");
      g_autofree char *shown = dup_text(window, i, "state");
      gboolean is_shown = g_str_equal(shown, "linked");

      if (is_shown != g_hash_table_contains(linked, id))
        fail_msg("%s is shown as %s", id, shown);
      n_linked += is_shown ? 1 : 0;
    }
  }
  assert_in_range(n_linked, 1, N_COMPARED - 1);
}

static void
search_without_accents_finds_all_of_a_word(void **state)
{
  guint expected = count_numbers(LARGE_SHOP_ROWS, LARGE_SHOP_WORDS, 0);

  assert_int_equal(count(*state, "articles", "{'search': <'CREME brulee'>}"), expected);
  assert_int_equal(count(*state, "items", "{'search': <'brûlée crème'>}"), expected);
}

static void
search_finds_letters_that_are_typed_as_two(void **state)
{
  assert_int_equal(count(*state, "items", "{'search': <'boeuf'>}"),
                   count_numbers(LARGE_SHOP_ROWS, LARGE_SHOP_WORDS, 1));
  assert_int_equal(count(*state, "items", "{'search': <'weiss'>}"),
                   count_numbers(LARGE_SHOP_ROWS, LARGE_SHOP_WORDS, 2));
}

static void
search_finds_the_one_reference(void **state)
{
  GVariant *window = list(*state, "articles", "{'search': <'ref-49990'>}", 0);
  g_autofree char *reference = dup_text(window, 0, "reference");

  assert_int_equal(get_total(window), 1);
  assert_string_equal(reference, "REF-49990");
}

static void
prices_begin_with_the_least_or_with_the_greatest(void **state)
{
  g_autofree char *least = dup_text(list(*state, "items", "{'sort': <'price'>}", 0), 0, "price");
  g_autofree char *greatest =
      dup_text(list(*state, "items", "{'sort': <'-price'>}", 0), 0, "price");

  assert_string_equal(least, "1.00");
  assert_string_equal(greatest, "50.99");
}

static void
prices_end_with_the_greatest(void **state)
{
  GVariant *window = list(*state, "articles", "{'sort': <'price'>}", LARGE_SHOP_ROWS - WINDOW);
  g_autofree char *price = dup_text(window, WINDOW - 1, "price");

  assert_string_equal(price, "50.99");
}

static void
states_add_up_on_both_sides(void **state)
{
  static const char *const kinds[] = { "articles", "items" };

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    assert_int_equal(count(*state, kinds[i], "{'state': <'linked'>}"), LARGE_SHOP_LINKED);
    assert_int_equal(count(*state, kinds[i], "{'state': <'ambiguous'>}"), LARGE_SHOP_AMBIGUOUS);
    assert_int_equal(count(*state, kinds[i], "{'state': <'unlinked'>}"),
                     LARGE_SHOP_ROWS - LARGE_SHOP_LINKED - LARGE_SHOP_AMBIGUOUS);
  }
}

static void
counts_say_what_each_state_has(void **state)
{
  GVariant *window = NULL;
  g_autoptr(GVariant) counts = NULL;
  guint n_linked = 0;
  guint n_ambiguous = 0;
  guint n_unlinked = 0;

  (void)list(*state, "items", "{'state': <'ambiguous'>}", 0);
  window = list(*state, "items", "{'search': <'creme'>}", 0);
  counts = g_variant_lookup_value(window, "counts", G_VARIANT_TYPE("a{su}"));
  assert_true(g_variant_lookup(counts, "linked", "u", &n_linked));
  assert_true(g_variant_lookup(counts, "ambiguous", "u", &n_ambiguous));
  assert_true(g_variant_lookup(counts, "unlinked", "u", &n_unlinked));
  assert_int_equal(n_linked, count_numbers(LARGE_SHOP_ROWS, 5 * LARGE_SHOP_WORDS, 0));
  assert_int_equal(n_linked + n_ambiguous + n_unlinked, get_total(window));
}

static void
rates_that_differ_are_the_planted_ones(void **state)
{
  GVariant *window = list(*state, "articles", "{'vat': <'differs'>}", 0);

  assert_int_equal(get_total(window), LARGE_SHOP_DIFFERENT);
  for (guint i = 0; i < LARGE_SHOP_DIFFERENT; i++) {
    g_autofree char *rate = dup_text(window, i, "vat_rate");
    g_autofree char *linked_rate = dup_text(window, i, "linked_vat_rate");

    assert_string_equal(rate, "20");
    assert_string_equal(linked_rate, "5.5");
  }
}

static void
the_oldest_of_all_lines_is_found(void **state)
{
  GVariant *window = list(*state, "journal", "{'search': <'noel AIGUILLE'>}", 0);
  g_autofree char *text = dup_text(window, 0, "text");

  assert_int_equal(get_total(window), 1);
  assert_non_null(strstr(text, "Aiguille"));
}

static void
words_and_level_of_lines_combine(void **state)
{
  assert_int_equal(count(*state, "journal", "{'search': <'paye'>}"), LARGE_SHOP_LINES / 1000);
  assert_int_equal(count(*state, "journal", "{'search': <'paye'>, 'level': <'warning'>}"),
                   LARGE_SHOP_LINES / 1000);
  assert_int_equal(count(*state, "journal", "{'search': <'paye'>, 'level': <'info'>}"), 0);
  assert_int_equal(count(*state, "journal", "{'level': <'warning'>}"), LARGE_SHOP_LINES / 50);
}

static void
the_last_window_of_the_journal_has_the_oldest_line(void **state)
{
  GVariant *window = list(*state, "journal", NULL, LARGE_SHOP_LINES - WINDOW);
  g_autofree char *text = dup_text(window, WINDOW - 1, "text");

  assert_int_equal(get_total(window), LARGE_SHOP_LINES);
  assert_non_null(strstr(text, "Aiguille"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(windows_of_articles_show_each_once_in_order),
    cmocka_unit_test(windows_of_items_show_each_once_in_order),
    cmocka_unit_test(ten_thousand_items_are_linked_where_the_table_says_so),
    cmocka_unit_test(search_without_accents_finds_all_of_a_word),
    cmocka_unit_test(search_finds_letters_that_are_typed_as_two),
    cmocka_unit_test(search_finds_the_one_reference),
    cmocka_unit_test(prices_begin_with_the_least_or_with_the_greatest),
    cmocka_unit_test(prices_end_with_the_greatest),
    cmocka_unit_test(states_add_up_on_both_sides),
    cmocka_unit_test(counts_say_what_each_state_has),
    cmocka_unit_test(rates_that_differ_are_the_planted_ones),
    cmocka_unit_test(the_oldest_of_all_lines_is_found),
    cmocka_unit_test(words_and_level_of_lines_combine),
    cmocka_unit_test(the_last_window_of_the_journal_has_the_oldest_line),
  };

  return cmocka_run_group_tests(tests, set_up, bench_tear_down);
}
