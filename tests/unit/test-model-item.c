/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Types of items, and the forms in which barcodes and references are compared. */
#include "model/item.h"

#include <locale.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

typedef struct {
  const char *text;
  const char *normal; /* NULL: matches nothing */
} NormalCase;

static void
types_come_back_from_text(void **state)
{
  static const ShopcaisseItemType types[] = { SHOPCAISSE_ITEM_SIMPLE, SHOPCAISSE_ITEM_PACK,
                                              SHOPCAISSE_ITEM_MENU, SHOPCAISSE_ITEM_MODIFIER,
                                              SHOPCAISSE_ITEM_VARIATION };

  for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
    assert_int_equal(shopcaisse_item_type_parse(shopcaisse_item_type_to_text(types[i])), types[i]);
}

static void
other_types_are_other(void **state)
{
  assert_int_equal(shopcaisse_item_type_parse("BUNDLE"), SHOPCAISSE_ITEM_OTHER);
  assert_int_equal(shopcaisse_item_type_parse("simple"), SHOPCAISSE_ITEM_OTHER);
  assert_int_equal(shopcaisse_item_type_parse(NULL), SHOPCAISSE_ITEM_OTHER);
  assert_string_equal(shopcaisse_item_type_to_text(SHOPCAISSE_ITEM_OTHER), "OTHER");
}

static void
technical_families_are_recognised(void **state)
{
  assert_true(shopcaisse_family_name_is_technical("System family"));
  assert_true(shopcaisse_family_name_is_technical("  pas de FAMILLE "));
  assert_false(shopcaisse_family_name_is_technical("Pas de famille nombreuse"));
  assert_false(shopcaisse_family_name_is_technical("Desserts"));
  assert_false(shopcaisse_family_name_is_technical(""));
  assert_false(shopcaisse_family_name_is_technical(NULL));
}

static void
barcodes_meet_in_one_form(void **state)
{
  static const NormalCase cases[] = {
    { "5449000000996", "05449000000996" },
    { "05449000000996", "05449000000996" },
    { " 5449000000996\n", "05449000000996" },
    { "012345678905", "00012345678905" },
    { "0012345678905", "00012345678905" },
    { "96385074", "00000096385074" },
    { "15412345678905", "15412345678905" },
    { "3740000000001", "03740000000001" }, /* the till's own, with a wrong check digit */
    { "2100000012345", "in-store:2100000012345" },
    { "2912345012345", "in-store:2912345012345" },
    { "0212345012345", "in-store:0212345012345" },
    { "02100000012345", "in-store:2100000012345" },
    { "212345012345", "in-store:0212345012345" },
    { "3017620422003", "03017620422003" },
    { "1234567", "1234567" },
    { "abc-12", "ABC-12" },
    { "  ab   c ", "AB C" },
    { "544900000099X", "544900000099X" },
    { "", NULL },
    { "   ", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *normal = shopcaisse_barcode_normalise(cases[i].text);

    if (cases[i].normal == NULL)
      assert_null(normal);
    else
      assert_string_equal(normal, cases[i].normal);
  }
}

static void
references_meet_in_one_form(void **state)
{
  static const NormalCase cases[] = {
    { " TC-01 ", "tc-01" },
    { "Tarte \t Citron", "tarte citron" },
    { "\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\xa9" },
    { "Gro\xc3\x9f", "gross" },
    { "\xc2\xa0TC\xc2\xa0 01", "tc 01" },
    { "0012", "0012" },
    { "", NULL },
    { " \t\n", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *normal = shopcaisse_reference_normalise(cases[i].text);

    if (cases[i].normal == NULL)
      assert_null(normal);
    else
      assert_string_equal(normal, cases[i].normal);
  }
}

static void
normalising_twice_changes_nothing(void **state)
{
  static const char *const texts[] = { "5449000000996", "ab c", "\xff\xfe", "012345678905" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *once = shopcaisse_barcode_normalise(texts[i]);
    g_autofree char *twice = shopcaisse_barcode_normalise(once);

    assert_string_equal(once, twice);
  }
}

static void
nothing_can_be_freed(void **state)
{
  shopcaisse_item_free(NULL);
  shopcaisse_family_free(NULL);
  shopcaisse_price_list_free(NULL);
  shopcaisse_price_free(NULL);
  shopcaisse_stock_free(NULL);
  shopcaisse_item_free(g_new0(ShopcaisseItem, 1));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(types_come_back_from_text),
    cmocka_unit_test(other_types_are_other),
    cmocka_unit_test(technical_families_are_recognised),
    cmocka_unit_test(barcodes_meet_in_one_form),
    cmocka_unit_test(references_meet_in_one_form),
    cmocka_unit_test(normalising_twice_changes_nothing),
    cmocka_unit_test(nothing_can_be_freed),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
