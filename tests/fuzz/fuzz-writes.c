/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as answers to what is written: an item that is then changed, prices, a price list, a
 * checked order. */
#include "api/catalogue.h"
#include "api/item-write.h"
#include "api/orders.h"
#include "api/price-write.h"
#include "fuzz.h"
#include "model/money.h"

static void
check_change(GBytes *read, const ShopcaisseItem *before)
{
  ShopcaisseItemChanges changes = { .name = "a\"\\\n", .reference = "" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = shopcaisse_item_edit(read, &changes, &error);
  g_autoptr(ShopcaisseItem) after = NULL;

  g_assert_no_error(error);
  after = shopcaisse_item_parse(body, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(after->id, ==, before->id);
  g_assert_cmpstr(after->name, ==, "a\"\\");
  g_assert_cmpint(after->price_minor, ==, before->price_minor);
  g_assert_cmpint(after->vat_on_site_bp, ==, before->vat_on_site_bp);
  g_assert_cmpuint(g_strv_length(after->barcodes), ==, g_strv_length(before->barcodes));
}

static void
check_price(const ShopcaissePrice *price)
{
  g_assert_nonnull(price->item_id);
  g_assert_cmpint(price->price_minor, >=, 0);
  g_assert_cmpint(price->price_minor, <=, SHOPCAISSE_MONEY_MAX_MINOR);
}

static void
check_prices(GBytes *body)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_written_prices_parse(body, NULL);
  g_autoptr(ShopcaissePrice) price = shopcaisse_price_parse(body, NULL);
  g_autoptr(ShopcaissePriceList) list = shopcaisse_price_list_parse(body, NULL);

  if (price != NULL)
    check_price(price);
  if (list != NULL)
    g_assert_nonnull(list->name);
  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    check_price(g_ptr_array_index(page->rows, i));
}

static void
check_verification(GBytes *body)
{
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;
  g_autoptr(GError) error = NULL;
  ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;
  gboolean is_read = shopcaisse_order_verify_parse(body, &verification, &echo, &error);

  g_assert_true(is_read == (error == NULL));
  g_assert_true((echo != NULL) == (verification == SHOPCAISSE_VERIFICATION_ECHO));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(ShopcaisseItem) item = shopcaisse_item_parse(body, NULL);

  if (item != NULL)
    check_change(body, item);
  check_prices(body);
  check_verification(body);
  return 0;
}
