/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moments and their texts. */
#include "model/timestamp.h"
#include "tests/repeat.h"

#include <locale.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SEED 1970

static void
good_texts_are_read(void **state)
{
  static const struct {
    const char *text;
    gint64 at;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2026-03-01T11:02:00Z", G_GINT64_CONSTANT(1772362920000000) },
    { "2026-03-01T12:02:00+01:00", G_GINT64_CONSTANT(1772362920000000) },
    { "2026-03-01T07:32:00-0330", G_GINT64_CONSTANT(1772362920000000) },
    { "2026-03-01T11:02:00.5Z", G_GINT64_CONSTANT(1772362920500000) },
    { "2026-03-01T11:02:00.123456789Z", G_GINT64_CONSTANT(1772362920123456) },
    { "2024-02-29T00:00:00Z", G_GINT64_CONSTANT(1709164800000000) },
    { "9999-12-31T23:59:59.999999Z", SHOPCAISSE_TIMESTAMP_MAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 at = -1;
    g_autoptr(GError) error = NULL;

    assert_true(shopcaisse_timestamp_parse(cases[i].text, &at, &error));
    assert_null(error);
    assert_true(at == cases[i].at);
  }
}

static void
other_texts_are_refused(void **state)
{
  static const char *const texts[] = {
    "",
    "2026-03-01",
    "2026-03-01T11:02:00",
    "2026-03-01 11:02:00Z",
    "2026-03-01T11:02Z",
    "2026-13-01T11:02:00Z",
    "2026-02-29T11:02:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T11:02:60Z",
    "2026-03-01T11:02:00.Z",
    "2026-03-01T11:02:00ZZ",
    "2026-03-01T11:02:00+1:00",
    "2026-03-01T11:02:00+01:60",
    "2026-03-01T11:02:00+15:00",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:30:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "-026-03-01T11:02:00Z",
    "demain",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    gint64 at = 42;
    g_autoptr(GError) error = NULL;

    assert_false(shopcaisse_timestamp_parse(texts[i], &at, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_int_equal(at, 42);
  }
}

static void
text_has_a_fraction_only_when_there_is_one(void **state)
{
  g_autofree char *whole = shopcaisse_timestamp_to_text(G_GINT64_CONSTANT(1772362920000000));
  g_autofree char *part = shopcaisse_timestamp_to_text(G_GINT64_CONSTANT(1772362920050000));

  assert_string_equal(whole, "2026-03-01T11:02:00Z");
  assert_string_equal(part, "2026-03-01T11:02:00.050000Z");
}

static void
random_moments_come_back_from_text(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);

  for (guint i = 0; i < repeat(100000); i++) {
    gint64 at = (gint64)(g_rand_double(random) * (double)SHOPCAISSE_TIMESTAMP_MAX);
    gint64 back = -1;
    g_autofree char *text = shopcaisse_timestamp_to_text(at);

    assert_true(shopcaisse_timestamp_parse(text, &back, NULL));
    assert_true(back == at);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(good_texts_are_read),
    cmocka_unit_test(other_texts_are_refused),
    cmocka_unit_test(text_has_a_fraction_only_when_there_is_one),
    cmocka_unit_test(random_moments_come_back_from_text),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
