/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of modifier groups, menus and boards. */
#include "api-fields.h"
#include "api/menus.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
show_group(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseModifierGroup *self = row;
  const ShopcaisseModifier *modifier = NULL;

  api_show_text(shown, "group", self->id);
  api_show_text(shown, "group_name", self->name);
  if (self->modifiers->len == 0)
    return;
  modifier = g_ptr_array_index(self->modifiers, 0);
  api_show_text(shown, "id", modifier->id);
  api_show_text(shown, "item", modifier->item_id);
  api_show_text(shown, "name", modifier->name);
  api_show_number(shown, "has_price", modifier->has_price);
  api_show_number(shown, "price", modifier->price_minor);
  api_show_number(shown, "max", modifier->max_select);
  api_show_number(shown, "optional", modifier->optional);
  api_show_number(shown, "position", modifier->position);
  api_show_number(shown, "deleted", modifier->deleted);
}

static gboolean
show_groups(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_modifier_groups_parse(body, error);

  return api_show_page(shown, page, show_group, error);
}

#define WITHOUT_MODIFIER "-id -item -name -has_price -price -max -optional -position -deleted"

static const ApiField group_fields[] = {
  API_TEXT("id", "group", "!"),
  API_TEXT("name", "group_name", "group_name="),
  { "modifiers", { "!", "!", "!", "!", "!", "!", WITHOUT_MODIFIER } },
  { "modifiers.0", { API_REFUSED } },
  API_TEXT("modifiers.0.id", "id", "id=none"),
  API_TEXT("modifiers.0.item", "item", "!"),
  API_TEXT("modifiers.0.name", "name", "name="),
  API_NUMBER("modifiers.0.price", "price=700", "price=50", "has_price=0 price=0"),
  API_NUMBER("modifiers.0.maxSelect", "max=7", "!", "max=-1"),
  API_FLAG("modifiers.0.optional", "optional", "-"),
  API_NUMBER("modifiers.0.position", "position=7", "!", "position=0"),
  API_FLAG("modifiers.0.delete", "deleted", "-"),
};

static const ApiResource modifier_group = {
  .name = "modifier group",
  .before = "{'items':[",
  .row =
      "{'id':'g','name':'G','modifiers':[{'id':'m','item':'i','name':'M','price':3.9,'maxSelect':2,"
      "'optional':false,'position':3,'delete':false}]}",
  .behind = "],'hasNextPage':false}",
  .show = show_groups,
  .fields = group_fields,
  .n_fields = G_N_ELEMENTS(group_fields),
};

static void
show_unavailability(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseUnavailability *self = row;
  g_autofree char *types = g_strjoinv(",", self->types);

  api_show_text(shown, "item", self->item_id);
  api_show_text(shown, "store", self->store_id);
  api_show_text(shown, "types", types);
}

static gboolean
show_menus(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, error);

  return api_show_page(shown, menus != NULL ? menus->unavailabilities : NULL, show_unavailability,
                       error);
}

static const ApiField unavailability_fields[] = {
  API_TEXT("productId", "item", "!"),
  API_TEXT("storeId", "store", "!"),
  { "types", { "!", "types=probe", "!", "!", "!", "!", "types=" } },
  { "types.0", { "!", "!", "types=probe", "!", "!", "!", "!" } },
};

static const ApiResource unavailability = {
  .name = "unavailability",
  .before = "{'items':[],'modifierGroups':[],'unavailabilities':[",
  .row = "{'productId':'i','storeId':'s','types':['ONLINE']}",
  .behind = "]}",
  .show = show_menus,
  .fields = unavailability_fields,
  .n_fields = G_N_ELEMENTS(unavailability_fields),
};

static void
show_board(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseBoard *self = row;
  const ShopcaisseBoardKey *key = NULL;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "store", self->store_id);
  api_show_text(shown, "name", self->name);
  api_show_number(shown, "type", self->type);
  api_show_text(shown, "type_text", self->type_text);
  api_show_text(shown, "background", self->background);
  api_show_text(shown, "picture", self->picture);
  api_show_number(shown, "shows", self->shows_picture);
  api_show_number(shown, "rows", self->n_rows);
  api_show_number(shown, "columns", self->n_columns);
  api_show_number(shown, "position", self->position);
  api_show_number(shown, "active", self->active);
  if (self->keys->len == 0)
    return;
  key = g_ptr_array_index(self->keys, 0);
  api_show_text(shown, "key_item", key->item_id);
  api_show_text(shown, "key_board", key->board_id);
  api_show_number(shown, "key_row", key->row);
  api_show_number(shown, "key_column", key->column);
}

static gboolean
show_boards(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, error);

  return api_show_page(shown, page, show_board, error);
}

static const ApiField board_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("storeCreatorId", "store", "store=none"),
  API_TEXT("name", "name", "name="),
  { "type", { "!", "!", "type=0 type_text=probe", "!", "!", "!", "type=0 type_text=" } },
  API_TEXT("backgroundColor", "background", "background=none"),
  API_TEXT("picturePath", "picture", "picture=none"),
  API_FLAG("displayImage", "shows", "-"),
  API_NUMBER("rowSize", "rows=7", "!", "rows=0"),
  API_NUMBER("columnSize", "columns=7", "!", "columns=0"),
  API_NUMBER("position", "position=7", "!", "position=0"),
  API_FLAG("active", "active", "active=1"),
  { "elements", { "!", "!", "!", "!", "!", "!", "-key_item -key_board -key_row -key_column" } },
  { "elements.0",
    { "key_item=none key_board=none key_row=-1 key_column=-1", "!", "!", "!", "!", "!", "!" } },
  API_TEXT("elements.0.productId", "key_item", "key_item=none"),
  API_TEXT("elements.0.boardChildId", "key_board", "key_board=none"),
  API_NUMBER("elements.0.row", "key_row=7", "!", "key_row=-1"),
  API_NUMBER("elements.0.column", "key_column=7", "!", "key_column=-1"),
};

static const ApiResource board = {
  .name = "board",
  .before = "[",
  .row = "{'id':'b','storeCreatorId':'s','name':'B','type':'POS','backgroundColor':'#000',"
         "'picturePath':'p','displayImage':false,'rowSize':1,'columnSize':2,'position':3,'active':"
         "false,"
         "'elements':[{'productId':'i','boardChildId':'c','row':1,'column':2}]}",
  .behind = "]",
  .show = show_boards,
  .fields = board_fields,
  .n_fields = G_N_ELEMENTS(board_fields),
};

static void
modifier_group_field_by_field(void **state)
{
  api_fields_check(&modifier_group);
}

static void
hostile_modifier_group(void **state)
{
  api_hostile_check(&modifier_group);
}

static void
unavailability_field_by_field(void **state)
{
  api_fields_check(&unavailability);
}

static void
hostile_unavailability(void **state)
{
  api_hostile_check(&unavailability);
}

static void
board_field_by_field(void **state)
{
  api_fields_check(&board);
}

static void
hostile_board(void **state)
{
  api_hostile_check(&board);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(modifier_group_field_by_field), cmocka_unit_test(hostile_modifier_group),
    cmocka_unit_test(unavailability_field_by_field), cmocka_unit_test(hostile_unavailability),
    cmocka_unit_test(board_field_by_field),          cmocka_unit_test(hostile_board),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
