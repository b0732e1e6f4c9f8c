/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Somebody is found in texts and in bytes as people write them, and nobody else is. */
#include "model/mask.h"

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
assert_masked(ShopcaisseMask *mask, const char *text, const char *masked)
{
  g_autofree char *found = shopcaisse_mask_apply(mask, text);

  if (masked == NULL)
    assert_null(found);
  else
    assert_string_equal(found, masked);
}

static void
words_of_a_name_are_found_whole_and_in_either_case(void **state)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add_name(mask, "Zo\303\251 Tour");
  assert_masked(mask, "pour ZO\303\211, sans noix", "pour \342\200\246, sans noix");
  assert_masked(mask, "Zo\303\251 Tour attend", "\342\200\246 attend");
  assert_masked(mask, "une tourte", NULL);
}

static void
telephone_is_found_however_it_is_written(void **state)
{
  static const char *const written[] = { "0612345678",        "06 12 34 56 78",
                                         "06.12.34.56.78",    "+33612345678",
                                         "+33 6 12 34 56 78", "0033 612-345-678",
                                         "+33 (0)6 12345678" };
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add(mask, "+33612345678");
  for (gsize i = 0; i < G_N_ELEMENTS(written); i++)
    assert_masked(mask, written[i], "\342\200\246");
  assert_masked(mask, "0612345679", NULL);
  assert_masked(mask, "90612345678", NULL);
}

static void
signs_of_an_address_are_no_pattern(void **state)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add(mask, "a.b+c@example.org");
  assert_masked(mask, "to A.B+C@example.org!", "to \342\200\246!");
  assert_masked(mask, "to aXb+c@example.org", NULL);
}

static void
what_is_too_short_is_passed_over(void **state)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add(mask, "le");
  shopcaisse_mask_add(mask, NULL);
  shopcaisse_mask_add(mask, " ");
  assert_true(shopcaisse_mask_is_empty(mask));
  assert_masked(mask, "le client", NULL);
}

static void
bytes_around_it_do_not_matter(void **state)
{
  static const char bytes[] = "\000\377xZo\303\251 Roux\000\001";
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add(mask, "zo\303\251 roux");
  assert_true(shopcaisse_mask_is_in(mask, bytes, sizeof bytes));
  assert_false(shopcaisse_mask_is_in(mask, bytes, 6));
}

static void
each_text_of_a_row_is_found(void **state)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(g_variant_new_parsed(
      "{'name': <'Ana'>, 'address': <{'street': <'Lilas 12'>, 'more': <['Apt', 'Porte B']>}>,"
      " 'age': <42>}"));
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();

  (void)state;
  shopcaisse_mask_add_row(mask, row);
  assert_masked(mask, "Ana, Lilas 12, porte b", "\342\200\246, \342\200\246, \342\200\246");
}

static void
notes_are_masked_however_deep_and_nothing_else(void **state)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <'Ana'>, 'note': <'Ana'>, 'lines': <[{'name': <'Ana'>, 'note': <'pour Ana'>,"
      " 'children': <[{'note': <'Ana'>}]>}]>}"));
  g_autoptr(GVariant) wanted = g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <'Ana'>, 'note': <'\342\200\246'>, 'lines': <[{'name': <'Ana'>,"
      " 'note': <'pour \342\200\246'>, 'children': <[{'note': <'\342\200\246'>}]>}]>}"));
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();
  g_autoptr(GVariant) masked = NULL;

  (void)state;
  shopcaisse_mask_add(mask, "Ana");
  masked = shopcaisse_mask_apply_notes(mask, row);
  assert_true(g_variant_equal(masked, wanted));
}

static void
copy_finds_the_same(void **state)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();
  g_autoptr(ShopcaisseMask) copy = NULL;

  (void)state;
  shopcaisse_mask_add(mask, "Delannoy");
  copy = shopcaisse_mask_copy(mask);
  shopcaisse_mask_add(mask, "Petit");
  assert_masked(copy, "delannoy petit", "\342\200\246 petit");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_of_a_name_are_found_whole_and_in_either_case),
    cmocka_unit_test(telephone_is_found_however_it_is_written),
    cmocka_unit_test(signs_of_an_address_are_no_pattern),
    cmocka_unit_test(what_is_too_short_is_passed_over),
    cmocka_unit_test(bytes_around_it_do_not_matter),
    cmocka_unit_test(each_text_of_a_row_is_found),
    cmocka_unit_test(notes_are_masked_however_deep_and_nothing_else),
    cmocka_unit_test(copy_finds_the_same),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
