/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/toolkit.h"

G_BEGIN_DECLS

typedef void (*ShopcaisseChoiceChosen)(gpointer user_data, const char *value);

/* A button with the value on it; it opens a list, with a search when there are many. */
GtkWidget *shopcaisse_choice_new(const char *id, const char *name);
void shopcaisse_choice_set_choices(GtkWidget *choice, GVariant *choices);
void shopcaisse_choice_set_value(GtkWidget *choice, const char *value);
void shopcaisse_choice_watch(GtkWidget *choice, ShopcaisseChoiceChosen chosen, gpointer user_data);

G_END_DECLS
