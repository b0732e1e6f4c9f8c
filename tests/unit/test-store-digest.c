/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/digest.h"

static gint64
digest_texts(const char *first, const char *second)
{
  ShopcaisseDigest *digest = shopcaisse_digest_new();

  shopcaisse_digest_add_text(digest, first);
  shopcaisse_digest_add_text(digest, second);
  return shopcaisse_digest_finish(digest);
}

/* It is stored: a change here would write every row again. */
static void
the_digest_never_changes(void **state)
{
  ShopcaisseDigest *digest = shopcaisse_digest_new();

  shopcaisse_digest_add_text(digest, "text");
  shopcaisse_digest_add_number(digest, -1);
  assert_int_equal(shopcaisse_digest_finish(digest), G_GINT64_CONSTANT(-1400838460666801352));
}

static void
a_border_between_texts_counts(void **state)
{
  assert_true(digest_texts("ab", "c") != digest_texts("a", "bc"));
}

static void
null_differs_from_the_empty_text(void **state)
{
  assert_true(digest_texts(NULL, "a") != digest_texts("", "a"));
}

static void
a_request_is_path_line_feed_and_body(void **state)
{
  g_autoptr(GBytes) body = g_bytes_new_static("body", 4);
  g_autofree char *found = shopcaisse_digest_request("/path", body);
  g_autofree char *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "/path\nbody", -1);

  assert_string_equal(found, expected);
}

static void
a_request_without_body_has_a_digest(void **state)
{
  g_autofree char *found = shopcaisse_digest_request("/path", NULL);
  g_autofree char *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "/path\n", -1);

  assert_string_equal(found, expected);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_digest_never_changes),
    cmocka_unit_test(a_border_between_texts_counts),
    cmocka_unit_test(null_differs_from_the_empty_text),
    cmocka_unit_test(a_request_is_path_line_feed_and_body),
    cmocka_unit_test(a_request_without_body_has_a_digest),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
