/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* Two buttons under the report of a day, "Save" and "Print", and what became of it. */
GtkWidget *shopcaisse_day_files_new(ShopcaissePageContext *context);

/* @report is (nullable): then there is nothing to write. */
void shopcaisse_day_files_update(GtkWidget *files, GVariant *report);

G_END_DECLS
