/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/rows.h"

G_BEGIN_DECLS

/* Short lists that the set-up and the tabs both show. */
GtkWidget *shopcaisse_facts_new(ShopcaissePageContext *context);
GtkWidget *shopcaisse_rights_new(ShopcaissePageContext *context);
GtkWidget *shopcaisse_companies_new(ShopcaissePageContext *context);
GtkWidget *shopcaisse_checklist_new(ShopcaissePageContext *context);

G_END_DECLS
