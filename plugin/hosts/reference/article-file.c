/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Articles from a file: CSV whose first line names the keys of an article row, or JSON, a list of
 * objects with those keys. */

#include "article-file.h"

#include <comptoir/comptoir.h>
#include <jansson.h>
#include <string.h>

#define MAX_COLUMNS 64

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

static GVariant *
fail(GError **error, guint line, const char *reason)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "line %u: %s", line, reason);
  return NULL;
}

/* Several barcodes in a cell are divided by spaces; everything else is one text. */
static void
insert_text(GVariantDict *row, const char *key, const char *text)
{
  if (text[0] == '\0')
    return;
  if (g_str_equal(key, "barcodes")) {
    g_auto(GStrv) list = g_strsplit(text, " ", -1);

    g_variant_dict_insert(row, key, "^as", list);
  } else if (g_str_equal(key, "price_includes_tax")) {
    g_variant_dict_insert(row, key, "b", g_str_equal(text, "true") || g_str_equal(text, "1"));
  } else {
    g_variant_dict_insert(row, key, "s", text);
  }
}

/* One cell; a cell in quotes may hold separators, line feeds and doubled quotes. */
static gboolean
read_cell(const char **cursor, char separator, GString *cell)
{
  gboolean is_quoted = **cursor == '"';

  g_string_truncate(cell, 0);
  if (is_quoted)
    (*cursor)++;
  for (; **cursor != '\0'; (*cursor)++) {
    if (is_quoted && **cursor == '"') {
      (*cursor)++;
      if (**cursor != '"')
        return **cursor == separator || **cursor == '\n' || **cursor == '\r' || **cursor == '\0';
    } else if (!is_quoted && (**cursor == separator || **cursor == '\n' || **cursor == '\r')) {
      return TRUE;
    }
    g_string_append_c(cell, **cursor);
  }
  return !is_quoted;
}

/* (transfer full) (nullable): the cells of one line */
static GPtrArray *
read_line(const char **cursor, char separator)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  GString *cell = g_string_new(NULL);
  gboolean is_good = TRUE;
  gboolean has_more = TRUE;

  while (has_more && is_good) {
    is_good = read_cell(cursor, separator, cell) && cells->len < MAX_COLUMNS;
    g_ptr_array_add(cells, g_strdup(cell->str));
    has_more = **cursor == separator;
    if (has_more)
      (*cursor)++;
  }
  if (**cursor == '\r')
    (*cursor)++;
  if (**cursor == '\n')
    (*cursor)++;
  (void)g_string_free(cell, TRUE);
  return is_good ? g_steal_pointer(&cells) : NULL;
}

static GVariant *
build_csv_row(GPtrArray *names, GPtrArray *cells)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  for (guint i = 0; i < names->len && i < cells->len; i++)
    insert_text(&row, g_ptr_array_index(names, i), g_ptr_array_index(cells, i));
  return g_variant_dict_end(&row);
}

static char
guess_separator(const char *text)
{
  gsize length = strcspn(text, "\r\n");

  return memchr(text, ';', length) != NULL ? ';' : ',';
}

/**
 * article_file_parse_csv:
 * @text: the file
 * @error: return location for an error
 *
 * Reads CSV, divided by commas or semicolons. Fails with %COMPTOIR_ERROR_INVALID, naming the line.
 *
 * Returns: (transfer full) (nullable): article rows
 */
GVariant *
article_file_parse_csv(const char *text, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GPtrArray) names = NULL;
  const char *cursor = g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text;
  char separator = guess_separator(cursor);

  if (!g_utf8_validate(text, -1, NULL))
    return fail(error, 1, "the file is not UTF-8");
  names = read_line(&cursor, separator);
  if (names == NULL)
    return fail(error, 1, "a quote is not closed");
  for (guint line = 2; *cursor != '\0'; line++) {
    g_autoptr(GPtrArray) cells = read_line(&cursor, separator);

    if (cells == NULL)
      return fail(error, line, "a quote is not closed");
    if (cells->len > names->len)
      return fail(error, line, "too many cells");
    if (cells->len > 1 || *(char *)g_ptr_array_index(cells, 0) != '\0')
      g_variant_builder_add_value(&rows, build_csv_row(names, cells));
  }
  return g_variant_ref_sink(g_variant_builder_end(&rows));
}

static gboolean
insert_json(GVariantDict *row, const char *key, json_t *value)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  g_auto(GStrv) texts = NULL;
  gsize index = 0;
  json_t *element = NULL;

  if (json_is_string(value))
    insert_text(row, key, json_string_value(value));
  else if (json_is_boolean(value))
    g_variant_dict_insert(row, key, "b", json_is_true(value));
  else if (!json_is_array(value))
    return json_is_null(value);
  if (!json_is_array(value))
    return TRUE;
  builder = g_strv_builder_new();
  json_array_foreach(value, index, element)
  {
    if (!json_is_string(element))
      return FALSE;
    g_strv_builder_add(builder, json_string_value(element));
  }
  texts = g_strv_builder_end(builder);
  g_variant_dict_insert(row, key, "^as", texts);
  return TRUE;
}

static GVariant *
build_json_row(json_t *object, guint number, GError **error)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  const char *key = NULL;
  json_t *value = NULL;

  json_object_foreach(object, key, value)
  {
    if (insert_json(&row, key, value))
      continue;
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "article %u: %s is neither text, boolean nor texts", number, key);
    return NULL;
  }
  return g_variant_dict_end(&row);
}

/**
 * article_file_parse_json:
 * @text: the file
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Reads JSON: a list of objects, or `{"rows": [...]}` as `article list --json` prints. Numbers are
 * refused: an amount is a text. Fails with %COMPTOIR_ERROR_INVALID, naming the article.
 *
 * Returns: (transfer full) (nullable): article rows
 */
GVariant *
article_file_parse_json(const char *text, gsize length, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  json_error_t reason;
  g_autoptr(json_t) root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &reason);
  json_t *list = json_is_object(root) ? json_object_get(root, "rows") : root;
  json_t *object = NULL;
  gsize index = 0;

  if (root == NULL)
    return fail(error, (guint)MAX(reason.line, 0), reason.text);
  if (!json_is_array(list))
    return fail(error, 1, "a list of articles is wanted");
  json_array_foreach(list, index, object)
  {
    GVariant *row = NULL;

    if (!json_is_object(object))
      return fail(error, 1, "a list of objects is wanted");
    row = build_json_row(object, (guint)index + 1, error);

    if (row == NULL)
      return NULL;
    g_variant_builder_add_value(&rows, row);
  }
  return g_variant_ref_sink(g_variant_builder_end(&rows));
}
