/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing members of an object whose other bytes stay. */
#include "answer.h"
#include "api/json-edit.h"

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

static char *
get_text(GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);

  return g_strndup(data, size);
}

static void
assert_body(GBytes *body, const char *text)
{
  g_autofree char *found = get_text(body);

  assert_string_equal(found, text);
  g_bytes_unref(body);
}

static void
assert_edit(const char *before, const char *key, const char *json, const char *after)
{
  g_autoptr(GBytes) object = answer_new(before);
  ShopcaisseJsonMember member = { key, json };

  assert_body(shopcaisse_json_edit(object, &member, 1, NULL), after);
}

static void
member_is_replaced_where_it_stands(void **state)
{
  assert_edit("{\"a\":1,\"b\":2,\"c\":3}", "b", "[4]", "{\"a\":1,\"b\":[4],\"c\":3}");
}

static void
member_that_is_missing_is_added(void **state)
{
  assert_edit("{\"a\":1}", "b", "2", "{\"a\":1,\"b\":2}");
  assert_edit(" {} ", "b", "2", "{\"b\":2}");
}

static void
member_below_another_is_not_touched(void **state)
{
  assert_edit("{\"a\":{\"b\":1},\"c\":[{\"b\":2}]}", "b", "3",
              "{\"a\":{\"b\":1},\"c\":[{\"b\":2}],\"b\":3}");
}

static void
texts_that_look_like_structure_stay_texts(void **state)
{
  assert_edit("{\"a\":\"},\\\"b\\\":[\",\"b\":0}", "b", "1", "{\"a\":\"},\\\"b\\\":[\",\"b\":1}");
  assert_edit("{\"a\":\"\\\\\",\"b\":0}", "b", "1", "{\"a\":\"\\\\\",\"b\":1}");
}

static void
key_in_another_spelling_is_the_same_key(void **state)
{
  assert_edit("{\"\\u0062\":0}", "b", "1", "{\"b\":1}");
}

static void
numbers_keep_their_digits(void **state)
{
  assert_edit("{\"a\":0.1000000000000000055511151231257827,\"b\":-0.0,\"c\":1e2}", "d", "1",
              "{\"a\":0.1000000000000000055511151231257827,\"b\":-0.0,\"c\":1e2,\"d\":1}");
}

static void
what_is_no_object_is_an_error(void **state)
{
  static const char *const texts[] = { "[]", "1", "", "{", "{\"a\":1}x", "{\"a\":1,\"a\":2}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) object = answer_new(texts[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_json_edit(object, NULL, 0, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(member_is_replaced_where_it_stands),
    cmocka_unit_test(member_that_is_missing_is_added),
    cmocka_unit_test(member_below_another_is_not_touched),
    cmocka_unit_test(texts_that_look_like_structure_stay_texts),
    cmocka_unit_test(key_in_another_spelling_is_the_same_key),
    cmocka_unit_test(numbers_keep_their_digits),
    cmocka_unit_test(what_is_no_object_is_an_error),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
