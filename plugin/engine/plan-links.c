/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which articles a plan links to which items: one exact candidate links, two never do. The surest
 * kind of value decides first. */
#include "engine/plan-links.h"

#include "config.h"
#include "engine/compare.h"
#include "engine/context.h"
#include "engine/setting.h"
#include "model/text.h"
#include "store/articles.h"
#include "store/links-match.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define ROWS_EACH_LINE 5 /* looking at a row costs less than writing a line */

#define KEY       "link-by" /* of the setting */
#define ANY       "any"
#define BY_ITSELF "id" /* the host has the item's id: a link that was made, and no likeness */

static const char *const kinds[] = { BY_ITSELF, "barcode", "reference" };

struct ShopcaissePlanLinks {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseLinksMatch
      *matches[G_N_ELEMENTS(kinds)]; /* (owned) (nullable): until the plan is made */
  gsize kind;                        /* that is being looked at */
  gboolean is_matched;               /* its pairs are known */
  guint next_pair;                   /* the first that has no line */
  gboolean is_deferring;             /* lines are written one by one, on demand */
  char *method;                      /* (owned): the kind of value that links by itself, or any */
  GHashTable *by_item;               /* (owned): item to article; the texts are the matches' */
  GHashTable *reasons;               /* (owned): item to the kind of value, static */
  GHashTable *alike;                 /* (owned): item to the kind, where a person has to link */
  GHashTable *articles;              /* (owned): those that have an item now */
};

/**
 * shopcaisse_plan_links_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): nothing is matched yet
 */
ShopcaissePlanLinks *
shopcaisse_plan_links_new(ShopcaisseContext *context)
{
  ShopcaissePlanLinks *self = g_new0(ShopcaissePlanLinks, 1);

  self->context = context;
  self->method = shopcaisse_settings_get(context->database, KEY, NULL);
  if (self->method == NULL)
    self->method = g_strdup(shopcaisse_setting_get_fallback(KEY));
  self->alike = g_hash_table_new(g_str_hash, g_str_equal);
  self->by_item = g_hash_table_new(g_str_hash, g_str_equal);
  self->reasons = g_hash_table_new(g_str_hash, g_str_equal);
  self->articles = g_hash_table_new(g_str_hash, g_str_equal);
  return self;
}

/**
 * shopcaisse_plan_links_free:
 * @self: (transfer full) (nullable): the links
 *
 * Frees them.
 */
void
shopcaisse_plan_links_free(ShopcaissePlanLinks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->alike);
  g_hash_table_unref(self->by_item);
  g_hash_table_unref(self->reasons);
  g_hash_table_unref(self->articles);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    shopcaisse_links_match_free(self->matches[i]);
  g_free(self->method);
  g_free(self);
}

/**
 * shopcaisse_plan_links_defer_lines:
 * @self: the links, before the first step
 *
 * Writes no line in [func@plan_links_step]. What is linked is the same as in a plan of everything:
 * an item that is not wanted keeps its article from one that is.
 */
void
shopcaisse_plan_links_defer_lines(ShopcaissePlanLinks *self)
{
  self->is_deferring = TRUE;
}

/**
 * shopcaisse_plan_links_write_line:
 * @self: the links, done
 * @plan_id: the plan
 * @item_id: an item that gets a link
 * @error: return location for an error
 *
 * Writes the line of one link.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_plan_links_write_line(ShopcaissePlanLinks *self,
                                 const char *plan_id,
                                 const char *item_id,
                                 GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  const char *article_id = g_hash_table_lookup(self->by_item, item_id);
  g_autoptr(ShopcaisseArticle) article = shopcaisse_articles_get(database, article_id, error);
  g_autoptr(ShopcaissePlanLine) line = NULL;

  if (article == NULL)
    return FALSE;
  line = shopcaisse_compare_make_line("link", article_id, item_id, article->name);
  shopcaisse_text_replace(&line->reason, g_hash_table_lookup(self->reasons, item_id));
  return shopcaisse_plans_add_line(database, plan_id, line, error);
}

/* Whether the merchant wants what is like it by this kind of value linked without a question. */
static gboolean
links_by_itself(ShopcaissePlanLinks *self, const char *kind)
{
  return g_str_equal(kind, BY_ITSELF) || g_str_equal(self->method, ANY) ||
         g_str_equal(self->method, kind);
}

/* What a surer kind has linked is not linked again. */
static gboolean
add_link(ShopcaissePlanLinks *self, ShopcaisseLinksPair pair, const char *plan_id, GError **error)
{
  if (g_hash_table_contains(self->by_item, pair.item_id) ||
      g_hash_table_contains(self->articles, pair.article_id))
    return TRUE;
  if (!links_by_itself(self, kinds[self->kind])) {
    if (!g_hash_table_contains(self->alike, pair.item_id))
      g_hash_table_insert(self->alike, (gpointer)pair.item_id, (gpointer)kinds[self->kind]);
    return TRUE;
  }
  g_hash_table_insert(self->by_item, (gpointer)pair.item_id, (gpointer)pair.article_id);
  g_hash_table_insert(self->reasons, (gpointer)pair.item_id, (gpointer)kinds[self->kind]);
  g_hash_table_add(self->articles, (gpointer)pair.article_id);
  return self->is_deferring || shopcaisse_plan_links_write_line(self, plan_id, pair.item_id, error);
}

static gboolean
add_links(ShopcaissePlanLinks *self, const char *plan_id, guint limit, GError **error)
{
  ShopcaisseLinksMatch *match = self->matches[self->kind];
  guint n_pairs = shopcaisse_links_match_count_pairs(match);
  guint end = MIN(n_pairs, self->next_pair + limit);

  for (; self->next_pair < end; self->next_pair++) {
    if (!add_link(self, shopcaisse_links_match_get_pair(match, self->next_pair), plan_id, error))
      return FALSE;
  }
  if (end < n_pairs)
    return TRUE;
  self->kind++;
  self->next_pair = 0;
  self->is_matched = FALSE;
  return TRUE;
}

/**
 * shopcaisse_plan_links_step:
 * @self: the links
 * @plan_id: the plan that has their lines
 * @limit: about how many lines to write
 * @is_done: (out): whether all kinds were looked at
 * @error: return location for an error
 *
 * Goes on.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_plan_links_step(
    ShopcaissePlanLinks *self, const char *plan_id, guint limit, gboolean *is_done, GError **error)
{
  *is_done = self->kind == G_N_ELEMENTS(kinds);
  if (*is_done)
    return TRUE;
  if (self->is_matched)
    return add_links(self, plan_id, limit, error);
  if (self->matches[self->kind] == NULL)
    self->matches[self->kind] =
        shopcaisse_links_match_new(self->context->database, kinds[self->kind]);
  return shopcaisse_links_match_step(self->matches[self->kind], ROWS_EACH_LINE * limit,
                                     &self->is_matched, error);
}

/**
 * shopcaisse_plan_links_get_article:
 * @self: the links, done
 * @item_id: an item
 *
 * Returns: (transfer none) (nullable): the article that the plan links it to
 */
const char *
shopcaisse_plan_links_get_article(ShopcaissePlanLinks *self, const char *item_id)
{
  return g_hash_table_lookup(self->by_item, item_id);
}

/* Takes the texts. */
static ShopcaissePlanLine *
make_skipped(const char *item_id, const char *name, char *reason, char *message)
{
  ShopcaissePlanLine *line = shopcaisse_compare_make_line("ambiguous", "", item_id, name);

  g_free(line->reason);
  line->reason = reason;
  g_free(line->message);
  line->message = message;
  shopcaisse_text_replace(&line->state, "skipped");
  return line;
}

/**
 * shopcaisse_plan_links_make_ambiguous:
 * @self: the links, done
 * @item_id: an item that is linked to nothing
 * @name: its name
 *
 * Says why an item is not linked though there is something like it.
 *
 * Returns: (transfer full) (nullable): a line that nobody applies
 */
ShopcaissePlanLine *
shopcaisse_plan_links_make_ambiguous(ShopcaissePlanLinks *self,
                                     const char *item_id,
                                     const char *name)
{
  const char *alike = g_hash_table_lookup(self->alike, item_id);

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    ShopcaisseLinksAmbiguity ambiguity = { NULL };

    if (!shopcaisse_links_match_find_ambiguous(self->matches[i], item_id, &ambiguity))
      continue;
    return make_skipped(item_id, name, g_strdup_printf("%s %s", kinds[i], ambiguity.value),
                        g_strdup_printf(_("articles with it: %1$u, items: %2$u, or one of them has "
                                          "another such value; link one by hand"),
                                        ambiguity.n_articles, ambiguity.n_items));
  }
  if (alike == NULL)
    return NULL;
  return make_skipped(item_id, name, g_strdup(alike),
                      g_str_equal(alike, "barcode")
                          ? g_strdup(_("an article has the same barcode; link it by hand, as is "
                                       "said in the settings"))
                          : g_strdup(_("an article has the same reference; link it by hand, as is "
                                       "said in the settings")));
}
