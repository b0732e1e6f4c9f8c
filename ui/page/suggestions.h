/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/actions.h"
#include "ui/page/parts.h"

G_BEGIN_DECLS

/* Hears the row that was chosen, `a{sv}`. */
typedef void (*ShopcaisseSuggestionChosen)(GVariant *row, gpointer user_data);

/* What may be meant, as buttons; hidden where there is nothing. */
GtkWidget *shopcaisse_suggestions_new(ShopcaissePageContext *context,
                                      ShopcaissePageSide side,
                                      ShopcaisseSuggestionChosen chosen,
                                      gpointer user_data);
void shopcaisse_suggestions_ask(GtkWidget *suggestions, const char *id);

G_END_DECLS
