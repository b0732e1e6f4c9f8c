/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* However often lists change, whoever shows them is told a few times a second, and of the last
 * change always. */
#include "engine-bench.h"
#include "engine/context.h"
#include "engine/list-news.h"

typedef struct {
  ShopcaisseEngineConfig config;
  ShopcaisseContext context;
  GString *heard; /* (owned) */
} News;

static void
list_changed(const char *kind, gpointer user_data)
{
  g_string_append_printf(((News *)user_data)->heard, "%s ", kind);
}

static const ShopcaisseListener listener = { .list_changed = list_changed };

static void
begin(News *self, Bench *bench)
{
  self->heard = g_string_new(NULL);
  self->config.listener = &listener;
  self->config.listener_data = self;
  self->context.config = &self->config;
  self->context.clock = &bench->clock.clock;
}

static void
end(News *self)
{
  shopcaisse_list_news_end(&self->context);
  g_string_free(self->heard, TRUE);
}

static void
first_change_is_told_at_once(void **state)
{
  News news = { 0 };

  begin(&news, *state);
  shopcaisse_context_list_changed(&news.context, "articles");
  assert_string_equal(news.heard->str, "articles ");
  end(&news);
}

static void
hundred_changes_are_two_words(void **state)
{
  Bench *bench = *state;
  News news = { 0 };

  begin(&news, bench);
  for (guint i = 0; i < 100; i++)
    shopcaisse_context_list_changed(&news.context, "articles");
  bench_pass(bench, 10 * SHOPCAISSE_LIST_NEWS_PAUSE);
  assert_string_equal(news.heard->str, "articles articles ");
  end(&news);
}

static void
a_second_of_changes_is_a_few_words(void **state)
{
  Bench *bench = *state;
  News news = { 0 };

  begin(&news, bench);
  for (guint i = 0; i < 100; i++) {
    shopcaisse_context_list_changed(&news.context, "x");
    bench_pass(bench, SHOPCAISSE_SECOND / 100);
  }
  assert_in_range(news.heard->len / strlen("x "), 2, 5);
  end(&news);
}

static void
each_kind_is_told(void **state)
{
  Bench *bench = *state;
  News news = { 0 };

  begin(&news, bench);
  shopcaisse_context_list_changed(&news.context, "journal");
  shopcaisse_context_catalogue_changed(&news.context);
  bench_pass(bench, SHOPCAISSE_LIST_NEWS_PAUSE);
  assert_string_equal(news.heard->str, "journal articles items links ");
  end(&news);
}

static void
change_after_a_rest_is_told_at_once(void **state)
{
  Bench *bench = *state;
  News news = { 0 };

  begin(&news, bench);
  shopcaisse_context_list_changed(&news.context, "journal");
  bench_pass(bench, SHOPCAISSE_LIST_NEWS_PAUSE);
  shopcaisse_context_list_changed(&news.context, "journal");
  assert_string_equal(news.heard->str, "journal journal ");
  end(&news);
}

static void
nothing_is_told_after_the_end(void **state)
{
  Bench *bench = *state;
  News news = { 0 };

  begin(&news, bench);
  shopcaisse_context_list_changed(&news.context, "journal");
  shopcaisse_context_list_changed(&news.context, "journal");
  news.context.is_closing = TRUE;
  shopcaisse_list_news_end(&news.context);
  shopcaisse_context_list_changed(&news.context, "journal");
  bench_pass(bench, SHOPCAISSE_LIST_NEWS_PAUSE);
  assert_string_equal(news.heard->str, "journal ");
  end(&news);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_empty_test(first_change_is_told_at_once),
    bench_empty_test(hundred_changes_are_two_words),
    bench_empty_test(a_second_of_changes_is_a_few_words),
    bench_empty_test(each_kind_is_told),
    bench_empty_test(change_after_a_rest_is_told_at_once),
    bench_empty_test(nothing_is_told_after_the_end),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
