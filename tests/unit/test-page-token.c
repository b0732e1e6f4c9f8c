/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The form of a token, before anybody is asked. */
#include "ui/model/token.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_cleans(const char *pasted, const char *expected)
{
  g_autofree char *token = shopcaisse_page_token_clean(pasted);
  assert_string_equal(token, expected);
}

static void
assert_problem(const char *token, const char *part)
{
  g_autofree char *problem = shopcaisse_page_token_dup_problem(token);
  assert_non_null(problem);
  assert_non_null(strstr(problem, part));
}

static void
line_breaks_and_spaces_are_left_out(void **state)
{
  assert_cleans("  aaa.b\n bb.c c\r\n", "aaa.bbb.cc");
}

static void
quotes_and_the_word_bearer_are_left_out(void **state)
{
  assert_cleans("Bearer \"aaa.bbb.ccc\"", "aaa.bbb.ccc");
}

static void
whole_token_has_no_problem(void **state)
{
  assert_null(shopcaisse_page_token_dup_problem("eyJh.bG-c_i.O="));
}

static void
nothing_asks_for_a_token(void **state)
{
  assert_problem("", "Paste the token first");
}

static void
two_parts_are_told_from_three(void **state)
{
  assert_problem("aaa.bbb", "2 parts instead of 3");
}

static void
one_part_is_said_in_the_singular(void **state)
{
  assert_problem("aaa", "1 part instead of 3");
}

static void
four_parts_are_told_from_three(void **state)
{
  assert_problem("a.b.c.d", "4 parts instead of 3");
}

static void
missing_last_part_is_said(void **state)
{
  assert_problem("aaa.bbb.", "A part of this token is missing");
}

static void
other_text_is_no_token(void **state)
{
  assert_problem("https://example.org/", "This is not a token");
}

/* A token that was cut anywhere is never sent, or is still three parts: then the channel says so.
 */
static void
every_cut_is_survived(void **state)
{
  const char whole[] = "eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7ImlkIjoiMSJ9fQ.Z2RHPhtRM7XmCddi";
  for (gsize length = 0; length < sizeof whole; length++) {
    g_autofree char *cut = g_strndup(whole, length);
    g_autofree char *problem = shopcaisse_page_token_dup_problem(cut);
    gboolean has_three = g_strrstr(cut, ".") != NULL && strchr(cut, '.') != g_strrstr(cut, ".") &&
                         !g_str_has_suffix(cut, ".");
    assert_int_equal(problem == NULL, has_three);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(line_breaks_and_spaces_are_left_out),
    cmocka_unit_test(quotes_and_the_word_bearer_are_left_out),
    cmocka_unit_test(whole_token_has_no_problem),
    cmocka_unit_test(nothing_asks_for_a_token),
    cmocka_unit_test(two_parts_are_told_from_three),
    cmocka_unit_test(one_part_is_said_in_the_singular),
    cmocka_unit_test(four_parts_are_told_from_three),
    cmocka_unit_test(missing_last_part_is_said),
    cmocka_unit_test(other_text_is_no_token),
    cmocka_unit_test(every_cut_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
