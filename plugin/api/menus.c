/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Menus: items, groups and what stores have not got, in one answer without pages;
 * docs/PROTOCOL.md 3.8. */
#include "api/menus.h"

#include "api/item-rows.h"
#include "api/path.h"

/**
 * shopcaisse_menus_request:
 * @company_id: the company
 * @type: for which kind of board, or %SHOPCAISSE_BOARD_OTHER for all
 *
 * Asks for the whole offer.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_menus_request(const char *company_id, ShopcaisseBoardType type)
{
  g_return_val_if_fail(company_id != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "menus", NULL);

  shopcaisse_path_add_text(path, "type", shopcaisse_board_type_to_text(type));
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

static gboolean
read_types(json_t *object, ShopcaisseUnavailability *row, GError **error)
{
  g_autoptr(GPtrArray) types = g_ptr_array_new_with_free_func(g_free);
  json_t *array = NULL;

  if (!shopcaisse_json_get_array(object, "types", &array, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size(array); i++) {
    json_t *value = json_array_get(array, i);
    g_autofree char *path = g_strdup_printf("types[%" G_GSIZE_FORMAT "]", i);

    if (!json_is_string(value))
      return shopcaisse_json_fail(error, path, "a string", value);
    g_ptr_array_add(types, g_strdup(json_string_value(value)));
  }
  g_ptr_array_add(types, NULL);
  row->types = (char **)g_ptr_array_free(g_steal_pointer(&types), FALSE);
  return TRUE;
}

static gpointer
read_unavailability(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseUnavailability) row = g_new0(ShopcaisseUnavailability, 1);

  if (!shopcaisse_json_get_id(object, "productId", SHOPCAISSE_JSON_REQUIRED, &row->item_id,
                              error) ||
      !shopcaisse_json_get_id(object, "storeId", SHOPCAISSE_JSON_REQUIRED, &row->store_id, error) ||
      !read_types(object, row, error))
    return NULL;
  return g_steal_pointer(&row);
}

static const ShopcaisseShapeField unavailability_fields[] = {
  { .key = "productId" },
  { .key = "storeId" },
  { .key = "types" },
};

static const ShopcaisseShape unavailability_shape =
    SHOPCAISSE_SHAPE("unavailability", unavailability_fields);

static const ShopcaisseRowKind unavailability_row = {
  .shape = &unavailability_shape,
  .row_read = read_unavailability,
  .row_free = (GDestroyNotify)shopcaisse_unavailability_free,
};

/**
 * shopcaisse_menus_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads the whole offer. All three lists must be there: without one, its rows would seem gone.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not such an object.
 *
 * Returns: (transfer full): the offer
 */
ShopcaisseMenus *
shopcaisse_menus_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  g_autoptr(ShopcaisseMenus) menus = NULL;

  if (root == NULL)
    return NULL;
  menus = g_new0(ShopcaisseMenus, 1);
  menus->items =
      shopcaisse_list_read(json_object_get(root, "items"), "items", &shopcaisse_item_row, error);
  if (menus->items == NULL)
    return NULL;
  menus->groups = shopcaisse_list_read(json_object_get(root, "modifierGroups"), "modifierGroups",
                                       &shopcaisse_modifier_group_row, error);
  if (menus->groups == NULL)
    return NULL;
  menus->unavailabilities = shopcaisse_list_read(json_object_get(root, "unavailabilities"),
                                                 "unavailabilities", &unavailability_row, error);
  return menus->unavailabilities != NULL ? g_steal_pointer(&menus) : NULL;
}

/**
 * shopcaisse_menus_free:
 * @self: (nullable) (transfer full): an offer
 *
 * Frees an offer with its rows.
 */
void
shopcaisse_menus_free(ShopcaisseMenus *self)
{
  if (self == NULL)
    return;
  g_clear_pointer(&self->items, shopcaisse_page_free);
  g_clear_pointer(&self->groups, shopcaisse_page_free);
  g_clear_pointer(&self->unavailabilities, shopcaisse_page_free);
  g_free(self);
}
