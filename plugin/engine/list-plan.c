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
  lines = shopcaisse_plans_find_lines(database, plan_id, &query, error);
  if (lines == NULL ||
      !shopcaisse_plans_count_found(database, plan_id, &query, &page->total, error))
    return FALSE;
  page->counts = shopcaisse_plans_count_changes(database, plan_id, error);
  for (guint i = 0; page->counts != NULL && i < lines->len; i++)
    g_variant_builder_add_value(&page->rows, build_line(lines->pdata[i]));
  return page->counts != NULL;
}
