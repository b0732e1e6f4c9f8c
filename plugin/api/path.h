/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Paths below /v1: each segment and each value of the query is escaped. */
GString *shopcaisse_path_new(const char *first_segment, ...) G_GNUC_NULL_TERMINATED;

void shopcaisse_path_add_text(GString *path, const char *name, const char *value);
void shopcaisse_path_add_number(GString *path, const char *name, gint64 value);
void shopcaisse_path_add_page(GString *path, guint page, guint page_size);

G_END_DECLS
