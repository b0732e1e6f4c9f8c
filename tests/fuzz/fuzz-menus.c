/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as modifier groups, as menus and as boards. */
#include "api/menus.h"
#include "fuzz.h"
#include "model/money.h"

static void
check_page(const ShopcaissePage *page)
{
  g_autofree char *unknown = shopcaisse_tally_to_text(page->unknown);

  g_assert_cmpuint(page->rows->len + page->rejected->len, ==, page->n_seen);
  g_assert_cmpuint(page->unknown->entries->len, <=, SHOPCAISSE_TALLY_MAX_NAMES);
  g_assert_true(g_str_is_ascii(unknown));
}

static void
check_groups(const ShopcaissePage *page)
{
  check_page(page);
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseModifierGroup *group = g_ptr_array_index(page->rows, i);

    g_assert_nonnull(group->name);
    for (guint j = 0; j < group->modifiers->len; j++) {
      const ShopcaisseModifier *modifier = g_ptr_array_index(group->modifiers, j);

      g_assert_nonnull(modifier->item_id);
      g_assert_cmpint(modifier->price_minor, >=, 0);
      g_assert_cmpint(modifier->price_minor, <=, SHOPCAISSE_MONEY_MAX_MINOR);
      g_assert_cmpint(modifier->max_select, >=, -1);
    }
  }
}

static void
check_menus(GBytes *body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseMenus) menus = shopcaisse_menus_parse(body, &error);

  g_assert_true((menus == NULL) == (error != NULL));
  if (menus == NULL)
    return;
  check_page(menus->items);
  check_groups(menus->groups);
  check_page(menus->unavailabilities);
  for (guint i = 0; i < menus->unavailabilities->rows->len; i++) {
    const ShopcaisseUnavailability *row = g_ptr_array_index(menus->unavailabilities->rows, i);

    g_assert_nonnull(row->types);
  }
}

static void
check_boards(GBytes *body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_boards_parse(body, &error);

  g_assert_true((page == NULL) == (error != NULL));
  if (page == NULL)
    return;
  check_page(page);
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseBoard *board = g_ptr_array_index(page->rows, i);

    g_assert_nonnull(board->type_text);
    g_assert_nonnull(board->keys);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) groups = shopcaisse_modifier_groups_parse(body, &error);

  g_assert_true((groups == NULL) == (error != NULL));
  if (groups != NULL)
    check_groups(groups);
  check_menus(body);
  check_boards(body);
  return 0;
}
