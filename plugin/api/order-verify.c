/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking whether an order would be taken, with the very text that would be sent; docs/PROTOCOL.md
 * 3.17. Nobody has said that nothing is stored, nor what is answered. */
#include "api/order-rows.h"
#include "api/orders.h"
#include "api/path.h"

#define LENT_ID "verified"

/**
 * shopcaisse_order_verify_path:
 * @store_id: the store
 * @pos_id: (nullable): the register that shall get the order
 * @price_list: (nullable): the price list its prices are from
 *
 * Names where an order is checked. What is posted there, with
 * [func@Shopcaisse.order_create_request], is the text of [func@Shopcaisse.order_build].
 *
 * Returns: (transfer full): path and query
 */
char *
shopcaisse_order_verify_path(const char *store_id, const char *pos_id, const char *price_list)
{
  g_return_val_if_fail(store_id != NULL, NULL);

  GString *path =
      shopcaisse_path_new("stores", store_id, "orders-with-payments", "orders", "verify", NULL);

  shopcaisse_path_add_text(path, "pos", pos_id);
  shopcaisse_path_add_text(path, "priceList", price_list);
  return g_string_free(path, FALSE);
}

static gboolean
looks_like_an_order(json_t *root)
{
  return json_is_object(root) && (json_is_array(json_object_get(root, "items")) ||
                                  json_is_string(json_object_get(root, "orderId")));
}

/* A check that stores nothing may have no id to answer: one is lent, for the reader wants it. */
static ShopcaisseOrderEcho *
read_echo(json_t *root, GError **error)
{
  json_t *id = json_object_get(root, "id");

  if (id == NULL || json_is_null(id))
    json_object_set_new(root, "id", json_string(LENT_ID));
  return shopcaisse_order_row.row_read(root, error);
}

/**
 * shopcaisse_order_verify_parse:
 * @body: (nullable): the answer to a check that was not refused
 * @verification: (out): what it says
 * @echo: (out) (transfer full) (nullable): the order as the service understood it
 * @error: return location for an error
 *
 * Reads the answer to a check. What it looks like is unknown: an order is read as one, and is to be
 * compared; from anything else, nothing can be concluded.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is neither empty nor JSON, or an order that
 * cannot be read.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_order_verify_parse(GBytes *body,
                              ShopcaisseVerification *verification,
                              ShopcaisseOrderEcho **echo,
                              GError **error)
{
  g_return_val_if_fail(verification != NULL && echo != NULL, FALSE);

  g_autoptr(json_t) root = NULL;
  ShopcaisseOrderEcho *read = NULL;

  if (body != NULL && g_bytes_get_size(body) > 0) {
    root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);
    if (root == NULL)
      return FALSE;
  }
  if (looks_like_an_order(root)) {
    read = read_echo(root, error);
    if (read == NULL)
      return FALSE;
  }
  *verification = read != NULL ? SHOPCAISSE_VERIFICATION_ECHO : SHOPCAISSE_VERIFICATION_SILENT;
  *echo = read;
  return TRUE;
}
