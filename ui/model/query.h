/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShopcaissePageQuery:
 * @search: (owned) (nullable): words
 * @state: (owned) (nullable): a state
 * @level: (owned) (nullable): of lines of the journal
 * @sort: (owned) (nullable): an order
 * @change: (owned) (nullable): of lines of a plan
 * @plan: (owned) (nullable): which plan
 * @sale: (owned) (nullable): whose timeline
 *
 * What a list is asked for; %NULL and "" ask for anything.
 */
typedef struct {
  char *search;
  char *state;
  char *level;
  char *sort;
  char *change;
  char *plan;
  char *sale;
} ShopcaissePageQuery;

void shopcaisse_page_query_clear(ShopcaissePageQuery *query);
GVariant *shopcaisse_page_query_build(const ShopcaissePageQuery *query);
gboolean shopcaisse_page_query_set(char **field, const char *value);

G_END_DECLS
