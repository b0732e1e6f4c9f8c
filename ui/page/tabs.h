/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/**
 * ShopcaisseTab:
 * @id: its name for programs
 * @title: what is on it, not translated
 * @make: (transfer floating): makes it, when it is first shown
 * @update: shows what has changed
 *
 * One tab of the page. Another one is another file and another line in the table of tabs.
 */
typedef struct {
  const char *id;
  const char *title;
  GtkWidget *(*make)(ShopcaissePageContext *context);
  void (*update)(GtkWidget *tab, ShopcaissePageTopics topics);
} ShopcaisseTab;

extern const ShopcaisseTab shopcaisse_connection_tab;
extern const ShopcaisseTab shopcaisse_articles_tab;
extern const ShopcaisseTab shopcaisse_orders_tab;
extern const ShopcaisseTab shopcaisse_schedule_tab;
extern const ShopcaisseTab shopcaisse_day_tab;
extern const ShopcaisseTab shopcaisse_journal_tab;

GtkWidget *shopcaisse_tabs_new(ShopcaissePageContext *context);
void shopcaisse_tabs_update(GtkWidget *tabs, ShopcaissePageTopics topics);

G_END_DECLS
