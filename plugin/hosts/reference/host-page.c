/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages of rows: "since", "cursor" and "limit" in, rows and the next cursor out. A page goes on
 * behind the last row's (time, number), so what is written between two pages is never skipped. */

#include "host-page.h"

#include <comptoir/comptoir.h>

#define DEFAULT_LIMIT 200
#define MAX_LIMIT     1000

static gboolean
parse_cursor(HostQuery *self, const char *cursor)
{
  g_auto(GStrv) parts = g_strsplit(cursor, ":", 3);

  return g_strv_length(parts) == 2 &&
         g_ascii_string_to_signed(parts[0], 10, 0, G_MAXINT64, &self->after_time_us, NULL) &&
         g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &self->after_seq, NULL);
}

/**
 * host_query_init:
 * @self: the query to fill
 * @argument: (nullable): a query of the contract
 * @error: return location for an error
 *
 * Reads a query. Fails with %COMPTOIR_ERROR_INVALID when its time or its cursor cannot be read.
 *
 * Returns: %TRUE when @self is filled
 */
gboolean
host_query_init(HostQuery *self, GVariant *argument, GError **error)
{
  const char *since = NULL;
  const char *cursor = NULL;
  const char *search = NULL;

  *self = (HostQuery){ .since_us = G_MININT64, .after_time_us = G_MININT64, .limit = 0 };
  if (argument != NULL) {
    (void)g_variant_lookup(argument, COMPTOIR_KEY_SINCE, "&s", &since);
    (void)g_variant_lookup(argument, COMPTOIR_KEY_CURSOR, "&s", &cursor);
    (void)g_variant_lookup(argument, COMPTOIR_KEY_LIMIT, "u", &self->limit);
    (void)g_variant_lookup(argument, "search", "&s", &search);
  }
  if (since != NULL && !host_database_parse_time(since, &self->since_us)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "query: since \"%s\" is not a time",
                since);
    return FALSE;
  }
  if (cursor != NULL && !parse_cursor(self, cursor)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "query: the cursor is not one of ours");
    return FALSE;
  }
  self->limit = self->limit == 0 ? DEFAULT_LIMIT : MIN(self->limit, MAX_LIMIT);
  self->search = search == NULL || search[0] == '\0' ? NULL : g_utf8_strdown(search, -1);
  return TRUE;
}

/**
 * host_query_clear:
 * @self: the query
 *
 * Releases what @self owns.
 */
void
host_query_clear(HostQuery *self)
{
  g_clear_pointer(&self->search, g_free);
}

/**
 * host_page_new:
 * @rows: (element-type GVariant): the rows, at most one more than the limit; that one only tells
 *   that there is a next page
 * @query: the query
 * @last_time_us: the time of the last row that fits
 * @last_seq: the number of the last row that fits
 *
 * Makes the answer to a query.
 *
 * Returns: (transfer full): a page
 */
GVariant *
host_page_new(GPtrArray *rows, const HostQuery *query, gint64 last_time_us, gint64 last_seq)
{
  gboolean has_more = rows->len > query->limit;
  g_autofree char *cursor = NULL;
  GVariant *list = NULL;

  if (has_more)
    cursor = g_strdup_printf("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, last_time_us, last_seq);
  list = comptoir_rows_new((GVariant **)rows->pdata, has_more ? query->limit : rows->len);
  return g_variant_ref_sink(comptoir_page_new(list, cursor));
}
