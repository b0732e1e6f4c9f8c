/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts as a search takes them: what a person takes for alike is alike. */
#include "model/text.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_folds(const char *text, const char *expected)
{
  g_autofree char *folded = shopcaisse_text_fold(text);

  assert_string_equal(folded, expected);
}

static gboolean
finds(const char *text, const char *search)
{
  g_autofree char *folded = shopcaisse_text_fold(text);
  g_auto(GStrv) words = shopcaisse_text_split_words(search);

  return shopcaisse_text_has_words(folded, words);
}

static void
french_words_fold(void **state)
{
  assert_folds("Crème brûlée", "creme brulee");
  assert_folds("BŒUF", "boeuf");
  assert_folds("Ex æquo", "ex aequo");
  assert_folds("L\u2019ÉTÉ", "l'ete");
  assert_folds("Ça, où, naïf, Noël", "ca, ou, naif, noel");
}

static void
dutch_words_fold(void **state)
{
  assert_folds("Coördinaat", "coordinaat");
  assert_folds("\u0132sje", "ijsje");
  assert_folds("één reünie", "een reunie");
}

static void
german_words_fold(void **state)
{
  assert_folds("Weißwürste", "weisswurste");
  assert_folds("STRA\u1e9eE", "strasse");
  assert_folds("Äpfel, Öl, Übung", "apfel, ol, ubung");
}

static void
composed_and_decomposed_letters_are_alike(void **state)
{
  assert_folds("e\u0301", "e");
  assert_folds("\u00e9", "e");
}

static void
plain_letters_only_lose_their_case(void **state)
{
  assert_folds("Cafe 12-B", "cafe 12-b");
  assert_folds("", "");
}

static void
nothing_folds_to_nothing(void **state)
{
  assert_folds(NULL, "");
}

static void
bytes_that_are_no_text_are_replaced(void **state)
{
  assert_folds("A\xff", "a\xef\xbf\xbd");
}

static void
compatible_forms_are_one(void **state)
{
  assert_folds("1\u202fkg", "1 kg");
  assert_folds("\ufb01let", "filet");
}

static void
every_word_has_to_be_there(void **state)
{
  assert_true(finds("Thé vert (bio)", "BIO the"));
  assert_false(finds("Thé vert", "the noir"));
}

static void
an_empty_search_finds_all(void **state)
{
  assert_null(shopcaisse_text_split_words("  \t"));
  assert_true(finds("anything", ""));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(french_words_fold),
    cmocka_unit_test(dutch_words_fold),
    cmocka_unit_test(german_words_fold),
    cmocka_unit_test(composed_and_decomposed_letters_are_alike),
    cmocka_unit_test(plain_letters_only_lose_their_case),
    cmocka_unit_test(nothing_folds_to_nothing),
    cmocka_unit_test(bytes_that_are_no_text_are_replaced),
    cmocka_unit_test(compatible_forms_are_one),
    cmocka_unit_test(every_word_has_to_be_there),
    cmocka_unit_test(an_empty_search_finds_all),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
