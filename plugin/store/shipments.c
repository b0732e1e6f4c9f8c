/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parcels of the host's sales. Shopcaisse has no call for them: they are shown beside the
 * order. */
#include "store/shipments.h"

#include "store/statement.h"

/**
 * shopcaisse_shipment_free:
 * @self: (nullable) (transfer full): a parcel
 *
 * Releases it.
 */
void
shopcaisse_shipment_free(ShopcaisseShipment *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->sale_id);
  g_free(self->carrier);
  g_free(self->number);
  g_free(self);
}

/**
 * shopcaisse_shipments_put:
 * @database: the database
 * @shipment: a parcel
 * @error: return location for an error
 *
 * Notes a parcel as it is now.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_shipments_put(ShopcaisseDatabase *database,
                         const ShopcaisseShipment *shipment,
                         GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "INSERT INTO shipment (id, sale_id, carrier, number, sent_at) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (id) DO UPDATE SET sale_id = excluded.sale_id, carrier = excluded.carrier,"
      " number = excluded.number, sent_at = excluded.sent_at",
      error);

  if (row == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(row, 1, shipment->id);
  shopcaisse_statement_bind_text(row, 2, shipment->sale_id);
  shopcaisse_statement_bind_text(row, 3, shipment->carrier);
  shopcaisse_statement_bind_text(row, 4, shipment->number);
  sqlite3_bind_int64(row, 5, shipment->sent_at);
  return shopcaisse_statement_run(row, error);
}

/**
 * shopcaisse_shipments_delete:
 * @database: the database
 * @id: the host's id of a parcel
 * @error: return location for an error
 *
 * Forgets a parcel, if it is known.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_shipments_delete(ShopcaisseDatabase *database, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) row =
      shopcaisse_database_prepare(database, "DELETE FROM shipment WHERE id = ?1", error);

  if (row == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(row, 1, id);
  return shopcaisse_statement_run(row, error);
}

static ShopcaisseShipment *
read_shipment(ShopcaisseStatement *row)
{
  ShopcaisseShipment *self = g_new0(ShopcaisseShipment, 1);

  self->id = shopcaisse_statement_dup_text(row, 0);
  self->sale_id = shopcaisse_statement_dup_text(row, 1);
  self->carrier = shopcaisse_statement_dup_text(row, 2);
  self->number = shopcaisse_statement_dup_text(row, 3);
  self->sent_at = sqlite3_column_int64(row, 4);
  return self;
}

/**
 * shopcaisse_shipments_list:
 * @database: the database
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Lists the parcels of a sale.
 *
 * Returns: (transfer full) (element-type ShopcaisseShipment): %NULL with %COMPTOIR_ERROR_STORAGE
 */
GPtrArray *
shopcaisse_shipments_list(ShopcaisseDatabase *database, const char *sale_id, GError **error)
{
  g_autoptr(GPtrArray) found =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_shipment_free);
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT id, sale_id, carrier, number, sent_at FROM shipment WHERE sale_id = ?1"
      " ORDER BY sent_at = 0, sent_at, id",
      error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, sale_id);
  do {
    if (!shopcaisse_statement_step(row, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add(found, read_shipment(row));
  } while (has_row);
  return g_steal_pointer(&found);
}

/**
 * shopcaisse_shipments_count:
 * @shipments: (element-type ShopcaisseShipment): parcels of a sale
 *
 * Returns: how many there are, and how many of them were sent
 */
ShopcaisseShipmentCount
shopcaisse_shipments_count(const GPtrArray *shipments)
{
  ShopcaisseShipmentCount count = { .n_all = shipments->len };

  for (guint i = 0; i < shipments->len; i++)
    count.n_sent += ((const ShopcaisseShipment *)shipments->pdata[i])->sent_at != 0 ? 1 : 0;
  return count;
}
