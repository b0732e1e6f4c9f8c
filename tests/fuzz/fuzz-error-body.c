/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as an error's body: the text is one short, valid line. */
#include "api/orders.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  g_assert_nonnull(text);
  g_assert_true(g_utf8_validate(text, -1, NULL));
  g_assert_cmpint(g_utf8_strlen(text, -1), <=, 202);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
    g_assert_true(g_unichar_isprint(g_utf8_get_char(at)));
  (void)shopcaisse_error_body_is_licence(body); /* that it returns is enough */
  return 0;
}
