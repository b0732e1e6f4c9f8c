/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The builders of rows, and the row that a list shows. */
#include "test-contract-loop.h"

#include <comptoir/comptoir.h>

static char *
print_and_free(GVariant *value)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink(value);
  return g_variant_print(owned, FALSE);
}

static GVariant *
new_lines(void)
{
  GVariant *lines[] = { comptoir_sale_line_new("a1", "Tarte", "2", "3.50", "5.5") };
  return comptoir_rows_new(lines, G_N_ELEMENTS(lines));
}

static GVariant *
new_payments(void)
{
  GVariant *payments[] = { comptoir_payment_new("cash", "7.00") };
  return comptoir_rows_new(payments, G_N_ELEMENTS(payments));
}

static void
line_has_its_keys(void **state)
{
  g_autofree char *text = print_and_free(comptoir_sale_line_new("a1", "Tarte", "2", "3.50", "5.5"));

  assert_string_equal(text, "{'article_id': <'a1'>, 'name': <'Tarte'>, 'quantity': <'2'>, "
                            "'unit_price': <'3.50'>, 'vat_rate': <'5.5'>}");
}

static void
line_leaves_out_what_is_not_given(void **state)
{
  g_autofree char *text = print_and_free(comptoir_sale_line_new("a1", NULL, "2", "3.50", NULL));

  assert_string_equal(text, "{'article_id': <'a1'>, 'quantity': <'2'>, 'unit_price': <'3.50'>}");
}

static void
sale_holds_lines_and_payments(void **state)
{
  g_autofree char *text = print_and_free(
      comptoir_sale_new("1042", "2026-03-01T11:02:00Z", "7.00", new_lines(), new_payments()));

  assert_string_equal(
      text,
      "{'id': <'1042'>, 'sold_at': <'2026-03-01T11:02:00Z'>, 'total': <'7.00'>, 'lines': "
      "<[{'article_id': <'a1'>, 'name': <'Tarte'>, 'quantity': <'2'>, 'unit_price': <'3.50'>, "
      "'vat_rate': <'5.5'>}]>, 'payments': <[{'method': <'cash'>, 'amount': <'7.00'>}]>}");
}

static void
sale_takes_more_keys_by_a_dictionary(void **state)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(
      comptoir_sale_new("1042", "2026-03-01T11:02:00Z", "7.00", new_lines(), new_payments()));
  g_auto(GVariantDict) more = G_VARIANT_DICT_INIT(sale);

  g_variant_dict_insert(&more, "discount", "s", "1.00");

  g_autoptr(GVariant) whole = g_variant_ref_sink(g_variant_dict_end(&more));
  const char *discount = NULL;
  const char *id = NULL;
  assert_true(g_variant_lookup(whole, "discount", "&s", &discount));
  assert_true(g_variant_lookup(whole, COMPTOIR_KEY_ID, "&s", &id));
  assert_string_equal(discount, "1.00");
  assert_string_equal(id, "1042");
}

static void
text_that_is_missing_or_not_utf8_makes_no_row(void **state)
{
  assert_null(comptoir_sale_line_new(NULL, NULL, "1", "1.00", NULL));
  assert_null(comptoir_sale_line_new("a", NULL, NULL, "1.00", NULL));
  assert_null(comptoir_sale_line_new("a", NULL, "1", NULL, NULL));
  assert_null(comptoir_sale_line_new("caf\xe9", NULL, "1", "1.00", NULL));
  assert_null(comptoir_sale_line_new("a", "caf\xe9", "1", "1.00", NULL));
  assert_null(comptoir_sale_line_new("a", NULL, "1", "1.00", "\xff"));
  assert_null(comptoir_payment_new(NULL, "1.00"));
  assert_null(comptoir_payment_new("cash", NULL));
  assert_null(comptoir_change_answer_new(NULL, "1", NULL));
  assert_null(comptoir_change_answer_new("k", "\xff", NULL));
  assert_null(comptoir_change_answer_new("k", NULL, "\xff"));
}

static void
bad_part_makes_no_whole(void **state)
{
  GVariant *rows[] = { comptoir_payment_new("cash", "1.00"), NULL };
  assert_null(comptoir_rows_new(rows, G_N_ELEMENTS(rows)));
  GVariant *texts[] = { g_variant_new_string("x"), comptoir_payment_new("cash", "1.00") };
  assert_null(comptoir_rows_new(texts, G_N_ELEMENTS(texts)));

  assert_null(comptoir_sale_new("1", "t", "1.00", NULL, new_payments()));
  assert_null(comptoir_sale_new("1", "t", "1.00", new_lines(), NULL));
  assert_null(comptoir_sale_new("1", "t", "1.00", g_variant_new("as", NULL), new_payments()));
  assert_null(comptoir_sale_new(NULL, "t", "1.00", new_lines(), new_payments()));
  assert_null(comptoir_sale_new("1", "\xff", "1.00", new_lines(), new_payments()));
  assert_null(comptoir_sale_new("1", "t", NULL, new_lines(), new_payments()));
  assert_null(comptoir_page_new(NULL, NULL));
  assert_null(comptoir_page_new(new_lines(), "\xff"));
}

static void
no_rows_make_an_empty_array(void **state)
{
  g_autoptr(GVariant) rows = g_variant_ref_sink(comptoir_rows_new(NULL, 0));

  assert_string_equal(g_variant_get_type_string(rows), "aa{sv}");
  assert_int_equal(g_variant_n_children(rows), 0);
}

static void
rows_that_are_not_floating_stay_the_callers(void **state)
{
  g_autoptr(GVariant) payment = g_variant_ref_sink(comptoir_payment_new("cash", "1.00"));
  GVariant *rows[] = { payment, payment };

  g_autoptr(GVariant) array = g_variant_ref_sink(comptoir_rows_new(rows, G_N_ELEMENTS(rows)));

  assert_int_equal(g_variant_n_children(array), 2);
  assert_int_equal(g_variant_n_children(payment), 2);
}

static void
last_page_has_no_cursor(void **state)
{
  g_autofree char *text = print_and_free(comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));

  assert_string_equal(text, "{'rows': <@aa{sv} []>}");
}

static void
page_before_the_last_has_a_cursor(void **state)
{
  g_autofree char *text = print_and_free(comptoir_page_new(comptoir_rows_new(NULL, 0), "7"));

  assert_string_equal(text, "{'cursor': <'7'>, 'rows': <@aa{sv} []>}");
}

static void
change_answer_without_a_message_is_done(void **state)
{
  g_autofree char *text = print_and_free(comptoir_change_answer_new("k1", "42", NULL));

  assert_string_equal(text, "{'key': <'k1'>, 'status': <'done'>, 'id': <'42'>}");
}

static void
change_answer_with_a_message_is_failed(void **state)
{
  g_autofree char *text = print_and_free(comptoir_change_answer_new("k1", NULL, "locked"));

  assert_string_equal(text, "{'key': <'k1'>, 'status': <'failed'>, 'message': <'locked'>}");
}

static void
count_cb(GObject *object, GParamSpec *pspec, gpointer n_calls)
{
  (*(guint *)n_calls)++;
}

static void
placeholder_has_no_values_and_no_text(void **state)
{
  g_autoptr(ComptoirRow) row = comptoir_row_new(NULL);

  assert_null(comptoir_row_get_values(row));
  assert_null(comptoir_row_dup_text(row, "name"));
}

static void
filling_a_placeholder_notifies_once(void **state)
{
  guint n_calls = 0;
  g_autoptr(ComptoirRow) row = comptoir_row_new(NULL);
  g_signal_connect(row, "notify::values", G_CALLBACK(count_cb), &n_calls);

  comptoir_row_set_values(row, g_variant_new_parsed("{'name': <'Tarte'>}"));

  assert_int_equal(n_calls, 1);
  assert_int_equal(g_variant_n_children(comptoir_row_get_values(row)), 1);
}

static void
same_values_again_notify_nobody(void **state)
{
  guint n_calls = 0;
  g_autoptr(ComptoirRow) row = comptoir_row_new(g_variant_new_parsed("{'name': <'Tarte'>}"));
  g_signal_connect(row, "notify::values", G_CALLBACK(count_cb), &n_calls);

  comptoir_row_set_values(row, g_variant_new_parsed("{'name': <'Tarte'>}"));

  assert_int_equal(n_calls, 0);
}

static void
row_becomes_a_placeholder_again(void **state)
{
  guint n_calls = 0;
  g_autoptr(ComptoirRow) row = comptoir_row_new(g_variant_new_parsed("{'name': <'Tarte'>}"));
  g_signal_connect(row, "notify::values", G_CALLBACK(count_cb), &n_calls);

  g_object_set(row, "values", NULL, NULL);

  assert_int_equal(n_calls, 1);
  g_autoptr(GVariant) values = NULL;
  g_object_get(row, "values", &values, NULL);
  assert_null(values);
}

static void
values_print_as_people_read_them(void **state)
{
  static const struct {
    const char *key;
    const char *text;
  } expected[] = {
    { "name", "Tarte" }, { "codes", "1, 2" }, { "deleted", "true" }, { "n", "7" }, { "none", NULL },
  };
  g_autoptr(ComptoirRow) row = comptoir_row_new(g_variant_new_parsed(
      "{'name': <'Tarte'>, 'codes': <['1', '2']>, 'deleted': <true>, 'n': <uint32 7>}"));

  for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autofree char *text = comptoir_row_dup_text(row, expected[i].key);
    assert_int_equal(g_strcmp0(text, expected[i].text), 0);
  }
}

static void
library_speaks_the_version_of_its_headers(void **state)
{
  assert_int_equal(comptoir_get_api_version(), COMPTOIR_API_VERSION);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_loop, tear_down_loop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(line_has_its_keys),
    TEST(line_leaves_out_what_is_not_given),
    TEST(sale_holds_lines_and_payments),
    TEST(sale_takes_more_keys_by_a_dictionary),
    TEST(text_that_is_missing_or_not_utf8_makes_no_row),
    TEST(bad_part_makes_no_whole),
    TEST(no_rows_make_an_empty_array),
    TEST(rows_that_are_not_floating_stay_the_callers),
    TEST(last_page_has_no_cursor),
    TEST(page_before_the_last_has_a_cursor),
    TEST(change_answer_without_a_message_is_done),
    TEST(change_answer_with_a_message_is_failed),
    TEST(placeholder_has_no_values_and_no_text),
    TEST(filling_a_placeholder_notifies_once),
    TEST(same_values_again_notify_nobody),
    TEST(row_becomes_a_placeholder_again),
    TEST(values_print_as_people_read_them),
    TEST(library_speaks_the_version_of_its_headers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
