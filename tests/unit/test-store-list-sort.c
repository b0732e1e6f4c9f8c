/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows in an order that no index has, many of them. */
#include "store/list-sort.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define MANY  20000
#define PRIME 7919 /* spreads rows over all numbers */

static GArray *
sort(ShopcaisseListSort *sort, guint *n_steps)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(gint64));

  *n_steps = 1;
  while (!shopcaisse_list_sort_step(sort))
    (*n_steps)++;
  shopcaisse_list_sort_collect(sort, rows);
  return rows;
}

static void
assert_order(ShopcaisseListSort *self, const char *expected)
{
  guint n_steps = 0;
  g_autoptr(GArray) rows = sort(self, &n_steps);
  g_autoptr(GString) text = g_string_new(NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf(text, "%d ", (int)g_array_index(rows, gint64, i));
  assert_string_equal(text->str, expected);
}

static void
many_numbers_are_sorted_in_many_steps(void **state)
{
  g_autoptr(ShopcaisseListSort) self = shopcaisse_list_sort_new(FALSE);
  g_autoptr(GArray) rows = NULL;
  guint n_steps = 0;

  for (gint64 i = 0; i < MANY; i++)
    shopcaisse_list_sort_add_number(self, i, TRUE, i * PRIME % MANY);
  rows = sort(self, &n_steps);
  assert_int_equal(rows->len, MANY);
  for (guint i = 0; i < MANY; i++)
    assert_int_equal(g_array_index(rows, gint64, i) * PRIME % MANY, i);
  assert_in_range(n_steps, 10, 20);
}

static void
equals_stay_as_added_either_way(void **state)
{
  for (gboolean is_descending = FALSE; is_descending <= TRUE; is_descending++) {
    g_autoptr(ShopcaisseListSort) self = shopcaisse_list_sort_new(is_descending);
    g_autoptr(GArray) rows = NULL;
    guint n_steps = 0;

    for (gint64 i = 0; i < MANY; i++)
      shopcaisse_list_sort_add_number(self, i, TRUE, 5);
    rows = sort(self, &n_steps);
    for (guint i = 0; i < MANY; i++)
      assert_int_equal(g_array_index(rows, gint64, i), i);
  }
}

static void
rows_without_a_number_come_last_either_way(void **state)
{
  for (gboolean is_descending = FALSE; is_descending <= TRUE; is_descending++) {
    g_autoptr(ShopcaisseListSort) self = shopcaisse_list_sort_new(is_descending);

    shopcaisse_list_sort_add_number(self, 1, FALSE, 0);
    shopcaisse_list_sort_add_number(self, 2, TRUE, -1);
    shopcaisse_list_sort_add_number(self, 3, TRUE, 1);
    assert_order(self, is_descending ? "3 2 1 " : "2 3 1 ");
  }
}

static void
texts_are_sorted_and_the_empty_ones_come_last(void **state)
{
  g_autoptr(ShopcaisseListSort) self = shopcaisse_list_sort_new(FALSE);

  shopcaisse_list_sort_add_text(self, 1, "");
  shopcaisse_list_sort_add_text(self, 2, "b");
  shopcaisse_list_sort_add_text(self, 3, "a");
  assert_order(self, "3 2 1 ");
}

static void
nothing_is_sorted_at_once(void **state)
{
  g_autoptr(ShopcaisseListSort) self = shopcaisse_list_sort_new(FALSE);

  assert_order(self, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(many_numbers_are_sorted_in_many_steps),
    cmocka_unit_test(equals_stay_as_added_either_way),
    cmocka_unit_test(rows_without_a_number_come_last_either_way),
    cmocka_unit_test(texts_are_sorted_and_the_empty_ones_come_last),
    cmocka_unit_test(nothing_is_sorted_at_once),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
