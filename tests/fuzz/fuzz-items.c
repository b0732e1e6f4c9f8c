/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a page of items: each row is whole or named as left out. */
#include "api/catalogue.h"
#include "fuzz.h"
#include "model/money.h"

static void
check_item(const ShopcaisseItem *item)
{
  g_assert_nonnull(item->id);
  g_assert_nonnull(item->name);
  g_assert_nonnull(item->type_text);
  g_assert_nonnull(item->unit);
  g_assert_nonnull(item->reference);
  g_assert_nonnull(item->barcodes);
  g_assert_cmpint(item->price_minor, >=, 0);
  g_assert_cmpint(item->price_minor, <=, SHOPCAISSE_MONEY_MAX_MINOR);
  for (gsize i = 0; item->barcodes[i] != NULL; i++) {
    g_autofree char *barcode = shopcaisse_barcode_normalise(item->barcodes[i]);

    g_assert_true(barcode == NULL || g_utf8_validate(barcode, -1, NULL));
  }
  g_free(shopcaisse_reference_normalise(item->reference));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, &error);

  g_assert_true((page == NULL) == (error != NULL));
  if (page == NULL)
    return 0;
  g_assert_cmpuint(page->rows->len + page->rejected->len, ==, page->n_seen);
  for (guint i = 0; i < page->rows->len; i++)
    check_item(g_ptr_array_index(page->rows, i));
  return 0;
}
