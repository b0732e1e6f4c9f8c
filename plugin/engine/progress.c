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

static gboolean
has_heard(ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  return context->heard != NULL &&
         GPOINTER_TO_UINT(g_hash_table_lookup(context->heard, record->sale_id)) >= record->progress;
}

static void
tell(ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  Telling *telling = g_new0(Telling, 1);

  telling->context = context;
  telling->sale_id = g_strdup(record->sale_id);
  telling->progress = record->progress;
  context->n_telling++;
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
  guint n_heard = context->heard != NULL ? g_hash_table_size(context->heard) : 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) untold = NULL;

  if (context->n_telling > 0)
    return;
  untold = shopcaisse_sales_list_untold(context->database, TELL_LIMIT + n_heard, &error);
  if (untold == NULL) {
    g_warning("progress of sales: %s, retrying later", error->message);
    return;
  }
  for (guint i = 0; i < untold->len; i++) {
    if (!has_heard(context, untold->pdata[i]))
      tell(context, untold->pdata[i]);
  }
  if (context->n_telling > 0)
    shopcaisse_context_list_changed(context, "orders");
}

static void
told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  g_autoptr(Telling) telling = user_data;
  ShopcaisseContext *context = telling->context;

  (void)answer;
  (void)cost_us;
  context->n_telling--;
  /* A host without sale_progressed does not want to know; one that closes hears it again. */
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (context->heard == NULL)
    context->heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_replace(context->heard, g_steal_pointer(&telling->sale_id),
                       GUINT_TO_POINTER(telling->progress));
  if (context->heard_timer == NULL && !context->is_closing)
    context->heard_timer = context->clock->call_after(context->clock, NOTE_AFTER, note_cb, context);
  if (context->n_telling == 0)
    shopcaisse_progress_tell(context);
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
  g_autoptr(GHashTable) heard = g_steal_pointer(&context->heard);
  GHashTableIter iter;
  gpointer sale_id = NULL;
  gpointer progress = NULL;

  shopcaisse_progress_forget(context);
  if (heard == NULL)
    return TRUE;
  g_hash_table_iter_init(&iter, heard);
  while (g_hash_table_iter_next(&iter, &sale_id, &progress)) {
    if (!shopcaisse_sales_mark_told(context->database, sale_id, GPOINTER_TO_UINT(progress), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_progress_forget:
 * @context: the engine's parts
 *
 * Forgets what the host has heard and is not noted.
 */
void
shopcaisse_progress_forget(ShopcaisseContext *context)
{
  g_clear_pointer(&context->heard, g_hash_table_unref);
  if (context->heard_timer != NULL)
    context->clock->cancel(context->clock, context->heard_timer);
  context->heard_timer = NULL;
}

/**
 * shopcaisse_progress_flush:
 * @context: the engine's parts
 *
 * Notes what the host has heard in a transaction of its own.
 */
void
shopcaisse_progress_flush(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;

  if (context->heard == NULL)
    return;
  if (shopcaisse_database_begin(context->database, &error) &&
      shopcaisse_progress_note(context, &error) &&
      shopcaisse_database_commit(context->database, &error))
    return;
  shopcaisse_database_rollback(context->database);
  g_warning("progress of sales: %s, repeating it later", error->message);
}

static void
note_cb(gpointer user_data)
{
  ShopcaisseContext *context = user_data;

  context->heard_timer = NULL;
  shopcaisse_progress_flush(context);
}
