/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What answers hold beyond what is known: counted by name, bounded. */
#include "answer.h"
#include "api/catalogue.h"
#include "api/orders.h"
#include "api/tally.h"
#include "api/tickets.h"

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
same_name_is_counted_once_more(void **state)
{
  g_autoptr(ShopcaisseTally) tally = shopcaisse_tally_new();
  g_autofree char *text = NULL;

  assert_true(shopcaisse_tally_add(tally, "item.colour", 2));
  assert_false(shopcaisse_tally_add(tally, "item.colour", 3));
  text = shopcaisse_tally_to_text(tally);
  assert_string_equal(text, "item.colour (5)");
}

static void
names_are_bounded_and_the_rest_is_counted(void **state)
{
  g_autoptr(ShopcaisseTally) tally = shopcaisse_tally_new();
  g_autofree char *text = NULL;

  for (guint i = 0; i < SHOPCAISSE_TALLY_MAX_NAMES + 3; i++) {
    g_autofree char *name = g_strdup_printf("item.field%u", i);

    (void)shopcaisse_tally_add(tally, name, 1); /* the last ones find no room */
  }
  assert_int_equal(tally->entries->len, SHOPCAISSE_TALLY_MAX_NAMES);
  assert_int_equal(tally->n_more, 3);
  text = shopcaisse_tally_to_text(tally);
  assert_true(g_str_has_suffix(text, ", others (3)"));
}

static void
counts_do_not_wrap(void **state)
{
  g_autoptr(ShopcaisseTally) tally = shopcaisse_tally_new();

  (void)shopcaisse_tally_add(tally, "a", G_MAXUINT); /* new */
  (void)shopcaisse_tally_add(tally, "a", 2);         /* not new */
  assert_int_equal(((ShopcaisseTallyEntry *)tally->entries->pdata[0])->n, G_MAXUINT);
}

static void
merging_tells_how_many_names_are_new(void **state)
{
  g_autoptr(ShopcaisseTally) tally = shopcaisse_tally_new();
  g_autoptr(ShopcaisseTally) other = shopcaisse_tally_new();

  (void)shopcaisse_tally_add(tally, "a", 1); /* new in both */
  (void)shopcaisse_tally_add(other, "a", 1);
  (void)shopcaisse_tally_add(other, "b", 1);
  assert_int_equal(shopcaisse_tally_merge(tally, other), 1);
  assert_int_equal(shopcaisse_tally_merge(tally, other), 0);
  assert_int_equal(shopcaisse_tally_merge(tally, NULL), 0);
  assert_int_equal(((ShopcaisseTallyEntry *)tally->entries->pdata[1])->n, 2);
}

static void
nothing_is_an_empty_text(void **state)
{
  g_autoptr(ShopcaisseTally) tally = shopcaisse_tally_new();
  g_autofree char *text = shopcaisse_tally_to_text(tally);

  assert_string_equal(text, "");
}

static void
fields_of_a_page_are_counted_with_those_below(void **state)
{
  g_autoptr(GBytes) body = answer_quoted(
      "{'items':[{'id':'a','colour':1,'family':{'id':'f','shade':2}},{'id':'b','colour':{'x':1},"
      "'ranks':[{'id':'r','depth':1}]},{'colour':1}],'hasNextPage':false}");
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, NULL);
  g_autofree char *text = shopcaisse_tally_to_text(page->unknown);

  assert_int_equal(page->rows->len, 2);
  assert_string_equal(text, "item.colour (3), item.family.shade (1), item.ranks.depth (1)");
}

static void
words_that_are_not_known_are_counted(void **state)
{
  g_autoptr(GBytes) body = answer_quoted(
      "{'items':[{'id':'a','type':'BUNDLE','unit':'POUND'},{'id':'b','type':'BUNDLE'},{'id':'c',"
      "'type':'SIMPLE','unit':'UNIT'},{'id':'d','type':'Ana Exemple'}],'hasNextPage':false}");
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, NULL);
  g_autofree char *text = shopcaisse_tally_to_text(page->unknown);

  assert_string_equal(text, "item.type=BUNDLE (2), item.unit=POUND (1), item.type=? (1)");
}

static void
composed_answers_hold_nothing_unknown(void **state)
{
  static const struct {
    const char *file;
    ShopcaissePage *(*parse)(GBytes *body, GError **error);
  } cases[] = {
    { "families.json", shopcaisse_families_parse },
    { "price-lists.json", shopcaisse_price_lists_parse },
    { "prices.json", shopcaisse_prices_parse },
    { "stocks.json", shopcaisse_stocks_parse },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GBytes) body = answer_load(cases[i].file);
    g_autoptr(ShopcaissePage) page = cases[i].parse(body, NULL);
    g_autofree char *text = shopcaisse_tally_to_text(page->unknown);

    assert_string_equal(text, "");
  }
}

static void
states_that_are_not_known_are_counted(void **state)
{
  g_autoptr(GBytes) orders = answer_quoted(
      "{'items':[{'id':'o','status':'teleported','orderType':'DRONE'},{'id':'p','status':"
      "'requires_attention'}],'hasNextPage':false}");
  g_autoptr(GBytes) shifts =
      answer_quoted("{'items':[{'id':'s','status':'PAUSED'}],'hasNextPage':false}");
  g_autoptr(ShopcaissePage) order_page = shopcaisse_orders_parse(orders, NULL);
  g_autoptr(ShopcaissePage) shift_page = shopcaisse_shifts_parse(shifts, NULL);
  g_autofree char *order_text = shopcaisse_tally_to_text(order_page->unknown);
  g_autofree char *shift_text = shopcaisse_tally_to_text(shift_page->unknown);

  assert_string_equal(order_text, "order.status=teleported (1), order.orderType=DRONE (1)");
  assert_string_equal(shift_text, "shift.status=PAUSED (1)");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(same_name_is_counted_once_more),
    cmocka_unit_test(names_are_bounded_and_the_rest_is_counted),
    cmocka_unit_test(counts_do_not_wrap),
    cmocka_unit_test(merging_tells_how_many_names_are_new),
    cmocka_unit_test(nothing_is_an_empty_text),
    cmocka_unit_test(fields_of_a_page_are_counted_with_those_below),
    cmocka_unit_test(words_that_are_not_known_are_counted),
    cmocka_unit_test(composed_answers_hold_nothing_unknown),
    cmocka_unit_test(states_that_are_not_known_are_counted),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
