/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * TextColumn:
 * @key: the key of the rows' dictionaries
 * @heading: for people
 *
 * One column of a table.
 */
typedef struct {
  const char *key;
  const char *heading;
} TextColumn;

void text_table_append(GString *out, GVariant *rows, const TextColumn *columns, gsize n_columns);

void text_table_append_rows_of(
    GString *out, GVariant *answer, const char *key, const TextColumn *columns, gsize n_columns);

void text_table_append_dictionary(GString *out, GVariant *dictionary);

char *text_table_dup_cell(GVariant *row, const char *key);
