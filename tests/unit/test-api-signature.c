/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who has signed a webhook. The values are RFC 4231's, test case 2, and openssl's. */
#include "answer.h"
#include "api/signature.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define KEY  "Jefe"
#define TEXT "what do ya want for nothing?"
#define HEX  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
#define B64  "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="

static gboolean
check(const char *text, const char *key, const char *signature)
{
  g_autoptr(GBytes) body = answer_new(text);

  return shopcaisse_signature_check(body, key, signature);
}

static void
hex_in_either_case_is_right(void **state)
{
  g_autofree char *upper = g_ascii_strup(HEX, -1);

  (void)state;
  assert_true(check(TEXT, KEY, HEX));
  assert_true(check(TEXT, KEY, upper));
}

static void
base64_is_right(void **state)
{
  (void)state;
  assert_true(check(TEXT, KEY, B64));
}

static void
prefix_is_optional(void **state)
{
  (void)state;
  assert_true(check(TEXT, KEY, "sha256=" HEX));
  assert_true(check(TEXT, KEY, "SHA256=" B64));
  assert_false(check(TEXT, KEY, "sha1=" HEX));
  assert_false(check(TEXT, KEY, "sha256=sha256=" HEX));
}

static void
changed_byte_is_wrong(void **state)
{
  (void)state;
  assert_false(check("what do ya want for nothing!", KEY, HEX));
  assert_false(check(TEXT "\n", KEY, HEX));
}

static void
each_changed_digit_is_wrong(void **state)
{
  (void)state;
  for (gsize i = 0; i < strlen(HEX); i++) {
    g_autofree char *signature = g_strdup(HEX);

    signature[i] = signature[i] == '0' ? '1' : '0';
    assert_false(check(TEXT, KEY, signature));
  }
}

static void
wrong_key_is_wrong(void **state)
{
  (void)state;
  assert_false(check(TEXT, "jefe", HEX));
}

static void
empty_key_signs_nothing(void **state)
{
  g_autofree char *signature =
      g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)"", 0, TEXT, -1);

  (void)state;
  assert_false(check(TEXT, "", signature));
  assert_false(check(TEXT, NULL, signature));
}

static void
missing_signature_is_wrong(void **state)
{
  (void)state;
  assert_false(check(TEXT, KEY, NULL));
  assert_false(check(TEXT, KEY, ""));
  assert_false(check(TEXT, KEY, "sha256="));
}

static void
other_writings_are_wrong(void **state)
{
  static const char *const signatures[] = {
    HEX "0",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384g",
    "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM",
    "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOE==",
    "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexY WTsOEM=",
    " " HEX,
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++)
    assert_false(check(TEXT, KEY, signatures[i]));
}

static void
empty_body_can_be_signed(void **state)
{
  g_autofree char *signature =
      g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)KEY, strlen(KEY), "", 0);

  (void)state;
  assert_true(check("", KEY, signature));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(hex_in_either_case_is_right), cmocka_unit_test(base64_is_right),
    cmocka_unit_test(prefix_is_optional),          cmocka_unit_test(changed_byte_is_wrong),
    cmocka_unit_test(each_changed_digit_is_wrong), cmocka_unit_test(wrong_key_is_wrong),
    cmocka_unit_test(empty_key_signs_nothing),     cmocka_unit_test(missing_signature_is_wrong),
    cmocka_unit_test(other_writings_are_wrong),    cmocka_unit_test(empty_body_can_be_signed),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
