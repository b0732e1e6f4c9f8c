/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of items and families. */
#include "api-fields.h"
#include "api/catalogue.h"
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
show_item(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseItem *self = row;
  g_autofree char *barcodes = g_strjoinv(",", self->barcodes);

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "company", self->company_id);
  api_show_text(shown, "parent", self->parent_id);
  api_show_text(shown, "name", self->name);
  api_show_number(shown, "type", self->type);
  api_show_text(shown, "type_text", self->type_text);
  api_show_text(shown, "unit", self->unit);
  api_show_text(shown, "reference", self->reference);
  api_show_text(shown, "description", self->description);
  api_show_number(shown, "has_price", self->has_price);
  api_show_number(shown, "price", self->price_minor);
  api_show_number(shown, "deleted", self->deleted);
  api_show_number(shown, "manage_stock", self->manage_stock);
  api_show_text(shown, "family", self->family_id);
  api_show_text(shown, "family_name", self->family_name);
  api_show_number(shown, "on_site", self->vat_on_site_bp);
  api_show_number(shown, "take_away", self->vat_take_away_bp);
  api_show_number(shown, "flags", self->flags);
  api_show_text(shown, "barcodes", barcodes);
}

static gboolean
show_items(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, error);

  return api_show_page(shown, page, show_item, error);
}

static gboolean
show_one_item(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseItem) value = shopcaisse_item_parse(body, error);

  if (value == NULL)
    return FALSE;
  show_item(shown, value);
  return TRUE;
}

static gboolean
show_menu_items(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, error);

  return api_show_page(shown, menus != NULL ? menus->items : NULL, show_item, error);
}

#define ITEM_ROW                                                                                   \
  "{'id':'i','companyId':'c','parentItem':'p','name':'Tarte','type':'SIMPLE','unit':'GRAM',"       \
  "'reference':'r','description':'d','barcodes':['1'],'barCodes':'2','defaultPrice':3.9,"          \
  "'delete':false,'manageStock':false,'family':{'id':'f','name':'F','active':true},'vatOnSite':"   \
  "{'rate':0.1},'vatTakeAway':{'rate':0.2},'textLines':['a','b'],'longDescription':'l'}"

static const ApiField item_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("companyId", "company", "company=none"),
  API_TEXT("parentItem", "parent", "parent=none"),
  API_TEXT("name", "name", "name="),
  { "type", { "!", "!", "type=0 type_text=probe", "!", "!", "!", "type=0 type_text=" } },
  API_TEXT("unit", "unit", "unit=UNIT"),
  API_TEXT("reference", "reference", "reference="),
  API_TEXT("description", "description", "description=none"),
  { "barcodes", { "!", "barcodes=probe,2", "barcodes=probe,2", "!", "!", "!", "barcodes=2" } },
  { "barcodes.0", { "!", "!", "barcodes=probe,2", "!", "!", "!", "barcodes=2" } },
  { "barCodes", { "!", "barcodes=1,probe", "barcodes=1,probe", "!", "!", "!", "barcodes=1" } },
  API_NUMBER("defaultPrice", "price=700", "price=50", "has_price=0 price=0 flags=1"),
  API_FLAG("delete", "deleted", "-"),
  API_FLAG("manageStock", "manage_stock", "-"),
  { "family",
    { "family=none family_name=none", "!", "!", "!", "!", "!", "family=none family_name=none" } },
  API_TEXT("family.id", "family", "family=none"),
  API_TEXT("family.name", "family_name", "family_name=none"),
  { "family.active", { API_UNTOUCHED } },
  { "vatOnSite", { "on_site=-1", "!", "!", "!", "!", "!", "on_site=-1" } },
  API_NUMBER("vatOnSite.rate", "!", "on_site=5000", "on_site=-1"),
  { "vatTakeAway", { "take_away=-1", "!", "!", "!", "!", "!", "take_away=-1" } },
  API_NUMBER("vatTakeAway.rate", "!", "take_away=5000", "take_away=-1"),
  { "textLines", { API_UNTOUCHED } },
  { "textLines.0", { API_UNTOUCHED } },
  { "textLines.1", { API_UNTOUCHED } },
  { "longDescription", { API_UNTOUCHED } },
};

static const ApiResource item_of_a_page = {
  .name = "item of a page",
  .before = "{'items':[",
  .row = ITEM_ROW,
  .behind = "],'hasNextPage':false}",
  .show = show_items,
  .fields = item_fields,
  .n_fields = G_N_ELEMENTS(item_fields),
};

static const ApiResource item_alone = {
  .name = "item alone",
  .before = "",
  .row = ITEM_ROW,
  .behind = "",
  .show = show_one_item,
  .fields = item_fields,
  .n_fields = G_N_ELEMENTS(item_fields),
};

static const ApiResource item_of_menus = {
  .name = "item of menus",
  .before = "{'items':[",
  .row = ITEM_ROW,
  .behind = "],'modifierGroups':[],'unavailabilities':[]}",
  .show = show_menu_items,
  .fields = item_fields,
  .n_fields = G_N_ELEMENTS(item_fields),
};

static void
show_family(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseFamily *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "name", self->name);
  api_show_number(shown, "technical", self->is_technical);
}

static gboolean
show_families(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_families_parse(body, error);

  return api_show_page(shown, page, show_family, error);
}

static const ApiField family_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("name", "name", "name="),
  { "position", { API_UNTOUCHED } },
};

static const ApiResource family = {
  .name = "family",
  .before = "{'items':[",
  .row = "{'id':'f','name':'F','position':1}",
  .behind = "],'hasNextPage':false}",
  .show = show_families,
  .fields = family_fields,
  .n_fields = G_N_ELEMENTS(family_fields),
};

static void
item_of_a_page_field_by_field(void **state)
{
  api_fields_check(&item_of_a_page);
}

static void
hostile_item_of_a_page(void **state)
{
  api_hostile_check(&item_of_a_page);
}

static void
item_alone_field_by_field(void **state)
{
  api_fields_check(&item_alone);
}

static void
hostile_item_alone(void **state)
{
  api_hostile_check(&item_alone);
}

static void
item_of_menus_field_by_field(void **state)
{
  api_fields_check(&item_of_menus);
}

static void
hostile_item_of_menus(void **state)
{
  api_hostile_check(&item_of_menus);
}

static void
family_field_by_field(void **state)
{
  api_fields_check(&family);
}

static void
hostile_family(void **state)
{
  api_hostile_check(&family);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(item_of_a_page_field_by_field), cmocka_unit_test(hostile_item_of_a_page),
    cmocka_unit_test(item_alone_field_by_field),     cmocka_unit_test(hostile_item_alone),
    cmocka_unit_test(item_of_menus_field_by_field),  cmocka_unit_test(hostile_item_of_menus),
    cmocka_unit_test(family_field_by_field),         cmocka_unit_test(hostile_family),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
