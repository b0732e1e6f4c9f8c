/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sale_progressed: said after the commit. What the host has heard is noted with whatever is
 * committed next, at the latest after a second: a crash before that repeats it, which is allowed,
 * and a sale costs no flush of its own for it. */
#include "engine/progress.h"

#include "engine/context.h"
#include "model/timestamp.h"
#include "store/sales-read.h"

#define TELL_LIMIT 50
#define NOTE_AFTER SHOPCAISSE_SECOND
#define HEARD_MAX  200 /* each batch is looked for among them */

typedef struct ShopcaisseHearing {
  guint n_telling;        /* rows the host has not confirmed yet */
  GHashTable *heard;      /* (owned): sale's id -> the progress it has confirmed and nobody noted */
  ShopcaisseTimer *timer; /* (nullable): until it is noted at the latest */
} Hearing;

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  char *sale_id;              /* (owned) */
  guint progress;
} Telling;

static void told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);
static void note_cb(gpointer user_data);

static void
free_telling(Telling *telling)
{
  g_free(telling->sale_id);
  g_free(telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Telling, free_telling)

static void
add_text(GVariantBuilder *row, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_variant_builder_add(row, "{sv}", key, g_variant_new_string(text));
}

/**
 * shopcaisse_progress_row:
 * @record: a sale
 *
 * Returns: (transfer floating): its progress row, comptoir-rows.h
 */
GVariant *
shopcaisse_progress_row(const ShopcaisseSaleRecord *record)
{
  g_autofree char *at = shopcaisse_timestamp_to_text(record->changed_at);
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  add_text(&row, "id", record->sale_id);
  add_text(&row, "number", record->number);
  add_text(&row, "state", record->state);
  add_text(&row, "order_id", record->order_id);
  add_text(&row, "external_id", record->external_id);
  add_text(&row, "kitchen", record->kitchen);
  add_text(&row, "fiscal", record->fiscal);
  add_text(&row, "reason", record->reason);
  add_text(&row, "message", record->message);
  add_text(&row, "at", at);
  return g_variant_builder_end(&row);
}

static Hearing *
get_hearing(ShopcaisseContext *context)
{
  if (context->hearing == NULL) {
    context->hearing = g_new0(Hearing, 1);
    context->hearing->heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  }
  return context->hearing;
}

static gboolean
has_heard(Hearing *hearing, const ShopcaisseSaleRecord *record)
{
  return GPOINTER_TO_UINT(g_hash_table_lookup(hearing->heard, record->sale_id)) >= record->progress;
}

static void
tell(ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  Telling *telling = g_new0(Telling, 1);

  telling->context = context;
  telling->sale_id = g_strdup(record->sale_id);
  telling->progress = record->progress;
  context->hearing->n_telling++;
  context->host->tell(context->host, SHOPCAISSE_TELL_PROGRESS, shopcaisse_progress_row(record),
                      told_cb, telling);
}

/**
 * shopcaisse_progress_tell:
 * @context: the engine's parts
 *
 * Tells the host what it has not heard. One batch at a time: a batch that was heard asks for the
 * next.
 */
void
shopcaisse_progress_tell(ShopcaisseContext *context)
{
  Hearing *hearing = get_hearing(context);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) untold = NULL;

  if (hearing->n_telling > 0)
    return;
  untold = shopcaisse_sales_list_untold(context->database,
                                        TELL_LIMIT + g_hash_table_size(hearing->heard), &error);
  if (untold == NULL) {
    g_warning("progress of sales: %s, retrying later", error->message);
    return;
  }
  for (guint i = 0; i < untold->len; i++) {
    if (!has_heard(hearing, untold->pdata[i]))
      tell(context, untold->pdata[i]);
  }
  if (hearing->n_telling > 0) {
    shopcaisse_context_list_changed(context, "orders");
    shopcaisse_context_list_changed(context, "timeline");
  }
}

static void
told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  g_autoptr(Telling) telling = user_data;
  ShopcaisseContext *context = telling->context;
  Hearing *hearing = get_hearing(context);

  (void)answer;
  (void)cost_us;
  hearing->n_telling--;
  /* A host without sale_progressed does not want to know; one that closes hears it again. */
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_hash_table_replace(hearing->heard, g_steal_pointer(&telling->sale_id),
                       GUINT_TO_POINTER(telling->progress));
  if (hearing->timer == NULL && !context->is_closing)
    hearing->timer = context->clock->call_after(context->clock, NOTE_AFTER, note_cb, context);
  if (hearing->n_telling > 0)
    return;
  if (g_hash_table_size(hearing->heard) < HEARD_MAX || shopcaisse_progress_flush(context))
    shopcaisse_progress_tell(context);
}

static void
clear_timer(ShopcaisseContext *context)
{
  Hearing *hearing = get_hearing(context);

  if (hearing->timer != NULL)
    context->clock->cancel(context->clock, hearing->timer);
  hearing->timer = NULL;
}

/**
 * shopcaisse_progress_note:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Notes what the host has heard; inside the caller's transaction. If that is not committed, the
 * host hears it again.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_progress_note(ShopcaisseContext *context, GError **error)
{
  Hearing *hearing = get_hearing(context);
  GHashTableIter iter;
  gpointer sale_id = NULL;
  gpointer progress = NULL;

  clear_timer(context);
  g_hash_table_iter_init(&iter, hearing->heard);
  while (g_hash_table_iter_next(&iter, &sale_id, &progress)) {
    if (!shopcaisse_sales_mark_told(context->database, sale_id, GPOINTER_TO_UINT(progress), error))
      return FALSE;
    g_hash_table_iter_remove(&iter);
  }
  return TRUE;
}

/**
 * shopcaisse_progress_flush:
 * @context: the engine's parts
 *
 * Notes what the host has heard in a transaction of its own. When that fails it says so, and the
 * host hears it again.
 *
 * Returns: %TRUE once nothing is left to note
 */
gboolean
shopcaisse_progress_flush(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;

  if (g_hash_table_size(get_hearing(context)->heard) == 0)
    return TRUE;
  if (shopcaisse_database_begin(context->database, &error) &&
      shopcaisse_progress_note(context, &error) &&
      shopcaisse_database_commit(context->database, &error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  g_warning("progress of sales: %s, repeating it later", error->message);
  return FALSE;
}

static void
note_cb(gpointer user_data)
{
  ShopcaisseContext *context = user_data;

  context->hearing->timer = NULL;
  (void)shopcaisse_progress_flush(context);
}

/**
 * shopcaisse_progress_free:
 * @context: the engine's parts
 *
 * Forgets what the host has heard and nobody noted: it will hear it again.
 */
void
shopcaisse_progress_free(ShopcaisseContext *context)
{
  clear_timer(context);
  g_hash_table_unref(context->hearing->heard);
  g_clear_pointer(&context->hearing, g_free);
}
