/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as the answer to an order. */
#include "api/orders.h"
#include "fuzz.h"

static void
check_lines(const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseOrderEchoLine *line = g_ptr_array_index(lines, i);
    gint64 minor = 0;

    (void)shopcaisse_wire_amount_read(line->price, 2, SHOPCAISSE_READING_MINOR, &minor);
    g_assert_cmpint(minor, <=, SHOPCAISSE_MONEY_MAX_MINOR);
    check_lines(line->children);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, &error);

  g_assert_true((echo == NULL) == (error != NULL));
  if (echo == NULL)
    return 0;
  g_assert_nonnull(echo->id);
  g_assert_cmpint(echo->decimal_digits, >=, -1);
  g_assert_cmpint(echo->pickup_at, >=, -1);
  check_lines(echo->lines);
  return 0;
}
