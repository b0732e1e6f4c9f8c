/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of dictionaries as columns of text, for people at a terminal. */

#include "text-table.h"

#include "json-out.h"

#include <string.h>

#define GAP       2
#define MAX_WIDTH 40

static guint
measure_text(const char *text)
{
  guint width = 0;

  for (const char *cursor = text; *cursor != '\0'; cursor = g_utf8_next_char(cursor)) {
    gunichar character = g_utf8_get_char(cursor);

    if (g_unichar_iszerowidth(character))
      continue;
    width += g_unichar_iswide(character) ? 2 : 1;
  }
  return width;
}

static char *
print_value(GVariant *value)
{
  GString *out = NULL;

  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string(value, NULL);
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup(g_variant_get_boolean(value) ? "yes" : "no");
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY)) {
    g_autofree const char **texts = g_variant_get_strv(value, NULL);

    return g_strjoinv(", ", (char **)texts);
  }
  out = g_string_new(NULL);
  json_out_append(out, value);
  return g_string_free(out, FALSE);
}

/**
 * text_table_dup_cell:
 * @row: a dictionary
 * @key: the key to look up
 *
 * Prints one value for people, on one line; what is missing prints as nothing.
 *
 * Returns: (transfer full): the text
 */
char *
text_table_dup_cell(GVariant *row, const char *key)
{
  g_autoptr(GVariant) value = g_variant_lookup_value(row, key, NULL);

  if (value == NULL)
    return g_strdup("");
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT)) {
    g_autoptr(GVariant) inner = g_variant_get_variant(value);

    return g_strdelimit(print_value(inner), "\n\t", ' ');
  }
  return g_strdelimit(print_value(value), "\n\t", ' ');
}

static void
append_cell(GString *out, const char *text, guint width, gboolean is_last)
{
  guint length = measure_text(text);

  g_string_append(out, text);
  if (is_last)
    return;
  for (guint i = MIN(length, width); i < width + GAP; i++)
    g_string_append_c(out, ' ');
}

static void
append_line(GString *out, char **cells, const guint *widths, gsize n_columns)
{
  gsize n_used = n_columns;

  while (n_used > 1 && cells[n_used - 1][0] == '\0')
    n_used--;
  for (gsize i = 0; i < n_used; i++)
    append_cell(out, cells[i], widths[i], i + 1 == n_used);
  g_string_append_c(out, '\n');
}

static char **
print_headings(const TextColumn *columns, gsize n_columns)
{
  char **cells = g_new0(char *, n_columns + 1);

  for (gsize i = 0; i < n_columns; i++)
    cells[i] = g_strdup(columns[i].heading);
  return cells;
}

static char **
print_row(GVariant *row, const TextColumn *columns, gsize n_columns)
{
  char **cells = g_new0(char *, n_columns + 1);

  for (gsize i = 0; i < n_columns; i++)
    cells[i] = text_table_dup_cell(row, columns[i].key);
  return cells;
}

/**
 * text_table_append:
 * @out: where to write
 * @rows: rows, `aa{sv}`
 * @columns: (array length=n_columns): what to show
 * @n_columns: how many
 *
 * Appends a table with headings; nothing when there are no rows.
 */
void
text_table_append(GString *out, GVariant *rows, const TextColumn *columns, gsize n_columns)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
  g_autofree guint *widths = g_new0(guint, n_columns);
  gsize n_rows = g_variant_n_children(rows);

  if (n_rows == 0)
    return;
  g_ptr_array_add(lines, print_headings(columns, n_columns));
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_ptr_array_add(lines, print_row(row, columns, n_columns));
  }
  for (guint i = 0; i < lines->len; i++) {
    char **cells = g_ptr_array_index(lines, i);

    for (gsize j = 0; j < n_columns; j++)
      widths[j] = MIN(MAX(widths[j], measure_text(cells[j])), MAX_WIDTH);
  }
  for (guint i = 0; i < lines->len; i++)
    append_line(out, g_ptr_array_index(lines, i), widths, n_columns);
}

/**
 * text_table_append_rows_of:
 * @out: where to write
 * @answer: a dictionary
 * @key: where its rows are
 * @columns: (array length=n_columns): what to show
 * @n_columns: how many
 *
 * Appends the rows found in @answer under @key, if any.
 */
void
text_table_append_rows_of(
    GString *out, GVariant *answer, const char *key, const TextColumn *columns, gsize n_columns)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, key, G_VARIANT_TYPE("aa{sv}"));

  if (rows != NULL)
    text_table_append(out, rows, columns, n_columns);
}

/**
 * text_table_append_dictionary:
 * @out: where to write
 * @dictionary: `a{sv}`
 *
 * Appends one line for each key, in the order given.
 */
void
text_table_append_dictionary(GString *out, GVariant *dictionary)
{
  gsize n_keys = g_variant_n_children(dictionary);

  for (gsize i = 0; i < n_keys; i++) {
    g_autoptr(GVariant) entry = g_variant_get_child_value(dictionary, i);
    g_autoptr(GVariant) key = g_variant_get_child_value(entry, 0);
    const char *name = g_variant_get_string(key, NULL);
    g_autofree char *text = text_table_dup_cell(dictionary, name);

    g_string_append_printf(out, "%s: %s\n", name, text);
  }
}
