/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

/**
 * HostQuery:
 * @since_us: microseconds since 1970: rows at or after it
 * @after_time_us: the last row's time on the page before
 * @after_seq: the last row's number on the page before
 * @limit: rows on a page
 * @search: (nullable): a text that the name or the reference holds, in small letters; owned
 *
 * A query of the contract, read.
 */
typedef struct {
  gint64 since_us;
  gint64 after_time_us;
  gint64 after_seq;
  guint limit;
  char *search;
} HostQuery;

gboolean host_query_init(HostQuery *self, GVariant *argument, GError **error);
void host_query_clear(HostQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HostQuery, host_query_clear)

GVariant *
host_page_new(GPtrArray *rows, const HostQuery *query, gint64 last_time_us, gint64 last_seq);
