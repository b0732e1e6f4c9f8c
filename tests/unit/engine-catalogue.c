/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Both catalogues of a sync, as a test says that they are. */
#include "engine-catalogue.h"

#include "store/links.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"
#define ITEMS                                                                                      \
  "{'id':'item-1','name':'Tarte','type':'SIMPLE','defaultPrice':12.5},"                            \
  "{'id':'item-2','name':'Cerises','type':'SIMPLE','defaultPrice':12.99},"                         \
  "{'id':'item-3','name':'Chantilly','type':'MODIFIER','defaultPrice':0.25}"

int
engine_catalogue_set_up(void **state)
{
  static const char *const articles[] = { "a-1", "a-2", "a-3" };
  int result = bench_set_up_ready(state);
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(*state);

  for (gsize i = 0; i < G_N_ELEMENTS(articles); i++)
    assert_true(shopcaisse_links_remove(database, articles[i], NULL));
  return result;
}

static void
reply(Bench *bench, const char *path, const char *json)
{
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, path), SHOPCAISSE_REPLY_OK, json);
}

void
engine_catalogue_answer_pull(Bench *bench, const char *items)
{
  g_autofree char *json = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}",
                                          items != NULL ? items : ITEMS);

  reply(bench, "/v1/companies/company-1/currency", "[{'setting':'CURRENCY_CODE','value':'EUR'}]");
  reply(bench, "/v1/companies/company-1/families?page=0&pageSize=25", EMPTY);
  reply(bench, "/v1/companies/company-1/prices?page=0&pageSize=25", EMPTY);
  reply(bench, "/v1/companies/company-1/items?page=0&pageSize=1000", json);
}

GVariant *
engine_catalogue_plan_items(Bench *bench, const char *items, const char *articles)
{
  BenchAnswer *answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) rows =
      g_variant_parse(G_VARIANT_TYPE("aa{sv}"), articles, NULL, NULL, &error);

  if (rows == NULL)
    fail_msg("the test's articles: %s", error->message);
  bench_pass(bench, SHOPCAISSE_SECOND); /* two plans are never of the same moment */
  answer = bench_perform(bench, COMPTOIR_OPERATION_PLAN, NULL);
  engine_catalogue_answer_pull(bench, items);
  reply(bench, "/v1/stores/store-1/stocks?page=0&pageSize=1000", EMPTY);
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_ARTICLES),
               g_variant_new_parsed("{'rows': <%*>}", rows));
  return bench_assert_done(answer);
}

GVariant *
engine_catalogue_plan(Bench *bench, const char *articles)
{
  return engine_catalogue_plan_items(bench, NULL, articles);
}

GVariant *
engine_catalogue_open(Bench *bench, const char *articles)
{
  bench_open(bench);
  return engine_catalogue_plan(bench, articles);
}

guint
engine_catalogue_count(GVariant *plan, const char *key)
{
  guint32 count = G_MAXUINT32;

  assert_true(g_variant_lookup(plan, key, "u", &count));
  return count;
}

BenchAnswer *
engine_catalogue_execute(Bench *bench, ComptoirOperation operation, GVariant *plan)
{
  return bench_perform_row(bench, operation,
                           g_variant_new_parsed("{'plan': <%s>}", bench_text(plan, "plan")));
}

static GVariant *
answer_change(GVariant *change, const char *failing)
{
  g_autofree char *text = g_variant_print(change, FALSE);
  g_autoptr(GVariant) fields = g_variant_lookup_value(change, "fields", G_VARIANT_TYPE_VARDICT);
  const char *external_id = bench_text(fields, "external_id");
  g_autofree char *id = g_strdup(bench_text(change, "id"));
  gboolean fails = failing != NULL && strstr(text, failing) != NULL;

  if (*id == '\0') {
    g_free(id);
    id = g_strconcat("h-", external_id + strlen("item-"), NULL);
  }
  return comptoir_change_answer_new(bench_text(change, "key"), id,
                                    fails ? "no such account" : NULL);
}

char *
engine_catalogue_answer_changes(Bench *bench, const char *failing)
{
  FakeQuestion *question = bench_take_question(bench, SHOPCAISSE_ASK_APPLY_ARTICLES);
  g_autoptr(GVariant) changes =
      g_variant_lookup_value(question->argument, "rows", G_VARIANT_TYPE("aa{sv}"));
  gsize n_changes = g_variant_n_children(changes);
  g_autofree GVariant **answers = g_new0(GVariant *, n_changes);
  char *asked = g_variant_print(question->argument, FALSE);

  for (gsize i = 0; i < n_changes; i++) {
    g_autoptr(GVariant) change = g_variant_get_child_value(changes, i);

    answers[i] = answer_change(change, failing);
  }
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(answers, n_changes), NULL));
  return asked;
}
