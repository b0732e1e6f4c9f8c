/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages of records: one more than fits is asked for, to know whether there is a next page. */

#include "query.h"

#include "value.h"

#include <comptoir/comptoir.h>

/**
 * tryton_query_init:
 * @self: the query to fill
 * @query: (nullable): a query of the contract
 * @max_limit: a page's most records, so that no answer takes the main loop long
 * @error: return location for an error
 *
 * Reads a query. Fails with %COMPTOIR_ERROR_INVALID when its time or its cursor cannot be read.
 *
 * Returns: %TRUE when @self is filled
 */
gboolean
tryton_query_init(TrytonQuery *self, GVariant *query, guint max_limit, GError **error)
{
  const char *since = NULL;
  const char *cursor = NULL;
  guint limit = 0;

  *self = (TrytonQuery){ .limit = max_limit };
  if (query == NULL)
    return TRUE;
  (void)g_variant_lookup(query, COMPTOIR_KEY_SINCE, "&s", &since);
  (void)g_variant_lookup(query, COMPTOIR_KEY_CURSOR, "&s", &cursor);
  (void)g_variant_lookup(query, COMPTOIR_KEY_LIMIT, "u", &limit);
  (void)g_variant_lookup(query, "any_status", "b", &self->is_any_status);
  if (limit > 0)
    self->limit = MIN(limit, max_limit);
  if (since != NULL && !tryton_value_parse_time(since, &self->since_us)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "query: since \"%s\" is not a time",
                since);
    return FALSE;
  }
  if (cursor != NULL && !tryton_value_parse_id(cursor, &self->after_id)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "query: the cursor is not one of ours");
    return FALSE;
  }
  return TRUE;
}

/**
 * tryton_query_new_since:
 * @self: a query with a time
 * @prefix: the record that changed: "", or a field with a point behind it
 * @clauses: (transfer full) (nullable): what else counts as a change
 *
 * Returns: (transfer full): the conditions, any of which makes a change
 */
json_t *
tryton_query_new_since(const TrytonQuery *self, const char *prefix, json_t *clauses)
{
  g_autofree char *written = g_strconcat(prefix, "write_date", NULL);
  g_autofree char *made = g_strconcat(prefix, "create_date", NULL);
  json_t *any = clauses == NULL ? json_pack("[s]", "OR") : clauses;

  (void)json_array_append_new(
      any, tryton_value_new_clause(written, ">=", tryton_value_new_time(self->since_us)));
  (void)json_array_append_new(
      any, tryton_value_new_clause(made, ">=", tryton_value_new_time(self->since_us)));
  return any;
}

/**
 * tryton_query_count:
 * @self: a query
 * @records: what was found
 *
 * Returns: how many of them are on the page
 */
gsize
tryton_query_count(const TrytonQuery *self, json_t *records)
{
  return MIN(json_array_size(records), self->limit);
}

/**
 * tryton_query_new_page:
 * @self: a query
 * @rows: (transfer floating): the rows
 * @records: what was found, one more than the limit when there is more
 *
 * Returns: (transfer full): the page
 */
GVariant *
tryton_query_new_page(const TrytonQuery *self, GVariant *rows, json_t *records)
{
  gsize n_records = tryton_query_count(self, records);
  g_autofree char *cursor = NULL;

  if (json_array_size(records) > n_records && n_records > 0)
    cursor = g_strdup_printf(
        "%" G_GINT64_FORMAT,
        tryton_value_get_id(json_array_get(records, n_records - 1), COMPTOIR_KEY_ID));
  return g_variant_ref_sink(comptoir_page_new(rows, cursor));
}
