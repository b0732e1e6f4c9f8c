/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the parcels of a sale are, read from the host after its sales. The service has no call
 * for parcels: what is known of them stands beside the order and in its history. */
#include "engine/shipments.h"

#include "config.h"
#include "model/row.h"
#include "model/timestamp.h"
#include "store/sale-events.h"
#include "store/sales.h"

#include <glib/gi18n-lib.h>

#define PAGE_LIMIT 200
#define PAGES_MAX  1000
#define KIND       "shipment" /* of an event */

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  gint64 since;
  guint n_pages;
} Reading;

static void page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

static void
ask_page(Reading *self, const char *cursor)
{
  g_autofree char *since = shopcaisse_timestamp_to_text(self->since);
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, "since", "s", since);
  g_variant_dict_insert(&query, "limit", "u", (guint32)PAGE_LIMIT);
  if (cursor != NULL)
    g_variant_dict_insert(&query, "cursor", "s", cursor);
  self->context->host->ask(self->context->host, SHOPCAISSE_ASK_LIST_SHIPMENTS,
                           g_variant_dict_end(&query), page_cb, self);
}

/**
 * shopcaisse_shipments_ask:
 * @context: the engine's parts
 * @since: UTC, microseconds: parcels that changed at or after it
 *
 * Reads the parcels of the host, page by page.
 */
void
shopcaisse_shipments_ask(ShopcaisseContext *context, gint64 since)
{
  Reading *self = NULL;

  if ((context->host->features & COMPTOIR_HOST_LIST_SHIPMENTS) == 0)
    return;
  self = g_new0(Reading, 1);
  self->context = context;
  self->since = since;
  ask_page(self, NULL);
}

static ShopcaisseShipment *
read_row(GVariant *row, GError **error)
{
  g_autoptr(ShopcaisseShipment) shipment = g_new0(ShopcaisseShipment, 1);

  if (!shopcaisse_row_get_id(row, "id", SHOPCAISSE_ROW_REQUIRED, &shipment->id, error) ||
      !shopcaisse_row_get_id(row, "sale_id", SHOPCAISSE_ROW_REQUIRED, &shipment->sale_id, error) ||
      !shopcaisse_row_get_text(row, "carrier", SHOPCAISSE_ROW_OPTIONAL, &shipment->carrier,
                               error) ||
      !shopcaisse_row_get_text(row, "number", SHOPCAISSE_ROW_OPTIONAL, &shipment->number, error) ||
      !shopcaisse_row_get_time(row, "sent_at", SHOPCAISSE_ROW_OPTIONAL, &shipment->sent_at, error))
    return NULL;
  if (shipment->carrier == NULL)
    shipment->carrier = g_strdup("");
  if (shipment->number == NULL)
    shipment->number = g_strdup("");
  return g_steal_pointer(&shipment);
}

/* "2/3": the same again is no event. */
static gboolean
note_event(ShopcaisseContext *context, const char *sale_id, GError **error)
{
  g_autoptr(GPtrArray) shipments = shopcaisse_shipments_list(context->database, sale_id, error);
  g_autofree char *word = NULL;
  ShopcaisseShipmentCount count = { 0, 0 };

  if (shipments == NULL)
    return FALSE;
  count = shopcaisse_shipments_count(shipments);
  word = g_strdup_printf("%u/%u", count.n_sent, count.n_all);
  return shopcaisse_sale_events_note(context->database, sale_id, KIND, word,
                                     shopcaisse_context_get_now(context), error);
}

static gboolean
store_row(ShopcaisseContext *context, GVariant *row, GPtrArray *sales, GError **error)
{
  g_autoptr(GError) row_error = NULL;
  g_autoptr(ShopcaisseShipment) shipment = read_row(row, &row_error);
  g_autoptr(ShopcaisseSaleRecord) sale = NULL;
  gboolean is_deleted = FALSE;

  /* One bad row is named and the others go on. */
  if (shipment == NULL)
    return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, "catch-up", "",
                                      row_error->message, error);
  sale = shopcaisse_sales_get(context->database, shipment->sale_id, &row_error);
  if (row_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&row_error));
    return FALSE;
  }
  /* Of a sale from before the connection, perhaps. */
  if (sale == NULL)
    return TRUE;
  (void)shopcaisse_row_get_boolean(row, "deleted", &is_deleted, NULL);
  if (!g_ptr_array_find_with_equal_func(sales, shipment->sale_id, g_str_equal, NULL))
    g_ptr_array_add(sales, g_strdup(shipment->sale_id));
  return is_deleted ? shopcaisse_shipments_delete(context->database, shipment->id, error)
                    : shopcaisse_shipments_put(context->database, shipment, error);
}

/* What a page says of a sale is one event. */
static gboolean
store_rows(ShopcaisseContext *context, GVariant *rows, GError **error)
{
  g_autoptr(GPtrArray) sales = g_ptr_array_new_with_free_func(g_free);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (!store_row(context, row, sales, error))
      return FALSE;
  }
  for (guint i = 0; i < sales->len; i++) {
    if (!note_event(context, sales->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_page(ShopcaisseContext *context, GVariant *answer, GError **error)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));

  if (rows == NULL || g_variant_n_children(rows) == 0)
    return TRUE;
  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if (!store_rows(context, rows, error) || !shopcaisse_database_commit(context->database, error)) {
    shopcaisse_database_rollback(context->database);
    return FALSE;
  }
  shopcaisse_context_list_changed(context, "orders");
  return TRUE;
}

static void
page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr(GError) store_error = NULL;
  const char *cursor = NULL;

  (void)cost_us;
  if (error != NULL)
    g_debug("the host's shipments: %s", error->message);
  else if (!self->context->is_closing && !store_page(self->context, answer, &store_error))
    g_warning("the host's shipments: %s, ignoring", store_error->message);
  else if (!self->context->is_closing && g_variant_lookup(answer, "cursor", "&s", &cursor) &&
           ++self->n_pages < PAGES_MAX)
    return ask_page(self, cursor);
  g_free(self);
}

/**
 * shopcaisse_shipments_describe:
 * @count: of a sale's parcels
 *
 * Returns: (transfer full): a sentence about them
 */
char *
shopcaisse_shipments_describe(ShopcaisseShipmentCount count)
{
  return g_strdup_printf(
      /* Translators: how many parcels of a sale were sent, and how many there are. */
      g_dngettext(GETTEXT_PACKAGE, "%1$u of %2$u parcel sent", "%1$u of %2$u parcels sent",
                  count.n_all),
      count.n_sent, count.n_all);
}

static GVariant *
build_row(const ShopcaisseShipment *shipment)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", shipment->id);
  g_variant_dict_insert(&row, "carrier", "s", shipment->carrier);
  g_variant_dict_insert(&row, "number", "s", shipment->number);
  if (shipment->sent_at != 0) {
    g_autofree char *sent_at = shopcaisse_timestamp_to_text(shipment->sent_at);

    g_variant_dict_insert(&row, "sent_at", "s", sent_at);
  }
  return g_variant_dict_end(&row);
}

/**
 * shopcaisse_shipments_insert:
 * @context: the engine's parts
 * @sale_id: the host's id
 * @row: (inout): a row of the list of orders
 *
 * Adds what is known of the sale's parcels. What cannot be read is left out.
 */
void
shopcaisse_shipments_insert(ShopcaisseContext *context, const char *sale_id, GVariantDict *row)
{
  g_autoptr(GPtrArray) shipments = shopcaisse_shipments_list(context->database, sale_id, NULL);
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_autofree char *name = NULL;

  if (shipments == NULL || shipments->len == 0)
    return;
  for (guint i = 0; i < shipments->len; i++)
    g_variant_builder_add_value(&rows, build_row(shipments->pdata[i]));
  name = shopcaisse_shipments_describe(shopcaisse_shipments_count(shipments));
  g_variant_dict_insert_value(row, "shipments", g_variant_builder_end(&rows));
  g_variant_dict_insert(row, "shipping_name", "s", name);
}
