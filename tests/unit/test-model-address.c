/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, written as their country writes them. */
#include "model/address.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* @text as g_variant_parse() reads it. */
static ShopcaisseAddress
read_address(const char *text)
{
  g_autofree char *customer = g_strdup_printf("{'delivery_address': <%s>}", text);
  g_autoptr(GVariant) row = g_variant_parse(G_VARIANT_TYPE_VARDICT, customer, NULL, NULL, NULL);
  ShopcaisseAddress address = { NULL };

  assert_non_null(row);
  assert_true(shopcaisse_address_read(row, "delivery_address", &address, NULL));
  return address;
}

static void
assert_street(const char *text, const char *expected)
{
  g_auto(ShopcaisseAddress) address = read_address(text);
  g_autofree char *street = shopcaisse_address_dup_street(&address);

  if (expected == NULL)
    assert_null(street);
  else
    assert_string_equal(street, expected);
}

static void
number_stands_where_the_country_puts_it(void **state)
{
  assert_street("{'street': <'rue A'>, 'number': <'12'>, 'country': <'FR'>}", "12 rue A");
  assert_street("{'street': <'rue A'>, 'number': <'12'>}", "12 rue A");
  assert_street("{'street': <'rue A'>, 'number': <'12'>, 'country': <'BE'>}", "rue A 12");
  assert_street("{'street': <'Wetstraat'>, 'number': <'16'>, 'country': <'be'>}", "Wetstraat 16");
  assert_street("{'street': <'12 rue A'>, 'country': <'FR'>}", "12 rue A");
  assert_street("{'street': <''>, 'number': <'12'>}", "12");
  assert_street("{'street': <''>}", NULL);
}

#define WHOLE                                                                                      \
  "{'street': <'rue A'>, 'number': <'1'>, 'postal_code': <'59000'>, 'city': <'Lille'>,"            \
  " 'country': <'FR'>, 'extra': <'3e'>}"

static void
line_leaves_out_what_is_not_known(void **state)
{
  g_auto(ShopcaisseAddress) whole = read_address(WHOLE);
  g_auto(ShopcaisseAddress) city = read_address("{'city': <'Lille'>, 'country': <'FR'>}");
  g_autofree char *line = shopcaisse_address_to_line(&whole);
  g_autofree char *short_line = shopcaisse_address_to_line(&city);

  assert_string_equal(line, "1 rue A, 3e, 59000 Lille, FR");
  assert_string_equal(short_line, "Lille, FR");
}

static void
empty_texts_are_no_address(void **state)
{
  g_auto(ShopcaisseAddress) empty = read_address("{'street': <''>, 'extra': <''>}");
  g_auto(ShopcaisseAddress) stairs = read_address("{'extra': <'3e'>}");

  assert_true(shopcaisse_address_is_empty(&empty));
  assert_false(shopcaisse_address_is_empty(&stairs));
}

static void
copy_has_all_of_it(void **state)
{
  g_auto(ShopcaisseAddress) address = read_address(WHOLE);
  g_auto(ShopcaisseAddress) copy = { NULL };
  g_autofree char *line = NULL;

  shopcaisse_address_copy(&address, &copy);
  line = shopcaisse_address_to_line(&copy);
  assert_string_equal(line, "1 rue A, 3e, 59000 Lille, FR");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(number_stands_where_the_country_puts_it),
    cmocka_unit_test(line_leaves_out_what_is_not_known),
    cmocka_unit_test(empty_texts_are_no_address),
    cmocka_unit_test(copy_has_all_of_it),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
