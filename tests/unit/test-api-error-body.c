/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is shown of an error's body. */
#include "answer.h"
#include "api/orders.h"

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

static void
assert_says(GBytes *body, const char *wanted)
{
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  assert_string_equal(text, wanted);
}

static void
messages_of_an_array_are_joined(void **state)
{
  g_autoptr(GBytes) body = answer_load("error-validation.json");

  assert_says(body, "items.0.price must not be less than 0; channel should not be empty");
}

static void
licence_is_recognised_and_said(void **state)
{
  g_autoptr(GBytes) body = answer_load("error-licence.json");
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  assert_true(shopcaisse_error_body_is_licence(body));
  assert_true(
      g_str_has_prefix(text, "Pos pos-1 does not have an Order Management Module license!"));
}

static void
page_of_a_proxy_loses_its_tags(void **state)
{
  g_autoptr(GBytes) body = answer_load("error-proxy.html");

  assert_says(body, "502 Bad Gateway 502 Bad Gateway proxy");
  assert_false(shopcaisse_error_body_is_licence(body));
}

static void
other_shapes_say_what_they_can(void **state)
{
  static const struct {
    const char *body;
    const char *text;
  } cases[] = {
    { "{'message':'no','error':'Bad'}", "no" },
    { "{'error':'Bad Request'}", "Bad Request" },
    { "{'detail':'because'}", "because" },
    { "{'message':[],'error':'Bad'}", "Bad" },
    { "{'message':[1,'x',null]}", "x" },
    { "{'message':{'a':1},'detail':'y'}", "y" },
    { "{'other':1}", "{\"other\":1}" },
    { "['a']", "[\"a\"]" },
    { "plain words", "plain words" },
    { "", "" },
    { "   ", "" },
    { "<html", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GBytes) body = answer_quoted(cases[i].body);

    assert_says(body, cases[i].text);
  }
  assert_says(NULL, "");
  assert_false(shopcaisse_error_body_is_licence(NULL));
}

static void
text_is_one_short_line(void **state)
{
  g_autofree char *word = g_strnfill(300, 'x');
  g_autofree char *document =
      g_strdup_printf("a\r\nb\x1b[31m\t c\xe2\x80\xa8 d\xe2\x80\xae %s", word);
  g_autoptr(GBytes) body = answer_new(document);
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  assert_true(g_str_has_prefix(text, "a b [31m c d xxx"));
  assert_true(g_str_has_suffix(text, "x\xe2\x80\xa6"));
  assert_true(g_utf8_strlen(text, -1) <= 202);
}

static void
bytes_that_are_not_utf8_are_replaced(void **state)
{
  static const char bytes[] = { 'a', '\0', (char)0xff, 'b' };
  g_autoptr(GBytes) body = g_bytes_new_static(bytes, sizeof bytes);
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  assert_true(g_utf8_validate(text, -1, NULL));
  assert_true(text[0] == 'a');
}

static void
tokens_are_not_shown(void **state)
{
  g_autoptr(GBytes) body =
      answer_quoted("{'message':'bad token eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln, sorry'}");

  assert_says(body, "bad token ***, sorry");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(messages_of_an_array_are_joined),
    cmocka_unit_test(licence_is_recognised_and_said),
    cmocka_unit_test(page_of_a_proxy_loses_its_tags),
    cmocka_unit_test(other_shapes_say_what_they_can),
    cmocka_unit_test(text_is_one_short_line),
    cmocka_unit_test(bytes_that_are_not_utf8_are_replaced),
    cmocka_unit_test(tokens_are_not_shown),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
