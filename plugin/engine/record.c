/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* record_sales: what the till sold, once each by its key; repeated until the host has said "done".
 */
#include "engine/record.h"

#include "engine/context.h"
#include "model/timestamp.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/sales.h"
#include "store/tickets.h"

#include <string.h>

#define BATCH     50
#define KEY_START "ticket:"

#define REVISION_LENGTH 12 /* of a SHA-256, hexadecimal */

typedef struct {
  ShopcaisseRecordDone done;
  gpointer user_data;
} RecordWaiter;

typedef struct ShopcaisseRecording {
  GArray *waiters; /* (owned) (element-type RecordWaiter) */
  guint n_refused; /* passed over for the rest of this recording */
} ShopcaisseRecording;

static void recorded_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

static void
add_money(GVariantBuilder *row, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  g_variant_builder_add(row, "{sv}", key, g_variant_new_string(text));
}

static GVariant *
build_line(ShopcaisseContext *context, const ShopcaisseTicketLine *line)
{
  g_autofree char *article_id =
      line->item_id == NULL ? NULL
                            : shopcaisse_links_get_article(context->database, line->item_id, NULL);
  g_autofree char *quantity = shopcaisse_quantity_to_text(line->quantity_milli);
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  if (article_id != NULL)
    g_variant_builder_add(&row, "{sv}", "article_id", g_variant_new_string(article_id));
  g_variant_builder_add(&row, "{sv}", "name", g_variant_new_string(line->name));
  g_variant_builder_add(&row, "{sv}", "quantity", g_variant_new_string(quantity));
  add_money(&row, "unit_price", line->unit_minor);
  add_money(&row, "total", line->total_minor);
  if (line->vat_bp != SHOPCAISSE_VAT_UNKNOWN) {
    g_autofree char *rate = shopcaisse_vat_to_percent(line->vat_bp);

    g_variant_builder_add(&row, "{sv}", "vat_rate", g_variant_new_string(rate));
  }
  return g_variant_builder_end(&row);
}

static GVariant *
build_payments(const ShopcaisseTicket *ticket)
{
  GVariantBuilder rows;

  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];
    GVariantBuilder row;

    g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&row, "{sv}", "method", g_variant_new_string(payment->kind));
    add_money(&row, "amount", payment->amount_minor);
    g_variant_builder_add_value(&rows, g_variant_builder_end(&row));
  }
  return g_variant_builder_end(&rows);
}

static void
add_vat_row(GVariantBuilder *rows, const ShopcaisseVatSum *sum)
{
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  if (sum->vat_bp != SHOPCAISSE_VAT_UNKNOWN) {
    g_autofree char *rate = shopcaisse_vat_to_percent(sum->vat_bp);

    g_variant_builder_add(&row, "{sv}", "rate", g_variant_new_string(rate));
  }
  add_money(&row, "gross", sum->gross_minor);
  add_money(&row, "vat", sum->vat_minor);
  add_money(&row, "net", sum->net_minor);
  g_variant_builder_add_value(rows, g_variant_builder_end(&row));
}

/* By rate; lines without one make a row without a rate. */
static GVariant *
build_vat(const ShopcaisseTicket *ticket)
{
  g_autoptr(GArray) sums = shopcaisse_vat_sums_new();
  ShopcaisseVatSum unknown = { .vat_bp = SHOPCAISSE_VAT_UNKNOWN };
  GVariantBuilder rows;

  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];

    if (line->vat_bp == SHOPCAISSE_VAT_UNKNOWN)
      unknown.net_minor = unknown.gross_minor += line->total_minor;
    else
      shopcaisse_vat_sums_add(sums, line->vat_bp, line->total_minor);
  }
  shopcaisse_vat_sums_finish(sums);
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < sums->len; i++)
    add_vat_row(&rows, &g_array_index(sums, ShopcaisseVatSum, i));
  if (unknown.gross_minor != 0)
    add_vat_row(&rows, &unknown);
  return g_variant_builder_end(&rows);
}

static void
add_text(GVariantBuilder *row, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_variant_builder_add(row, "{sv}", key, g_variant_new_string(text));
}

/* The order may have been linked to its receipt after the ticket was read. */
static char *
find_sale_id(ShopcaisseContext *context, const ShopcaisseTicketRecord *record)
{
  g_autoptr(ShopcaisseSaleRecord) sale = NULL;

  if (*record->sale_id != '\0')
    return g_strdup(record->sale_id);
  sale = shopcaisse_sales_find_receipt(context->database, record->ticket->id, NULL);
  return sale == NULL ? NULL : g_strdup(sale->sale_id);
}

/* "ticket:REVISION:ID": another status, total or order is another recording. From the content, so
 * that a database made anew does not give the host the same ones twice. */
static char *
make_key(const ShopcaisseTicket *ticket, const char *sale_id)
{
  g_autofree char *content = g_strdup_printf("%s\n%" G_GINT64_FORMAT "\n%s", ticket->status,
                                             ticket->total_minor, sale_id != NULL ? sale_id : "");
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, content, -1);

  return g_strdup_printf(KEY_START "%.*s:%s", REVISION_LENGTH, digest, ticket->id);
}

static GVariant *
build_ticket(ShopcaisseContext *context, const ShopcaisseTicketRecord *record)
{
  const ShopcaisseTicket *ticket = record->ticket;
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(ticket->at);
  g_autofree char *sale_id = find_sale_id(context, record);
  g_autofree char *key = make_key(ticket, sale_id);
  GVariantBuilder lines;
  GVariantBuilder row;

  g_variant_builder_init(&lines, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < ticket->lines->len; i++)
    g_variant_builder_add_value(&lines, build_line(context, ticket->lines->pdata[i]));
  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  add_text(&row, "key", key);
  add_text(&row, "id", ticket->id);
  add_text(&row, "number", ticket->number);
  add_text(&row, "type", ticket->type);
  add_text(&row, "status", ticket->status);
  add_text(&row, "sold_at", sold_at);
  add_text(&row, "store", record->store_id);
  add_text(&row, "register", ticket->pos_id);
  add_text(&row, "order_sale_id", sale_id);
  add_money(&row, "total", ticket->total_minor);
  g_variant_builder_add(&row, "{sv}", "lines", g_variant_builder_end(&lines));
  g_variant_builder_add(&row, "{sv}", "payments", build_payments(ticket));
  g_variant_builder_add(&row, "{sv}", "vat", build_vat(ticket));
  return g_variant_builder_end(&row);
}

static void
end_recording(ShopcaisseContext *context, const GError *error)
{
  ShopcaisseRecording *recording = g_steal_pointer(&context->recording);

  for (guint i = 0; i < recording->waiters->len; i++) {
    const RecordWaiter *waiter = &g_array_index(recording->waiters, RecordWaiter, i);

    waiter->done(error, waiter->user_data);
  }
  g_array_unref(recording->waiters);
  g_free(recording);
}

static void
ask_batch(ShopcaisseContext *context)
{
  g_autoptr(GPtrArray) tickets = NULL;
  g_autoptr(GError) error = NULL;
  GVariantBuilder rows;
  GVariantBuilder argument;

  tickets = shopcaisse_tickets_list_unrecorded(context->database, context->recording->n_refused,
                                               BATCH, &error);
  if (tickets == NULL || tickets->len == 0)
    return end_recording(context, error);
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < tickets->len; i++)
    g_variant_builder_add_value(&rows, build_ticket(context, tickets->pdata[i]));
  g_variant_builder_init(&argument, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&argument, "{sv}", "rows", g_variant_builder_end(&rows));
  context->host->ask(context->host, SHOPCAISSE_ASK_RECORD_SALES, g_variant_builder_end(&argument),
                     recorded_cb, context);
}

static ShopcaisseTicketRecord *
find_ticket(ShopcaisseContext *context, const char *key, GError **error)
{
  const char *end = g_str_has_prefix(key, KEY_START) ? strchr(key + strlen(KEY_START), ':') : NULL;

  return end != NULL ? shopcaisse_tickets_get(context->database, end + 1, error) : NULL;
}

/* One that has changed since the host was asked is given again. */
static gboolean
note_done(ShopcaisseContext *context,
          const ShopcaisseTicketRecord *record,
          const char *key,
          GError **error)
{
  g_autofree char *sale_id = find_sale_id(context, record);
  g_autofree char *present = make_key(record->ticket, sale_id);

  return !g_str_equal(present, key) ||
         shopcaisse_tickets_mark_recorded(context->database, record->ticket->id,
                                          record->ticket->status, error);
}

static gboolean
note_row(ShopcaisseContext *context, GVariant *row, guint *n_done, GError **error)
{
  const char *key = "";
  const char *status = "";
  const char *message = "";
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseTicketRecord) record = NULL;

  g_variant_lookup(row, "key", "&s", &key);
  g_variant_lookup(row, "status", "&s", &status);
  g_variant_lookup(row, "message", "&s", &message);
  record = find_ticket(context, key, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (record == NULL)
    return TRUE;
  if (g_str_equal(status, "done")) {
    (*n_done)++;
    return note_done(context, record, key, error);
  }
  context->recording->n_refused++;
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, "record-sales",
                                    record->ticket->id, message, error);
}

static gboolean
note_rows(ShopcaisseContext *context, GVariant *rows, guint *n_done, GError **error)
{
  GVariantIter iter;
  GVariant *row = NULL;

  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  g_variant_iter_init(&iter, rows);
  while ((row = g_variant_iter_next_value(&iter)) != NULL) {
    g_autoptr(GVariant) owned = row;

    if (!note_row(context, owned, n_done, error)) {
      shopcaisse_database_rollback(context->database);
      return FALSE;
    }
  }
  return shopcaisse_database_commit(context->database, error);
}

static void
recorded_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  ShopcaisseContext *context = user_data;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GError) note_error = NULL;
  guint n_refused = context->recording->n_refused;
  guint n_done = 0;

  (void)cost_us;
  if (error != NULL)
    return end_recording(context, error);
  rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  if (rows != NULL && !note_rows(context, rows, &n_done, &note_error))
    return end_recording(context, note_error);
  /* A batch of which nothing was answered would come again at once, for ever. */
  if (n_done > 0 || context->recording->n_refused > n_refused)
    ask_batch(context);
  else
    end_recording(context, NULL);
}

static void
start_recording(ShopcaisseContext *context)
{
  context->recording = g_new0(ShopcaisseRecording, 1);
  context->recording->waiters = g_array_new(FALSE, FALSE, sizeof(RecordWaiter));
}

/**
 * shopcaisse_record_tickets:
 * @context: the engine's parts
 * @done: called once, perhaps at once
 * @user_data: for @done
 *
 * Gives the host what it does not have yet; joins a recording that runs. A host without
 * record_sales is left in peace.
 */
void
shopcaisse_record_tickets(ShopcaisseContext *context, ShopcaisseRecordDone done, gpointer user_data)
{
  RecordWaiter waiter = { done, user_data };
  gboolean is_running = context->recording != NULL;

  if ((context->host->features & COMPTOIR_HOST_RECORD_SALES) == 0 || context->is_closing)
    return done(NULL, user_data);
  if (!is_running)
    start_recording(context);
  g_array_append_val(context->recording->waiters, waiter);
  if (!is_running)
    ask_batch(context);
}
