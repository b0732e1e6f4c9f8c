/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages as sentences. */
#include "ui/model/sentence.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_sentence(const char *message, const char *expected)
{
  g_autofree char *sentence = shopcaisse_page_sentence_dup(message);
  assert_string_equal(sentence, expected);
}

static void
message_becomes_a_sentence(void **state)
{
  assert_sentence("no token has been set", "No token has been set.");
  assert_sentence("émission refusée", "Émission refusée.");
  assert_sentence("articles: 12 rows read", "Articles: 12 rows read.");
  assert_sentence("articles\u00a0: 12 lignes lues", "Articles\u00a0: 12 lignes lues.");
}

static void
sentence_stays_one(void **state)
{
  assert_sentence("No token has been set.", "No token has been set.");
  assert_sentence("Really?", "Really?");
  assert_sentence("Loading…", "Loading…");
}

static void
what_is_no_word_stays_as_it_is(void **state)
{
  assert_sentence("<b>&amp;", "<b>&amp;");
  assert_sentence("a-1 is linked already", "a-1 is linked already.");
  assert_sentence("https://example.test/", "https://example.test/");
}

static void
quoted_answer_keeps_its_last_mark(void **state)
{
  assert_sentence("Shopcaisse answers: \"no.\"", "Shopcaisse answers: \"no.\"");
  assert_sentence("Shopcaisse répond : « non »", "Shopcaisse répond : « non ».");
}

static void
nothing_stays_nothing(void **state)
{
  assert_sentence("", "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(message_becomes_a_sentence),
    cmocka_unit_test(sentence_stays_one),
    cmocka_unit_test(what_is_no_word_stays_as_it_is),
    cmocka_unit_test(quoted_answer_keeps_its_last_mark),
    cmocka_unit_test(nothing_stays_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
