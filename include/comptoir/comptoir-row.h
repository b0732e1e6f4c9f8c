/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ComptoirRow:
 *
 * One row of a list that a channel shows. A row is a placeholder until its window has been read:
 * [property@Comptoir.Row:values] is %NULL then, and `notify::values` tells when it came.
 */
#define COMPTOIR_TYPE_ROW (comptoir_row_get_type())
G_DECLARE_FINAL_TYPE(ComptoirRow, comptoir_row, COMPTOIR, ROW, GObject)

ComptoirRow *comptoir_row_new(GVariant *values);

GVariant *comptoir_row_get_values(ComptoirRow *self);

void comptoir_row_set_values(ComptoirRow *self, GVariant *values);

char *comptoir_row_dup_text(ComptoirRow *self, const char *key);

G_END_DECLS
