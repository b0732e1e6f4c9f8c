/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which rows a list has and in which order; that names and searches are read from an index. */
#include "model/text.h"
#include "store-catalogue.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/list-rows.h"
#include "store/list-walk.h"
#include "store/mirror.h"
#include "store/statement.h"

static void
add_article(StoreFixture *self, const char *id, const char *name, gint64 price_minor)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  shopcaisse_text_replace(&article->id, id);
  shopcaisse_text_replace(&article->name, name);
  shopcaisse_text_replace(&article->reference, id);
  article->has_price = price_minor >= 0;
  article->price_minor = price_minor;
  assert_true(shopcaisse_articles_put(self->database, article, 1, NULL));
}

static void
add_item(StoreFixture *self, const char *id, const char *name, gint64 sweep)
{
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item(id);

  store_fixture_set_text(&item->name, name);
  store_catalogue_put_item(self, item, sweep);
}

static void
add_link(StoreFixture *self, const char *article_id, const char *item_id)
{
  assert_true(shopcaisse_links_add(self->database, article_id, item_id, "hand", 1, NULL));
}

static void
add_line(StoreFixture *self, ShopcaisseJournalLevel level, const char *subject, const char *text)
{
  assert_true(shopcaisse_journal_append(
      self->database, &(ShopcaisseJournalLine){ 1, level, "flow", subject, text }, NULL));
}

/* Rows by rowid, or what their ids are. */
static char *
describe_row(StoreFixture *self, ShopcaisseListSource source, gint64 row)
{
  const ShopcaisseListedPlace place = { "", NULL };
  g_autoptr(ShopcaisseListedArticle) article = NULL;
  g_autoptr(ShopcaisseListedItem) item = NULL;

  switch (source) {
  case SHOPCAISSE_LIST_ARTICLES:
    article = shopcaisse_list_read_article(self->database, row, NULL);
    return g_strdup(article->article->id);
  case SHOPCAISSE_LIST_ITEMS:
    item = shopcaisse_list_read_item(self->database, row, &place, NULL);
    return g_strdup(item->item->id);
  case SHOPCAISSE_LIST_JOURNAL:
  default:
    return g_strdup_printf("%d", (int)row);
  }
}

static ShopcaisseListWalk *
walk(StoreFixture *self, ShopcaisseListQuery query, GHashTable *ambiguous, guint limit)
{
  ShopcaisseListWalk *found = shopcaisse_list_walk_new(self->database, &query, ambiguous);
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  while (!is_done) {
    assert_true(shopcaisse_list_walk_step(found, limit, &is_done, &error));
    assert_no_error(error);
  }
  return found;
}

/* In steps of two rows, so that each of them has to go on where the last one ended. */
static void
assert_rows(StoreFixture *self, ShopcaisseListQuery query, const char *expected)
{
  ShopcaisseListSource source = query.source;
  g_autoptr(GHashTable) ambiguous = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(ShopcaisseListWalk) found = NULL;
  g_autoptr(GString) text = g_string_new(NULL);
  GArray *rows = NULL;

  g_hash_table_add(ambiguous, (gpointer) "ambiguous");
  found = walk(self, query, ambiguous, 2);
  rows = shopcaisse_list_walk_get_rows(found);
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *id = describe_row(self, source, g_array_index(rows, gint64, i));

    g_string_append_printf(text, "%s ", id);
  }
  assert_string_equal(text->str, expected);
}

static char **
words(const char *search)
{
  return shopcaisse_text_split_words(search);
}

static void
add_three_articles(StoreFixture *self)
{
  add_article(self, "r1", "Pomme", 300);
  add_article(self, "r3", "éclair", 100);
  add_article(self, "r2", "Eau", -1);
}

static void
articles_come_by_name_without_accents_and_case(void **state)
{
  add_three_articles(*state);
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY }, "r2 r3 r1 ");
}

static void
articles_come_by_name_backwards(void **state)
{
  add_three_articles(*state);
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .is_descending = TRUE },
              "r1 r3 r2 ");
}

static void
articles_of_one_name_come_by_id(void **state)
{
  for (int i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf("a%d", 4 - i);
    g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

    shopcaisse_text_replace(&article->id, id);
    assert_true(shopcaisse_articles_put(((StoreFixture *)*state)->database, article, 1, NULL));
  }
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY }, "a0 a1 a2 a3 a4 ");
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .is_descending = TRUE },
              "a4 a3 a2 a1 a0 ");
}

static void
articles_come_by_reference_either_way(void **state)
{
  ShopcaisseListQuery query = { .state = SHOPCAISSE_LINK_ANY,
                                .order = SHOPCAISSE_LIST_BY_REFERENCE };

  add_three_articles(*state);
  assert_rows(*state, query, "r1 r2 r3 ");
  query.is_descending = TRUE;
  assert_rows(*state, query, "r3 r2 r1 ");
}

static void
articles_without_a_price_come_last_either_way(void **state)
{
  ShopcaisseListQuery query = { .state = SHOPCAISSE_LINK_ANY, .order = SHOPCAISSE_LIST_BY_PRICE };

  add_three_articles(*state);
  assert_rows(*state, query, "r3 r1 r2 ");
  query.is_descending = TRUE;
  assert_rows(*state, query, "r1 r3 r2 ");
}

static void
articles_are_found_by_a_part_of_the_name(void **state)
{
  add_three_articles(*state);
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .words = words("ÉCLA") },
              "r3 ");
}

static void
articles_are_found_by_reference_and_by_barcode(void **state)
{
  store_catalogue_add_article(*state, "a", "REF-7", "3017620422003,12345670");
  assert_rows(*state,
              (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .words = words("ref-7") }, "a ");
  assert_rows(*state,
              (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .words = words("12345670") },
              "a ");
}

static void
a_changed_name_is_found_and_the_former_is_not(void **state)
{
  add_article(*state, "a", "before", 1);
  add_article(*state, "a", "after", 1);
  assert_rows(*state,
              (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .words = words("after") }, "a ");
  assert_rows(*state,
              (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .words = words("before") }, "");
}

static void
deleted_articles_are_listed_when_asked_for(void **state)
{
  add_three_articles(*state);
  store_catalogue_end_read(*state, 2);
  add_article(*state, "new", "new", 1);
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY }, "new ");
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .is_deleted = TRUE },
              "r2 r3 r1 ");
}

static void
add_states(StoreFixture *self)
{
  add_article(self, "linked", "a", 1);
  add_article(self, "ambiguous", "b", 1);
  add_article(self, "unlinked", "c", 1);
  add_item(self, "item", "a", 1);
  add_link(self, "linked", "item");
}

static void
articles_are_chosen_by_their_link(void **state)
{
  add_states(*state);
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_LINKED }, "linked ");
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_AMBIGUOUS }, "ambiguous ");
  assert_rows(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_UNLINKED }, "unlinked ");
}

static void
items_are_chosen_by_their_link(void **state)
{
  add_states(*state);
  add_item(*state, "free", "b", 1);
  assert_rows(
      *state,
      (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_ITEMS, .state = SHOPCAISSE_LINK_LINKED },
      "item ");
  assert_rows(
      *state,
      (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_ITEMS, .state = SHOPCAISSE_LINK_UNLINKED },
      "free ");
}

static void
states_are_counted_whichever_was_asked_for(void **state)
{
  g_autoptr(ShopcaisseListWalk) found = NULL;

  add_states(*state);
  found = walk(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_LINKED }, NULL, 9);
  assert_int_equal(shopcaisse_list_walk_count(found, SHOPCAISSE_LINK_LINKED), 1);
  assert_int_equal(shopcaisse_list_walk_count(found, SHOPCAISSE_LINK_UNLINKED), 2);
  assert_int_equal(shopcaisse_list_walk_get_rows(found)->len, 1);
}

static void
items_that_two_pulls_did_not_see_are_gone(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseListQuery query = { .source = SHOPCAISSE_LIST_ITEMS, .state = SHOPCAISSE_LINK_ANY };

  add_item(self, "old 1", "a", 1);
  add_item(self, "old 2", "b", 1);
  add_item(self, "old 3", "c", 1);
  add_item(self, "new", "d", 3);
  for (gint64 sweep = 1; sweep <= 3; sweep++)
    assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", sweep, NULL));
  assert_rows(self, query, "new ");
  query.order = SHOPCAISSE_LIST_BY_PRICE;
  assert_rows(self, query, "new ");
  query.is_deleted = TRUE;
  assert_rows(self, query, "old 1 old 2 old 3 ");
}

static void
items_are_ordered_by_the_prices_of_a_list(void **state)
{
  StoreFixture *self = *state;
  ShopcaissePrice price = { .item_id = (char *)"dear", .has_price = TRUE, .price_minor = 99999 };
  ShopcaisseListQuery query = { .source = SHOPCAISSE_LIST_ITEMS,
                                .state = SHOPCAISSE_LINK_ANY,
                                .order = SHOPCAISSE_LIST_BY_PRICE };

  add_item(self, "dear", "a", 1);
  add_item(self, "cheap", "b", 1);
  assert_true(shopcaisse_mirror_put_price(self->database, "list", &price, 1, NULL));
  assert_rows(self, query, "dear cheap ");
  query.price_list = g_strdup("list");
  assert_rows(self, query, "cheap dear ");
}

static void
put_rate(StoreFixture *self, const char *id, gint64 vat_bp)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  shopcaisse_text_replace(&article->id, id);
  article->vat_bp = vat_bp;
  assert_true(shopcaisse_articles_put(self->database, article, 1, NULL));
}

/* The items have 10 % on site and no other rate. */
static void
add_rates(StoreFixture *self)
{
  put_rate(self, "other", 550);
  put_rate(self, "same", 1000);
  put_rate(self, "none", SHOPCAISSE_VAT_UNKNOWN);
  put_rate(self, "alone", 550);
  add_item(self, "i1", "a", 1);
  add_item(self, "i2", "b", 1);
  add_item(self, "i3", "c", 1);
  add_link(self, "other", "i1");
  add_link(self, "same", "i2");
  add_link(self, "none", "i3");
}

static void
articles_without_a_rate_are_found(void **state)
{
  add_rates(*state);
  assert_rows(
      *state,
      (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .vat = SHOPCAISSE_LIST_VAT_MISSING },
      "none ");
}

static void
links_of_different_rates_are_found_from_both_sides(void **state)
{
  ShopcaisseListQuery query = { .state = SHOPCAISSE_LINK_ANY, .vat = SHOPCAISSE_LIST_VAT_DIFFERS };

  add_rates(*state);
  assert_rows(*state, query, "other ");
  query.source = SHOPCAISSE_LIST_ITEMS;
  assert_rows(*state, query, "i1 ");
}

static void
add_journal(StoreFixture *self)
{
  add_line(self, SHOPCAISSE_JOURNAL_INFO, "sale 1", "Crème 100% sent");
  add_line(self, SHOPCAISSE_JOURNAL_ERROR, "sale 1", "refused");
  add_line(self, SHOPCAISSE_JOURNAL_WARNING, "sale 2", "Refused once");
  add_line(self, SHOPCAISSE_JOURNAL_INFO, "", "creme");
}

static void
lines_are_found_by_text_without_accents_and_case(void **state)
{
  add_journal(*state);
  assert_rows(*state,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL, .words = words("CRÈME") },
              "4 1 ");
  assert_rows(*state,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL, .words = words("%") },
              "1 ");
}

static void
lines_are_chosen_by_level(void **state)
{
  add_journal(*state);
  assert_rows(*state,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL, .level = g_strdup("info") },
              "4 1 ");
  assert_rows(
      *state,
      (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL, .level = g_strdup("error") }, "2 ");
}

static void
text_level_and_subject_of_lines_combine(void **state)
{
  add_journal(*state);
  assert_rows(*state,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL,
                                     .subject = g_strdup("sale 1"),
                                     .level = g_strdup("error"),
                                     .words = words("refused") },
              "2 ");
  assert_rows(*state,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL,
                                     .subject = g_strdup("sale 2"),
                                     .level = g_strdup("error"),
                                     .words = words("refused") },
              "");
}

/* The oldest line is as far from the newest as the journal is long. */
static void
the_oldest_line_is_searched_too(void **state)
{
  StoreFixture *self = *state;

  add_line(self, SHOPCAISSE_JOURNAL_INFO, "", "needle");
  store_fixture_query(self, "UPDATE sqlite_sequence SET seq = 99998 WHERE name = 'journal'");
  add_line(self, SHOPCAISSE_JOURNAL_INFO, "", "hay");
  assert_rows(self,
              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_JOURNAL, .words = words("needle") },
              "1 ");
}

/* What SQLite says of the statement that was run for names: its plan, a line a step. */
static char *
explain(StoreFixture *self)
{
  g_autoptr(ShopcaisseStatement) any =
      shopcaisse_database_prepare(self->database, "SELECT 1", NULL);
  sqlite3 *connection = sqlite3_db_handle(any);
  g_autoptr(GString) plan = g_string_new(NULL);
  g_autofree char *question = NULL;
  sqlite3_stmt *statement = NULL;

  for (sqlite3_stmt *run = sqlite3_next_stmt(connection, NULL); run != NULL;
       run = sqlite3_next_stmt(connection, run)) {
    if (strstr(sqlite3_sql(run), "_search") != NULL)
      question = g_strconcat("EXPLAIN QUERY PLAN ", sqlite3_sql(run), NULL);
  }
  assert_non_null(question);
  assert_int_equal(sqlite3_prepare_v2(connection, question, -1, &statement, NULL), SQLITE_OK);
  while (sqlite3_step(statement) == SQLITE_ROW)
    g_string_append_printf(plan, "%s\n", (const char *)sqlite3_column_text(statement, 3));
  sqlite3_finalize(statement);
  return g_string_free(g_steal_pointer(&plan), FALSE);
}

static void
assert_reads_only_the_index(StoreFixture *self, ShopcaisseListQuery query, const char *index)
{
  g_autoptr(ShopcaisseListWalk) found = walk(self, query, NULL, 2);
  g_autofree char *plan = explain(self);

  if (strstr(plan, index) == NULL || strstr(plan, "COVERING INDEX") == NULL)
    fail_msg("a table is read: %s", plan);
  if (strstr(plan, "TEMP B-TREE") != NULL || strstr(plan, "SCAN") != NULL)
    fail_msg("all is read, or sorted: %s", plan);
}

static void
names_of_articles_are_read_from_an_index_alone(void **state)
{
  assert_reads_only_the_index(*state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY },
                              "article_search ((search,id)>(?,?))");
}

static void
names_of_articles_are_read_backwards_from_an_index_alone(void **state)
{
  assert_reads_only_the_index(
      *state, (ShopcaisseListQuery){ .state = SHOPCAISSE_LINK_ANY, .is_descending = TRUE },
      "article_search ((search,id)<(?,?))");
}

static void
names_of_items_are_read_from_an_index_alone(void **state)
{
  assert_reads_only_the_index(*state,
                              (ShopcaisseListQuery){ .source = SHOPCAISSE_LIST_ITEMS,
                                                     .state = SHOPCAISSE_LINK_ANY,
                                                     .words = words("a") },
                              "item_search ((search,id)>(?,?))");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(articles_come_by_name_without_accents_and_case),
    store_test(articles_come_by_name_backwards),
    store_test(articles_of_one_name_come_by_id),
    store_test(articles_come_by_reference_either_way),
    store_test(articles_without_a_price_come_last_either_way),
    store_test(articles_are_found_by_a_part_of_the_name),
    store_test(articles_are_found_by_reference_and_by_barcode),
    store_test(a_changed_name_is_found_and_the_former_is_not),
    store_test(deleted_articles_are_listed_when_asked_for),
    store_test(articles_are_chosen_by_their_link),
    store_test(items_are_chosen_by_their_link),
    store_test(states_are_counted_whichever_was_asked_for),
    store_test(items_that_two_pulls_did_not_see_are_gone),
    store_test(items_are_ordered_by_the_prices_of_a_list),
    store_test(articles_without_a_rate_are_found),
    store_test(links_of_different_rates_are_found_from_both_sides),
    store_test(lines_are_found_by_text_without_accents_and_case),
    store_test(lines_are_chosen_by_level),
    store_test(text_level_and_subject_of_lines_combine),
    store_test(the_oldest_line_is_searched_too),
    store_test(names_of_articles_are_read_from_an_index_alone),
    store_test(names_of_articles_are_read_backwards_from_an_index_alone),
    store_test(names_of_items_are_read_from_an_index_alone),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
