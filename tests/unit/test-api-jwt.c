/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tokens: what is read, and that no refusal repeats a byte of one. */
#include "api/authentication.h"
#include "error.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define PAYLOAD                                                                                    \
  "{\"data\":{\"id\":\"t1\",\"applicationId\":\"app-1\",\"namespace\":\"staging\",\"userId\":"     \
  "\"u\",\"isSubToken\":true,\"resources\":[\"store.s1\",\"company.c1\"],\"permissions\":{"        \
  "\"store.*.*\":true,\"company.*.items\":true,\"pos.*.info\":false}},\"iat\":1772362920}"

static char *
encode(const char *text)
{
  char *base64 = g_base64_encode((const guchar *)text, strlen(text));

  g_strdelimit(g_strdelimit(base64, "+", '-'), "/", '_');
  for (gsize length = strlen(base64); length > 0 && base64[length - 1] == '='; length--)
    base64[length - 1] = '\0';
  return base64;
}

static char *
make_token(const char *payload)
{
  g_autofree char *header = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
  g_autofree char *middle = encode(payload);

  return g_strdup_printf("%s.%s.c2lnbmF0dXJl", header, middle);
}

static void
assert_refused(const char *token, int code, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, &error);

  assert_null(grant);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, code));
  assert_string_equal(error->message, message);
}

static void
whole_token_is_read(void **state)
{
  g_autofree char *token = make_token(PAYLOAD);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, &error);

  assert_null(error);
  assert_string_equal(grant->id, "t1");
  assert_string_equal(grant->application_id, "app-1");
  assert_string_equal(grant->environment, "staging");
  assert_true(grant->issued_at == G_GINT64_CONSTANT(1772362920000000));
  assert_int_equal(g_strv_length(grant->resources), 2);
  assert_string_equal(grant->resources[0], "company.c1");
  assert_int_equal(g_strv_length(grant->permissions), 2);
  assert_string_equal(grant->permissions[0], "company.*.items");
}

static void
what_is_pasted_with_it_is_stripped(void **state)
{
  g_autofree char *token = make_token(PAYLOAD);
  g_autofree char *with_bearer = g_strdup_printf(" \tBearer  %s\r\n", token);
  g_autofree char *with_lower = g_strdup_printf("bearer %s", token);
  g_autoptr(ShopcaisseGrant) first = shopcaisse_token_decode(with_bearer, NULL);
  g_autoptr(ShopcaisseGrant) second = shopcaisse_token_decode(with_lower, NULL);

  assert_non_null(first);
  assert_non_null(second);
}

static void
payload_without_wrapper_is_read(void **state)
{
  g_autofree char *token = make_token("{\"id\":\"t1\",\"applicationId\":\"app-1\"}");
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, NULL);

  assert_non_null(grant);
  assert_string_equal(grant->application_id, "app-1");
  assert_int_equal(grant->issued_at, -1);
  assert_int_equal(g_strv_length(grant->resources), 0);
  assert_null(grant->environment);
}

static void
resources_may_be_an_object(void **state)
{
  g_autofree char *token =
      make_token("{\"data\":{\"resources\":{\"company\":\"c1\",\"store\":[\"s2\","
                 "\"store.s1\"],\"pos\":null}}}");
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, NULL);

  assert_non_null(grant);
  assert_int_equal(g_strv_length(grant->resources), 3);
  assert_string_equal(grant->resources[0], "company.c1");
  assert_string_equal(grant->resources[1], "store.s1");
  assert_string_equal(grant->resources[2], "store.s2");
}

static void
part_of_a_token_is_told(void **state)
{
  g_autofree char *token = make_token(PAYLOAD);
  g_autofree char *last_part_missing = g_strndup(token, (gsize)(strrchr(token, '.') - token));
  g_autofree char *one_too_many = g_strconcat(token, ".eHg", NULL);

  assert_refused(last_part_missing, COMPTOIR_ERROR_INVALID,
                 "the token has 2 parts instead of 3: it was not copied whole");
  assert_refused("eyJhbGciOiJIUzI1NiJ9", COMPTOIR_ERROR_INVALID,
                 "the token has 1 part instead of 3: it was not copied whole");
  assert_refused(one_too_many, COMPTOIR_ERROR_INVALID,
                 "the token has 4 parts instead of 3: something else was copied with it");
  assert_refused("aaaa..bbbb", COMPTOIR_ERROR_INVALID,
                 "the token has an empty part: it was not copied whole");
}

static void
nothing_is_no_token(void **state)
{
  assert_refused("", COMPTOIR_ERROR_NOT_CONFIGURED, "there is no token");
  assert_refused(" \n", COMPTOIR_ERROR_NOT_CONFIGURED, "there is no token");
}

static void
other_characters_are_told_by_position(void **state)
{
  assert_refused("aaaa.b b.cccc", COMPTOIR_ERROR_INVALID,
                 "the token has a character at position 7 that no token has");
}

static void
other_payloads_are_refused(void **state)
{
  g_autofree char *array = make_token("[1]");
  g_autofree char *broken = make_token("{\"data\":");
  g_autofree char *wrong = make_token("{\"data\":{\"applicationId\":5}}");
  g_autofree char *deep = make_token("{\"data\":{\"a\":[[[[[1]]]]]}}");
  const char *not_object = "the token's middle part is not a JSON object: it was not copied whole";

  assert_refused(array, COMPTOIR_ERROR_INVALID, not_object);
  assert_refused(broken, COMPTOIR_ERROR_INVALID, not_object);
  assert_refused(deep, COMPTOIR_ERROR_INVALID, not_object);
  assert_refused(wrong, COMPTOIR_ERROR_INVALID,
                 "the token does not say what a Shopcaisse token says");
  assert_refused("aaaa.bbbbb.cccc", COMPTOIR_ERROR_INVALID,
                 "the token's middle part has a wrong length: it was not copied whole");
}

static void
long_token_is_refused(void **state)
{
  g_autofree char *text = g_strnfill(8 * 1024 + 1, 'a');

  assert_refused(text, COMPTOIR_ERROR_INVALID,
                 "the token is too long: something else was copied with it");
}

/* Each prefix and each single wrong byte: refused or read, never repeated. */
static void
no_refusal_repeats_the_token(void **state)
{
  g_autofree char *token = make_token(PAYLOAD);
  gsize length = strlen(token);

  for (gsize i = 0; i < length; i++) {
    g_autofree char *cut = g_strndup(token, i);
    g_autofree char *changed = g_strdup(token);
    g_autoptr(GError) cut_error = NULL;
    g_autoptr(GError) change_error = NULL;

    changed[i] = '#';
    g_autoptr(ShopcaisseGrant) first = shopcaisse_token_decode(cut, &cut_error);
    g_autoptr(ShopcaisseGrant) second = shopcaisse_token_decode(changed, &change_error);

    assert_null(second);
    assert_null(strstr(change_error->message, "eyJ"));
    if (first == NULL)
      assert_null(strstr(cut_error->message, "eyJ"));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(whole_token_is_read),
    cmocka_unit_test(what_is_pasted_with_it_is_stripped),
    cmocka_unit_test(payload_without_wrapper_is_read),
    cmocka_unit_test(resources_may_be_an_object),
    cmocka_unit_test(part_of_a_token_is_told),
    cmocka_unit_test(nothing_is_no_token),
    cmocka_unit_test(other_characters_are_told_by_position),
    cmocka_unit_test(other_payloads_are_refused),
    cmocka_unit_test(long_token_is_refused),
    cmocka_unit_test(no_refusal_repeats_the_token),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
