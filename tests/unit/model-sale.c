/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model-sale.h"

GVariant *
model_sale_build(const SaleChange *changes, gsize n_changes)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&dict, COMPTOIR_KEY_ID, "s", "1042");
  g_variant_dict_insert(&dict, COMPTOIR_KEY_SOLD_AT, "s", "2026-03-01T11:02:00Z");
  g_variant_dict_insert(&dict, COMPTOIR_KEY_TOTAL, "s", "24.20");
  g_variant_dict_insert_value(&dict, COMPTOIR_KEY_LINES, g_variant_new_parsed(TWO_TARTS));
  g_variant_dict_insert_value(&dict, COMPTOIR_KEY_PAYMENTS, g_variant_new_parsed(PAID));
  for (gsize i = 0; i < n_changes; i++) {
    g_autoptr(GVariant) value = NULL;

    g_variant_dict_remove(&dict, changes[i].key);
    if (changes[i].value == NULL)
      continue;
    value = g_variant_parse(NULL, changes[i].value, NULL, NULL, NULL);
    g_variant_dict_insert_value(&dict, changes[i].key, value);
  }
  return g_variant_ref_sink(g_variant_dict_end(&dict));
}

ShopcaisseSale *
model_sale_parse(const SaleChange *changes, gsize n_changes, GError **error)
{
  g_autoptr(GVariant) row = model_sale_build(changes, n_changes);

  return shopcaisse_sale_parse(row, error);
}

void
model_sale_assert_refused(const SaleChange *changes, gsize n_changes, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, n_changes, &error);

  assert_null(sale);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_string_equal(error->message, message);
}
