/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Price lists of a company and the prices in one of them; docs/PROTOCOL.md 3.10. */
#include "api/catalogue.h"
#include "api/page-read.h"
#include "api/path.h"
#include "api/price-write.h"

/**
 * shopcaisse_price_lists_request:
 * @company_id: the company
 * @page: which page, from 0
 *
 * Asks for a page of price lists.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_price_lists_request(const char *company_id, guint page)
{
  g_return_val_if_fail(company_id != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "prices", NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_LISTS_PAGE_SIZE);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_prices_request:
 * @company_id: the company
 * @list_id: the price list
 * @page: which page, from 0
 * @page_size: how many rows; at most %SHOPCAISSE_PRICES_PAGE_SIZE
 *
 * Asks for a page of the prices in a list.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_prices_request(const char *company_id, const char *list_id, guint page, guint page_size)
{
  g_return_val_if_fail(company_id != NULL && list_id != NULL, NULL);
  g_return_val_if_fail(page_size > 0 && page_size <= SHOPCAISSE_PRICES_PAGE_SIZE, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "prices", list_id, NULL);

  shopcaisse_path_add_page(path, page, page_size);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

static gpointer
read_price_list(json_t *object, GError **error)
{
  g_autoptr(ShopcaissePriceList) list = g_new0(ShopcaissePriceList, 1);

  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &list->id, error) ||
      !shopcaisse_json_get_name(object, "name", &list->name, error) ||
      !shopcaisse_json_get_id(object, "ownerStoreId", SHOPCAISSE_JSON_OPTIONAL, &list->store_id,
                              error))
    return NULL;
  return g_steal_pointer(&list);
}

static gpointer
read_price(json_t *object, GError **error)
{
  g_autoptr(ShopcaissePrice) price = g_new0(ShopcaissePrice, 1);

  if (!shopcaisse_json_get_id(object, "item", SHOPCAISSE_JSON_REQUIRED, &price->item_id, error) ||
      !shopcaisse_json_get_price(object, "price", &price->has_price, &price->price_minor, error))
    return NULL;
  return g_steal_pointer(&price);
}

static const ShopcaisseShapeField price_list_fields[] = {
  { .key = "id" },
  { .key = "ownerStoreId" },
  { .key = "name" },
  { .key = "description" },
};

static const ShopcaisseShape price_list_shape = SHOPCAISSE_SHAPE("priceList", price_list_fields);

static const ShopcaisseRowKind price_list_row = {
  .shape = &price_list_shape,
  .row_read = read_price_list,
  .row_free = (GDestroyNotify)shopcaisse_price_list_free,
};

static const ShopcaisseShapeField price_fields[] = {
  { .key = "priceList" },
  { .key = "item" },
  { .key = "price" },
};

static const ShopcaisseShape price_shape = SHOPCAISSE_SHAPE("price", price_fields);

static const ShopcaisseRowKind price_row = {
  .shape = &price_shape,
  .row_read = read_price,
  .row_free = (GDestroyNotify)shopcaisse_price_free,
};

/**
 * shopcaisse_price_lists_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of price lists.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaissePriceList
 */
ShopcaissePage *
shopcaisse_price_lists_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &price_list_row, error);
}

/**
 * shopcaisse_prices_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of prices. An item without a price in this list has none there.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaissePrice
 */
ShopcaissePage *
shopcaisse_prices_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &price_row, error);
}

/**
 * shopcaisse_price_parse:
 * @body: the answer to the writing of one price
 * @error: return location for an error
 *
 * Reads the price that is now there.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a price.
 *
 * Returns: (transfer full): the price
 */
ShopcaissePrice *
shopcaisse_price_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  return root != NULL ? read_price(root, error) : NULL;
}

/**
 * shopcaisse_written_prices_parse:
 * @body: the answer to the writing of many prices
 * @error: return location for an error
 *
 * Reads the prices that are now there; a bare list, docs/PROTOCOL.md 2.2.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is no list.
 *
 * Returns: (transfer full): a page of #ShopcaissePrice
 */
ShopcaissePage *
shopcaisse_written_prices_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);

  return root != NULL ? shopcaisse_list_read(root, "", &price_row, error) : NULL;
}

/**
 * shopcaisse_price_list_parse:
 * @body: the answer to the making of a list
 * @error: return location for an error
 *
 * Reads one price list.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a price list.
 *
 * Returns: (transfer full): the list
 */
ShopcaissePriceList *
shopcaisse_price_list_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  return root != NULL ? read_price_list(root, error) : NULL;
}
