/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/**
 * TrytonQuery:
 * @since_us: microseconds since 1970; 0: all
 * @after_id: the last record of the page before; 0: the first page
 * @limit: records on a page
 *
 * A query of the contract, read. Pages go by the record's number: what is written between two pages
 * moves none.
 */
typedef struct {
  gint64 since_us;
  gint64 after_id;
  guint limit;
  gboolean is_any_status; /* sales that do not count as sold as well */
} TrytonQuery;

gboolean tryton_query_init(TrytonQuery *self, GVariant *query, guint max_limit, GError **error);
json_t *tryton_query_new_since(const TrytonQuery *self, const char *prefix, json_t *clauses);
GVariant *tryton_query_new_page(const TrytonQuery *self, GVariant *rows, json_t *records);
gsize tryton_query_count(const TrytonQuery *self, json_t *records);
