/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each class of difference has a word of its own, a sentence and a next step. */
#include "model/difference.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
each_class_has_a_word_of_its_own(void **state)
{
  g_autoptr(GHashTable) nicks = g_hash_table_new(g_str_hash, g_str_equal);

  (void)state;
  for (int i = 0; i < SHOPCAISSE_N_DIFFERENCES; i++) {
    const char *nick = shopcaisse_difference_get_nick((ShopcaisseDifference)i);

    assert_true(g_regex_match_simple("^[a-z]+(-[a-z]+)*$", nick, 0, 0));
    assert_true(g_hash_table_add(nicks, (gpointer)nick));
  }
}

/* A fragment in the middle of a sentence, as errors are. */
static void
each_class_says_what_there_is_and_what_to_do(void **state)
{
  (void)state;
  for (int i = 0; i < SHOPCAISSE_N_DIFFERENCES; i++) {
    const char *message = shopcaisse_difference_get_message((ShopcaisseDifference)i);
    const char *next_step = shopcaisse_difference_get_next_step((ShopcaisseDifference)i);

    assert_true(*message != '\0' && *next_step != '\0');
    assert_false(g_str_has_suffix(message, ".") || g_str_has_suffix(next_step, "."));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_class_has_a_word_of_its_own),
    cmocka_unit_test(each_class_says_what_there_is_and_what_to_do),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
