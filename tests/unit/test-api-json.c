/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loading within limits, typed getters, numbers with a unit, and the writer. */
#include "answer.h"
#include "api/json-writer.h"
#include "api/json.h"
#include "model/money.h"
#include "tests/repeat.h"

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

#define SEED      20140214
#define N_AMOUNTS 1000000

static json_t *
load(const char *text, GError **error)
{
  g_autoptr(GBytes) body = answer_new(text);

  return shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);
}

static void
assert_not_loaded(const char *text, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) root = load(text, &error);

  assert_null(root);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  assert_non_null(strstr(error->message, message));
}

static void
texts_that_are_not_json_are_refused(void **state)
{
  assert_not_loaded("", "it is empty");
  assert_not_loaded("{\"a\":", "it ends too early");
  assert_not_loaded("{} x", "something follows the value");
  assert_not_loaded("{\"a\":1,\"a\":2}", "a key stands twice");
  assert_not_loaded("[NaN]", "it is not JSON");
  assert_not_loaded("[Infinity]", "it is not JSON");
  assert_not_loaded("[01]", "it is not JSON");
  assert_not_loaded("12", "it is not JSON");
  assert_not_loaded("\xef\xbb\xbf{}", "it is not JSON");
  assert_not_loaded("[\"\xff\"]", "it is not UTF-8");
  assert_not_loaded("[\"\xed\xa0\x80\"]", "it is not UTF-8");
  assert_not_loaded("[\"\xc0\xaf\"]", "it is not UTF-8");
  assert_not_loaded("[\"\\ud800\"]", "it is not JSON");
  assert_not_loaded("[\"\\u0000\"]", "null character");
  assert_not_loaded("{\"\\u0000\":1}", "null character");
}

static void
numbers_out_of_range_are_refused(void **state)
{
  assert_not_loaded("[1e999]", "a number is out of range");
  assert_not_loaded("[1e-999]", "a number is out of range");
  assert_not_loaded("[-1.5E+100]", "a number is out of range");
  assert_not_loaded("[99999999999999999999]", "a number is out of range");
}

static void
exponent_in_a_text_is_no_number(void **state)
{
  g_autoptr(json_t) root = load("[\"1e999\", 1e2, true, false, \"a\\\"1e-999\"]", NULL);

  assert_non_null(root);
}

static void
error_holds_nothing_of_the_answer(void **state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) root = load("{\"name\": SecretName}", &error);

  assert_null(root);
  assert_null(strstr(error->message, "Secret"));
}

static GBytes *
nest(guint depth)
{
  g_autofree char *opening = g_strnfill(depth, '[');
  g_autofree char *closing = g_strnfill(depth, ']');
  char *text = g_strconcat(opening, closing, NULL);

  return g_bytes_new_take(text, strlen(text));
}

static void
depth_is_limited(void **state)
{
  static const guint too_deep[] = { 33, 2048, 2049, 1000000 };
  g_autoptr(GBytes) deepest = nest(32);
  g_autoptr(json_t) root = shopcaisse_json_load(deepest, SHOPCAISSE_JSON_MAX_DEPTH, NULL);

  assert_non_null(root);
  for (gsize i = 0; i < G_N_ELEMENTS(too_deep); i++) {
    g_autoptr(GBytes) body = nest(too_deep[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, &error));
    assert_non_null(strstr(error->message, "nested too deeply"));
  }
}

static void
brackets_in_a_text_are_not_depth(void **state)
{
  g_autoptr(json_t) root =
      load("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[[\"]", NULL);

  assert_non_null(root);
}

static void
number_of_values_is_limited(void **state)
{
  GString *text = g_string_new("[0");

  for (guint i = 0; i < SHOPCAISSE_JSON_MAX_VALUES; i++)
    g_string_append(text, ",0");
  g_string_append_c(text, ']');

  g_autoptr(GBytes) body = g_string_free_to_bytes(text);
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, &error));
  assert_non_null(strstr(error->message, "too many values"));
}

static void
size_is_limited(void **state)
{
  g_autofree char *spaces = g_strnfill(SHOPCAISSE_JSON_MAX_BYTES, ' ');
  g_autofree char *text = g_strconcat("[]", spaces, NULL);

  assert_not_loaded(text, "it is too large");
}

static void
getters_name_key_and_type(void **state)
{
  g_autoptr(json_t) root = load("{\"a\": \"x\", \"b\": 1.5}", NULL);
  gint64 minor = 7;
  gboolean flag = FALSE;
  json_t *inner = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) number_error = NULL;
  g_autoptr(GError) missing_error = NULL;

  assert_false(
      shopcaisse_json_get_cents(root, "a", SHOPCAISSE_JSON_REQUIRED, &minor, &number_error));
  assert_string_equal(number_error->message, "a: a number is wanted, found a string");
  assert_false(
      shopcaisse_json_get_cents(root, "z", SHOPCAISSE_JSON_REQUIRED, &minor, &missing_error));
  assert_string_equal(missing_error->message, "z: a number is wanted, found nothing");
  assert_true(shopcaisse_json_get_cents(root, "z", SHOPCAISSE_JSON_OPTIONAL, &minor, NULL));
  assert_int_equal(minor, 7);
  assert_false(shopcaisse_json_get_boolean(root, "b", &flag, NULL));
  assert_false(shopcaisse_json_get_integer(root, "b", &minor, NULL));
  assert_false(shopcaisse_json_get_text(root, "b", &text, NULL));
  assert_false(shopcaisse_json_get_object(root, "b", &inner, NULL));
  assert_false(shopcaisse_json_get_array(root, "a", &inner, NULL));
}

static void
ids_must_be_fit_for_a_path(void **state)
{
  g_autoptr(json_t) root =
      load("{\"a\": \"..\", \"b\": \"\", \"c\": \"x\\n\", \"d\": \"x/y?z\"}", NULL);
  g_autofree char *id = NULL;

  assert_false(shopcaisse_json_get_id(root, "a", SHOPCAISSE_JSON_REQUIRED, &id, NULL));
  assert_false(shopcaisse_json_get_id(root, "b", SHOPCAISSE_JSON_REQUIRED, &id, NULL));
  assert_false(shopcaisse_json_get_id(root, "c", SHOPCAISSE_JSON_REQUIRED, &id, NULL));
  assert_true(shopcaisse_json_get_id(root, "d", SHOPCAISSE_JSON_REQUIRED, &id, NULL));
  assert_string_equal(id, "x/y?z");
}

static void
long_text_is_refused(void **state)
{
  g_autofree char *longest = g_strnfill(SHOPCAISSE_JSON_MAX_TEXT, 'x');
  g_autofree char *document = g_strdup_printf("{\"a\": \"%s\", \"b\": \"%sx\"}", longest, longest);
  g_autoptr(json_t) root = load(document, NULL);
  g_autofree char *text = NULL;

  assert_true(shopcaisse_json_get_text(root, "a", &text, NULL));
  assert_false(shopcaisse_json_get_text(root, "b", &text, NULL));
}

static void
amounts_are_whole_cents(void **state)
{
  static const struct {
    const char *number;
    gboolean is_amount;
    gint64 minor;
  } cases[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "-0.0", TRUE, 0 },
    { "12", TRUE, 1200 },
    { "12.0", TRUE, 1200 },
    { "1.25e1", TRUE, 1250 },
    { "0.07", TRUE, 7 },
    { "0.30000000000000004", TRUE, 30 },
    { "19.99", TRUE, 1999 },
    { "-3.9", TRUE, -390 },
    { "999999999.99", TRUE, SHOPCAISSE_MONEY_MAX_MINOR },
    { "999999999", TRUE, 99999999900 },
    { "1000000000", FALSE, 0 },
    { "1000000000.01", FALSE, 0 },
    { "9223372036854775807", FALSE, 0 },
    { "-9223372036854775808", FALSE, 0 },
    { "1e99", FALSE, 0 },
    { "3.905", FALSE, 0 },
    { "0.001", FALSE, 0 },
    { "12.5001", FALSE, 0 },
    { "\"12.50\"", FALSE, 0 },
    { "true", FALSE, 0 },
    { "null", FALSE, 0 },
    { "[1]", FALSE, 0 },
    { "{}", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *document = g_strdup_printf("{\"n\": %s}", cases[i].number);
    g_autoptr(json_t) root = load(document, NULL);
    gint64 minor = 5;
    gboolean is_amount =
        shopcaisse_json_get_cents(root, "n", SHOPCAISSE_JSON_REQUIRED, &minor, NULL);

    assert_int_equal(is_amount, cases[i].is_amount);
    assert_true(minor == (cases[i].is_amount ? cases[i].minor : 5));
  }
}

static void
vat_amounts_round_half_up_on_the_magnitude(void **state)
{
  static const struct {
    const char *number;
    gint64 minor;
  } cases[] = { { "1.545", 155 },  { "-1.545", -155 }, { "1.5449", 154 }, { "0.005", 1 },
                { "0.004999", 0 }, { "1.299", 130 },   { "2", 200 } };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *document = g_strdup_printf("{\"n\": %s}", cases[i].number);
    g_autoptr(json_t) root = load(document, NULL);
    gint64 minor = 0;

    assert_true(shopcaisse_json_get_rounded_cents(root, "n", &minor, NULL));
    assert_int_equal(minor, cases[i].minor);
  }
}

static void
times_are_milliseconds(void **state)
{
  g_autoptr(json_t) root = load("{\"a\": 1772362920123, \"b\": -1, \"c\": 1.5, \"d\": "
                                "253402300800000, \"e\": 1772362920123.0}",
                                NULL);
  gint64 at = -1;

  assert_true(shopcaisse_json_get_time(root, "a", SHOPCAISSE_JSON_REQUIRED, &at, NULL));
  assert_true(at == G_GINT64_CONSTANT(1772362920123000));
  assert_true(shopcaisse_json_get_time(root, "e", SHOPCAISSE_JSON_REQUIRED, &at, NULL));
  assert_true(at == G_GINT64_CONSTANT(1772362920123000));
  assert_false(shopcaisse_json_get_time(root, "b", SHOPCAISSE_JSON_REQUIRED, &at, NULL));
  assert_false(shopcaisse_json_get_time(root, "c", SHOPCAISSE_JSON_REQUIRED, &at, NULL));
  assert_false(shopcaisse_json_get_time(root, "d", SHOPCAISSE_JSON_REQUIRED, &at, NULL));
}

static void
rates_are_between_zero_and_one(void **state)
{
  g_autoptr(json_t) root =
      load("{\"a\": 0.055, \"b\": 0.2, \"c\": 20, \"d\": -0.1, \"e\": 0.021}", NULL);
  gint64 bp = -1;

  assert_true(shopcaisse_json_get_rate(root, "a", &bp, NULL));
  assert_int_equal(bp, 550);
  assert_true(shopcaisse_json_get_rate(root, "b", &bp, NULL));
  assert_int_equal(bp, 2000);
  assert_true(shopcaisse_json_get_rate(root, "e", &bp, NULL));
  assert_int_equal(bp, 210);
  assert_false(shopcaisse_json_get_rate(root, "c", &bp, NULL));
  assert_false(shopcaisse_json_get_rate(root, "d", &bp, NULL));
}

/* Written by us, read by a JSON parser as doubles, understood as the same cents. */
static void
million_amounts_come_back_from_the_wire(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
  const guint n_per_text = 1000;

  for (guint i = 0; i < repeat(N_AMOUNTS) / n_per_text; i++) {
    GString *text = g_string_new(NULL);
    g_autofree gint64 *amounts = g_new(gint64, n_per_text);

    shopcaisse_json_begin_array(text, NULL);
    for (guint j = 0; j < n_per_text; j++) {
      gint64 top = j % 2 == 0 ? SHOPCAISSE_MONEY_MAX_MINOR : 1000000;

      amounts[j] = (gint64)(g_rand_double_range(random, -1, 1) * (double)top);
      shopcaisse_json_begin_object(text, NULL);
      shopcaisse_json_add_decimal_money(text, "n", amounts[j]);
      shopcaisse_json_end_object(text);
    }
    shopcaisse_json_end_array(text);

    g_autoptr(GBytes) body = g_string_free_to_bytes(text);
    g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, NULL);

    for (guint j = 0; j < n_per_text; j++) {
      json_t *row = json_array_get(root, j);
      gint64 minor = G_MININT64;

      assert_true(shopcaisse_json_get_cents(row, "n", SHOPCAISSE_JSON_REQUIRED, &minor, NULL));
      assert_true(minor == amounts[j]);
    }
  }
}

static void
writer_escapes_what_a_parser_wants_escaped(void **state)
{
  const char *text = "\"\\\b\f\n\r\t\x01\x1f\x7f/\xc3\xa9\xe2\x82\xac\xf0\x9f\x8d\x8b</script>";
  GString *json = g_string_new(NULL);

  shopcaisse_json_begin_object(json, NULL);
  shopcaisse_json_add_text(json, "t", text);
  shopcaisse_json_end_object(json);

  g_autoptr(GBytes) body = g_string_free_to_bytes(json);
  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, NULL);

  assert_non_null(root);
  assert_string_equal(json_string_value(json_object_get(root, "t")), text);
}

static void
writer_replaces_what_is_not_utf8(void **state)
{
  g_autoptr(GString) json = g_string_new(NULL);

  shopcaisse_json_begin_array(json, NULL);
  shopcaisse_json_add_text(json, NULL, "a\xff");
  shopcaisse_json_end_array(json);
  assert_string_equal(json->str, "[\"a\xef\xbf\xbd\"]");
}

static void
writer_puts_commas_between(void **state)
{
  g_autoptr(GString) json = g_string_new(NULL);

  shopcaisse_json_begin_object(json, NULL);
  shopcaisse_json_begin_array(json, "a");
  shopcaisse_json_end_array(json);
  shopcaisse_json_begin_array(json, "b");
  shopcaisse_json_add_integer(json, NULL, -1);
  shopcaisse_json_add_boolean(json, NULL, TRUE);
  shopcaisse_json_end_array(json);
  shopcaisse_json_begin_object(json, "c");
  shopcaisse_json_end_object(json);
  shopcaisse_json_add_decimal_money(json, "d", 1250);
  shopcaisse_json_add_quantity(json, "e", 350);
  shopcaisse_json_add_quantity(json, "f", 1000);
  shopcaisse_json_end_object(json);
  assert_string_equal(json->str,
                      "{\"a\":[],\"b\":[-1,true],\"c\":{},\"d\":12.50,\"e\":0.35,\"f\":1}");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_that_are_not_json_are_refused),
    cmocka_unit_test(numbers_out_of_range_are_refused),
    cmocka_unit_test(exponent_in_a_text_is_no_number),
    cmocka_unit_test(error_holds_nothing_of_the_answer),
    cmocka_unit_test(depth_is_limited),
    cmocka_unit_test(brackets_in_a_text_are_not_depth),
    cmocka_unit_test(number_of_values_is_limited),
    cmocka_unit_test(size_is_limited),
    cmocka_unit_test(getters_name_key_and_type),
    cmocka_unit_test(ids_must_be_fit_for_a_path),
    cmocka_unit_test(long_text_is_refused),
    cmocka_unit_test(amounts_are_whole_cents),
    cmocka_unit_test(vat_amounts_round_half_up_on_the_magnitude),
    cmocka_unit_test(times_are_milliseconds),
    cmocka_unit_test(rates_are_between_zero_and_one),
    cmocka_unit_test(million_amounts_come_back_from_the_wire),
    cmocka_unit_test(writer_escapes_what_a_parser_wants_escaped),
    cmocka_unit_test(writer_replaces_what_is_not_utf8),
    cmocka_unit_test(writer_puts_commas_between),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
