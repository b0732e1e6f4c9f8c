/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the service's list of orders held when it was last read: the day close compares it with the
 * sales, so that an order that is gone, doubled or nobody's is seen. */
#include "store/listed-orders.h"

#include "store/statement.h"

/**
 * shopcaisse_listed_order_new:
 *
 * Returns: (transfer full): an order of which nothing is known
 */
ShopcaisseListedOrder *
shopcaisse_listed_order_new(void)
{
  ShopcaisseListedOrder *self = g_new0(ShopcaisseListedOrder, 1);

  self->id = g_strdup("");
  self->store_id = g_strdup("");
  self->pos_id = g_strdup("");
  self->order_id = g_strdup("");
  self->status = g_strdup("");
  self->goods_minor = SHOPCAISSE_LISTED_UNKNOWN;
  self->paid_minor = SHOPCAISSE_LISTED_UNKNOWN;
  self->pickup_at = -1;
  return self;
}

/**
 * shopcaisse_listed_order_free:
 * @self: (transfer full) (nullable): an order
 *
 * Frees an order.
 */
void
shopcaisse_listed_order_free(ShopcaisseListedOrder *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->store_id);
  g_free(self->pos_id);
  g_free(self->order_id);
  g_free(self->status);
  g_free(self->receipt_id);
  g_free(self->document_id);
  g_free(self);
}

static void
bind_amount(ShopcaisseStatement *statement, int index, gint64 minor)
{
  if (minor != SHOPCAISSE_LISTED_UNKNOWN)
    sqlite3_bind_int64(statement, index, minor);
}

/**
 * shopcaisse_listed_orders_put:
 * @database: the database
 * @order: what was listed; copied
 * @error: return location for an error
 *
 * Writes an order as it was listed. One that two registers list in one sweep is at neither for
 * sure: the service may not look at the register that was asked for; docs/PROTOCOL.md 3.12.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_listed_orders_put(ShopcaisseDatabase *database,
                             const ShopcaisseListedOrder *order,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO listed_order (id, store_id, pos_id, order_id, is_ours, is_test, status,"
      " goods_minor, paid_minor, receipt_id, document_id, pickup_at, sweep)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
      " ON CONFLICT (id) DO UPDATE SET store_id = excluded.store_id, pos_id ="
      " CASE WHEN listed_order.sweep = excluded.sweep AND listed_order.pos_id <> excluded.pos_id"
      " THEN '' ELSE excluded.pos_id END,"
      " order_id = excluded.order_id, is_ours = excluded.is_ours, is_test = excluded.is_test,"
      " status = excluded.status, goods_minor = excluded.goods_minor,"
      " paid_minor = excluded.paid_minor, receipt_id = excluded.receipt_id,"
      " document_id = excluded.document_id, pickup_at = excluded.pickup_at,"
      " sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, order->id);
  shopcaisse_statement_bind_text(statement, 2, order->store_id);
  shopcaisse_statement_bind_text(statement, 3, order->pos_id);
  shopcaisse_statement_bind_text(statement, 4, order->order_id);
  sqlite3_bind_int(statement, 5, order->is_ours ? 1 : 0);
  sqlite3_bind_int(statement, 6, order->is_test ? 1 : 0);
  shopcaisse_statement_bind_text(statement, 7, order->status);
  bind_amount(statement, 8, order->goods_minor);
  bind_amount(statement, 9, order->paid_minor);
  shopcaisse_statement_bind_text(statement, 10, order->receipt_id);
  shopcaisse_statement_bind_text(statement, 11, order->document_id);
  sqlite3_bind_int64(statement, 12, order->pickup_at);
  sqlite3_bind_int64(statement, 13, order->sweep);
  return shopcaisse_statement_run(statement, error);
}

static gint64
read_amount(ShopcaisseStatement *row, int column)
{
  return sqlite3_column_type(row, column) == SQLITE_NULL ? SHOPCAISSE_LISTED_UNKNOWN
                                                         : sqlite3_column_int64(row, column);
}

static ShopcaisseListedOrder *
read_order(ShopcaisseStatement *row)
{
  ShopcaisseListedOrder *order = g_new0(ShopcaisseListedOrder, 1);

  order->id = shopcaisse_statement_dup_text(row, 0);
  order->store_id = shopcaisse_statement_dup_text(row, 1);
  order->pos_id = shopcaisse_statement_dup_text(row, 2);
  order->order_id = shopcaisse_statement_dup_text(row, 3);
  order->is_ours = sqlite3_column_int(row, 4) != 0;
  order->is_test = sqlite3_column_int(row, 5) != 0;
  order->status = shopcaisse_statement_dup_text(row, 6);
  order->goods_minor = read_amount(row, 7);
  order->paid_minor = read_amount(row, 8);
  order->receipt_id = shopcaisse_statement_dup_text(row, 9);
  order->document_id = shopcaisse_statement_dup_text(row, 10);
  order->pickup_at = sqlite3_column_int64(row, 11);
  order->sweep = sqlite3_column_int64(row, 12);
  return order;
}

/**
 * shopcaisse_listed_orders_list:
 * @database: the database
 * @store_id: the store
 * @window: the pick-up times
 * @error: return location for an error
 *
 * Lists what was listed, by pick-up time.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseListedOrder): the orders; %NULL on failure
 */
GPtrArray *
shopcaisse_listed_orders_list(ShopcaisseDatabase *database,
                              const char *store_id,
                              const ShopcaisseTimeWindow *window,
                              GError **error)
{
  g_autoptr(GPtrArray) orders =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_listed_order_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT id, store_id, pos_id, order_id, is_ours, is_test, status, goods_minor, paid_minor,"
      " receipt_id, document_id, pickup_at, sweep FROM listed_order"
      " WHERE store_id = ?1 AND pickup_at >= ?2 AND pickup_at < ?3 ORDER BY pickup_at, id"
      " LIMIT ?4 OFFSET ?5",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  sqlite3_bind_int64(statement, 2, window->from);
  sqlite3_bind_int64(statement, 3, window->to != 0 ? window->to : G_MAXINT64);
  sqlite3_bind_int64(statement, 4, window->limit != 0 ? (gint64)window->limit : -1);
  sqlite3_bind_int64(statement, 5, window->offset);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&orders);
    g_ptr_array_add(orders, read_order(statement));
  }
}
