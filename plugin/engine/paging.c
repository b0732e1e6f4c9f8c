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

/* A new field or word is for us, not for the merchant: the log has it once, the doctor counts. */
static void
note_unknown(ShopcaisseContext *context, const ShopcaisseJob *job, const ShopcaissePage *page)
{
  g_autofree char *text = NULL;

  if (page->unknown->entries->len == 0 && page->unknown->n_more == 0)
    return;
  if (context->unknown == NULL)
    context->unknown = shopcaisse_tally_new();
  if (shopcaisse_tally_merge(context->unknown, page->unknown) == 0)
    return;
  text = shopcaisse_tally_to_text(page->unknown);
  g_debug("%s: not known here: %s", job->kind, text);
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

/* A list whose pages are short is nearly at its end, or has smaller pages than were asked for. A
 * full one goes on for longer the longer it has been. */
static guint
count_ahead(const ShopcaisseJob *job, const ShopcaissePage *page, guint number, guint page_size)
{
  if (page_size == 0 || page->n_seen < page_size)
    return 1;
  return number < 2 ? MIN(number + 1, job->lane_width) : job->lane_width;
}

/**
 * shopcaisse_paging_follow:
 * @context: the engine's parts
 * @job: the row whose page was read; its key ends in "/PAGE"
 * @page: what was on it
 * @first_id: (nullable): the id of its first row
 * @page_size: rows that were asked for; 0: the list is not read ahead
 * @error: return location for an error
 *
 * Appends the pages that follow. A page that repeats ends the list, and so does an empty one that
 * promises more; these, and what is skipped or rejected, make the sweep partial, so that nothing is
 * taken for gone. A short page that promises more does not: the service may have smaller pages.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_paging_follow(ShopcaisseContext *context,
                         const ShopcaisseJob *job,
                         const ShopcaissePage *page,
                         const char *first_id,
                         guint page_size,
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
  note_unknown(context, job, page);
  if (!page->has_next || is_repeated || number >= PAGES_MAX || page->n_seen == 0)
    return TRUE;
  for (guint ahead = count_ahead(job, page, number, page_size); ahead > 0; ahead--, number++) {
    if (!append_page(context, job, number + 1, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_paging_continue:
 * @context: the engine's parts
 * @job: the row whose page was read; its key ends in "/PAGE"
 * @page: what was on it
 * @first_id: (nullable): the id of its first row
 * @error: return location for an error
 *
 * Appends the page that follows, as [func@Shopcaisse.paging_follow] does.
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
  return shopcaisse_paging_follow(context, job, page, first_id, 0, error);
}

/**
 * shopcaisse_paging_may_go:
 * @context: the engine's parts
 * @may_go: (out): whether the page may be asked for now
 * @verdict: (inout): when to look again, otherwise
 * @error: return location for an error
 *
 * Asks for the turn of a catalogue page.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_paging_may_go(ShopcaisseContext *context,
                         gboolean *may_go,
                         ShopcaisseVerdict *verdict,
                         GError **error)
{
  gint64 wait_us = 0;

  if (!shopcaisse_pace_ask(context, &wait_us, error))
    return FALSE;
  *may_go = wait_us == 0;
  if (*may_go)
    return TRUE;
  verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
  verdict->reason = "paced";
  verdict->delay_us = wait_us;
  return TRUE;
}
