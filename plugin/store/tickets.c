/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The till's fiscal documents as last read, and whether the host has them. Shifts are in
 * store/shifts.c. */
#include "store/tickets.h"

#include "store/statement.h"

/* How lines and payments are written; the order is that of the fields in model/ticket.h. */
#define LINES_TYPE    "a(mssxxxxx)"
#define PAYMENTS_TYPE "a(sx)"

/* What the host is told of, and what amounts to another ticket; 2 below is
 * SHOPCAISSE_SHIFT_COMPLETED. */
#define IS_NEWS                                                                                    \
  "(ticket.status <> excluded.status OR ticket.total_minor <> excluded.total_minor"                \
  " OR excluded.sale_id NOT IN ('', ticket.sale_id))"
#define IS_OTHER_AMOUNT                                                                            \
  "(ticket.total_minor <> excluded.total_minor OR ticket.phase <> excluded.phase"                  \
  " OR ticket.lines <> excluded.lines OR ticket.payments <> excluded.payments)"

G_STATIC_ASSERT(SHOPCAISSE_SHIFT_COMPLETED == 2);

/**
 * shopcaisse_ticket_record_free:
 * @self: (transfer full) (nullable): the record
 *
 * Frees a record.
 */
void
shopcaisse_ticket_record_free(ShopcaisseTicketRecord *self)
{
  if (self == NULL)
    return;
  shopcaisse_ticket_free(self->ticket);
  g_free(self->store_id);
  g_free(self->sale_id);
  g_free(self);
}

static GVariant *
build_lines(const ShopcaisseTicket *ticket)
{
  g_auto(GVariantBuilder) lines = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE(LINES_TYPE));

  for (guint i = 0; ticket->lines != NULL && i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];

    g_variant_builder_add(&lines, "(mssxxxxx)", line->item_id, line->name, line->quantity_milli,
                          line->unit_minor, line->total_minor, line->vat_minor, line->vat_bp);
  }
  return g_variant_ref_sink(g_variant_builder_end(&lines));
}

static GVariant *
build_payments(const ShopcaisseTicket *ticket)
{
  g_auto(GVariantBuilder) payments = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE(PAYMENTS_TYPE));

  for (guint i = 0; ticket->payments != NULL && i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];

    g_variant_builder_add(&payments, "(sx)", payment->kind, payment->amount_minor);
  }
  return g_variant_ref_sink(g_variant_builder_end(&payments));
}

static GPtrArray *
parse_lines(GVariant *value)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_line_free);
  gsize n_lines = value != NULL ? g_variant_n_children(value) : 0;

  for (gsize i = 0; i < n_lines; i++) {
    ShopcaisseTicketLine *line = g_new0(ShopcaisseTicketLine, 1);

    g_variant_get_child(value, i, "(mssxxxxx)", &line->item_id, &line->name, &line->quantity_milli,
                        &line->unit_minor, &line->total_minor, &line->vat_minor, &line->vat_bp);
    g_ptr_array_add(lines, line);
  }
  return lines;
}

static GPtrArray *
parse_payments(GVariant *value)
{
  GPtrArray *payments =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_payment_free);
  gsize n_payments = value != NULL ? g_variant_n_children(value) : 0;

  for (gsize i = 0; i < n_payments; i++) {
    ShopcaisseTicketPayment *payment = g_new0(ShopcaisseTicketPayment, 1);

    g_variant_get_child(value, i, "(sx)", &payment->kind, &payment->amount_minor);
    g_ptr_array_add(payments, payment);
  }
  return payments;
}

/**
 * shopcaisse_tickets_put:
 * @database: the database
 * @store_id: the store
 * @ticket: the ticket; copied
 * @sale_id: the host's sale that it closes; "" when that is not known, which forgets no known one
 * @error: return location for an error
 *
 * Writes a ticket as it was read; nothing when it is as it was. One with another status, total or
 * sale is to be recorded again. One whose amounts change when its shift is known to be complete is
 * late for ever.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_tickets_put(ShopcaisseDatabase *database,
                       const char *store_id,
                       const ShopcaisseTicket *ticket,
                       const char *sale_id,
                       GError **error)
{
  g_autoptr(GVariant) lines = build_lines(ticket);
  g_autoptr(GVariant) payments = build_payments(ticket);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO ticket (id, store_id, number, type, status, phase, at, shift_id, pos_id,"
      " total_minor, lines, payments, sale_id, parent_id)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
      " ON CONFLICT (id) DO UPDATE SET store_id = excluded.store_id, number = excluded.number,"
      " type = excluded.type, status = excluded.status, phase = excluded.phase, at = excluded.at,"
      " shift_id = excluded.shift_id, pos_id = excluded.pos_id,"
      " total_minor = excluded.total_minor, lines = excluded.lines, payments = excluded.payments,"
      " sale_id = coalesce(nullif(excluded.sale_id, ''), ticket.sale_id),"
      " parent_id = excluded.parent_id,"
      " recorded = CASE WHEN " IS_NEWS " THEN 0 ELSE ticket.recorded END,"
      " is_late = ticket.is_late OR (" IS_OTHER_AMOUNT
      " AND EXISTS (SELECT 1 FROM shift WHERE shift.id = ticket.shift_id AND shift.phase = 2))"
      " WHERE " IS_NEWS " OR " IS_OTHER_AMOUNT " OR ticket.at <> excluded.at"
      " OR ticket.shift_id IS NOT excluded.shift_id OR ticket.pos_id IS NOT excluded.pos_id"
      " OR ticket.parent_id IS NOT excluded.parent_id",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, ticket->id);
  shopcaisse_statement_bind_text(statement, 2, store_id);
  shopcaisse_statement_bind_text(statement, 3, ticket->number);
  shopcaisse_statement_bind_text(statement, 4, ticket->type);
  shopcaisse_statement_bind_text(statement, 5, ticket->status);
  sqlite3_bind_int(statement, 6, (int)ticket->phase);
  sqlite3_bind_int64(statement, 7, ticket->at);
  shopcaisse_statement_bind_text(statement, 8, ticket->shift_id);
  shopcaisse_statement_bind_text(statement, 9, ticket->pos_id);
  sqlite3_bind_int64(statement, 10, ticket->total_minor);
  shopcaisse_statement_bind_variant(statement, 11, lines);
  shopcaisse_statement_bind_variant(statement, 12, payments);
  shopcaisse_statement_bind_text(statement, 13, sale_id != NULL ? sale_id : "");
  shopcaisse_statement_bind_text(statement, 14, ticket->parent_id);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
fill_ticket(ShopcaisseStatement *row, ShopcaisseTicket *ticket, GError **error)
{
  g_autoptr(GVariant) lines = NULL;
  g_autoptr(GVariant) payments = NULL;

  ticket->id = shopcaisse_statement_dup_text(row, 0);
  ticket->number = shopcaisse_statement_dup_text(row, 1);
  ticket->type = shopcaisse_statement_dup_text(row, 2);
  ticket->status = shopcaisse_statement_dup_text(row, 3);
  ticket->phase = (ShopcaisseTicketPhase)sqlite3_column_int(row, 4);
  ticket->at = sqlite3_column_int64(row, 5);
  ticket->shift_id = shopcaisse_statement_dup_text(row, 6);
  ticket->pos_id = shopcaisse_statement_dup_text(row, 7);
  ticket->total_minor = sqlite3_column_int64(row, 8);
  if (!shopcaisse_statement_read_variant(row, 9, G_VARIANT_TYPE(LINES_TYPE), &lines, error) ||
      !shopcaisse_statement_read_variant(row, 10, G_VARIANT_TYPE(PAYMENTS_TYPE), &payments, error))
    return FALSE;
  ticket->lines = parse_lines(lines);
  ticket->payments = parse_payments(payments);
  return TRUE;
}

/* The columns that read_record() takes. */
#define SELECT_TICKET                                                                              \
  "SELECT id, number, type, status, phase, at, shift_id, pos_id, total_minor, lines, payments,"    \
  " store_id, sale_id, recorded, parent_id, is_late FROM ticket"

static ShopcaisseTicketRecord *
read_record(ShopcaisseStatement *row, GError **error)
{
  g_autoptr(ShopcaisseTicketRecord) record = g_new0(ShopcaisseTicketRecord, 1);

  record->ticket = g_new0(ShopcaisseTicket, 1);
  record->store_id = shopcaisse_statement_dup_text(row, 11);
  record->sale_id = shopcaisse_statement_dup_text(row, 12);
  record->recorded = sqlite3_column_int(row, 13) != 0;
  record->ticket->parent_id = shopcaisse_statement_dup_text(row, 14);
  record->is_late = sqlite3_column_int(row, 15) != 0;
  if (fill_ticket(row, record->ticket, error))
    return g_steal_pointer(&record);
  g_prefix_error(error, "ticket %s: ", record->ticket->id);
  return NULL;
}

static GPtrArray *
read_records(ShopcaisseStatement *statement, GError **error)
{
  g_autoptr(GPtrArray) records =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_record_free);
  gboolean has_row = FALSE;

  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&records);

    ShopcaisseTicketRecord *record = read_record(statement, error);

    if (record == NULL)
      return NULL;
    g_ptr_array_add(records, record);
  }
}

/**
 * shopcaisse_tickets_get:
 * @database: the database
 * @id: a ticket
 * @error: return location for an error
 *
 * Reads a ticket.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the ticket; %NULL without an error when there is none
 */
ShopcaisseTicketRecord *
shopcaisse_tickets_get(ShopcaisseDatabase *database, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, SELECT_TICKET " WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return read_record(statement, error);
}

/**
 * shopcaisse_tickets_list_page:
 * @database: the database
 * @store_id: the store
 * @window: which of its tickets
 * @error: return location for an error
 *
 * Lists tickets of a store, oldest first, a page at a time.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseTicketRecord): the tickets; %NULL on failure
 */
GPtrArray *
shopcaisse_tickets_list_page(ShopcaisseDatabase *database,
                             const char *store_id,
                             const ShopcaisseTimeWindow *window,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      SELECT_TICKET " WHERE store_id = ?1 AND at >= ?2 AND at < ?3 ORDER BY at, id"
                    " LIMIT ?4 OFFSET ?5",
      error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  sqlite3_bind_int64(statement, 2, window->from);
  sqlite3_bind_int64(statement, 3, window->to != 0 ? window->to : G_MAXINT64);
  sqlite3_bind_int64(statement, 4, window->limit != 0 ? (gint64)window->limit : -1);
  sqlite3_bind_int64(statement, 5, window->offset);
  return read_records(statement, error);
}

/**
 * shopcaisse_tickets_list:
 * @database: the database
 * @store_id: the store
 * @from: at or after
 * @to: before; 0: no end
 * @error: return location for an error
 *
 * Lists the tickets of a store, oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseTicketRecord): the tickets; %NULL on failure
 */
GPtrArray *
shopcaisse_tickets_list(
    ShopcaisseDatabase *database, const char *store_id, gint64 from, gint64 to, GError **error)
{
  ShopcaisseTimeWindow window = { .from = from, .to = to };

  return shopcaisse_tickets_list_page(database, store_id, &window, error);
}

/**
 * shopcaisse_tickets_list_unrecorded:
 * @database: the database
 * @offset: how many to pass over
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists the tickets that the host has not got as they are now, oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseTicketRecord): the tickets; %NULL on failure
 */
GPtrArray *
shopcaisse_tickets_list_unrecorded(ShopcaisseDatabase *database,
                                   guint offset,
                                   guint limit,
                                   GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, SELECT_TICKET " WHERE recorded = 0 ORDER BY at, id LIMIT ?1 OFFSET ?2", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, limit);
  sqlite3_bind_int64(statement, 2, offset);
  return read_records(statement, error);
}

/**
 * shopcaisse_tickets_mark_recorded:
 * @database: the database
 * @id: the ticket
 * @status: the status that the host was told
 * @error: return location for an error
 *
 * Notes that the host has a ticket. One that has another status by now stays unrecorded.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_tickets_mark_recorded(ShopcaisseDatabase *database,
                                 const char *id,
                                 const char *status,
                                 GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "UPDATE ticket SET recorded = 1 WHERE id = ?1 AND status = ?2 AND recorded = 0",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  shopcaisse_statement_bind_text(statement, 2, status);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_tickets_sum_refunds:
 * @database: the database
 * @receipt_id: (nullable): a receipt
 * @document_id: (nullable): its other name
 * @minor: (out): how much of it went back, in cents, not negative
 * @error: return location for an error
 *
 * Adds up the documents that take a receipt back and count.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_tickets_sum_refunds(ShopcaisseDatabase *database,
                               const char *receipt_id,
                               const char *document_id,
                               gint64 *minor,
                               GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT -sum(total_minor) FROM ticket"
                                  " WHERE parent_id IN (?1, ?2) AND total_minor < 0 AND phase = ?3",
                                  error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, receipt_id);
  shopcaisse_statement_bind_text(statement, 2, document_id);
  sqlite3_bind_int(statement, 3, SHOPCAISSE_TICKET_COUNTS);
  return shopcaisse_statement_read_number(statement, 0, minor, error);
}
