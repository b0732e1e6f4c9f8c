/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Follows a list from page to page, some ahead, and never in a circle. */
#include "engine/paging.h"

#include "engine/flow.h"
#include "store/journal.h"

#define PAGES_MAX 2000

/**
 * shopcaisse_paging_get_page:
 * @job: a row
 *
 * Returns: its page, from 0
 */
guint
shopcaisse_paging_get_page(const ShopcaisseJob *job)
{
  return (guint)shopcaisse_paging_get_number(job, "page", 0);
}

/**
 * shopcaisse_paging_get_sweep:
 * @job: a row
 *
 * Returns: the pull it belongs to
 */
gint64
shopcaisse_paging_get_sweep(const ShopcaisseJob *job)
{
  return job->run;
}

/**
 * shopcaisse_paging_get_text:
 * @job: a row
 * @key: one of its arguments
 *
 * Returns: (transfer none): the text, "" when there is none
 */
const char *
shopcaisse_paging_get_text(const ShopcaisseJob *job, const char *key)
{
  const char *text = "";

  if (job->args != NULL)
    g_variant_lookup(job->args, key, "&s", &text);
  return text;
}

/**
 * shopcaisse_paging_get_number:
 * @job: a row
 * @key: one of its arguments
 * @fallback: when there is none
 *
 * Returns: the number
 */
gint64
shopcaisse_paging_get_number(const ShopcaisseJob *job, const char *key, gint64 fallback)
{
  gint64 number = fallback;

  if (job->args != NULL)
    g_variant_lookup(job->args, key, "x", &number);
  return number;
}

static GVariant *
build_args(const ShopcaisseJob *job, guint page)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);

  g_variant_dict_insert(&args, "page", "x", (gint64)page);
  return g_variant_dict_end(&args);
}

static gboolean
append_page(ShopcaisseContext *context, const ShopcaisseJob *job, guint page, GError **error)
{
  const char *stem_end = strrchr(job->key, '/');
  g_autofree char *stem = g_strndup(job->key, (gsize)(stem_end - job->key));
  g_autofree char *key = g_strdup_printf("%s/%u", stem, page);
  ShopcaisseFlowRow row = {
    .kind = job->kind,
    .key = key,
    .lane = job->lane,
    .lane_width = job->lane_width,
    .priority = job->priority,
    .run = job->run,
    .args = build_args(job, page),
  };

  return shopcaisse_flow_append(context, &row, error);
}

static gboolean
journal_rejected(ShopcaisseContext *context,
                 const ShopcaisseJob *job,
                 const ShopcaissePage *page,
                 GError **error)
{
  for (guint i = 0; i < page->rejected->len; i++) {
    if (!shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, job->kind, "",
                                    page->rejected->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* TRUE when this page was here before: the list turns in a circle. */
static gboolean
note_first(ShopcaisseTask *task, const ShopcaisseJob *job, const char *first_id)
{
  const char *stem_end = strrchr(job->key, '/');
  g_autofree char *key = NULL;

  if (task == NULL || first_id == NULL)
    return FALSE;
  key = g_strdup_printf("%.*s %s", (int)(stem_end - job->key), job->key, first_id);
  return !g_hash_table_add(task->first_ids, g_steal_pointer(&key));
}

/**
 * shopcaisse_paging_continue:
 * @context: the engine's parts
 * @job: the row whose page was read; its key ends in "/PAGE"
 * @page: what was on it
 * @first_id: (nullable): the id of its first row
 * @error: return location for an error
 *
 * Appends the pages that follow. A page that repeats ends the list, and so does an empty one that
 * promises more; these, and what is skipped or rejected, make the sweep partial, so that nothing is
 * taken for gone.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_paging_continue(ShopcaisseContext *context,
                           const ShopcaisseJob *job,
                           const ShopcaissePage *page,
                           const char *first_id,
                           GError **error)
{
  ShopcaisseTask *task = shopcaisse_tasks_find(context->tasks, job->run);
  gboolean is_repeated = note_first(task, job, first_id);
  guint number = shopcaisse_paging_get_page(job);

  if (task != NULL) {
    shopcaisse_task_count(task, page->n_seen);
    if (is_repeated || page->skipped > 0 || page->rejected->len > 0 || number >= PAGES_MAX ||
        (page->has_next && page->n_seen == 0))
      task->is_partial = TRUE;
  }
  if (!journal_rejected(context, job, page, error))
    return FALSE;
  if (!page->has_next || is_repeated || number >= PAGES_MAX || page->n_seen == 0)
    return TRUE;
  for (guint ahead = 1; ahead <= job->lane_width; ahead++) {
    if (!append_page(context, job, number + ahead, error))
      return FALSE;
  }
  return TRUE;
}
