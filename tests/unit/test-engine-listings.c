/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When lists are told as changed, and that they come to rest though each is read again then. */
#include "engine-catalogue.h"
#include "engine/context.h"
#include "engine/listing.h"
#include "model/text.h"
#include "store/articles.h"

#include <string.h>

#define MANY       1200
#define ROUNDS_MAX 20

static void
put_many(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  assert_true(shopcaisse_database_begin(database, NULL));
  for (guint i = 0; i < MANY; i++) {
    g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

    g_free(article->id);
    article->id = g_strdup_printf("%04u", i);
    shopcaisse_text_replace(&article->name, article->id);
    assert_true(shopcaisse_articles_put(database, article, 1, NULL));
  }
  assert_true(shopcaisse_database_commit(database, NULL));
}

/* As somebody who shows them does. Time passes with every slice. */
static void
read_all_slowly(Bench *bench, guint n_lists)
{
  for (guint i = 0; i < n_lists; i++) {
    g_autofree char *query = g_strdup_printf("{'search': <'%u'>}", i);

    (void)bench_list_window(bench, "articles", query, 0, 1);
  }
  while (g_main_context_iteration(bench->context, FALSE))
    bench->clock.monotonic += 2 * SHOPCAISSE_LISTING_PATIENCE;
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
}

static void
more_lists_than_are_kept_come_to_rest(void **state)
{
  Bench *bench = *state;
  guint n_rounds = 0;

  put_many(bench);
  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  do {
    g_string_truncate(bench->changed, 0);
    read_all_slowly(bench, SHOPCAISSE_LISTINGS_MAX + 2);
  } while (strstr(bench->changed->str, "articles") != NULL && ++n_rounds < ROUNDS_MAX);
  assert_in_range(n_rounds, 1, 3);
}

static guint
count_told(Bench *bench, const char *kind)
{
  g_auto(GStrv) parts = g_strsplit(bench->changed->str, kind, -1);

  return g_strv_length(parts) - 1;
}

static void
deleted_articles_are_told_when_they_are_deleted(void **state)
{
  Bench *bench = *state;

  put_many(bench);
  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL);
  engine_catalogue_answer_pull(bench, NULL);
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/stores/store-1/stocks?page=0&pageSize=1000"),
      SHOPCAISSE_REPLY_OK, "{'items':[],'hasNextPage':false,'skipped':0}");
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_ARTICLES),
               g_variant_new_parsed("{'rows': <@aa{sv} []>}"));
  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_int_equal(count_told(bench, "articles"), 2); /* of the page, and of those it had not */
}

static void
another_price_list_is_told(void **state)
{
  Bench *bench = *state;

  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'price-list': <'list-2'>}"));
  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_int_equal(count_told(bench, "items"), 1);
}

static void
each_line_of_the_journal_is_told(void **state)
{
  Bench *bench = *state;

  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  g_string_assign(bench->changed, ".");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'keep-queue'>}"));
  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_int_equal(count_told(bench, "journal"), 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(deleted_articles_are_told_when_they_are_deleted),
    bench_test(another_price_list_is_told),
    bench_test(each_line_of_the_journal_is_told),
    bench_test(more_lists_than_are_kept_come_to_rest),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
