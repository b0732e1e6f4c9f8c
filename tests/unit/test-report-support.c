/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The support bundle holds what was put in, and no password. */
#include "report/support.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static GVariant *
parse(const char *text)
{
  return g_variant_ref_sink(g_variant_new_parsed(text));
}

static void
assert_clean(const char *text, const char *expected)
{
  g_autofree char *clean = shopcaisse_support_clean(text);

  assert_string_equal(clean, expected);
}

static void
addresses_lose_user_and_password(void **state)
{
  assert_clean("http://ann:secret@proxy:3128", "http://***@proxy:3128");
  assert_clean("via https://a:b@c@d/e?f, then http://x:y@z", "via https://***@d/e?f, then "
                                                             "http://***@z");
}

static void
other_texts_stay(void **state)
{
  assert_clean("https://api.example.org/a@b", "https://api.example.org/a@b");
  assert_clean("ann@example.org", "ann@example.org");
  assert_clean("", "");
}

static void
rows_are_lines_of_what_was_asked_for(void **state)
{
  static const char *const keys[] = { "level", "id", "missing", "minutes", "at", NULL };
  g_autoptr(ShopcaisseSupport) support = shopcaisse_support_new();
  g_autoptr(GVariant) rows =
      parse("[{'id': <'a'>, 'level': <'ok'>, 'minutes': <uint32 5>, 'name': <'Ann'>},"
            " {'id': <'two\\nlines'>, 'at': <int64 1772445600000000>}]");
  g_autofree char *text = NULL;

  shopcaisse_support_begin(support, "rows");
  shopcaisse_support_add_rows(support, rows, keys);
  text = shopcaisse_support_take_text(support);
  assert_string_equal(text, "== rows\nok | a | 5\ntwo lines | 2026-03-02T10:00:00Z\n");
}

static void
secrets_are_set_or_not(void **state)
{
  g_autoptr(ShopcaisseSupport) support = shopcaisse_support_new();
  g_autoptr(GVariant) rows =
      parse("[{'key': <'token'>, 'kind': <'secret'>, 'value': <true>, 'hint': <'wxyz'>},"
            " {'key': <'old'>, 'kind': <'secret'>, 'value': <'abc'>},"
            " {'key': <'proxy'>, 'kind': <'text'>, 'value': <'http://u:p@h'>},"
            " {'key': <'debug'>, 'kind': <'boolean'>, 'value': <false>}]");
  g_autofree char *text = NULL;

  shopcaisse_support_add_settings(support, rows);
  text = shopcaisse_support_take_text(support);
  assert_string_equal(text, "token: set\nold: not set\nproxy: http://***@h\ndebug: false\n");
}

static void
counts_are_lines(void **state)
{
  g_autoptr(ShopcaisseSupport) support = shopcaisse_support_new();
  g_autoptr(GVariant) counts = parse("{'sent': uint32 3}");
  g_autofree char *text = NULL;

  shopcaisse_support_add_counts(support, "orders", counts);
  text = shopcaisse_support_take_text(support);
  assert_string_equal(text, "orders, sent: 3\n");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(addresses_lose_user_and_password),
    cmocka_unit_test(other_texts_stay),
    cmocka_unit_test(rows_are_lines_of_what_was_asked_for),
    cmocka_unit_test(secrets_are_set_or_not),
    cmocka_unit_test(counts_are_lines),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
