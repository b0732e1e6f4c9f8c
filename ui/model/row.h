/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Rows and answers, a{sv}: NULL, an absent key and a value of another type are all "nothing". */
const char *shopcaisse_page_row_get_text(GVariant *row, const char *key);
guint shopcaisse_page_row_get_number(GVariant *row, const char *key);
gboolean shopcaisse_page_row_is_true(GVariant *row, const char *key);
gboolean shopcaisse_page_row_is_false(GVariant *row, const char *key);
GVariant *shopcaisse_page_row_dup_rows(GVariant *row, const char *key);
GVariant *shopcaisse_page_row_dup_fields(GVariant *row, const char *key);

G_END_DECLS
