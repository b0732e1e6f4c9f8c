/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing prices: one, many in one list, or a new list; docs/PROTOCOL.md 3.10. A call is done when
 * the prices that were read again are the ones that were meant, not when it answered 200. */
#include "api/price-write.h"

#include "api/json-writer.h"
#include "api/path.h"
#include "model/money.h"
#include "model/text.h"

static gboolean
can_be_price(gint64 minor)
{
  return minor >= 0 && minor <= SHOPCAISSE_MONEY_MAX_MINOR;
}

static gboolean
can_be_written(const GPtrArray *prices)
{
  for (guint i = 0; i < prices->len; i++) {
    const ShopcaissePrice *price = g_ptr_array_index(prices, i);

    if (!price->has_price || !can_be_price(price->price_minor) ||
        !shopcaisse_text_is_id(price->item_id))
      return FALSE;
  }
  return prices->len <= SHOPCAISSE_PRICES_WRITE_MAX;
}

static void
add_prices(GString *json, const char *key, const GPtrArray *prices, ShopcaisseForm form)
{
  shopcaisse_json_begin_array(json, key);
  for (guint i = 0; i < prices->len; i++) {
    const ShopcaissePrice *price = g_ptr_array_index(prices, i);

    shopcaisse_json_begin_object(json, NULL);
    shopcaisse_json_add_money(json, "price", price->price_minor, form);
    shopcaisse_json_add_text(json, "itemId", price->item_id);
    shopcaisse_json_end_object(json);
  }
  shopcaisse_json_end_array(json);
}

/**
 * shopcaisse_price_build:
 * @price_minor: the price in cents, with VAT, not negative
 * @form: how amounts are written there: %SHOPCAISSE_FORM_DECIMAL, unless it was found out otherwise
 *
 * Writes one price as JSON.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_price_build(gint64 price_minor, ShopcaisseForm form)
{
  g_return_val_if_fail(can_be_price(price_minor) && form != SHOPCAISSE_FORM_UNKNOWN, NULL);

  GString *json = g_string_new(NULL);

  shopcaisse_json_begin_object(json, NULL);
  shopcaisse_json_add_money(json, "price", price_minor, form);
  shopcaisse_json_end_object(json);
  return g_string_free_to_bytes(json);
}

/**
 * shopcaisse_price_put_request:
 * @company_id: the company
 * @list_id: the price list
 * @item_id: the item
 * @body: what [func@Shopcaisse.price_build] gave; a reference is taken
 *
 * Sets the price of one item in one list.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_price_put_request(const char *company_id,
                             const char *list_id,
                             const char *item_id,
                             GBytes *body)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && shopcaisse_text_is_id(list_id), NULL);
  g_return_val_if_fail(shopcaisse_text_is_id(item_id) && body != NULL, NULL);

  GString *path =
      shopcaisse_path_new("companies", company_id, "prices", list_id, "items", item_id, NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_PUT, g_string_free(path, FALSE), body,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_prices_build:
 * @prices: (element-type ShopcaissePrice): at most %SHOPCAISSE_PRICES_WRITE_MAX, each with a price
 * @form: how amounts are written there; see [func@Shopcaisse.price_build]
 *
 * Writes many prices as JSON, in the order of @prices.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_prices_build(const GPtrArray *prices, ShopcaisseForm form)
{
  g_return_val_if_fail(prices != NULL && can_be_written(prices), NULL);
  g_return_val_if_fail(form != SHOPCAISSE_FORM_UNKNOWN, NULL);

  GString *json = g_string_new(NULL);

  add_prices(json, NULL, prices, form);
  return g_string_free_to_bytes(json);
}

/**
 * shopcaisse_prices_put_request:
 * @company_id: the company
 * @list_id: the price list
 * @body: what [func@Shopcaisse.prices_build] gave; a reference is taken
 *
 * Sets many prices of one list. Whether the prices that are not named stay is unknown:
 * docs/PROTOCOL.md 3.10.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_prices_put_request(const char *company_id, const char *list_id, GBytes *body)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && shopcaisse_text_is_id(list_id), NULL);
  g_return_val_if_fail(body != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "prices", list_id, NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_PUT, g_string_free(path, FALSE), body,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

/**
 * shopcaisse_price_list_create_request:
 * @company_id: the company
 * @draft: the list
 * @form: how amounts are written there; see [func@Shopcaisse.price_build]
 *
 * Makes a price list. Nothing recognises a repetition: the lists are read first.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_price_list_create_request(const char *company_id,
                                     const ShopcaissePriceListDraft *draft,
                                     ShopcaisseForm form)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && draft != NULL, NULL);
  g_return_val_if_fail(shopcaisse_text_is_id(draft->store_id) && draft->name != NULL, NULL);
  g_return_val_if_fail(draft->prices != NULL && can_be_written(draft->prices), NULL);
  g_return_val_if_fail(form != SHOPCAISSE_FORM_UNKNOWN, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "prices", NULL);
  GString *json = g_string_new(NULL);
  g_autoptr(GBytes) body = NULL;

  shopcaisse_json_begin_object(json, NULL);
  shopcaisse_json_add_text(json, "store", draft->store_id);
  shopcaisse_json_add_text(json, "name", draft->name);
  if (draft->description != NULL)
    shopcaisse_json_add_text(json, "description", draft->description);
  add_prices(json, "prices", draft->prices, form);
  shopcaisse_json_end_object(json);
  body = g_string_free_to_bytes(json);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_POST, g_string_free(path, FALSE), body,
                                SHOPCAISSE_ANSWER_MAX);
}
