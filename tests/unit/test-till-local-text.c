/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts, times and names as the till's window shows them. */
#include "local-text.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define NBSP   "\u00a0"
#define NARROW "\u202f"
#define NOON   G_GINT64_CONSTANT(1772362800000000) /* 2026-03-01T11:00:00Z */

typedef struct {
  const char *language;
  gint64 cents;
  const char *wanted;
} Example;

static void
check_amounts(const Example *examples, gsize n_examples)
{
  for (gsize i = 0; i < n_examples; i++) {
    g_autofree char *text = NULL;

    g_setenv("LANGUAGE", examples[i].language, TRUE);
    text = local_text_format_amount(examples[i].cents);
    assert_string_equal(text, examples[i].wanted);
  }
}

static void
an_amount_has_the_marks_and_the_sign_of_its_language(void **state)
{
  static const Example examples[] = {
    { "fr", 123450, "1" NARROW "234,50" NBSP "€" },
    { "fr_BE:fr", 395, "3,95" NBSP "€" },
    { "nl", 123450, "€" NBSP "1.234,50" },
    { "de", 123450, "1.234,50" NBSP "€" },
    { "en", 123450, "€1,234.50" },
    { "fry", 395, "€3.95" },
  };
  (void)state;

  check_amounts(examples, G_N_ELEMENTS(examples));
}

static void
a_minus_stands_where_the_language_has_it(void **state)
{
  static const Example examples[] = {
    { "fr", -1250, "-12,50" NBSP "€" },
    { "nl", -1250, "€" NBSP "-12,50" },
    { "en", -5, "-€0.05" },
  };
  (void)state;

  check_amounts(examples, G_N_ELEMENTS(examples));
}

static void
groups_of_three_are_counted_from_the_right(void **state)
{
  static const Example examples[] = {
    { "nl", 99900, "€" NBSP "999,00" },
    { "nl", 100000, "€" NBSP "1.000,00" },
    { "nl", 123456789012, "€" NBSP "1.234.567.890,12" },
    { "nl", G_MININT64, "€" NBSP "-92.233.720.368.547.758,08" },
  };
  (void)state;

  check_amounts(examples, G_N_ELEMENTS(examples));
}

static void
a_time_of_today_has_no_date(void **state)
{
  g_autofree char *text = NULL;
  (void)state;

  g_setenv("LANGUAGE", "fr", TRUE);
  text = local_text_format_time("2026-03-01T11:02:00Z", NOON);
  assert_string_equal(text, "12:02"); /* in Paris */
}

static void
a_time_of_another_day_has_the_date_of_its_language(void **state)
{
  static const struct {
    const char *language;
    const char *wanted;
  } examples[] = { { "fr", "05/02/2026 12:02" },
                   { "nl", "5/02/2026 12:02" },
                   { "de", "05.02.2026 12:02" },
                   { "en", "2026-02-05 12:02" } };
  (void)state;

  for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
    g_autofree char *text = NULL;

    g_setenv("LANGUAGE", examples[i].language, TRUE);
    text = local_text_format_time("2026-02-05T11:02:00Z", NOON);
    assert_string_equal(text, examples[i].wanted);
  }
}

static void
what_is_no_time_stays_as_it_is(void **state)
{
  g_autofree char *text = local_text_format_time("yesterday", NOON);
  g_autofree char *none = local_text_format_time(NULL, NOON);
  (void)state;

  assert_string_equal(text, "yesterday");
  assert_string_equal(none, "");
}

static void
a_variant_stands_behind_its_article(void **state)
{
  g_autoptr(GVariant) article = g_variant_ref_sink(
      g_variant_new_parsed("{'id': <'A1'>, 'name': <'T-shirt'>, 'variant': <'L'>}"));
  g_autofree char *name = local_text_dup_name(article);
  (void)state;

  assert_string_equal(name, "T-shirt (L)");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_amount_has_the_marks_and_the_sign_of_its_language),
    cmocka_unit_test(a_minus_stands_where_the_language_has_it),
    cmocka_unit_test(groups_of_three_are_counted_from_the_right),
    cmocka_unit_test(a_time_of_today_has_no_date),
    cmocka_unit_test(a_time_of_another_day_has_the_date_of_its_language),
    cmocka_unit_test(what_is_no_time_stays_as_it_is),
    cmocka_unit_test(a_variant_stands_behind_its_article),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
