/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings in the words of people. */
#include "channel/settings.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* (transfer full): the one row that becomes of one row. */
static GVariant *
label(const char *row)
{
  g_autofree char *text = g_strdup_printf("[%s]", row);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) rows = g_variant_parse(G_VARIANT_TYPE("aa{sv}"), text, NULL, NULL, &error);
  assert_null(error);
  g_autoptr(GVariant) labelled = shopcaisse_settings_label(rows);
  assert_int_equal(g_variant_n_children(labelled), 1);
  return g_variant_get_child_value(labelled, 0);
}

static void
assert_text(GVariant *row, const char *key, const char *expected)
{
  const char *text = NULL;
  assert_true(g_variant_lookup(row, key, "&s", &text));
  assert_string_equal(text, expected);
}

static void
known_setting_has_label_group_and_help(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'store'>, 'value': <'17'>}");
  assert_text(row, "kind", "choice");
  assert_text(row, "label", "Store");
  assert_text(row, "group", "Shop");
  assert_text(row, "value", "17");
  assert_true(g_variant_lookup(row, "help", "&s", NULL));
}

static void
each_known_key_has_a_kind_of_the_contract(void **state)
{
  static const char *const keys[] = {
    "api-url",
    "token",
    "store",
    "pos",
    "price-list",
    "till-of-record",
    "link-by",
    "order-prefix",
    "send-customer",
    "confirmed-subscription",
    "confirmed-module",
    "confirmed-selling",
    "confirmed-ipad",
    "confirmed-menu",
    "orders-interval",
    "sales-interval",
    "catalogue-interval",
    "stock-interval",
    "catch-up-interval",
    "webhooks",
    "webhook-url",
    "webhook-address",
    "webhook-port",
    "webhook-path",
    "webhook-header",
    "time-zone",
    "transport",
    "proxy",
    "debug",
  };
  static const char *const kinds[] = { "text",    "secret", "choice", "choices",
                                       "boolean", "number", "url",    NULL };
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autofree char *text = g_strdup_printf("{'key': <'%s'>}", keys[i]);
    g_autoptr(GVariant) row = label(text);
    const char *kind = NULL;
    const char *words = NULL;
    assert_true(g_variant_lookup(row, "kind", "&s", &kind));
    assert_true(g_strv_contains(kinds, kind));
    assert_true(g_variant_lookup(row, "label", "&s", &words));
    assert_string_not_equal(words, keys[i]);
  }
}

static void
secret_says_only_whether_it_is_set(void **state)
{
  g_autoptr(GVariant) set = label("{'key': <'token'>, 'value': <'eyJhbGciOi'>}");
  g_autoptr(GVariant) unset = label("{'key': <'token'>, 'value': <''>}");
  g_autoptr(GVariant) flag = label("{'key': <'token'>, 'value': <true>}");
  gboolean is_set = FALSE;

  assert_true(g_variant_lookup(set, "value", "b", &is_set));
  assert_true(is_set);
  assert_true(g_variant_lookup(unset, "value", "b", &is_set));
  assert_false(is_set);
  assert_true(g_variant_lookup(flag, "value", "b", &is_set));
  assert_true(is_set);
  g_autofree char *text = g_variant_print(set, TRUE);
  assert_null(strstr(text, "eyJhbGciOi"));
}

static void
secret_keeps_the_hint_of_its_end(void **state)
{
  g_autoptr(GVariant) row =
      label("{'key': <'token'>, 'kind': <'secret'>, 'value': <true>, 'hint': <'…wxyz'>}");
  assert_text(row, "hint", "…wxyz");
}

static void
token_says_both_places_it_can_come_from(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'token'>, 'value': <false>}");
  const char *help = "";
  assert_true(g_variant_lookup(row, "help", "&s", &help));
  assert_non_null(strstr(help, "Features > Integrations > Connectors & API > Public API > "
                               "Configure > Your External Applications"));
  assert_non_null(strstr(help, "WooCommerce module"));
  assert_null(strstr(help, "Settings > External Applications"));
}

static void
secret_of_an_unknown_key_is_hidden_too(void **state)
{
  g_autoptr(GVariant) row =
      label("{'key': <'webhook-key'>, 'kind': <'secret'>, 'value': <'hush'>}");
  gboolean is_set = FALSE;
  assert_true(g_variant_lookup(row, "value", "b", &is_set));
  assert_true(is_set);
}

static void
unknown_setting_keeps_its_row_and_is_called_by_its_key(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'new-thing'>, 'value': <uint32 4>, 'extra': <'x'>}");
  assert_text(row, "label", "new-thing");
  assert_text(row, "kind", "number");
  assert_text(row, "extra", "x");
}

static void
value_in_a_variant_is_taken_out(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'debug'>, 'value': <<true>>}");
  gboolean value = FALSE;
  assert_true(g_variant_lookup(row, "value", "b", &value));
  assert_true(value);
}

static void
fixed_choices_are_added_with_words(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'till-of-record'>, 'value': <''>}");
  g_autoptr(GVariant) choices = g_variant_lookup_value(row, "choices", G_VARIANT_TYPE("aa{sv}"));
  assert_non_null(choices);
  assert_int_equal(g_variant_n_children(choices), 3);
  g_autoptr(GVariant) last = g_variant_get_child_value(choices, 2);
  assert_text(last, "value", "host");
  assert_text(last, "label", "This program");
}

static void
choices_of_the_engine_keep_their_names(void **state)
{
  g_autoptr(GVariant) row = label("{'key': <'store'>, 'choices': <[{'value': <'1'>, 'label': "
                                  "<'Rue Haute'>}, {'value': <'2'>}]>}");
  g_autoptr(GVariant) choices = g_variant_lookup_value(row, "choices", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) first = g_variant_get_child_value(choices, 0);
  g_autoptr(GVariant) second = g_variant_get_child_value(choices, 1);
  assert_text(first, "label", "Rue Haute");
  assert_text(second, "label", "2");
}

static void
fixed_choices_of_the_engine_get_words(void **state)
{
  g_autoptr(GVariant) row =
      label("{'key': <'transport'>, 'choices': <[{'value': <'auto'>, 'label': <'auto'>}]>}");
  g_autoptr(GVariant) choices = g_variant_lookup_value(row, "choices", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) first = g_variant_get_child_value(choices, 0);
  assert_text(first, "label", "Automatic");
}

static void
error_is_a_sentence(void **state)
{
  g_autoptr(GVariant) known = label("{'key': <'api-url'>, 'error': <'not-https'>}");
  g_autoptr(GVariant) unknown = label("{'key': <'api-url'>, 'error': <'Very odd.'>}");
  g_autoptr(GVariant) none = label("{'key': <'api-url'>, 'error': <''>}");
  assert_text(known, "error", "The address must begin with https.");
  assert_text(unknown, "error", "Very odd.");
  assert_false(g_variant_lookup(none, "error", "&s", NULL));
}

static void
row_without_a_key_does_no_harm(void **state)
{
  g_autoptr(GVariant) row = label("{'value': <'x'>}");
  assert_text(row, "label", "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_setting_has_label_group_and_help),
    cmocka_unit_test(each_known_key_has_a_kind_of_the_contract),
    cmocka_unit_test(secret_says_only_whether_it_is_set),
    cmocka_unit_test(secret_keeps_the_hint_of_its_end),
    cmocka_unit_test(token_says_both_places_it_can_come_from),
    cmocka_unit_test(secret_of_an_unknown_key_is_hidden_too),
    cmocka_unit_test(unknown_setting_keeps_its_row_and_is_called_by_its_key),
    cmocka_unit_test(value_in_a_variant_is_taken_out),
    cmocka_unit_test(fixed_choices_are_added_with_words),
    cmocka_unit_test(choices_of_the_engine_keep_their_names),
    cmocka_unit_test(fixed_choices_of_the_engine_get_words),
    cmocka_unit_test(error_is_a_sentence),
    cmocka_unit_test(row_without_a_key_does_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
