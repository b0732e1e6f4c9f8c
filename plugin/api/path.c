/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Paths and queries of requests; docs/PROTOCOL.md 1 and 2.1. Ids are opaque, so all is escaped. */
#include "api/path.h"

#include <string.h>

#define VERSION_PREFIX "/v1"

/**
 * shopcaisse_path_new:
 * @first_segment: the first segment below the version
 * @...: the other segments, ended by %NULL
 *
 * Makes a path.
 *
 * Returns: (transfer full): the path, to be extended and taken with g_string_free()
 */
GString *
shopcaisse_path_new(const char *first_segment, ...)
{
  GString *path = g_string_new(VERSION_PREFIX);
  va_list segments;

  va_start(segments, first_segment);
  for (const char *segment = first_segment; segment != NULL;
       segment = va_arg(segments, const char *)) {
    g_string_append_c(path, '/');
    g_string_append_uri_escaped(path, segment, NULL, FALSE);
  }
  va_end(segments);
  return path;
}

/**
 * shopcaisse_path_add_text:
 * @path: a path
 * @name: name of a parameter
 * @value: (nullable): its value; nothing is added for %NULL
 *
 * Adds a parameter to the query.
 */
void
shopcaisse_path_add_text(GString *path, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_c(path, strchr(path->str, '?') == NULL ? '?' : '&');
  g_string_append(path, name);
  g_string_append_c(path, '=');
  g_string_append_uri_escaped(path, value, NULL, FALSE);
}

/**
 * shopcaisse_path_add_number:
 * @path: a path
 * @name: name of a parameter
 * @value: its value
 *
 * Adds a parameter to the query.
 */
void
shopcaisse_path_add_number(GString *path, const char *name, gint64 value)
{
  g_string_append_printf(path, "%c%s=%" G_GINT64_FORMAT, strchr(path->str, '?') == NULL ? '?' : '&',
                         name, value);
}

/**
 * shopcaisse_path_add_page:
 * @path: a path
 * @page: which page, from 0
 * @page_size: how many rows
 *
 * Adds the two parameters of every list. Both are always sent: the service's default is not known,
 * docs/PROTOCOL.md 2.2.
 */
void
shopcaisse_path_add_page(GString *path, guint page, guint page_size)
{
  shopcaisse_path_add_number(path, "page", page);
  shopcaisse_path_add_number(path, "pageSize", page_size);
}
