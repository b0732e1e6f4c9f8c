/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/actions.h"
#include "ui/page/parts.h"

G_BEGIN_DECLS

/**
 * ShopcaisseArticlePane:
 * @side: whose articles
 * @import: (nullable): called with @data after an import was asked for
 * @data: for @import
 *
 * What a list of articles is told when it is made.
 */
typedef struct {
  ShopcaissePageSide side;
  ShopcaisseToolkitFunc import;
  gpointer data;
} ShopcaisseArticlePane;

/* The articles of one side, linked or not, and what can be done with them. */
GtkWidget *shopcaisse_article_pane_new(ShopcaissePageContext *context,
                                       const ShopcaisseArticlePane *options);
void shopcaisse_article_pane_update(GtkWidget *pane, ShopcaissePageTopics topics);

G_END_DECLS
