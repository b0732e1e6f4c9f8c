/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts, rates, times and ages as people read them, and amounts as they type them. */
#include "ui/format.h"

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

typedef struct {
  const char *locale;
  const char *given;
  const char *wanted;
} Example;

/* LANGUAGE is looked at first: tests that want the rest of the environment empty it. */
static void
speak(const char *locale)
{
  g_unsetenv("LANGUAGE");
  g_setenv("LC_ALL", locale, TRUE);
}

static void
check_all(const Example *examples, gsize n_examples, char *(*format)(const char *))
{
  for (gsize i = 0; i < n_examples; i++) {
    g_autofree char *text = NULL;

    speak(examples[i].locale);
    text = format(examples[i].given);
    assert_string_equal(text, examples[i].wanted);
  }
}

static char *
format_euro(const char *decimal)
{
  return shopcaisse_format_money(decimal, "EUR");
}

static char *
format_franc(const char *decimal)
{
  return shopcaisse_format_money(decimal, "CHF");
}

static void
money_has_the_marks_and_the_sign_of_its_language(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "1234.50", "1" NARROW "234,50" NBSP "€" },
    { "fr_BE.UTF-8", "1234.50", "1" NARROW "234,50" NBSP "€" },
    { "nl_BE.UTF-8", "1234.50", "€" NBSP "1.234,50" },
    { "de_BE.UTF-8", "1234.50", "1.234,50" NBSP "€" },
    { "C", "1234.50", "€1,234.50" },
    { "en_GB.UTF-8", "1234.50", "€1,234.50" },
    { "fr_FR.UTF-8", "1234567.89", "1" NARROW "234" NARROW "567,89" NBSP "€" },
    { "fr_FR.UTF-8", "999.99", "999,99" NBSP "€" },
    { "fr_FR.UTF-8", "0.05", "0,05" NBSP "€" },
  };

  check_all(examples, G_N_ELEMENTS(examples), format_euro);
}

static void
a_negative_amount_has_its_minus_before_the_digits(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "-12.50", "-12,50" NBSP "€" },
    { "nl_BE.UTF-8", "-12.50", "€" NBSP "-12,50" },
    { "de_BE.UTF-8", "-12.50", "-12,50" NBSP "€" },
    { "C", "-12.50", "-€12.50" },
  };

  check_all(examples, G_N_ELEMENTS(examples), format_euro);
}

static void
money_has_two_decimals_and_more_when_there_are(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "12", "12,00" NBSP "€" },
    { "fr_FR.UTF-8", "12.5", "12,50" NBSP "€" },
    { "fr_FR.UTF-8", "12.345", "12,345" NBSP "€" },
  };

  check_all(examples, G_N_ELEMENTS(examples), format_euro);
}

static void
another_currency_is_named_by_its_code(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "12.50", "12,50" NBSP "CHF" },
    { "nl_BE.UTF-8", "-12.50", "CHF" NBSP "-12,50" },
    { "C", "12.50", "CHF" NBSP "12.50" },
  };

  check_all(examples, G_N_ELEMENTS(examples), format_franc);
}

static void
an_amount_without_a_currency_stands_alone(void **state)
{
  g_autofree char *none = NULL;
  g_autofree char *empty = NULL;

  speak("nl_BE.UTF-8");
  none = shopcaisse_format_money("-1234.5", NULL);
  empty = shopcaisse_format_money("0", "");
  assert_string_equal(none, "-1.234,50");
  assert_string_equal(empty, "0,00");
}

static void
what_is_no_amount_stays_as_it_is(void **state)
{
  static const char *const texts[] = { "",      "-",      "abc", "1,50",   "1.2.3", "1.",
                                       ".5",    "1 000",  "+1",  "--1",    "1.5e3", "€5",
                                       "12.5x", "\u0664", "NaN", "1.50 €", " 1" };

  speak("fr_FR.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *money = shopcaisse_format_money(texts[i], "EUR");
    g_autofree char *quantity = shopcaisse_format_quantity(texts[i]);
    g_autofree char *rate = shopcaisse_format_rate(texts[i]);

    assert_string_equal(money, texts[i]);
    assert_string_equal(quantity, texts[i]);
    assert_string_equal(rate, texts[i]);
  }
}

static void
nothing_is_an_empty_text(void **state)
{
  g_autofree char *money = shopcaisse_format_money(NULL, "EUR");
  g_autofree char *quantity = shopcaisse_format_quantity(NULL);
  g_autofree char *rate = shopcaisse_format_rate(NULL);
  g_autofree char *time = shopcaisse_format_time(NULL);
  g_autofree char *age = shopcaisse_format_age(NULL, 0);

  assert_string_equal(money, "");
  assert_string_equal(quantity, "");
  assert_string_equal(rate, "");
  assert_string_equal(time, "");
  assert_string_equal(age, "");
}

static void
a_quantity_keeps_its_decimals(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "0.35", "0,35" },
    { "fr_FR.UTF-8", "1", "1" },
    { "fr_BE.UTF-8", "1250", "1" NARROW "250" },
    { "nl_BE.UTF-8", "1250.5", "1.250,5" },
    { "de_BE.UTF-8", "-3", "-3" },
    { "C", "1250.125", "1,250.125" },
  };

  check_all(examples, G_N_ELEMENTS(examples), shopcaisse_format_quantity);
}

static void
a_rate_has_its_percent_sign_as_the_language_sets_it(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "5.5", "5,5" NBSP "%" },
    { "fr_BE.UTF-8", "21", "21" NBSP "%" },
    { "nl_BE.UTF-8", "5.5", "5,5%" },
    { "de_BE.UTF-8", "5.5", "5,5" NBSP "%" },
    { "C", "5.5", "5.5%" },
  };

  check_all(examples, G_N_ELEMENTS(examples), shopcaisse_format_rate);
}

static void
a_time_is_local_and_has_the_form_of_its_language(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "2026-03-01T14:04:00Z", "01/03/2026 15:04" },
    { "fr_BE.UTF-8", "2026-03-01T14:04:59.9Z", "01/03/2026 15:04" },
    { "nl_BE.UTF-8", "2026-03-01T14:04:00Z", "1/03/2026 15:04" },
    { "de_BE.UTF-8", "2026-03-01T14:04:00Z", "01.03.2026 15:04" },
    { "C", "2026-03-01T14:04:00Z", "2026-03-01 15:04" },
    { "fr_FR.UTF-8", "2026-07-14T23:30:00+00:00", "15/07/2026 01:30" },
  };

  check_all(examples, G_N_ELEMENTS(examples), shopcaisse_format_time);
}

static void
what_is_no_time_stays_as_it_is(void **state)
{
  static const char *const texts[] = { "", "never", "2026-03-01", "14:04", "01/03/2026 15:04" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *time = shopcaisse_format_time(texts[i]);
    g_autofree char *age = shopcaisse_format_age(texts[i], G_GINT64_CONSTANT(1772373840000000));

    assert_string_equal(time, texts[i]);
    assert_string_equal(age, texts[i]);
  }
}

static void
an_age_counts_minutes_then_hours_then_days(void **state)
{
  const gint64 then_us = G_GINT64_CONSTANT(1772373840000000); /* 2026-03-01T14:04:00Z */
  static const struct {
    gint64 age_s;
    const char *wanted;
  } examples[] = {
    { -60, "just now" },
    { 0, "just now" },
    { 59, "just now" },
    { 60, "1 minute ago" },
    { 3 * 60 + 59, "3 minutes ago" },
    { 3599, "59 minutes ago" },
    { 3600, "1 hour ago" },
    { 2 * 3600, "2 hours ago" },
    { 24 * 3600 - 1, "23 hours ago" },
    { 24 * 3600, "1 day ago" },
    { 29 * 24 * 3600, "29 days ago" },
    { 30 * 24 * 3600, "2026-03-01 15:04" },
    { -61, "2026-03-01 15:04" },
  };

  speak("C");
  for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
    g_autofree char *age =
        shopcaisse_format_age("2026-03-01T14:04:00Z", then_us + examples[i].age_s * G_USEC_PER_SEC);

    assert_string_equal(age, examples[i].wanted);
  }
}

static void
the_language_that_gettext_speaks_decides(void **state)
{
  g_autofree char *text = NULL;

  speak("fr_FR.UTF-8");
  g_setenv("LANGUAGE", "nl:fr", TRUE);
  text = shopcaisse_format_money("1234.50", "EUR");
  assert_string_equal(text, "€" NBSP "1.234,50");
}

static void
a_language_that_only_begins_alike_is_another(void **state)
{
  g_autofree char *text = NULL;

  speak("frp_IT.UTF-8");
  text = shopcaisse_format_quantity("1234.5");
  assert_string_equal(text, "1,234.5");
}

static void
typed_amounts_are_read_whatever_their_marks(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "12", "12" },
    { "fr_FR.UTF-8", "12,5", "12.5" },
    { "fr_FR.UTF-8", "12.50", "12.50" },
    { "fr_FR.UTF-8", " 12,50 € ", "12.50" },
    { "fr_FR.UTF-8", "1" NARROW "234,50" NBSP "€", "1234.50" },
    { "nl_BE.UTF-8", "€" NBSP "-12,50", "-12.50" },
    { "nl_BE.UTF-8", "€" NBSP "1.234,50", "1234.50" },
    { "C", "1,234.50", "1234.50" },
    { "fr_FR.UTF-8", "1.234,50", "1234.50" },
    { "fr_FR.UTF-8", "1.234.567", "1234567" },
    { "nl_BE.UTF-8", "1.234", "1234" },
    { "de_BE.UTF-8", "1.234", "1234" },
    { "C", "1,234", "1234" },
    { "fr_FR.UTF-8", ",5", "0.5" },
    { "fr_FR.UTF-8", "007,10", "7.10" },
    { "fr_FR.UTF-8", "0", "0" },
    { "fr_FR.UTF-8",
      "\u2212"
      "3",
      "-3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
    g_autofree char *decimal = NULL;

    speak(examples[i].locale);
    assert_true(shopcaisse_format_parse_decimal(examples[i].given, &decimal));
    assert_string_equal(decimal, examples[i].wanted);
  }
}

static void
typed_amounts_that_could_be_two_are_refused(void **state)
{
  static const Example examples[] = {
    { "fr_FR.UTF-8", "1.234", NULL },     { "fr_BE.UTF-8", "1,234", NULL },
    { "nl_BE.UTF-8", "1,234", NULL },     { "C", "1.234", NULL },
    { "nl_BE.UTF-8", "0.234", NULL },     { "nl_BE.UTF-8", "1234.567", NULL },
    { "fr_FR.UTF-8", "1,2345", NULL },    { "fr_FR.UTF-8", "1.23.456", NULL },
    { "fr_FR.UTF-8", "1,234,56", NULL },  { "fr_FR.UTF-8", "1.2,3.4", NULL },
    { "fr_FR.UTF-8", "12.34,567", NULL }, { "fr_FR.UTF-8", "1.234,5678", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
    g_autofree char *decimal = NULL;

    speak(examples[i].locale);
    assert_false(shopcaisse_format_parse_decimal(examples[i].given, &decimal));
    assert_null(decimal);
  }
}

static void
typed_texts_that_are_no_amount_are_refused(void **state)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "€",
                                       "-",
                                       "abc",
                                       "12,",
                                       ",",
                                       ".",
                                       "1-2",
                                       "--1",
                                       "12 kg",
                                       "1e3",
                                       "+12",
                                       "$12",
                                       "1,-5",
                                       "\xff",
                                       "1234567890123456" };

  speak("fr_FR.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *decimal = NULL;

    assert_false(shopcaisse_format_parse_decimal(texts[i], &decimal));
    assert_null(decimal);
  }
  assert_false(shopcaisse_format_parse_decimal(NULL, &(char *){ NULL }));
}

static void
what_is_printed_is_read_again(void **state)
{
  static const char *const locales[] = { "fr_FR.UTF-8", "fr_BE.UTF-8", "nl_BE.UTF-8", "de_BE.UTF-8",
                                         "C" };
  static const char *const amounts[] = { "0.00", "0.05", "999.99", "1234.50", "-1234567.89" };

  for (gsize i = 0; i < G_N_ELEMENTS(locales); i++) {
    speak(locales[i]);
    for (gsize j = 0; j < G_N_ELEMENTS(amounts); j++) {
      g_autofree char *text = shopcaisse_format_money(amounts[j], "EUR");
      g_autofree char *decimal = NULL;

      assert_true(shopcaisse_format_parse_decimal(text, &decimal));
      assert_string_equal(decimal, amounts[j]);
    }
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(money_has_the_marks_and_the_sign_of_its_language),
    cmocka_unit_test(a_negative_amount_has_its_minus_before_the_digits),
    cmocka_unit_test(money_has_two_decimals_and_more_when_there_are),
    cmocka_unit_test(another_currency_is_named_by_its_code),
    cmocka_unit_test(an_amount_without_a_currency_stands_alone),
    cmocka_unit_test(what_is_no_amount_stays_as_it_is),
    cmocka_unit_test(nothing_is_an_empty_text),
    cmocka_unit_test(a_quantity_keeps_its_decimals),
    cmocka_unit_test(a_rate_has_its_percent_sign_as_the_language_sets_it),
    cmocka_unit_test(a_time_is_local_and_has_the_form_of_its_language),
    cmocka_unit_test(what_is_no_time_stays_as_it_is),
    cmocka_unit_test(an_age_counts_minutes_then_hours_then_days),
    cmocka_unit_test(the_language_that_gettext_speaks_decides),
    cmocka_unit_test(a_language_that_only_begins_alike_is_another),
    cmocka_unit_test(typed_amounts_are_read_whatever_their_marks),
    cmocka_unit_test(typed_amounts_that_could_be_two_are_refused),
    cmocka_unit_test(typed_texts_that_are_no_amount_are_refused),
    cmocka_unit_test(what_is_printed_is_read_again),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
