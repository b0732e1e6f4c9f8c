/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reference host's texts: amounts, JSON out, tables, article files. */

#include "amounts.h"
#include "article-file.h"
#include "json-out.h"
#include "text-table.h"

#include <comptoir/comptoir.h>
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
money_is_read_exactly(void **state)
{
  static const struct {
    const char *text;
    gint64 cents;
  } good[] = {
    { "0", 0 }, { "12", 1200 }, { "12.5", 1250 }, { "-0.05", -5 }, { "999999999.99", 99999999999 },
  };
  static const char *const bad[] = { "",   "-", ".5",         "1.",  "1.234", "1,5", "1 0", "1e2",
                                     "+1", "٣", "1000000000", "--1", " 1",    "1 ",  "0x1", "nan" };
  gint64 cents = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    assert_true(amounts_parse_money(good[i].text, &cents));
    assert_true(cents == good[i].cents);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
    assert_false(amounts_parse_money(bad[i], &cents));
}

static void
amounts_are_written_from_integers(void **state)
{
  g_autofree char *money = amounts_format_money(-5);
  g_autofree char *least = amounts_format_money(G_MININT64);
  g_autofree char *whole = amounts_format_quantity(2000);
  g_autofree char *part = amounts_format_quantity(-1250);

  assert_string_equal(money, "-0.05");
  assert_string_equal(least, "-92233720368547758.08");
  assert_string_equal(whole, "2");
  assert_string_equal(part, "-1.25");
}

static void
products_are_rounded_half_up_and_checked(void **state)
{
  gint64 total = 0;

  assert_true(amounts_multiply(225, 500, &total));
  assert_true(total == 113);
  assert_true(amounts_multiply(333, 333, &total));
  assert_true(total == 111);
  assert_false(amounts_multiply(G_MAXINT64 / 2, 3, &total));
  assert_false(amounts_multiply(-1, 1000, &total));
}

static void
json_has_objects_lists_and_escapes(void **state)
{
  g_autoptr(GVariant) value = g_variant_ref_sink(
      g_variant_new_parsed("{'a': <'\"\\\\\n\x01é'>, 'b': <true>, 'c': <uint32 7>, 'd': <1.5>,"
                           " 'e': <[{'x': <<'y'>>}]>, 'f': <byte 0xff>, 'g': <@ms nothing>,"
                           " 'h': <int64 -9007199254740993>}"));
  g_autofree char *line = json_out_line(value);

  assert_string_equal(line, "{\"a\":\"\\\"\\\\\\n\\u0001é\",\"b\":true,\"c\":7,\"d\":1.5,"
                            "\"e\":[{\"x\":\"y\"}],\"f\":255,\"g\":null,"
                            "\"h\":-9007199254740993}\n");
}

static void
table_lines_up_wide_and_missing_cells(void **state)
{
  static const TextColumn columns[] = { { "a", "A" }, { "b", "B" }, { "c", "C" } };
  g_autoptr(GVariant) rows = g_variant_ref_sink(g_variant_new_parsed(
      "[{'a': <'é'>, 'b': <['x', 'y']>}, {'a': <'パン'>, 'c': <true>}, {'b': <'two\nlines'>}]"));
  GString *out = g_string_new(NULL);
  g_autofree char *text = NULL;

  text_table_append(out, rows, columns, G_N_ELEMENTS(columns));
  text = g_string_free(out, FALSE);
  assert_string_equal(text, "A     B          C\n"
                            "é     x, y\n"
                            "パン             yes\n"
                            "      two lines\n");
}

static void
csv_has_quotes_separators_and_a_mark(void **state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) rows = article_file_parse_csv(
      "\xef\xbb\xbfname;price;barcodes\r\n\"a;\"\"b\"\"\";1.00;1 2\r\n\r\nc;;\r\n", &error);
  g_autoptr(GVariant) wanted = g_variant_ref_sink(g_variant_new_parsed(
      "[{'name': <'a;\"b\"'>, 'price': <'1.00'>, 'barcodes': <['1', '2']>}, {'name': <'c'>}]"));
  const char *const keys[] = { "name", "price", "barcodes" };

  assert_null(error);
  assert_int_equal(g_variant_n_children(rows), g_variant_n_children(wanted));
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
    g_autoptr(GVariant) wanted_row = g_variant_get_child_value(wanted, 0);
    g_autofree char *text = text_table_dup_cell(row, keys[i]);
    g_autofree char *wanted_text = text_table_dup_cell(wanted_row, keys[i]);

    assert_string_equal(text, wanted_text);
  }
}

static void
wrong_csv_names_its_line(void **state)
{
  static const char *const wrong[] = { "name\n\"open\n", "name\na,b\n", "name\n\"a\"b\n" };

  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;

    assert_null(article_file_parse_csv(wrong[i], &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_true(g_str_has_prefix(error->message, "line 2: "));
  }
}

static void
json_articles_are_a_list_or_rows(void **state)
{
  static const char list[] = "[{\"name\":\"a\",\"barcodes\":[\"1\"],\"price_includes_tax\":true}]";
  static const char page[] = "{\"rows\":[{\"name\":\"a\",\"stock\":null}]}";
  g_autoptr(GVariant) first = article_file_parse_json(list, strlen(list), NULL);
  g_autoptr(GVariant) second = article_file_parse_json(page, strlen(page), NULL);

  assert_non_null(first);
  assert_non_null(second);
  assert_int_equal(g_variant_n_children(first), 1);
  assert_int_equal(g_variant_n_children(second), 1);
}

static void
json_amount_that_is_a_number_is_refused(void **state)
{
  static const char *const wrong[] = { "[{\"name\":\"a\",\"price\":1.15}]", "{}", "[", "[1]",
                                       "[{\"barcodes\":[1]}]" };

  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;

    assert_null(article_file_parse_json(wrong[i], strlen(wrong[i]), &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(money_is_read_exactly),
    cmocka_unit_test(amounts_are_written_from_integers),
    cmocka_unit_test(products_are_rounded_half_up_and_checked),
    cmocka_unit_test(json_has_objects_lists_and_escapes),
    cmocka_unit_test(table_lines_up_wide_and_missing_cells),
    cmocka_unit_test(csv_has_quotes_separators_and_a_mark),
    cmocka_unit_test(wrong_csv_names_its_line),
    cmocka_unit_test(json_articles_are_a_list_or_rows),
    cmocka_unit_test(json_amount_that_is_a_number_is_refused),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
