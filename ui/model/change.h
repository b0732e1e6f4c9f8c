/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line of a plan in words. */
char *shopcaisse_page_change_dup_name(GVariant *row);
char *shopcaisse_page_change_dup_fields(GVariant *row);
char *shopcaisse_page_change_dup_state(GVariant *row);
char *shopcaisse_page_change_dup_reason(GVariant *row);

G_END_DECLS
