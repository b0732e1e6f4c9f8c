/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/bridge.h"

G_BEGIN_DECLS

/* A list that fills itself in windows as it is looked at. */
#define SHOPCAISSE_TYPE_LIST_MODEL (shopcaisse_list_model_get_type())
G_DECLARE_FINAL_TYPE(ShopcaisseListModel, shopcaisse_list_model, SHOPCAISSE, LIST_MODEL, GObject)

#define SHOPCAISSE_LIST_WINDOW 100  /* rows that are asked for at once */
#define SHOPCAISSE_LIST_KEPT   1000 /* rows that are kept */

/* Reads a window from @owner. FALSE: it cannot now, and @answer is not called; else @answer is
 * called once, never from inside, with {rows: aa{sv}, total: u}. */
typedef gboolean (*ShopcaisseListFetch)(GObject *owner,
                                        const ShopcaisseWindow *window,
                                        ShopcaisseAnswerFunc answer,
                                        gpointer user_data);

ShopcaisseListModel *shopcaisse_list_model_new(GObject *owner,
                                               ShopcaisseListFetch fetch,
                                               const char *kind,
                                               GVariant *query);

const char *shopcaisse_list_model_get_kind(ShopcaisseListModel *self);

void shopcaisse_list_model_refresh(ShopcaisseListModel *self);

G_END_DECLS
