/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* One setting: its label, its control, its help, and what is wrong with it beside it. */
GtkWidget *shopcaisse_setting_field_new(ShopcaissePageContext *context, const char *key);
void shopcaisse_setting_field_update(GtkWidget *field);

/* All settings of some groups, each group under its title. */
typedef gboolean (*ShopcaisseSettingWanted)(const char *key);
GtkWidget *shopcaisse_settings_form_new(ShopcaissePageContext *context,
                                        ShopcaisseSettingWanted wanted);
void shopcaisse_settings_form_update(GtkWidget *form);

G_END_DECLS
