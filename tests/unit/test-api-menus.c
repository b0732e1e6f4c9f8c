/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modifier groups, menus and boards. */
#include "answer.h"
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
assert_request(ShopcaisseRequest *request, ShopcaisseMethod method, const char *path)
{
  assert_non_null(request);
  assert_int_equal(request->method, method);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static void
requests_name_company_type_and_page(void **state)
{
  assert_request(shopcaisse_modifier_groups_request("c/1", 2, 1000), SHOPCAISSE_METHOD_GET,
                 "/v1/companies/c%2F1/modifiergroups?page=2&pageSize=1000");
  assert_request(shopcaisse_menus_request("c", SHOPCAISSE_BOARD_OTHER), SHOPCAISSE_METHOD_GET,
                 "/v1/companies/c/menus");
  assert_request(shopcaisse_menus_request("c", SHOPCAISSE_BOARD_CLICK_AND_COLLECT),
                 SHOPCAISSE_METHOD_GET, "/v1/companies/c/menus?type=CLICK_AND_COLLECT");
}

static void
each_of_the_five_board_types_has_its_path(void **state)
{
  static const char *const words[] = { "POS", "ORDER_TERMINAL", "CLICK_AND_COLLECT", "WEBSITE_MENU",
                                       "TABLE_ORDER" };

  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autofree char *path = g_strconcat("/v1/companies/c/boards/", words[i], NULL);

    assert_request(shopcaisse_boards_request("c", shopcaisse_board_type_parse(words[i])),
                   SHOPCAISSE_METHOD_GET, path);
  }
}

static void
group_brings_its_modifiers(void **state)
{
  g_autoptr(GBytes) body = answer_load("modifier-groups.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_modifier_groups_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 2);

  const ShopcaisseModifierGroup *group = g_ptr_array_index(page->rows, 0);
  const ShopcaisseModifier *first = g_ptr_array_index(group->modifiers, 0);
  const ShopcaisseModifier *second = g_ptr_array_index(group->modifiers, 1);

  assert_string_equal(group->name, "Sauce");
  assert_string_equal(first->item_id, "item-7");
  assert_true(first->has_price);
  assert_int_equal(first->price_minor, 50);
  assert_int_equal(first->max_select, 2);
  assert_true(first->optional);
  assert_false(second->has_price);
  assert_string_equal(second->name, "");
  assert_true(second->deleted);
}

static void
group_with_a_modifier_that_cannot_be_read_is_left_out_whole(void **state)
{
  g_autoptr(GBytes) body = answer_load("modifier-groups.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_modifier_groups_parse(body, NULL);

  assert_int_equal(page->n_seen, 4);
  assert_int_equal(page->rejected->len, 2);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[2].modifiers[0].price: a number is wanted, found a string");
  assert_string_equal(g_ptr_array_index(page->rejected, 1),
                      "items[3].modifiers[0].item: a string is wanted, found nothing");
}

static void
menus_bring_items_groups_and_what_is_missing(void **state)
{
  g_autoptr(GBytes) body = answer_load("menus.json");
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, NULL);

  assert_non_null(menus);

  const ShopcaisseItem *item = g_ptr_array_index(menus->items->rows, 0);
  const ShopcaisseUnavailability *missing = g_ptr_array_index(menus->unavailabilities->rows, 0);

  assert_int_equal(item->price_minor, 1450);
  assert_int_equal(menus->groups->rows->len, 1);
  assert_string_equal(missing->item_id, "item-1");
  assert_string_equal(missing->store_id, "store-1");
  assert_int_equal(g_strv_length(missing->types), 2);
  assert_string_equal(missing->types[1], "ONLINE");
}

static void
rows_of_menus_that_cannot_be_read_are_named(void **state)
{
  g_autoptr(GBytes) body = answer_load("menus.json");
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, NULL);

  assert_int_equal(menus->items->rejected->len, 1);
  assert_string_equal(g_ptr_array_index(menus->items->rejected, 0),
                      "items[1].id: a string is wanted, found nothing");
  assert_string_equal(g_ptr_array_index(menus->unavailabilities->rejected, 0),
                      "unavailabilities[2].storeId: a string is wanted, found nothing");
}

static void
menus_without_one_of_their_lists_are_an_error(void **state)
{
  static const char *const texts[] = { "{'modifierGroups':[],'unavailabilities':[]}",
                                       "{'items':[],'unavailabilities':[]}",
                                       "{'items':[],'modifierGroups':[]}",
                                       "{'items':{},'modifierGroups':[],'unavailabilities':[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_menus_parse(body, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

static void
boards_nest_by_their_keys(void **state)
{
  g_autoptr(GBytes) body = answer_load("boards.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 2);

  const ShopcaisseBoard *board = g_ptr_array_index(page->rows, 0);
  const ShopcaisseBoardKey *item = g_ptr_array_index(board->keys, 0);
  const ShopcaisseBoardKey *nested = g_ptr_array_index(board->keys, 1);

  assert_string_equal(board->name, "Accueil");
  assert_int_equal(board->type, SHOPCAISSE_BOARD_POS);
  assert_string_equal(board->background, "#AABBCC");
  assert_string_equal(item->item_id, "item-1");
  assert_null(item->board_id);
  assert_string_equal(nested->board_id, "board-2");
  assert_int_equal(nested->column, 1);
}

static void
board_of_an_unknown_type_keeps_its_word(void **state)
{
  g_autoptr(GBytes) body = answer_load("boards.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, NULL);
  const ShopcaisseBoard *board = g_ptr_array_index(page->rows, 1);
  g_autofree char *unknown = shopcaisse_tally_to_text(page->unknown);

  assert_int_equal(board->type, SHOPCAISSE_BOARD_OTHER);
  assert_string_equal(board->type_text, "HOLOGRAM");
  assert_string_equal(unknown, "board.type=HOLOGRAM (1)");
}

static void
boards_that_cannot_be_read_are_named(void **state)
{
  g_autoptr(GBytes) body = answer_load("boards.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, NULL);

  assert_false(page->has_next);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "[2].elements[0].productId: a string is wanted, found a number");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_company_type_and_page),
    cmocka_unit_test(each_of_the_five_board_types_has_its_path),
    cmocka_unit_test(group_brings_its_modifiers),
    cmocka_unit_test(group_with_a_modifier_that_cannot_be_read_is_left_out_whole),
    cmocka_unit_test(menus_bring_items_groups_and_what_is_missing),
    cmocka_unit_test(rows_of_menus_that_cannot_be_read_are_named),
    cmocka_unit_test(menus_without_one_of_their_lists_are_an_error),
    cmocka_unit_test(boards_nest_by_their_keys),
    cmocka_unit_test(board_of_an_unknown_type_keeps_its_word),
    cmocka_unit_test(boards_that_cannot_be_read_are_named),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
