/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close as a file: a table, a page and a text for programs, whatever the names in it are. */
#include "report/day-report.h"

#include <jansson.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SUMS                                                                                       \
  "'host_orders': <uint32 2>, 'on_till': <uint32 2>, 'finalised': <uint32 1>,"                     \
  " 'till_only': <uint32 1>, 'host_total': <'25.00'>, 'till_total': <'12.50'>,"                    \
  " 'difference': <'12.50'>, 'till_only_total': <'3.95'>,"                                         \
  " 'vat': <[{'rate': <'5.5'>, 'gross': <'12.50'>, 'vat': <'0.65'>, 'net': <'11.85'>,"             \
  " 'expected': <'0.65'>, 'tolerance': <'0.02'>, 'host_gross': <'25.00'>}]>,"                      \
  " 'payments': <[{'method': <'Espèces'>, 'amount': <'12.50'>}]>,"                                \
  " 'host_payments': <[{'method': <'=cash'>, 'amount': <'25.00'>}]>"

static const char day[] =
    "{'day': <'2026-03-01'>, 'compared_at': <'2026-03-01T20:00:00Z'>, 'time_zone': "
    "<'Europe/Paris'>,"
    " 'provisional': <true>, 'differences': <uint32 1>, 'difference': <'12.50'>, 'stores': <["
    "{'name': <'Chez <b>\"Anne\"</b> & fils'>, 'reason': <'1 shift is not complete'>, " SUMS ","
    " 'shifts': <[{'id': <'s-1'>, 'register': <'Caisse; 1'>, 'state': <'open'>,"
    " 'status': <'OPENED'>, 'sequence': <uint32 3>, " SUMS "}]>,"
    " 'differences': <[{'class': <'not-finalised'>, 'sale_id': <'sale-1'>, 'number': <'@7'>,"
    " 'ticket': <''>, 'register': <'Caisse; 1'>, 'total': <'12.50'>,"
    " 'message': <'an <order>'>, 'next_step': <'tap it'>}]>}]>}";

static GVariant *
parse_day(void)
{
  g_autoptr(GError) error = NULL;
  GVariant *report = g_variant_parse(G_VARIANT_TYPE_VARDICT, day, NULL, NULL, &error);

  if (report == NULL)
    fail_msg("%s", error->message);
  return report;
}

static void
assert_holds(const char *text, const char *part)
{
  if (strstr(text, part) == NULL)
    fail_msg("no \"%s\" in %s", part, text);
}

static void
table_begins_with_a_byte_order_mark_and_headings(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_csv(report);

  (void)state;
  assert_true(g_str_has_prefix(text, "\357\273\277Kind;Store;Register;Shift;Name;Receipt;"
                                     "This program;Till;Difference;VAT;What;What to do\r\n"));
}

static void
amounts_of_the_table_have_a_comma(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_csv(report);

  (void)state;
  assert_holds(text, ";2026-03-01;Total;;25,00;12,50;12,50;;1 shift is not complete;\r\n");
  assert_holds(text, ";5,5;;25,00;12,50;;0,65;by the rate 0,65, tolerance 0,02;\r\n");
}

/* A cell that begins so would be run. */
static void
formula_in_a_table_is_a_text(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_csv(report);

  (void)state;
  assert_holds(text, ";'=cash;");
  assert_holds(text, ";'@7;");
}

static void
every_line_of_the_table_has_the_same_cells(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_csv(report);
  g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

  (void)state;
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    gboolean is_quoted = FALSE;
    guint n_cells = 1;

    for (const char *c = lines[i]; *c != '\0'; c++) {
      is_quoted ^= *c == '"';
      n_cells += !is_quoted && *c == ';' ? 1 : 0;
    }
    assert_int_equal(n_cells, 12);
  }
}

static void
text_for_programs_is_the_report(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_json(report);
  json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  json_t *store = json_array_get(json_object_get(root, "stores"), 0);
  json_t *difference = json_array_get(json_object_get(store, "differences"), 0);

  (void)state;
  assert_true(json_is_true(json_object_get(root, "provisional")));
  assert_int_equal(json_integer_value(json_object_get(root, "differences")), 1);
  assert_string_equal(json_string_value(json_object_get(store, "host_total")), "25.00");
  assert_string_equal(json_string_value(json_object_get(difference, "class")), "not-finalised");
  json_decref(root);
}

static void
names_on_the_page_are_texts(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_html(report);

  (void)state;
  assert_holds(text, "Chez &lt;b&gt;&quot;Anne&quot;&lt;/b&gt; &amp; fils");
  assert_holds(text, "an &lt;order&gt;");
  assert_null(strstr(text, "<b>"));
  assert_null(strstr(text, "<order>"));
}

static void
page_needs_nothing_but_itself(void **state)
{
  static const char *const words[] = { "http:",   "https:", "<script", "<img", "<link",
                                       "@import", "url(",   "src=",    "href=" };
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_html(report);

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (strstr(text, words[i]) != NULL)
      fail_msg("the page has %s", words[i]);
  }
  assert_holds(text, "default-src 'none'");
  assert_true(g_str_has_suffix(text, "</html>\n"));
}

/* With well-formed markup every parser of XML goes to its end. */
static void
page_closes_what_it_opens(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_html(report);
  g_auto(GStrv) parts = g_strsplit(text, "<body>", 2);
  g_autofree char *body = g_strconcat("<body>", parts[1], NULL);
  GMarkupParser parser = { NULL };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  char *line_break = NULL;

  (void)state;
  while ((line_break = strstr(body, "<br>")) != NULL)
    memcpy(line_break, "    ", 4);
  *strstr(body, "</html>") = '\0';
  context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
  if (!g_markup_parse_context_parse(context, body, -1, &error) ||
      !g_markup_parse_context_end_parse(context, &error))
    fail_msg("%s", error->message);
}

static void
page_says_that_the_day_is_provisional(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_html(report);

  (void)state;
  assert_holds(text, "<h1>Day close of 2026-03-01</h1>");
  assert_holds(text, "Provisional");
  assert_holds(text, "1 shift is not complete");
}

static void
page_says_where_the_fiscal_archive_is(void **state)
{
  g_autoptr(GVariant) report = parse_day();
  g_autofree char *text = shopcaisse_day_report_to_html(report);

  (void)state;
  assert_holds(text, "no fiscal archive: that is in the back office of Shopcaisse");
}

/* From a newer version, or a damaged one. */
static void
report_without_its_keys_is_an_empty_file(void **state)
{
  g_autoptr(GVariant) report =
      g_variant_ref_sink(g_variant_new_parsed("{'stores': <[{'name': <uint32 1>}]>}"));
  g_autofree char *table = shopcaisse_day_report_to_csv(report);
  g_autofree char *page = shopcaisse_day_report_to_html(report);
  g_autofree char *text = shopcaisse_day_report_to_json(report);

  (void)state;
  assert_holds(table, "Kind;");
  assert_holds(page, "There is no difference.");
  assert_holds(text, "\"stores\"");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(table_begins_with_a_byte_order_mark_and_headings),
    cmocka_unit_test(amounts_of_the_table_have_a_comma),
    cmocka_unit_test(formula_in_a_table_is_a_text),
    cmocka_unit_test(every_line_of_the_table_has_the_same_cells),
    cmocka_unit_test(text_for_programs_is_the_report),
    cmocka_unit_test(names_on_the_page_are_texts),
    cmocka_unit_test(page_needs_nothing_but_itself),
    cmocka_unit_test(page_closes_what_it_opens),
    cmocka_unit_test(page_says_that_the_day_is_provisional),
    cmocka_unit_test(page_says_where_the_fiscal_archive_is),
    cmocka_unit_test(report_without_its_keys_is_an_empty_file),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
