/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows of a report, a{sv}: NULL, an absent key and a value of another type are all "nothing". */
const char *shopcaisse_report_row_get_text(GVariant *row, const char *key);
guint shopcaisse_report_row_get_number(GVariant *row, const char *key);
gboolean shopcaisse_report_row_is_true(GVariant *row, const char *key);
gint64 shopcaisse_report_row_get_minor(GVariant *row, const char *key);

/* (transfer full): aa{sv}, never NULL. */
GVariant *shopcaisse_report_row_dup_rows(GVariant *row, const char *key);

G_END_DECLS
