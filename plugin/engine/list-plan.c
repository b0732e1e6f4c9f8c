/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of a plan, in windows: a first import has fifty thousand. */
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/plan.h"
#include "store/plans.h"

static GVariant *
build_line(const ShopcaissePlanLine *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "position", "u", (guint32)line->position);
  g_variant_dict_insert(&row, "change", "s", line->change);
  g_variant_dict_insert(&row, "article_id", "s", line->article_id);
  g_variant_dict_insert(&row, "external_id", "s", line->item_id);
  g_variant_dict_insert(&row, "name", "s", line->name);
  g_variant_dict_insert(&row, "reason", "s", line->reason);
  g_variant_dict_insert(&row, "state", "s", line->state);
  g_variant_dict_insert(&row, "message", "s", line->message);
  g_variant_dict_insert_value(&row, "before", line->before);
  g_variant_dict_insert_value(&row, "after", line->after);
  return g_variant_dict_end(&row);
}

static char *
dup_plan(ShopcaisseListPage *page, GError **error)
{
  if (page->asked->plan != NULL)
    return g_strdup(page->asked->plan);
  return shopcaisse_plans_dup_last(page->context->database, error);
}

/* What a line changes stays as planned, so counting them once is enough while none is added. */
static GVariant *
dup_counts(ShopcaisseContext *context, const char *plan_id, guint n_lines, GError **error)
{
  g_autoptr(GVariant) counts = NULL;
  const char *known_id = NULL;
  guint32 n_known = 0;

  if (context->plan_counts != NULL)
    g_variant_get(context->plan_counts, "(&su@a{su})", &known_id, &n_known, &counts);
  if (counts != NULL && g_str_equal(known_id, plan_id) && n_known == n_lines)
    return g_steal_pointer(&counts);
  g_clear_pointer(&counts, g_variant_unref);
  counts = shopcaisse_plans_count_changes(context->database, plan_id, error);
  if (counts == NULL)
    return NULL;
  g_clear_pointer(&context->plan_counts, g_variant_unref);
  context->plan_counts =
      g_variant_ref_sink(g_variant_new("(su@a{su})", plan_id, (guint32)n_lines, counts));
  return g_steal_pointer(&counts);
}

/* Only states have to be looked for. */
static gboolean
count_lines(ShopcaisseListPage *page,
            const char *plan_id,
            const ShopcaissePlanQuery *query,
            GError **error)
{
  ShopcaisseDatabase *database = page->context->database;
  guint n_lines = 0;
  guint32 n_changes = 0;

  if (!shopcaisse_plans_count_lines(database, plan_id, &n_lines, error))
    return FALSE;
  page->counts = dup_counts(page->context, plan_id, n_lines, error);
  if (page->counts == NULL)
    return FALSE;
  if (query->state != NULL)
    return shopcaisse_plans_count_found(database, plan_id, query, &page->total, error);
  page->total = n_lines;
  if (query->change == NULL)
    return TRUE;
  g_variant_lookup(page->counts, query->change, "u", &n_changes);
  page->total = n_changes;
  return TRUE;
}

static GPtrArray *
list_lines(ShopcaisseDatabase *database,
           const char *plan_id,
           const ShopcaissePlanQuery *query,
           GError **error)
{
  if (query->change == NULL && query->state == NULL)
    return shopcaisse_plans_list_lines(database, plan_id, NULL, query->offset, query->limit, error);
  return shopcaisse_plans_find_lines(database, plan_id, query, error);
}

/**
 * shopcaisse_list_fill_plan:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists lines of a plan, of the last one if none is named. Counts are of all its lines.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_plan(ShopcaisseListPage *page, GError **error)
{
  ShopcaisseDatabase *database = page->context->database;
  ShopcaissePlanQuery query = { .change = page->asked->change,
                                .state = page->asked->state,
                                .offset = page->offset,
                                .limit = page->limit };
  g_autoptr(GError) plan_error = NULL;
  g_autofree char *plan_id = dup_plan(page, &plan_error);
  g_autoptr(GPtrArray) lines = NULL;

  if (plan_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&plan_error));
    return FALSE;
  }
  if (plan_id == NULL)
    return TRUE;
  lines = list_lines(database, plan_id, &query, error);
  if (lines == NULL || !count_lines(page, plan_id, &query, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    g_variant_builder_add_value(&page->rows, build_line(lines->pdata[i]));
  return TRUE;
}
