/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a webhook: its first line as a signature, the rest as its body. */
#include "api/event.h"
#include "api/signature.h"
#include "fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr(data, '\n', size) : NULL;
  gsize length = end != NULL ? (gsize)(end - data) : 0;
  g_autofree char *signature = g_strndup((const char *)data, length);
  g_autoptr(GBytes) whole = g_bytes_new_static(data, size);
  g_autoptr(GBytes) body = g_bytes_new_from_bytes(whole, length, size - length);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseEvent) event = shopcaisse_event_parse(body, &error);

  (void)shopcaisse_signature_check(whole, "key", signature);
  g_assert_true((event == NULL) == (error != NULL));
  if (event == NULL)
    return 0;
  g_assert_cmpuint(strlen(event->name), <=, 64);
  g_assert_true(g_utf8_validate(event->resource_id, -1, NULL));
  g_assert_cmpstr(event->resource_id, !=, "");
  return 0;
}
