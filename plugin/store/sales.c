/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's sales that were taken over and what became of them. Lists and counts are in
 * store/sales-read.c. */
#include "config.h"
#include "model/text.h"
#include "store/sales-read.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_sale_record_new:
 *
 * Makes an empty record that waits.
 *
 * Returns: (transfer full): the record
 */
ShopcaisseSaleRecord *
shopcaisse_sale_record_new(void)
{
  ShopcaisseSaleRecord *self = g_new0(ShopcaisseSaleRecord, 1);

  self->sale_id = g_strdup("");
  self->number = g_strdup("");
  self->till = g_strdup("");
  self->store_id = g_strdup("");
  self->order_id = g_strdup("");
  self->discriminator = g_strdup("");
  self->state = g_strdup("waiting");
  self->kitchen = g_strdup("");
  self->fiscal = g_strdup("");
  self->reason = g_strdup("");
  self->message = g_strdup("");
  self->progress = 1;
  return self;
}

/**
 * shopcaisse_sale_record_free:
 * @self: (transfer full) (nullable): the record
 *
 * Frees a record.
 */
void
shopcaisse_sale_record_free(ShopcaisseSaleRecord *self)
{
  if (self == NULL)
    return;
  g_free(self->sale_id);
  g_clear_pointer(&self->payload, g_variant_unref);
  g_free(self->number);
  g_free(self->till);
  g_free(self->store_id);
  g_free(self->order_id);
  g_free(self->discriminator);
  g_free(self->external_id);
  g_free(self->state);
  g_free(self->kitchen);
  g_free(self->fiscal);
  g_free(self->receipt_id);
  g_free(self->document_id);
  g_free(self->reason);
  g_free(self->message);
  g_free(self);
}

/**
 * shopcaisse_sale_record_set_state:
 * @self: a record
 * @state: a state
 * @reason: (nullable): why, a word
 * @message: (nullable): the same, for people
 *
 * Says what becomes of the sale.
 */
void
shopcaisse_sale_record_set_state(ShopcaisseSaleRecord *self,
                                 const char *state,
                                 const char *reason,
                                 const char *message)
{
  shopcaisse_text_replace(&self->state, state);
  shopcaisse_text_replace(&self->reason, reason != NULL ? reason : "");
  shopcaisse_text_replace(&self->message, message != NULL ? message : "");
}

/**
 * shopcaisse_sale_record_is_unwanted:
 * @self: a record
 *
 * Returns: whether it is being cancelled or is cancelled
 */
gboolean
shopcaisse_sale_record_is_unwanted(const ShopcaisseSaleRecord *self)
{
  return g_str_equal(self->state, "cancelling") || g_str_equal(self->state, "cancelled");
}

/* In normal form and little endian, so that the file can move to any machine. */
static void
bind_payload(ShopcaisseStatement *statement, int index, GVariant *payload)
{
  g_autoptr(GVariant) normal = g_variant_get_normal_form(payload);
  g_autoptr(GVariant) portable =
      G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref(normal) : g_variant_byteswap(normal);

  /* A failure leaves NULL, which the column refuses. A zero-sized blob must not be NULL. */
  if (g_variant_get_size(portable) == 0)
    (void)sqlite3_bind_zeroblob(statement, index, 0);
  else
    (void)sqlite3_bind_blob64(statement, index, g_variant_get_data(portable),
                              g_variant_get_size(portable), SQLITE_TRANSIENT);
}

static GVariant *
read_payload(ShopcaisseStatement *row, int column, GError **error)
{
  gsize size = (gsize)sqlite3_column_bytes(row, column);
  g_autoptr(GBytes) bytes = g_bytes_new(sqlite3_column_blob(row, column), size);
  g_autoptr(GVariant) portable =
      g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE_VARDICT, bytes, FALSE));

  if (!g_variant_is_normal_form(portable)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "its payload cannot be read");
    return NULL;
  }
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_steal_pointer(&portable)
                                         : g_variant_byteswap(portable);
}

/* Parameters 1 to 19, alike in the insertion and the update. */
static void
bind_record(ShopcaisseStatement *statement, const ShopcaisseSaleRecord *record)
{
  shopcaisse_statement_bind_text(statement, 1, record->sale_id);
  shopcaisse_statement_bind_text(statement, 2, record->number);
  shopcaisse_statement_bind_text(statement, 3, record->till);
  sqlite3_bind_int64(statement, 4, record->sold_at);
  sqlite3_bind_int64(statement, 5, record->total_minor);
  shopcaisse_statement_bind_text(statement, 6, record->store_id);
  sqlite3_bind_int64(statement, 7, record->generation);
  shopcaisse_statement_bind_text(statement, 8, record->order_id);
  shopcaisse_statement_bind_text(statement, 9, record->discriminator);
  shopcaisse_statement_bind_text(statement, 10, record->external_id);
  shopcaisse_statement_bind_text(statement, 11, record->state);
  shopcaisse_statement_bind_text(statement, 12, record->kitchen);
  shopcaisse_statement_bind_text(statement, 13, record->fiscal);
  shopcaisse_statement_bind_text(statement, 14, record->receipt_id);
  shopcaisse_statement_bind_text(statement, 15, record->reason);
  shopcaisse_statement_bind_text(statement, 16, record->message);
  sqlite3_bind_int64(statement, 17, record->submitted_at);
  sqlite3_bind_int64(statement, 18, record->sent_at);
  sqlite3_bind_int64(statement, 19, record->changed_at);
}

/**
 * shopcaisse_sales_insert:
 * @database: the database
 * @record: the sale; copied
 * @error: return location for an error
 *
 * Takes a sale over. Its progress, told and changed_at are as in @record.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the sale or its order is known already, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_insert(ShopcaisseDatabase *database,
                        const ShopcaisseSaleRecord *record,
                        GError **error)
{
  g_return_val_if_fail(record != NULL && record->payload != NULL, FALSE);

  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO sale (sale_id, number, till, sold_at, total_minor, store_id, generation,"
      " order_id, discriminator, external_id, state, kitchen, fiscal, receipt_id, reason, message,"
      " submitted_at, sent_at, changed_at, payload, progress, told, document_id)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
      " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
      " ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_record(statement, record);
  bind_payload(statement, 20, record->payload);
  sqlite3_bind_int64(statement, 21, record->progress);
  sqlite3_bind_int64(statement, 22, record->told);
  shopcaisse_statement_bind_text(statement, 23, record->document_id);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_sales_update:
 * @database: the database
 * @record: (inout): the sale as it is now; progress and changed_at follow
 * @now: the time
 * @error: return location for an error
 *
 * Writes every column but payload and told. Progress grows by one, whatever @record says.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the sale is not there or its order is another's, and
 * with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_update(ShopcaisseDatabase *database,
                        ShopcaisseSaleRecord *record,
                        gint64 now,
                        GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE sale SET number = ?2, till = ?3, sold_at = ?4, total_minor = ?5, store_id = ?6,"
      " generation = ?7, order_id = ?8, discriminator = ?9, external_id = ?10, state = ?11,"
      " kitchen = ?12, fiscal = ?13, receipt_id = ?14, reason = ?15, message = ?16,"
      " submitted_at = ?17, sent_at = ?18, changed_at = ?19, progress = progress + 1,"
      " document_id = ?20"
      " WHERE sale_id = ?1 RETURNING progress",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  bind_record(statement, record);
  sqlite3_bind_int64(statement, 19, now);
  shopcaisse_statement_bind_text(statement, 20, record->document_id);
  if (!shopcaisse_statement_step(statement, &has_row, error))
    return FALSE;
  if (!has_row) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, "sale %s is not known",
                record->sale_id);
    return FALSE;
  }
  record->progress = (guint)sqlite3_column_int64(statement, 0);
  record->changed_at = now;
  /* Outside a transaction the change is committed only at the end. */
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_sales_set_payload:
 * @database: the database
 * @sale_id: the host's id
 * @payload: an `a{sv}`
 * @error: return location for an error
 *
 * Writes what the host says of a sale in place of what it said before.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_set_payload(ShopcaisseDatabase *database,
                             const char *sale_id,
                             GVariant *payload,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "UPDATE sale SET payload = ?2 WHERE sale_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, sale_id);
  bind_payload(statement, 2, payload);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
fill_record(ShopcaisseStatement *row, ShopcaisseSaleRecord *record, GError **error)
{
  record->sale_id = shopcaisse_statement_dup_text(row, 0);
  record->number = shopcaisse_statement_dup_text(row, 1);
  record->till = shopcaisse_statement_dup_text(row, 2);
  record->sold_at = sqlite3_column_int64(row, 3);
  record->total_minor = sqlite3_column_int64(row, 4);
  record->store_id = shopcaisse_statement_dup_text(row, 5);
  record->generation = (guint)sqlite3_column_int64(row, 6);
  record->order_id = shopcaisse_statement_dup_text(row, 7);
  record->discriminator = shopcaisse_statement_dup_text(row, 8);
  record->external_id = shopcaisse_statement_dup_text(row, 9);
  record->state = shopcaisse_statement_dup_text(row, 10);
  record->kitchen = shopcaisse_statement_dup_text(row, 11);
  record->fiscal = shopcaisse_statement_dup_text(row, 12);
  record->receipt_id = shopcaisse_statement_dup_text(row, 13);
  record->reason = shopcaisse_statement_dup_text(row, 14);
  record->message = shopcaisse_statement_dup_text(row, 15);
  record->submitted_at = sqlite3_column_int64(row, 16);
  record->sent_at = sqlite3_column_int64(row, 17);
  record->changed_at = sqlite3_column_int64(row, 18);
  record->progress = (guint)sqlite3_column_int64(row, 20);
  record->told = (guint)sqlite3_column_int64(row, 21);
  record->document_id = shopcaisse_statement_dup_text(row, 22);
  record->payload = read_payload(row, 19, error);
  return record->payload != NULL;
}

/**
 * shopcaisse_sales_get:
 * @database: the database
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Looks a sale up.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when what is stored of it cannot be read, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the sale; %NULL without an error when there is none
 */
ShopcaisseSaleRecord *
shopcaisse_sales_get(ShopcaisseDatabase *database, const char *sale_id, GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT sale_id, number, till, sold_at, total_minor, store_id, generation, order_id,"
      " discriminator, external_id, state, kitchen, fiscal, receipt_id, reason, message,"
      " submitted_at, sent_at, changed_at, payload, progress, told, document_id"
      " FROM sale WHERE sale_id = ?1",
      error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, sale_id);
  if (!shopcaisse_statement_step(row, &has_row, error) || !has_row)
    return NULL;

  g_autoptr(ShopcaisseSaleRecord) record = g_new0(ShopcaisseSaleRecord, 1);

  if (fill_record(row, record, error))
    return g_steal_pointer(&record);
  g_prefix_error(error, _("sale %s: "), sale_id);
  return NULL;
}

/**
 * shopcaisse_sales_require:
 * @database: the database
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Looks up a sale that must be there.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is not or cannot be read, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): the sale; %NULL on failure
 */
ShopcaisseSaleRecord *
shopcaisse_sales_require(ShopcaisseDatabase *database, const char *sale_id, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  ShopcaisseSaleRecord *record = shopcaisse_sales_get(database, sale_id, &read_error);

  if (record != NULL)
    return record;
  if (read_error == NULL)
    g_set_error(&read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "sale %s is not here",
                sale_id);
  g_propagate_error(error, g_steal_pointer(&read_error));
  return NULL;
}

/* Looks a sale up by a statement that answers its id. */
static ShopcaisseSaleRecord *
find_sale(ShopcaisseDatabase *database, const char *sql, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_sales_get(database, (const char *)sqlite3_column_text(statement, 0), error);
}

/**
 * shopcaisse_sales_find_external:
 * @database: the database
 * @external_id: the order's id, the service's
 * @error: return location for an error
 *
 * Looks a sale up by the service's id of its order.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the sale; %NULL without an error when there is none
 */
ShopcaisseSaleRecord *
shopcaisse_sales_find_external(ShopcaisseDatabase *database,
                               const char *external_id,
                               GError **error)
{
  return find_sale(database,
                   "SELECT sale_id FROM sale WHERE external_id = ?1 ORDER BY sale_id LIMIT 1",
                   external_id, error);
}

/**
 * shopcaisse_sales_find_receipt:
 * @database: the database
 * @receipt_id: the fiscal document
 * @error: return location for an error
 *
 * Looks a sale up by the receipt that closed it, under either of its names; docs/PROTOCOL.md 5.2.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the sale; %NULL without an error when there is none
 */
ShopcaisseSaleRecord *
shopcaisse_sales_find_receipt(ShopcaisseDatabase *database, const char *receipt_id, GError **error)
{
  return find_sale(database,
                   "SELECT sale_id FROM sale WHERE receipt_id = ?1 OR document_id = ?1"
                   " ORDER BY kitchen = 'merged', sale_id LIMIT 1",
                   receipt_id, error);
}

/**
 * shopcaisse_sales_mark_told:
 * @database: the database
 * @sale_id: the host's id
 * @progress: what the host has heard
 * @error: return location for an error
 *
 * Notes what the host has heard. It never goes back.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_mark_told(ShopcaisseDatabase *database,
                           const char *sale_id,
                           guint progress,
                           GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "UPDATE sale SET told = ?2 WHERE sale_id = ?1 AND told < ?2", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, sale_id);
  sqlite3_bind_int64(statement, 2, progress);
  return shopcaisse_statement_run(statement, error);
}
