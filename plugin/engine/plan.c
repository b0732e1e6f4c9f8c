/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares both sides and writes down what would change: links found, articles to make, prices and
 * stock to set. In slices, so that a sale never waits for it. */
#include "engine/plan.h"

#include "config.h"
#include "engine/articles.h"
#include "engine/compare.h"
#include "engine/context.h"
#include "engine/plan-links.h"
#include "engine/run.h"
#include "engine/slices.h"
#include "model/text.h"
#include "store/offers.h"
#include "store/plans.h"

#include <glib/gi18n-lib.h>

#define ITEMS_MAX 1000 /* of a plan of some: more are quicker compared all */

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *plan_id;              /* (owned) (nullable): once it is begun */
  ShopcaissePlanLinks *links; /* (owned) */
  gboolean is_linked;         /* all links have their lines */
  GStrv wanted;               /* (owned) (nullable): items; NULL: all */
  guint next_wanted;          /* the first of them that is not done */
  GHashTable *seen;           /* (owned): offers of wanted items: a variation may be wanted twice */
  char *after_id;             /* (owned) (nullable): the last item of the slice before */
  guint n_unchanged;
  guint n_unmatched;
} Planning;

static void refreshed_cb(const GError *error, gpointer user_data);
static gboolean plan_step(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void planned_cb(const GError *error, gpointer user_data);

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

/* What gets a link counts as that. */
static gboolean
compare_linked(Planning *self, ShopcaisseOffer *offer, const char *article_id, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  g_autoptr(ShopcaisseArticle) article = shopcaisse_articles_get(database, article_id, error);
  g_autoptr(ShopcaissePlanLine) line = NULL;

  if (article == NULL)
    return FALSE;
  if (self->wanted != NULL &&
      !shopcaisse_plan_links_write_line(self->links, self->plan_id, offer->item->id, error))
    return FALSE;
  shopcaisse_compare_adopt(offer, article);
  line = shopcaisse_compare_offer(offer);
  return line == NULL || shopcaisse_plans_add_line(database, self->plan_id, line, error);
}

static gboolean
compare_offer(Planning *self, ShopcaisseOffer *offer, GError **error)
{
  const char *matched = shopcaisse_plan_links_get_article(self->links, offer->item->id);
  g_autoptr(ShopcaissePlanLine) line = NULL;

  if (matched != NULL)
    return compare_linked(self, offer, matched, error);
  line = shopcaisse_compare_offer(offer);
  if (line != NULL && g_str_equal(line->change, "create")) {
    ShopcaissePlanLine *ambiguous =
        shopcaisse_plan_links_make_ambiguous(self->links, offer->item->id, line->name);

    if (ambiguous != NULL) {
      shopcaisse_plan_line_free(line);
      line = ambiguous;
    }
  }
  if (line != NULL)
    return shopcaisse_plans_add_line(self->context->database, self->plan_id, line, error);
  if (offer->article_id == NULL)
    self->n_unmatched++;
  else
    self->n_unchanged++;
  return TRUE;
}

static gboolean
has_seen(Planning *self, const ShopcaisseOffer *offer)
{
  return !g_hash_table_add(self->seen, g_strdup(offer->item->id));
}

/* The next page of all offers, or of those of one item. */
static gboolean
compare_page(Planning *self, const char *item_id, guint limit, guint *n_offers, GError **error)
{
  const ShopcaisseConfiguration *configuration = self->context->configuration;
  ShopcaisseOffersQuery query = {
    .company_id = configuration->company_id,
    .store_id = configuration->store_id,
    .price_list = *configuration->price_list != '\0' ? configuration->price_list : NULL,
    .after_id = self->after_id,
    .limit = limit,
    .item_id = item_id,
  };
  g_autoptr(GPtrArray) offers =
      shopcaisse_mirror_list_offers(self->context->database, &query, error);

  if (offers == NULL)
    return FALSE;
  *n_offers = offers->len;
  for (guint i = 0; i < offers->len; i++) {
    ShopcaisseOffer *offer = offers->pdata[i];

    if (!(self->wanted != NULL && has_seen(self, offer)) && !compare_offer(self, offer, error))
      return FALSE;
    if (i + 1 == offers->len)
      shopcaisse_text_replace(&self->after_id, offer->item->id);
  }
  return TRUE;
}

/* Looking for an item costs as much as one that is found. */
static gboolean
compare_wanted(Planning *self, guint limit, gboolean *is_last, GError **error)
{
  guint n_looked = 0;

  while (self->wanted[self->next_wanted] != NULL && n_looked < limit) {
    guint n_offers = 0;

    if (!compare_page(self, self->wanted[self->next_wanted], limit, &n_offers, error))
      return FALSE;
    n_looked += n_offers + 1;
    if (n_offers == limit)
      continue;
    g_clear_pointer(&self->after_id, g_free);
    self->next_wanted++;
  }
  *is_last = self->wanted[self->next_wanted] == NULL;
  return TRUE;
}

static gboolean
compare_offers(Planning *self, guint limit, gboolean *is_last, GError **error)
{
  guint n_offers = 0;

  if (self->wanted != NULL)
    return compare_wanted(self, limit, is_last, error);
  if (!compare_page(self, NULL, limit, &n_offers, error))
    return FALSE;
  *is_last = n_offers < limit;
  return TRUE;
}

static gboolean
begin_plan(Planning *self, GError **error)
{
  gint64 now = shopcaisse_context_get_now(self->context);

  self->plan_id = g_strdup_printf("plan-%" G_GINT64_FORMAT, now);
  return shopcaisse_plans_create(self->context->database, self->plan_id, now, error);
}

static gboolean
plan_step(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Planning *self = user_data;

  if (self->plan_id == NULL)
    return begin_plan(self, error);
  if (!self->is_linked)
    return shopcaisse_plan_links_step(self->links, self->plan_id, limit, &self->is_linked, error);
  return compare_offers(self, limit, is_done, error);
}

static void
planned_cb(const GError *error, gpointer user_data)
{
  Planning *self = user_data;
  g_auto(GVariantDict) extra = G_VARIANT_DICT_INIT(NULL);

  self->context->planning = NULL;
  shopcaisse_context_list_changed(self->context, "plan");
  g_variant_dict_insert(&extra, "unchanged", "u", self->n_unchanged);
  g_variant_dict_insert(&extra, "unmatched", "u", self->n_unmatched);
  if (error == NULL)
    shopcaisse_plan_describe(self->context, self->plan_id, g_variant_dict_end(&extra),
                             self->answer);
  else
    shopcaisse_answer_fail_copy(self->answer, error);
  shopcaisse_plan_links_free(self->links);
  g_strfreev(self->wanted);
  g_hash_table_unref(self->seen);
  g_free(self->plan_id);
  g_free(self->after_id);
  g_free(self);
}

static void
refreshed_cb(const GError *error, gpointer user_data)
{
  Planning *self = user_data;

  /* The channel closes: whoever asked hears it, and nothing is written. */
  if (error != NULL)
    planned_cb(error, self);
  else
    shopcaisse_slices_run(self->context, plan_step, planned_cb, self);
}

static gboolean
parse_items(GVariant *options, GStrv *items, GError **error)
{
  g_autoptr(GVariant) given = g_variant_lookup_value(options, "items", NULL);

  if (given == NULL)
    return TRUE;
  if (!g_variant_is_of_type(given, G_VARIANT_TYPE_STRING_ARRAY) ||
      g_variant_n_children(given) > ITEMS_MAX) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "plan: items: not a list of at most %d texts", ITEMS_MAX);
    return FALSE;
  }
  *items = g_variant_dup_strv(given, NULL);
  return TRUE;
}

/**
 * shopcaisse_plan_make:
 * @context: the engine's parts
 * @options: a{sv}: refresh, items
 * @answer: (transfer full): for whoever asked
 *
 * Makes a plan. One at a time.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for items that are no list of texts, with
 * %COMPTOIR_ERROR_BUSY, with what a pull fails with, or %COMPTOIR_ERROR_STORAGE.
 */
void
shopcaisse_plan_make(ShopcaisseContext *context, GVariant *options, ShopcaisseAnswer *answer)
{
  gboolean refresh = TRUE;
  g_auto(GStrv) wanted = NULL;
  g_autoptr(GError) error = NULL;
  Planning *self = NULL;

  if (!parse_items(options, &wanted, &error))
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  if (context->planning != NULL) {
    shopcaisse_answer_fail(answer, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                                                       _("a plan is being made already")));
    return;
  }
  g_variant_lookup(options, "refresh", "b", &refresh);
  self = g_new0(Planning, 1);
  self->context = context;
  self->answer = answer;
  self->wanted = g_steal_pointer(&wanted);
  self->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->links = shopcaisse_plan_links_new(context);
  if (self->wanted != NULL)
    shopcaisse_plan_links_defer_lines(self->links);
  context->planning = self;
  if (refresh)
    shopcaisse_sequence_run(context, refresh_steps, refreshed_cb, self);
  else
    refreshed_cb(NULL, self);
}
