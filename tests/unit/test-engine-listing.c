/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows of long lists: found in slices between which sales have their turn, kept while they are
 * true, answered to everybody who waits. */
#include "engine-shop.h"
#include "engine/context.h"
#include "engine/listing.h"
#include "model/text.h"
#include "store/articles.h"
#include "store/journal.h"
#include "store/mirror.h"

#define MANY 1200

static void
put_article(ShopcaisseDatabase *database, const char *id, const char *name, const char *barcode)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  shopcaisse_text_replace(&article->id, id);
  shopcaisse_text_replace(&article->name, name);
  g_strfreev(article->barcodes);
  article->barcodes = g_strsplit(barcode != NULL ? barcode : "", ",", -1);
  article->has_price = TRUE;
  article->price_minor = 1250;
  article->vat_bp = 2000;
  assert_true(shopcaisse_articles_put(database, article, 1, NULL));
}

static void
put_item_with_barcode(ShopcaisseDatabase *database, const char *id, const char *barcode)
{
  g_auto(GStrv) barcodes = g_strsplit(barcode, ",", -1);
  ShopcaisseItem item = {
    .id = (char *)id,
    .company_id = (char *)"company-1",
    .name = (char *)id,
    .type = SHOPCAISSE_ITEM_SIMPLE,
    .type_text = (char *)"SIMPLE",
    .unit = (char *)"UNIT",
    .reference = (char *)"",
    .barcodes = barcodes,
    .vat_on_site_bp = 1000,
    .vat_take_away_bp = SHOPCAISSE_VAT_UNKNOWN,
  };

  assert_true(shopcaisse_mirror_put_item(database, &item, 1, NULL));
}

/* Named 0000 to 1199, linked to nothing. */
static void
put_many(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  assert_true(shopcaisse_database_begin(database, NULL));
  for (guint i = 0; i < MANY; i++) {
    g_autofree char *name = g_strdup_printf("%04u", i);

    put_article(database, name, name, NULL);
  }
  assert_true(shopcaisse_database_commit(database, NULL));
}

static GVariant *
dup_row(const BenchAnswer *answer, guint index)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));

  assert_true(index < g_variant_n_children(rows));
  return g_variant_get_child_value(rows, index);
}

static guint
get_total(const BenchAnswer *answer)
{
  guint total = G_MAXUINT;

  assert_true(g_variant_lookup(bench_assert_done(answer), "total", "u", &total));
  return total;
}

static gboolean
is_complete(const BenchAnswer *answer)
{
  gboolean complete = FALSE;

  assert_true(g_variant_lookup(bench_assert_done(answer), "complete", "b", &complete));
  return complete;
}

static guint
count_state(const BenchAnswer *answer, const char *state)
{
  g_autoptr(GVariant) counts =
      g_variant_lookup_value(bench_assert_done(answer), "counts", G_VARIANT_TYPE("a{su}"));
  guint count = G_MAXUINT;

  assert_non_null(counts);
  assert_true(g_variant_lookup(counts, state, "u", &count));
  return count;
}

static BenchAnswer *
list(Bench *bench, const char *kind, const char *query)
{
  BenchAnswer *answer = bench_list_window(bench, kind, query, 0, 100);

  bench_run(bench);
  return answer;
}

static void
an_article_shows_what_the_host_said(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  put_article(database, "h-9", "Crème", "3017620422003");
  g_clear_pointer(&database, shopcaisse_database_close);
  bench_open(bench);
  row = dup_row(list(bench, "articles", "{'search': <'creme'>}"), 0);
  assert_string_equal(bench_text(row, "id"), "h-9");
  assert_string_equal(bench_text(row, "name"), "Crème");
  assert_string_equal(bench_text(row, "price"), "12.50");
  assert_string_equal(bench_text(row, "currency"), "EUR");
  assert_string_equal(bench_text(row, "vat_rate"), "20");
  assert_string_equal(bench_text(row, "state"), "unlinked");
}

static void
a_linked_item_shows_its_article(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;

  bench_open(bench);
  rows = bench_list(bench, "items");
  assert_int_equal(g_variant_n_children(rows), 3);
  row = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(row, "state"), "linked");
  assert_string_equal(bench_text(row, "method"), "hand");
  assert_string_equal(bench_text(row, "vat_rate"), "5.5");
  assert_true(*bench_text(row, "article_id") != '\0');
}

static void
states_are_counted(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  answer = list(bench, "articles", "{'search': <'199'>}");
  assert_true(is_complete(answer));
  assert_int_equal(get_total(answer), 2); /* 0199, 1199 */
  assert_int_equal(count_state(answer, "unlinked"), 2);
  assert_int_equal(count_state(answer, "linked"), 0);
}

static void
a_window_begins_where_it_was_asked_for(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  answer = bench_list_window(bench, "articles", "{'sort': <'-name'>}", MANY - 10, 100);
  bench_run(bench);
  row = dup_row(answer, 9);
  assert_string_equal(bench_text(row, "name"), "0000");
  assert_int_equal(get_total(answer), MANY);
}

static void
an_unknown_order_is_refused(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_error(list(bench, "items", "{'sort': <'colour'>}"), COMPTOIR_ERROR_INVALID,
                     "colour");
}

static void
what_was_found_is_answered_without_looking_again(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  (void)list(bench, "articles", NULL);
  answer = bench_list_window(bench, "articles", NULL, 1000, 100);
  g_main_context_iteration(bench->context, FALSE);
  assert_int_equal(get_total(answer), MANY);
}

static void
what_was_not_asked_for_lately_is_forgotten(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  (void)list(bench, "articles", NULL);
  for (guint i = 0; i < SHOPCAISSE_LISTINGS_MAX; i++) {
    g_autofree char *query = g_strdup_printf("{'search': <'%u'>}", i);

    (void)list(bench, "articles", query);
  }
  answer = bench_list_window(bench, "articles", NULL, 0, 100);
  g_main_context_iteration(bench->context, FALSE);
  assert_int_equal(answer->n_given, 0);
  bench_run(bench);
  assert_int_equal(get_total(answer), MANY);
}

static void
a_new_link_is_seen(void **state)
{
  Bench *bench = *state;

  put_many(bench);
  bench_open(bench);
  assert_int_equal(count_state(list(bench, "articles", NULL), "linked"), 0);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_UNLINK, "{'rows': <[{'id': <'a-1'>}]>}"));
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'0007'>, 'external_id': <'item-1'>}]>}"));
  assert_int_equal(count_state(list(bench, "articles", NULL), "linked"), 1);
  assert_int_equal(get_total(list(bench, "articles", "{'state': <'linked'>}")), 1);
}

static void
windows_asked_for_meanwhile_wait_for_the_same_rows(void **state)
{
  Bench *bench = *state;
  BenchAnswer *first = NULL;
  BenchAnswer *second = NULL;

  put_many(bench);
  bench_open(bench);
  first = bench_list_window(bench, "articles", NULL, 0, 100);
  g_main_context_iteration(bench->context, FALSE);
  second = bench_list_window(bench, "articles", NULL, 500, 100);
  bench_run(bench);
  assert_int_equal(get_total(first), MANY);
  assert_int_equal(get_total(second), MANY);
}

/* Time passes with every slice. */
static void
run_slowly(Bench *bench, const BenchAnswer *answer)
{
  while (answer->n_given == 0) {
    bench->clock.monotonic += 2 * SHOPCAISSE_LISTING_PATIENCE;
    g_main_context_iteration(bench->context, FALSE);
  }
}

static void
a_window_that_is_known_does_not_wait_long_for_the_total(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench->hears_lists = TRUE;
  bench_open(bench);
  g_string_truncate(bench->changed, 0);
  answer = bench_list_window(bench, "articles", NULL, 0, 100);
  run_slowly(bench, answer);
  assert_false(is_complete(answer));
  assert_in_range(get_total(answer), 100, MANY - 1);
  bench_run(bench);
  assert_non_null(strstr(bench->changed->str, "articles"));
  assert_int_equal(get_total(list(bench, "articles", NULL)), MANY);
}

static void
a_whole_list_waits_for_the_total(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  answer = bench_list_window(bench, "articles", "{'whole': <true>}", 0, 100);
  run_slowly(bench, answer);
  assert_true(is_complete(answer));
  assert_int_equal(get_total(answer), MANY);
}

static void
rows_that_have_to_be_sorted_come_with_their_total(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  answer = bench_list_window(bench, "articles", "{'sort': <'price'>}", 0, 100);
  run_slowly(bench, answer);
  assert_true(is_complete(answer));
  assert_int_equal(get_total(answer), MANY);
}

static void
sold_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  (void)answer;
  *(gboolean *)user_data = error == NULL;
}

static void
a_sale_is_taken_between_slices(void **state)
{
  Bench *bench = *state;
  BenchAnswer *listed = NULL;
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale("sale-1", "12.50"));
  gboolean is_sold = FALSE;

  put_many(bench);
  bench_open(bench);
  listed = bench_list_window(bench, "articles", "{'search': <'absent'>}", 0, 100);
  g_main_context_iteration(bench->context, FALSE);
  shopcaisse_engine_perform(bench->engine, COMPTOIR_OPERATION_SUBMIT_SALE, sale, sold_cb, &is_sold);
  for (guint i = 0; i < 4 && !is_sold; i++)
    g_main_context_iteration(bench->context, FALSE);
  assert_true(is_sold);
  assert_int_equal(listed->n_given, 0);
  bench_run(bench);
  assert_int_equal(get_total(listed), 0);
}

static void
closing_answers_who_waits(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  put_many(bench);
  bench_open(bench);
  answer = bench_list_window(bench, "articles", NULL, 0, 100);
  g_main_context_iteration(bench->context, FALSE);
  bench_close(bench);
  assert_int_equal(answer->n_given, 1);
  assert_true(g_error_matches(answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
put_ambiguous(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  put_article(database, "one", "one", "3017620422003");
  put_article(database, "two", "two", "3017620422003");
  put_article(database, "pair", "pair", "4006381333931");
  put_item_with_barcode(database, "i-1", "3017620422003");
  put_item_with_barcode(database, "i-2", "4006381333931");
}

static void
what_matching_would_not_link_is_ambiguous(void **state)
{
  Bench *bench = *state;
  BenchAnswer *articles = NULL;
  BenchAnswer *items = NULL;

  put_ambiguous(bench);
  bench_open(bench);
  articles = list(bench, "articles", "{'state': <'ambiguous'>}");
  assert_int_equal(get_total(articles), 2);
  assert_int_equal(count_state(articles, "ambiguous"), 2);
  assert_int_equal(count_state(articles, "unlinked"), 1);
  items = list(bench, "items", "{'state': <'ambiguous'>}");
  assert_int_equal(get_total(items), 1);
}

static void
what_is_ambiguous_is_told_when_it_is_known(void **state)
{
  Bench *bench = *state;

  put_ambiguous(bench);
  bench->hears_lists = TRUE;
  bench_open(bench);
  g_string_truncate(bench->changed, 0);
  (void)list(bench, "articles", NULL);
  bench_pass(bench, SHOPCAISSE_LIST_NEWS_PAUSE);
  assert_non_null(strstr(bench->changed->str, "articles"));
  assert_int_equal(count_state(list(bench, "articles", NULL), "ambiguous"), 2);
}

/* Whoever finds it out, all lists hear of it. */
static void
what_another_list_found_out_is_told_too(void **state)
{
  Bench *bench = *state;
  BenchAnswer *all = NULL;

  put_ambiguous(bench);
  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  all = bench_list_window(bench, "items", NULL, 0, 100);
  while (all->n_given == 0)
    g_main_context_iteration(bench->context, FALSE);
  assert_int_equal(count_state(all, "ambiguous"), 0);
  (void)list(bench, "articles", "{'state': <'ambiguous'>}");
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  assert_non_null(strstr(bench->changed->str, "items"));
  assert_int_equal(count_state(list(bench, "items", NULL), "ambiguous"), 1);
}

static void
one_of_two_is_ambiguous_no_more_when_the_other_is_linked(void **state)
{
  Bench *bench = *state;

  put_ambiguous(bench);
  bench_open(bench);
  (void)list(bench, "articles", "{'state': <'ambiguous'>}");
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'one'>, 'external_id': <'i-1'>}]>}"));
  (void)list(bench, "articles", NULL);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  assert_int_equal(count_state(list(bench, "articles", NULL), "ambiguous"), 0);
}

static void
lines_of_the_journal_are_found_by_their_words(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  g_autoptr(GVariant) row = NULL;
  BenchAnswer *answer = NULL;

  for (guint i = 0; i < 3; i++)
    assert_true(shopcaisse_journal_append(
        database,
        &(ShopcaisseJournalLine){ i, SHOPCAISSE_JOURNAL_INFO, "orders", "",
                                  i == 1 ? "Réglé à la caisse" : "sent" },
        NULL));
  g_clear_pointer(&database, shopcaisse_database_close);
  bench_open(bench);
  answer = list(bench, "journal", "{'search': <'CAISSE regle'>}");
  assert_int_equal(get_total(answer), 1);
  row = dup_row(answer, 0);
  assert_string_equal(bench_text(row, "text"), "Réglé à la caisse");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(an_article_shows_what_the_host_said),
    bench_test(a_linked_item_shows_its_article),
    bench_test(states_are_counted),
    bench_test(a_window_begins_where_it_was_asked_for),
    bench_test(an_unknown_order_is_refused),
    bench_test(what_was_found_is_answered_without_looking_again),
    bench_test(what_was_not_asked_for_lately_is_forgotten),
    bench_test(a_new_link_is_seen),
    bench_test(windows_asked_for_meanwhile_wait_for_the_same_rows),
    bench_test(a_window_that_is_known_does_not_wait_long_for_the_total),
    bench_test(a_whole_list_waits_for_the_total),
    bench_test(rows_that_have_to_be_sorted_come_with_their_total),
    bench_test(a_sale_is_taken_between_slices),
    bench_test(closing_answers_who_waits),
    bench_test(what_matching_would_not_link_is_ambiguous),
    bench_test(what_is_ambiguous_is_told_when_it_is_known),
    bench_test(what_another_list_found_out_is_told_too),
    bench_test(one_of_two_is_ambiguous_no_more_when_the_other_is_linked),
    bench_test(lines_of_the_journal_are_found_by_their_words),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
