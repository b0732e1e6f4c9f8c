/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"
#include "engine/list-query.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A window of a list that is read at once. */
typedef struct {
  ShopcaisseContext *context;       /* (not owned) */
  const ShopcaisseListAsked *asked; /* (not owned) */
  guint offset;
  guint limit;
  guint total;
  GVariantBuilder rows;
  GVariant *counts; /* (owned) (nullable) */
} ShopcaisseListPage;

/* For lists of a few rows: counts @row, which is floating, and keeps it if it is in the window. */
void shopcaisse_list_page_add(ShopcaisseListPage *page, GVariant *row);

/* Each fills a page; FALSE with STORAGE. */
typedef gboolean (*ShopcaisseListFill)(ShopcaisseListPage *page, GError **error);

gboolean shopcaisse_list_fill_companies(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_stores(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_registers(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_price_lists(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_facts(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_rights(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_flows(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_checklist(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_orders(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_plan(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_suggestions(ShopcaisseListPage *page, GError **error);
gboolean shopcaisse_list_fill_timeline(ShopcaisseListPage *page, GError **error);

/* (transfer full): aa{sv}: all rows of one, for whoever puts them into a report. */
GVariant *shopcaisse_list_read_all(ShopcaisseContext *context, const char *kind, GError **error);

G_END_DECLS
