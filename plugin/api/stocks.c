/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stocks of a store, which can only be read; docs/PROTOCOL.md 3.11. They may be negative and have
 * fractions. */
#include "api/catalogue.h"
#include "api/page-read.h"
#include "api/path.h"

/**
 * shopcaisse_stocks_request:
 * @store_id: the store
 * @type: (nullable): the board type that some deployments want
 * @page: which page, from 0
 * @page_size: how many rows; at most %SHOPCAISSE_STOCKS_PAGE_SIZE
 *
 * Asks for a page of stocks.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_stocks_request(const char *store_id, const char *type, guint page, guint page_size)
{
  g_return_val_if_fail(store_id != NULL, NULL);
  g_return_val_if_fail(page_size > 0 && page_size <= SHOPCAISSE_STOCKS_PAGE_SIZE, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "stocks", NULL);

  shopcaisse_path_add_page(path, page, page_size);
  shopcaisse_path_add_text(path, "type", type);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

static gpointer
read_stock(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseStock) stock = g_new0(ShopcaisseStock, 1);
  gint64 for_customers = 0;
  gint64 for_suppliers = 0;

  if (!shopcaisse_json_get_id(object, "item", SHOPCAISSE_JSON_REQUIRED, &stock->item_id, error) ||
      !shopcaisse_json_get_milli(object, "stock", SHOPCAISSE_JSON_REQUIRED, &stock->stock_milli,
                                 error) ||
      !shopcaisse_json_get_milli(object, "reservedForCustomers", SHOPCAISSE_JSON_OPTIONAL,
                                 &for_customers, error) ||
      !shopcaisse_json_get_milli(object, "reservedForSuppliers", SHOPCAISSE_JSON_OPTIONAL,
                                 &for_suppliers, error))
    return NULL;
  stock->reserved_milli = for_customers + for_suppliers;
  return g_steal_pointer(&stock);
}

static const ShopcaisseShapeField stock_fields[] = {
  { .key = "item" },
  { .key = "stock" },
  { .key = "reservedForCustomers" },
  { .key = "reservedForSuppliers" },
};

static const ShopcaisseShape stock_shape = SHOPCAISSE_SHAPE("stock", stock_fields);

static const ShopcaisseRowKind stock_row = {
  .shape = &stock_shape,
  .row_read = read_stock,
  .row_free = (GDestroyNotify)shopcaisse_stock_free,
};

/**
 * shopcaisse_stocks_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of stocks.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseStock
 */
ShopcaissePage *
shopcaisse_stocks_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &stock_row, error);
}
