/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sale_progressed: said after the commit, confirmed by another one, repeated in between. */
#include "engine/progress.h"

#include "engine/context.h"
#include "model/timestamp.h"
#include "store/sales-read.h"

#define TELL_LIMIT 50

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  char *sale_id;              /* (owned) */
  guint progress;
} Telling;

static void told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

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
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) untold = NULL;

  if (context->n_telling > 0)
    return;
  untold = shopcaisse_sales_list_untold(context->database, TELL_LIMIT, &error);
  if (untold == NULL) {
    g_warning("progress of sales: %s, retrying later", error->message);
    return;
  }
  if (untold->len > 0)
    shopcaisse_context_list_changed(context, "orders");
  for (guint i = 0; i < untold->len; i++) {
    const ShopcaisseSaleRecord *record = untold->pdata[i];
    Telling *telling = g_new0(Telling, 1);

    telling->context = context;
    telling->sale_id = g_strdup(record->sale_id);
    telling->progress = record->progress;
    context->n_telling++;
    context->host->tell(context->host, SHOPCAISSE_TELL_PROGRESS, shopcaisse_progress_row(record),
                        told_cb, telling);
  }
}

static void
told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  g_autoptr(Telling) telling = user_data;
  ShopcaisseContext *context = telling->context;
  g_autoptr(GError) storage_error = NULL;

  (void)answer;
  (void)cost_us;
  context->n_telling--;
  /* A host without sale_progressed does not want to know; one that closes hears it again. */
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!shopcaisse_sales_mark_told(context->database, telling->sale_id, telling->progress,
                                  &storage_error)) {
    g_warning("progress of sale: %s, repeating it later", storage_error->message);
    return;
  }
  if (context->n_telling == 0)
    shopcaisse_progress_tell(context);
}
