/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is only read: groups, menus, boards, hours, slots, of the snack bar. */
#include "api/hours.h"
#include "api/menus.h"
#include "exchange.h"

#include <locale.h>
#include <string.h>

static int
set_up_snack(void **state)
{
  const char *const arguments[] = { "--shop", "snack", NULL };

  *state = fixture_new(arguments);
  return 0;
}

static void
groups_are_read_with_their_modifiers(void **state)
{
  const Fixture *self = *state;
  g_autoptr(GBytes) body =
      exchange(self, shopcaisse_modifier_groups_request(self->company, 0, 1000), 200);
  g_autoptr(ShopcaissePage) page = shopcaisse_modifier_groups_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rejected->len, 0);
  assert_int_equal(page->rows->len, 3);

  const ShopcaisseModifierGroup *group = g_ptr_array_index(page->rows, 0);
  const ShopcaisseModifier *modifier = g_ptr_array_index(group->modifiers, 0);

  assert_int_equal(group->modifiers->len, 5);
  assert_int_equal(modifier->max_select, 2);
  assert_string_equal(modifier->name, "");
}

static void
menus_are_read_whole(void **state)
{
  const Fixture *self = *state;
  g_autoptr(GBytes) body =
      exchange(self, shopcaisse_menus_request(self->company, SHOPCAISSE_BOARD_OTHER), 200);
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, NULL);

  assert_non_null(menus);
  assert_true(menus->items->rows->len > 0);
  assert_int_equal(menus->items->rejected->len, 0);
  assert_int_equal(menus->groups->rows->len, 3);
  assert_int_equal(menus->unavailabilities->rows->len, 2);

  const ShopcaisseUnavailability *row = g_ptr_array_index(menus->unavailabilities->rows, 0);

  assert_string_equal(row->store_id, self->store);
}

static void
fields_that_the_simulator_makes_up_are_counted(void **state)
{
  const Fixture *self = *state;
  g_autoptr(GBytes) body =
      exchange(self, shopcaisse_menus_request(self->company, SHOPCAISSE_BOARD_POS), 200);
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, NULL);

  assert_non_null(menus);
  assert_true(menus->items->unknown->entries->len > 0);
}

static void
boards_of_each_type_are_read(void **state)
{
  static const struct {
    ShopcaisseBoardType type;
    guint n;
  } cases[] = { { SHOPCAISSE_BOARD_POS, 1 },
                { SHOPCAISSE_BOARD_ORDER_TERMINAL, 1 },
                { SHOPCAISSE_BOARD_CLICK_AND_COLLECT, 0 },
                { SHOPCAISSE_BOARD_WEBSITE_MENU, 0 },
                { SHOPCAISSE_BOARD_TABLE_ORDER, 1 } };
  const Fixture *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GBytes) body =
        exchange(self, shopcaisse_boards_request(self->company, cases[i].type), 200);
    g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, NULL);

    assert_non_null(page);
    assert_int_equal(page->rows->len, cases[i].n);
    assert_int_equal(page->rejected->len, 0);
    for (guint j = 0; j < page->rows->len; j++)
      assert_int_equal(((ShopcaisseBoard *)page->rows->pdata[j])->type, cases[i].type);
  }
}

static void
hours_are_read(void **state)
{
  const Fixture *self = *state;
  g_autoptr(GBytes) body = exchange(self, shopcaisse_hours_request(self->store), 200);
  g_autoptr(ShopcaisseHours) hours = shopcaisse_hours_parse(body, NULL);

  assert_non_null(hours);
  assert_true(hours->openings->len > 0);
  assert_non_null(hours->time_zone);
}

static void
slots_are_read_in_each_form(void **state)
{
  static const char *const forms[] = { "array", "object" };
  const Fixture *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    set_switch(self, "order_slots", forms[i]);

    g_autoptr(GBytes) body = exchange(
        self, shopcaisse_slots_request(self->store, G_GINT64_CONSTANT(4070908800000000)), 200);
    g_autoptr(ShopcaissePage) page = shopcaisse_slots_parse(body, NULL);

    assert_non_null(page);
    assert_int_equal(page->rejected->len, 0);
    assert_true(page->rows->len > 0);
    assert_string_equal(((ShopcaisseSlot *)page->rows->pdata[0])->store_id, self->store);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(groups_are_read_with_their_modifiers, fixture_reset),
    cmocka_unit_test_setup(menus_are_read_whole, fixture_reset),
    cmocka_unit_test_setup(fields_that_the_simulator_makes_up_are_counted, fixture_reset),
    cmocka_unit_test_setup(boards_of_each_type_are_read, fixture_reset),
    cmocka_unit_test_setup(hours_are_read, fixture_reset),
    cmocka_unit_test_setup(slots_are_read_in_each_form, fixture_reset),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, set_up_snack, fixture_tear_down_group);
}
