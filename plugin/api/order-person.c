/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Takes a customer out of an order that was written already. Everything else stays as it is, byte
 * for byte: amounts, ids, the order of the members. docs/PROTOCOL.md 3.12. */
#include "api/order-person.h"

#include "api/json-edit.h"
#include "api/json-writer.h"
#include "api/json.h"

#include <string.h>

typedef struct {
  const char *text;
  gsize size;
  gsize at;
  ShopcaisseMask *mask; /* (not owned) */
  GString *masked;      /* (not owned) */
  gboolean is_note;     /* the key that was read last holds words for people */
} Walk;

static gboolean
read_delivery(json_t *root, ShopcaisseAddress *delivery, GError **error)
{
  json_t *found = json_object_get(root, "deliveryAddress");

  return !json_is_object(found) ||
         (shopcaisse_json_get_text(found, "street", &delivery->street, error) &&
          shopcaisse_json_get_text(found, "extraAddressInfo", &delivery->extra, error));
}

/**
 * shopcaisse_order_read_customer:
 * @body: the text of an order
 * @customer: (out caller-allocates): empty before
 * @error: return location for an error
 *
 * Reads who the order is for.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @body is no order.
 *
 * Returns: %TRUE on success, also when it is for nobody
 */
gboolean
shopcaisse_order_read_customer(GBytes *body, ShopcaisseCustomer *customer, GError **error)
{
  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  json_t *found = root != NULL ? json_object_get(root, "customer") : NULL;

  if (root == NULL || !read_delivery(root, &customer->delivery, error))
    return FALSE;
  return !json_is_object(found) ||
         (shopcaisse_json_get_text(found, "name", &customer->name, error) &&
          shopcaisse_json_get_text(found, "companyName", &customer->company, error) &&
          shopcaisse_json_get_text(found, "phoneNumber", &customer->phone, error) &&
          shopcaisse_json_get_text(found, "email", &customer->email, error));
}

static gsize
find_string_end(const Walk *walk)
{
  gsize end = walk->at + 1;

  while (end < walk->size && walk->text[end] != '"')
    end += walk->text[end] == '\\' ? 2 : 1;
  return MIN(end + 1, walk->size);
}

static gboolean
is_key(const Walk *walk, gsize end)
{
  while (end < walk->size && strchr(" \t\r\n", walk->text[end]) != NULL)
    end++;
  return end < walk->size && walk->text[end] == ':';
}

static char *
read_string(const Walk *walk, gsize end)
{
  json_t *value = json_loadb(walk->text + walk->at, end - walk->at, JSON_DECODE_ANY, NULL);
  char *text = g_strdup(json_string_value(value));

  json_decref(value);
  return text;
}

static void
copy_string(Walk *walk)
{
  gsize end = find_string_end(walk);
  g_autofree char *text = read_string(walk, end);
  g_autofree char *masked = NULL;
  g_autofree char *quoted = NULL;

  if (is_key(walk, end))
    walk->is_note = g_strcmp0(text, "note") == 0 || g_strcmp0(text, "remark") == 0;
  else if (walk->is_note)
    masked = shopcaisse_mask_apply(walk->mask, text);
  if (masked != NULL) {
    quoted = shopcaisse_json_quote(masked);
    g_string_append(walk->masked, quoted);
  } else {
    g_string_append_len(walk->masked, walk->text + walk->at, (gssize)(end - walk->at));
  }
  walk->at = end;
}

/**
 * shopcaisse_order_mask_notes:
 * @body: the text of an order, well-formed
 * @mask: finds somebody
 *
 * Takes what @mask finds out of the notes of the order and of its lines.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_order_mask_notes(GBytes *body, ShopcaisseMask *mask)
{
  Walk walk = { .mask = mask };

  walk.text = g_bytes_get_data(body, &walk.size);
  walk.masked = g_string_sized_new(walk.size);
  while (walk.at < walk.size) {
    if (walk.text[walk.at] == '"')
      copy_string(&walk);
    else
      g_string_append_c(walk.masked, walk.text[walk.at++]);
  }
  return g_string_free_to_bytes(walk.masked);
}

/**
 * shopcaisse_order_without_customer:
 * @body: the text of an order that was not accepted
 * @mask: finds the customer in the notes
 * @error: return location for an error
 *
 * Writes the order for nobody.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @body is no order.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_order_without_customer(GBytes *body, ShopcaisseMask *mask, GError **error)
{
  const ShopcaisseJsonMember nobody[] = { { "customer", NULL }, { "deliveryAddress", NULL } };
  g_autoptr(GBytes) stripped = shopcaisse_json_edit(body, nobody, G_N_ELEMENTS(nobody), error);

  return stripped != NULL ? shopcaisse_order_mask_notes(stripped, mask) : NULL;
}
