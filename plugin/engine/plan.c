/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares both sides and writes down what would change: links found, articles to make, prices and
 * stock to set. In slices, so that a sale never waits for it. */
#include "engine/plan.h"

#include "engine/articles.h"
#include "engine/compare.h"
#include "engine/context.h"
#include "engine/run.h"
#include "model/text.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/offers.h"
#include "store/plans.h"

#define SLICE          200
#define ROWS_DESCRIBED 1000

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *plan_id;              /* (owned) */
  char *after_id;             /* (owned) (nullable): the last item of the slice before */
  GHashTable *matched;        /* (owned) (element-type utf8 utf8): item to article, in this plan */
  guint n_ambiguous;
  guint n_unchanged;
  guint n_unmatched;
  GSource *slice; /* (owned) (nullable) */
} Planning;

static void refreshed_cb(const GError *error, gpointer user_data);
static gboolean slice_cb(gpointer user_data);

static void
free_planning(Planning *self)
{
  if (self->slice != NULL)
    g_source_destroy(self->slice);
  g_clear_pointer(&self->slice, g_source_unref);
  g_free(self->plan_id);
  g_free(self->after_id);
  g_hash_table_unref(self->matched);
  g_free(self);
}

static void
end_planning(Planning *self, const GError *error)
{
  g_autoptr(GError) describe_error = NULL;
  g_autoptr(GVariant) described = NULL;

  self->context->planning = NULL;
  if (error == NULL)
    described =
        shopcaisse_plan_describe(self->context, self->plan_id, ROWS_DESCRIBED, &describe_error);
  if (described == NULL) {
    shopcaisse_answer_fail_copy(self->answer, error != NULL ? error : describe_error);
  } else {
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(described);

    g_variant_dict_insert(&dict, "ambiguous", "u", self->n_ambiguous);
    g_variant_dict_insert(&dict, "unchanged", "u", self->n_unchanged);
    g_variant_dict_insert(&dict, "unmatched", "u", self->n_unmatched);
    shopcaisse_answer_take(self->answer, g_variant_dict_end(&dict));
  }
  free_planning(self);
}

typedef struct {
  ShopcaisseSequenceDone done;
  gpointer user_data;
} Step;

static void
step_done_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autofree Step *step = user_data;

  (void)task;
  step->done(error, step->user_data);
}

static Step *
make_step(ShopcaisseSequenceDone done, gpointer user_data)
{
  Step *step = g_new0(Step, 1);

  step->done = done;
  step->user_data = user_data;
  return step;
}

static void
pull_catalogue(ShopcaisseContext *context, ShopcaisseSequenceDone done, gpointer user_data)
{
  shopcaisse_run(context, "pull-catalogue", NULL, step_done_cb, make_step(done, user_data));
}

static void
pull_stock(ShopcaisseContext *context, ShopcaisseSequenceDone done, gpointer user_data)
{
  shopcaisse_run(context, "pull-stock", NULL, step_done_cb, make_step(done, user_data));
}

static const ShopcaisseSequenceStep refresh_steps[] = {
  pull_catalogue,
  pull_stock,
  shopcaisse_articles_read,
  NULL,
};

static gboolean
add_link_line(Planning *self, const ShopcaisseLink *link, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  g_autoptr(ShopcaissePlanLine) line = NULL;
  g_autoptr(ShopcaisseArticle) article = NULL;

  if (g_hash_table_contains(self->matched, link->item_id) ||
      g_hash_table_find(self->matched, shopcaisse_compare_same_value, link->article_id) != NULL)
    return TRUE;
  article = shopcaisse_articles_get(database, link->article_id, error);
  if (article == NULL)
    return FALSE;
  g_hash_table_insert(self->matched, g_strdup(link->item_id), g_strdup(link->article_id));
  line = shopcaisse_compare_make_line("link", link->article_id, link->item_id, article->name);
  shopcaisse_text_replace(&line->reason, link->method);
  return shopcaisse_plans_add_line(database, self->plan_id, line, error);
}

/* One exact candidate links; two never do. The surest kind first. */
static gboolean
match(Planning *self, GError **error)
{
  static const char *const kinds[] = { "id", "barcode", "reference" };

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    guint n_ambiguous = 0;
    g_autoptr(GPtrArray) links =
        shopcaisse_links_match(self->context->database, kinds[i], &n_ambiguous, error);

    if (links == NULL)
      return FALSE;
    self->n_ambiguous += n_ambiguous;
    for (guint j = 0; j < links->len; j++) {
      if (!add_link_line(self, links->pdata[j], error))
        return FALSE;
    }
  }
  return TRUE;
}

static void
schedule_slice(Planning *self)
{
  self->slice = g_idle_source_new();
  g_source_set_priority(self->slice, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback(self->slice, slice_cb, self, NULL);
  g_source_attach(self->slice, self->context->config->context);
}

static gboolean
begin_plan(Planning *self, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  gint64 now = shopcaisse_context_get_now(self->context);

  self->plan_id = g_strdup_printf("plan-%" G_GINT64_FORMAT, now);
  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (shopcaisse_plans_create(database, self->plan_id, now, error) && match(self, error) &&
      shopcaisse_database_commit(database, error))
    return TRUE;
  shopcaisse_database_rollback(database);
  return FALSE;
}

static void
refreshed_cb(const GError *error, gpointer user_data)
{
  Planning *self = user_data;
  g_autoptr(GError) plan_error = NULL;

  /* The channel closes: whoever asked hears it, and nothing is written. */
  if (error != NULL)
    return end_planning(self, error);
  if (!begin_plan(self, &plan_error))
    return end_planning(self, plan_error);
  schedule_slice(self);
}

static gboolean
compare_offer(Planning *self, ShopcaisseOffer *offer, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  const char *matched = g_hash_table_lookup(self->matched, offer->item->id);
  g_autoptr(ShopcaissePlanLine) line = NULL;

  if (matched != NULL) {
    g_autoptr(ShopcaisseArticle) article = shopcaisse_articles_get(database, matched, error);

    if (article == NULL)
      return FALSE;
    shopcaisse_compare_adopt(offer, article);
  }
  line = shopcaisse_compare_offer(offer);
  if (line != NULL)
    return shopcaisse_plans_add_line(database, self->plan_id, line, error);
  if (offer->article_id != NULL)
    self->n_unchanged++;
  else
    self->n_unmatched++;
  return TRUE;
}

static gboolean
compare_slice(Planning *self, gboolean *is_last, GError **error)
{
  const ShopcaisseConfiguration *configuration = self->context->configuration;
  ShopcaisseOffersQuery query = {
    .company_id = configuration->company_id,
    .store_id = configuration->store_id,
    .price_list = *configuration->price_list != '\0' ? configuration->price_list : NULL,
    .after_id = self->after_id,
    .limit = SLICE,
  };
  g_autoptr(GPtrArray) offers =
      shopcaisse_mirror_list_offers(self->context->database, &query, error);

  if (offers == NULL)
    return FALSE;
  *is_last = offers->len < SLICE;
  for (guint i = 0; i < offers->len; i++) {
    ShopcaisseOffer *offer = offers->pdata[i];

    if (!compare_offer(self, offer, error))
      return FALSE;
    if (i + 1 == offers->len) {
      shopcaisse_text_replace(&self->after_id, offer->item->id);
    }
  }
  return TRUE;
}

static gboolean
slice_cb(gpointer user_data)
{
  Planning *self = user_data;
  ShopcaisseDatabase *database = self->context->database;
  g_autoptr(GError) error = NULL;
  gboolean is_last = FALSE;

  if (shopcaisse_database_begin(database, &error) && compare_slice(self, &is_last, &error) &&
      shopcaisse_database_commit(database, &error) && !is_last)
    return G_SOURCE_CONTINUE;
  if (error != NULL)
    shopcaisse_database_rollback(database);
  end_planning(self, error);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_plan_make:
 * @context: the engine's parts
 * @options: a{sv}: refresh
 * @answer: (transfer full): for whoever asked
 *
 * Makes a plan. One at a time.
 *
 * Fails with %COMPTOIR_ERROR_BUSY, with what a pull fails with, or %COMPTOIR_ERROR_STORAGE.
 */
void
shopcaisse_plan_make(ShopcaisseContext *context, GVariant *options, ShopcaisseAnswer *answer)
{
  gboolean refresh = TRUE;
  Planning *self = NULL;

  if (context->planning != NULL) {
    shopcaisse_answer_fail(answer, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                                                       "a plan is being made already"));
    return;
  }
  g_variant_lookup(options, "refresh", "b", &refresh);
  self = g_new0(Planning, 1);
  self->context = context;
  self->answer = answer;
  self->matched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  context->planning = self;
  if (refresh)
    shopcaisse_sequence_run(context, refresh_steps, refreshed_cb, self);
  else
    refreshed_cb(NULL, self);
}

/**
 * shopcaisse_plan_cancel:
 * @context: the engine's parts
 *
 * The channel closes: a plan that is being made is given up.
 */
void
shopcaisse_plan_cancel(ShopcaisseContext *context)
{
  Planning *self = context->planning;
  g_autoptr(GError) error = NULL;

  /* Without a slice it waits for a task or the host, which end by themselves. */
  if (self == NULL || self->slice == NULL)
    return;
  error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the channel closes");
  end_planning(self, error);
}

static GVariant *
describe_line(const ShopcaissePlanLine *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "change", "s", line->change);
  g_variant_dict_insert(&row, "id", "s", line->article_id);
  g_variant_dict_insert(&row, "external_id", "s", line->item_id);
  g_variant_dict_insert(&row, "name", "s", line->name);
  g_variant_dict_insert(&row, "reason", "s", line->reason);
  g_variant_dict_insert(&row, "state", "s", line->state);
  g_variant_dict_insert(&row, "message", "s", line->message);
  g_variant_dict_insert_value(&row, "before", line->before);
  g_variant_dict_insert_value(&row, "after", line->after);
  return g_variant_dict_end(&row);
}

static void
insert_count(GVariantDict *dict, GVariant *counts, const char *from, const char *to)
{
  guint32 count = 0;

  g_variant_lookup(counts, from, "u", &count);
  g_variant_dict_insert(dict, to, "u", count);
}

/**
 * shopcaisse_plan_describe:
 * @context: the engine's parts
 * @plan_id: a plan
 * @limit: at most so many lines
 * @error: return location for an error
 *
 * Tells what a plan says and how far it has come.
 *
 * Returns: (transfer full): a{sv}, or %NULL with %COMPTOIR_ERROR_STORAGE
 */
GVariant *
shopcaisse_plan_describe(ShopcaisseContext *context,
                         const char *plan_id,
                         guint limit,
                         GError **error)
{
  g_autoptr(GVariant) counts = shopcaisse_plans_count(context->database, plan_id, error);
  g_autoptr(GPtrArray) lines = NULL;
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  GVariantBuilder rows;

  if (counts == NULL)
    return NULL;
  lines = shopcaisse_plans_list_lines(context->database, plan_id, NULL, 0, limit, error);
  if (lines == NULL)
    return NULL;
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < lines->len; i++)
    g_variant_builder_add_value(&rows, describe_line(lines->pdata[i]));
  g_variant_dict_insert(&dict, "plan", "s", plan_id);
  insert_count(&dict, counts, "create", "create");
  insert_count(&dict, counts, "update", "update");
  insert_count(&dict, counts, "delete", "delete");
  insert_count(&dict, counts, "link", "links");
  insert_count(&dict, counts, "state:done", "done");
  insert_count(&dict, counts, "state:failed", "failed");
  insert_count(&dict, counts, "state:undone", "undone");
  g_variant_dict_insert_value(&dict, "rows", g_variant_builder_end(&rows));
  return g_variant_ref_sink(g_variant_dict_end(&dict));
}
