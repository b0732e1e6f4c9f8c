/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items of a company; docs/PROTOCOL.md 3.5. A field that the service leaves out is taken as empty,
 * a field of another type leaves the item out. */
#include "api/catalogue.h"
#include "api/item-rows.h"
#include "api/path.h"

#define DEFAULT_UNIT "UNIT"

/* The documentation and its examples disagree on the spelling; docs/PROTOCOL.md 6.1 (2). */
static const char *const barcode_keys[] = { "barcodes", "barCodes" };

/**
 * shopcaisse_items_request:
 * @company_id: the company
 * @page: which page, from 0
 * @page_size: how many rows; at most %SHOPCAISSE_ITEMS_PAGE_SIZE
 *
 * Asks for a page of items.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_items_request(const char *company_id, guint page, guint page_size)
{
  g_return_val_if_fail(company_id != NULL, NULL);
  g_return_val_if_fail(page_size > 0 && page_size <= SHOPCAISSE_ITEMS_PAGE_SIZE, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "items", NULL);

  shopcaisse_path_add_page(path, page, page_size);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

/**
 * shopcaisse_item_request:
 * @company_id: the company
 * @item_id: the item
 *
 * Asks for one item.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_item_request(const char *company_id, const char *item_id)
{
  g_return_val_if_fail(company_id != NULL && item_id != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "items", item_id, NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static void
add_barcode(GPtrArray *barcodes, const char *text)
{
  char *barcode = g_strstrip(g_strdup(text));

  if (barcode[0] != '\0')
    g_ptr_array_add(barcodes, barcode);
  else
    g_free(barcode);
}

static gboolean
read_barcode_value(json_t *value, const char *key, GPtrArray *barcodes, GError **error)
{
  if (value == NULL || json_is_null(value))
    return TRUE;
  if (json_is_string(value)) {
    add_barcode(barcodes, json_string_value(value));
    return TRUE;
  }
  if (!json_is_array(value))
    return shopcaisse_json_fail(error, key, "an array", value);
  for (gsize i = 0; i < json_array_size(value); i++) {
    json_t *element = json_array_get(value, i);

    if (json_is_string(element)) {
      add_barcode(barcodes, json_string_value(element));
    } else if (!json_is_null(element)) {
      g_autofree char *path = g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", key, i);

      return shopcaisse_json_fail(error, path, "a string", element);
    }
  }
  return TRUE;
}

static gboolean
read_barcodes(json_t *object, ShopcaisseItem *item, GError **error)
{
  g_autoptr(GPtrArray) barcodes = g_ptr_array_new_with_free_func(g_free);

  for (gsize i = 0; i < G_N_ELEMENTS(barcode_keys); i++) {
    json_t *value = json_object_get(object, barcode_keys[i]);

    if (!read_barcode_value(value, barcode_keys[i], barcodes, error))
      return FALSE;
  }
  g_ptr_array_add(barcodes, NULL);
  item->barcodes = (char **)g_ptr_array_free(g_steal_pointer(&barcodes), FALSE);
  return TRUE;
}

static gboolean
read_family(json_t *object, ShopcaisseItem *item, GError **error)
{
  json_t *family = NULL;

  if (!shopcaisse_json_get_object(object, "family", &family, error))
    return FALSE;
  if (family == NULL)
    return TRUE;
  if (!shopcaisse_json_get_id(family, "id", SHOPCAISSE_JSON_OPTIONAL, &item->family_id, error) ||
      !shopcaisse_json_get_text(family, "name", &item->family_name, error)) {
    g_prefix_error(error, "family.");
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_vat(json_t *object, const char *key, gint64 *vat_bp, GError **error)
{
  json_t *vat = NULL;

  *vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  if (!shopcaisse_json_get_object(object, key, &vat, error))
    return FALSE;
  if (vat != NULL && !shopcaisse_json_get_rate(vat, "rate", vat_bp, error)) {
    g_prefix_error(error, "%s.", key);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_texts(json_t *object, ShopcaisseItem *item, GError **error)
{
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &item->id, error) ||
      !shopcaisse_json_get_id(object, "companyId", SHOPCAISSE_JSON_OPTIONAL, &item->company_id,
                              error) ||
      !shopcaisse_json_get_id(object, "parentItem", SHOPCAISSE_JSON_OPTIONAL, &item->parent_id,
                              error) ||
      !shopcaisse_json_get_name(object, "name", &item->name, error) ||
      !shopcaisse_json_get_text(object, "type", &item->type_text, error) ||
      !shopcaisse_json_get_text(object, "unit", &item->unit, error) ||
      !shopcaisse_json_get_text(object, "reference", &item->reference, error) ||
      !shopcaisse_json_get_text(object, "description", &item->description, error))
    return FALSE;

  item->type = shopcaisse_item_type_parse(item->type_text);
  if (item->type_text == NULL)
    item->type_text = g_strdup("");
  if (item->unit == NULL)
    item->unit = g_strdup(DEFAULT_UNIT);
  if (item->reference == NULL)
    item->reference = g_strdup("");
  return TRUE;
}

static guint
find_flags(const ShopcaisseItem *item)
{
  guint flags = 0;

  if (!item->has_price)
    flags |= SHOPCAISSE_ITEM_FLAG_NO_PRICE;
  else if (item->price_minor == 0)
    flags |= SHOPCAISSE_ITEM_FLAG_ZERO_PRICE;
  if (item->vat_on_site_bp == SHOPCAISSE_VAT_UNKNOWN &&
      item->vat_take_away_bp == SHOPCAISSE_VAT_UNKNOWN)
    flags |= SHOPCAISSE_ITEM_FLAG_NO_VAT;
  if (shopcaisse_family_name_is_technical(item->family_name))
    flags |= SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY;
  return flags;
}

static gpointer
read_item(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseItem) item = g_new0(ShopcaisseItem, 1);

  if (!read_texts(object, item, error) || !read_barcodes(object, item, error) ||
      !shopcaisse_json_get_price(object, "defaultPrice", &item->has_price, &item->price_minor,
                                 error) ||
      !shopcaisse_json_get_boolean(object, "delete", &item->deleted, error) ||
      !shopcaisse_json_get_boolean(object, "manageStock", &item->manage_stock, error) ||
      !read_family(object, item, error) ||
      !read_vat(object, "vatOnSite", &item->vat_on_site_bp, error) ||
      !read_vat(object, "vatTakeAway", &item->vat_take_away_bp, error))
    return NULL;
  item->flags = find_flags(item);
  return g_steal_pointer(&item);
}

const ShopcaisseRowKind shopcaisse_item_row = {
  .shape = &shopcaisse_item_shape,
  .row_read = read_item,
  .row_free = (GDestroyNotify)shopcaisse_item_free,
};

/**
 * shopcaisse_items_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of items.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseItem
 */
ShopcaissePage *
shopcaisse_items_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &shopcaisse_item_row, error);
}

/**
 * shopcaisse_item_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads one item.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not an item.
 *
 * Returns: (transfer full): the item
 */
ShopcaisseItem *
shopcaisse_item_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  return root != NULL ? read_item(root, error) : NULL;
}
