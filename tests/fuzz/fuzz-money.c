/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as an amount, a quantity, a rate and a time; what is read comes back from its text. */
#include "fuzz.h"
#include "model/money.h"
#include "model/timestamp.h"
#include "model/vat.h"

static void
check_money(const char *text)
{
  ShopcaisseMoney money = { 0 };
  ShopcaisseMoney back = { 0 };
  g_autoptr(GError) error = NULL;

  if (!shopcaisse_money_parse(text, "EUR", &money, &error)) {
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    return;
  }

  g_autofree char *printed = shopcaisse_money_to_text(money);

  g_assert_true(shopcaisse_money_parse(printed, "EUR", &back, NULL));
  g_assert_cmpint(money.minor, ==, back.minor);
}

static void
check_quantity(const char *text)
{
  gint64 milli = 0;
  gint64 back = 0;

  if (!shopcaisse_quantity_parse(text, &milli, NULL))
    return;

  g_autofree char *printed = shopcaisse_quantity_to_text(milli);

  g_assert_true(shopcaisse_quantity_parse(printed, &back, NULL));
  g_assert_cmpint(milli, ==, back);
}

static void
check_rate(const char *text)
{
  gint64 rate = 0;
  gint64 back = 0;

  if (!shopcaisse_vat_parse_percent(text, &rate, NULL))
    return;

  g_autofree char *printed = shopcaisse_vat_to_percent(rate);

  g_assert_true(shopcaisse_vat_parse_percent(printed, &back, NULL));
  g_assert_cmpint(rate, ==, back);
}

static void
check_time(const char *text)
{
  gint64 at = 0;
  gint64 back = 0;

  if (!shopcaisse_timestamp_parse(text, &at, NULL))
    return;

  g_autofree char *printed = shopcaisse_timestamp_to_text(at);

  g_assert_true(shopcaisse_timestamp_parse(printed, &back, NULL));
  g_assert_cmpint(at, ==, back);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup(size > 0 ? (const char *)data : "", size);

  check_money(text);
  check_quantity(text);
  check_rate(text);
  check_time(text);
  return 0;
}
