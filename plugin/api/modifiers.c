/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Groups of modifiers of a company, which are made on the iPad alone; docs/PROTOCOL.md 3.7. */
#include "api/item-rows.h"
#include "api/menus.h"
#include "api/path.h"

/**
 * shopcaisse_modifier_groups_request:
 * @company_id: the company
 * @page: which page, from 0
 * @page_size: how many rows; at most %SHOPCAISSE_MODIFIER_GROUPS_PAGE_SIZE
 *
 * Asks for a page of groups.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_modifier_groups_request(const char *company_id, guint page, guint page_size)
{
  g_return_val_if_fail(company_id != NULL, NULL);
  g_return_val_if_fail(page_size > 0 && page_size <= SHOPCAISSE_MODIFIER_GROUPS_PAGE_SIZE, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "modifiergroups", NULL);

  shopcaisse_path_add_page(path, page, page_size);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_PAGE_ANSWER_MAX);
}

static gpointer
read_modifier(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseModifier) modifier = g_new0(ShopcaisseModifier, 1);

  modifier->max_select = -1;
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_OPTIONAL, &modifier->id, error) ||
      !shopcaisse_json_get_id(object, "item", SHOPCAISSE_JSON_REQUIRED, &modifier->item_id,
                              error) ||
      !shopcaisse_json_get_name(object, "name", &modifier->name, error) ||
      !shopcaisse_json_get_price(object, "price", &modifier->has_price, &modifier->price_minor,
                                 error) ||
      !shopcaisse_json_get_count(object, "maxSelect", &modifier->max_select, error) ||
      !shopcaisse_json_get_boolean(object, "optional", &modifier->optional, error) ||
      !shopcaisse_json_get_integer(object, "position", &modifier->position, error) ||
      !shopcaisse_json_get_boolean(object, "delete", &modifier->deleted, error))
    return NULL;
  return g_steal_pointer(&modifier);
}

static gpointer
read_group(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseModifierGroup) group = g_new0(ShopcaisseModifierGroup, 1);

  group->modifiers = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_modifier_free);
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &group->id, error) ||
      !shopcaisse_json_get_name(object, "name", &group->name, error) ||
      !shopcaisse_rows_read(object, "modifiers", read_modifier, group->modifiers, error))
    return NULL;
  return g_steal_pointer(&group);
}

static const ShopcaisseShapeField modifier_fields[] = {
  { .key = "id" },       { .key = "item" },     { .key = "price" }, { .key = "maxSelect" },
  { .key = "optional" }, { .key = "position" }, { .key = "name" },  { .key = "delete" },
};

static const ShopcaisseShape modifier_shape =
    SHOPCAISSE_SHAPE("modifierGroup.modifiers", modifier_fields);

static const ShopcaisseShapeField group_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "modifiers", .below = &modifier_shape },
};

static const ShopcaisseShape group_shape = SHOPCAISSE_SHAPE("modifierGroup", group_fields);

const ShopcaisseRowKind shopcaisse_modifier_group_row = {
  .shape = &group_shape,
  .row_read = read_group,
  .row_free = (GDestroyNotify)shopcaisse_modifier_group_free,
};

/**
 * shopcaisse_modifier_groups_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of groups. One with a modifier that cannot be read is left out as a whole: fewer
 * choices than there are would be another group.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseModifierGroup
 */
ShopcaissePage *
shopcaisse_modifier_groups_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &shopcaisse_modifier_group_row, error);
}
