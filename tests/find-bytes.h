/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for bytes in a file's content, which may have any bytes. */
#pragma once

#include <glib.h>
#include <string.h>

static inline gboolean
find_bytes(const char *content, gsize size, gconstpointer bytes, gsize length)
{
  const char *end = content + size;

  for (const char *at = content; (gsize)(end - at) >= length; at++) {
    at = memchr(at, *(const char *)bytes, (gsize)(end - at) - length + 1);
    if (at == NULL)
      return FALSE;
    if (memcmp(at, bytes, length) == 0)
      return TRUE;
  }
  return FALSE;
}
