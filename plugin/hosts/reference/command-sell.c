/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sell: one sale that was typed, or many by chance, one behind the other. */

#include "command-sell.h"

#include "host-articles.h"
#include "sale-builder.h"
#include "sale-submission.h"
#include "text-table.h"

#define ARTICLES_LIMIT 1000

typedef struct {
  GVariant *request;  /* (owned) */
  GVariant *articles; /* (owned) (nullable): for the lines, or to choose from */
  GRand *chance;      /* (owned) (nullable): when sales are made up */
  GPtrArray *answers; /* (owned): GVariant */
  guint n_left;       /* sales still to make */
} Sell;

static void articles_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void sold_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_sell(Sell *sell)
{
  g_clear_pointer(&sell->request, g_variant_unref);
  g_clear_pointer(&sell->articles, g_variant_unref);
  g_clear_pointer(&sell->chance, g_rand_free);
  g_clear_pointer(&sell->answers, g_ptr_array_unref);
  g_free(sell);
}

static GVariant *
build_article_query(GVariant *request)
{
  g_autoptr(GVariant) lines = g_variant_lookup_value(request, COMPTOIR_KEY_LINES, NULL);
  g_auto(GVariantBuilder) ids = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_STRING_ARRAY);
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);
  gsize n_lines = lines == NULL ? 0 : g_variant_n_children(lines);

  for (gsize i = 0; i < n_lines; i++) {
    g_autoptr(GVariant) line = g_variant_get_child_value(lines, i);
    const char *article = "";

    (void)g_variant_lookup(line, "article", "&s", &article);
    g_variant_builder_add(&ids, "s", article);
  }
  g_variant_dict_insert_value(&query, "ids", g_variant_builder_end(&ids));
  g_variant_dict_insert(&query, COMPTOIR_KEY_LIMIT, "u", (guint)ARTICLES_LIMIT);
  return g_variant_dict_end(&query);
}

/**
 * command_sell_start:
 * @command: the command
 * @session: an open session
 * @request: the request
 * @task: (transfer full): the task
 *
 * Sells: looks up the articles, then makes one sale after another.
 */
void
command_sell_start(const Command *command, Session *session, GVariant *request, GTask *task)
{
  Sell *sell = g_new0(Sell, 1);
  guint n_random = 0;
  guint seed = 0;

  (void)g_variant_lookup(request, "random", "u", &n_random);
  (void)g_variant_lookup(request, "seed", "u", &seed);
  sell->request = g_variant_ref(request);
  sell->answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  sell->n_left = MAX(n_random, 1);
  if (n_random > 0)
    sell->chance = g_rand_new_with_seed(seed);
  g_task_set_task_data(task, sell, (GDestroyNotify)free_sell);
  host_worker_run_async(session_get_worker(session),
                        n_random > 0 ? host_articles_list : host_articles_find,
                        build_article_query(request), articles_cb, task);
}

/* What chance may choose: not deleted, with a price, and linked where that is wanted. */
static GVariant *
filter_articles(GVariant *articles, GVariant *request)
{
  g_auto(GVariantBuilder) kept = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  gboolean only_linked = FALSE;
  gsize n_articles = g_variant_n_children(articles);

  (void)g_variant_lookup(request, "linked", "b", &only_linked);
  for (gsize i = 0; i < n_articles; i++) {
    g_autoptr(GVariant) article = g_variant_get_child_value(articles, i);
    g_autoptr(GVariant) price = g_variant_lookup_value(article, "price", NULL);
    g_autoptr(GVariant) deleted = g_variant_lookup_value(article, "deleted", NULL);
    g_autoptr(GVariant) link = g_variant_lookup_value(article, COMPTOIR_KEY_EXTERNAL_ID, NULL);

    if (price != NULL && deleted == NULL && (link != NULL || !only_linked))
      g_variant_builder_add_value(&kept, article);
  }
  return g_variant_ref_sink(g_variant_builder_end(&kept));
}

static GVariant *
build_next_sale(Sell *sell, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(sell->request);
  g_autofree char *now = host_database_format_time(g_get_real_time());
  g_autoptr(GVariant) articles = g_variant_ref(sell->articles);
  g_autoptr(GVariant) complete = NULL;

  if (sell->chance != NULL) {
    g_autoptr(GVariant) picked = sale_builder_pick(sell->articles, sell->chance, error);
    g_autoptr(GVariant) lines = NULL;

    if (picked == NULL)
      return NULL;
    lines = g_variant_lookup_value(picked, COMPTOIR_KEY_LINES, NULL);
    g_variant_dict_insert_value(&request, COMPTOIR_KEY_LINES, lines);
    g_variant_unref(articles);
    articles = g_variant_lookup_value(picked, "articles", NULL);
  }
  if (!g_variant_dict_contains(&request, COMPTOIR_KEY_SOLD_AT))
    g_variant_dict_insert(&request, COMPTOIR_KEY_SOLD_AT, "s", now);
  complete = g_variant_ref_sink(g_variant_dict_end(&request));
  return sale_builder_build(complete, articles, error);
}

static void
sell_next(GTask *task)
{
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Sell *sell = g_task_get_task_data(task);
  gboolean is_local = FALSE;
  GError *error = NULL;
  g_autoptr(GVariant) sale = build_next_sale(sell, &error);

  if (sale == NULL) {
    g_prefix_error(&error, "sell: ");
    g_task_return_error(task, error);
    return;
  }
  (void)g_variant_lookup(sell->request, "no_submit", "b", &is_local);
  sale_submission_async(session, sale, is_local ? SUBMISSION_BOOKS_ONLY : SUBMISSION_TO_CHANNEL,
                        g_task_get_cancellable(task), sold_cb, g_object_ref(task));
}

static void
articles_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Sell *sell = g_task_get_task_data(task);
  GError *error = NULL;
  g_autoptr(GVariant) page = host_worker_run_finish(session_get_worker(session), result, &error);

  if (page == NULL) {
    g_prefix_error(&error, "sell: ");
    g_task_return_error(task, error);
    return;
  }
  sell->articles = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);
  if (sell->chance != NULL) {
    g_autoptr(GVariant) all = g_steal_pointer(&sell->articles);

    sell->articles = filter_articles(all, sell->request);
  }
  sell_next(task);
}

static GVariant *
build_answer(Sell *sell)
{
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);

  if (sell->chance == NULL)
    return g_variant_ref(g_ptr_array_index(sell->answers, 0));
  g_variant_dict_insert(&answer, "sales", "u", sell->answers->len);
  g_variant_dict_insert_value(
      &answer, COMPTOIR_KEY_ROWS,
      comptoir_rows_new((GVariant **)sell->answers->pdata, sell->answers->len));
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}

static void
sold_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Sell *sell = g_task_get_task_data(task);
  GError *error = NULL;
  GVariant *answer = sale_submission_finish(result, &error);

  if (answer == NULL) {
    g_task_return_error(task, error);
    return;
  }
  g_ptr_array_add(sell->answers, answer);
  sell->n_left--;
  if (sell->n_left == 0)
    g_task_return_pointer(task, build_answer(sell), (GDestroyNotify)g_variant_unref);
  else
    sell_next(task);
}

static void
append_sale(GString *out, GVariant *sale)
{
  g_autofree char *number = text_table_dup_cell(sale, "number");
  g_autofree char *total = text_table_dup_cell(sale, COMPTOIR_KEY_TOTAL);
  g_autofree char *state = text_table_dup_cell(sale, COMPTOIR_KEY_STATE);
  g_autofree char *message = text_table_dup_cell(sale, COMPTOIR_KEY_MESSAGE);

  g_string_append_printf(out, "sale %s: %s, %s%s%s\n", number, total, state,
                         message[0] == '\0' ? "" : ": ", message);
}

/**
 * command_sell_print:
 * @answer: the answer
 * @out: where to write
 *
 * Writes a line for each sale.
 */
void
command_sell_print(GVariant *answer, GString *out)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, NULL);

  if (rows == NULL) {
    append_sale(out, answer);
    return;
  }
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) sale = g_variant_get_child_value(rows, i);

    append_sale(out, sale);
  }
}
