/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes any value of the contract as JSON on one line. Dictionaries become objects, rows arrays.
 */

#include "json-out.h"

static void append_value(GString *out, GVariant *value);

/**
 * json_out_append_text:
 * @out: where to write
 * @text: UTF-8
 *
 * Appends @text as a JSON string.
 */
void
json_out_append_text(GString *out, const char *text)
{
  g_string_append_c(out, '"');
  for (const char *cursor = text; *cursor != '\0'; cursor++) {
    guchar byte = (guchar)*cursor;

    if (byte == '"' || byte == '\\') {
      g_string_append_c(out, '\\');
      g_string_append_c(out, *cursor);
    } else if (byte == '\n') {
      g_string_append(out, "\\n");
    } else if (byte < 0x20 || byte == 0x7f) {
      g_string_append_printf(out, "\\u%04x", byte);
    } else {
      g_string_append_c(out, *cursor);
    }
  }
  g_string_append_c(out, '"');
}

static void
append_key(GString *out, GVariant *key)
{
  if (g_variant_is_of_type(key, G_VARIANT_TYPE_STRING)) {
    json_out_append_text(out, g_variant_get_string(key, NULL));
  } else {
    g_autofree char *text = g_variant_print(key, FALSE);

    json_out_append_text(out, text);
  }
}

static void
append_members(GString *out, GVariant *dictionary)
{
  gsize n_members = g_variant_n_children(dictionary);

  g_string_append_c(out, '{');
  for (gsize i = 0; i < n_members; i++) {
    g_autoptr(GVariant) entry = g_variant_get_child_value(dictionary, i);
    g_autoptr(GVariant) key = g_variant_get_child_value(entry, 0);
    g_autoptr(GVariant) value = g_variant_get_child_value(entry, 1);

    if (i > 0)
      g_string_append_c(out, ',');
    append_key(out, key);
    g_string_append_c(out, ':');
    append_value(out, value);
  }
  g_string_append_c(out, '}');
}

static void
append_elements(GString *out, GVariant *list)
{
  gsize n_elements = g_variant_n_children(list);

  g_string_append_c(out, '[');
  for (gsize i = 0; i < n_elements; i++) {
    g_autoptr(GVariant) element = g_variant_get_child_value(list, i);

    if (i > 0)
      g_string_append_c(out, ',');
    append_value(out, element);
  }
  g_string_append_c(out, ']');
}

static void
append_number(GString *out, GVariant *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (g_variant_is_of_type(value, G_VARIANT_TYPE_DOUBLE)) {
    g_string_append(out, g_ascii_dtostr(buffer, sizeof buffer, g_variant_get_double(value)));
    return;
  }
  text = g_variant_print(value, FALSE);
  /* A byte prints as 0x.., which JSON does not know. */
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BYTE))
    g_string_append_printf(out, "%u", g_variant_get_byte(value));
  else
    g_string_append(out, text);
}

static void
append_value(GString *out, GVariant *value)
{
  g_autoptr(GVariant) inner = NULL;

  switch (g_variant_classify(value)) {
  case G_VARIANT_CLASS_VARIANT:
    inner = g_variant_get_variant(value);
    append_value(out, inner);
    return;
  case G_VARIANT_CLASS_STRING:
  case G_VARIANT_CLASS_OBJECT_PATH:
  case G_VARIANT_CLASS_SIGNATURE:
    json_out_append_text(out, g_variant_get_string(value, NULL));
    return;
  case G_VARIANT_CLASS_BOOLEAN:
    g_string_append(out, g_variant_get_boolean(value) ? "true" : "false");
    return;
  case G_VARIANT_CLASS_MAYBE:
    inner = g_variant_get_maybe(value);
    if (inner == NULL)
      g_string_append(out, "null");
    else
      append_value(out, inner);
    return;
  case G_VARIANT_CLASS_ARRAY:
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_DICTIONARY))
      append_members(out, value);
    else
      append_elements(out, value);
    return;
  case G_VARIANT_CLASS_TUPLE:
  case G_VARIANT_CLASS_DICT_ENTRY:
    append_elements(out, value);
    return;
  case G_VARIANT_CLASS_BYTE:
  case G_VARIANT_CLASS_INT16:
  case G_VARIANT_CLASS_UINT16:
  case G_VARIANT_CLASS_INT32:
  case G_VARIANT_CLASS_UINT32:
  case G_VARIANT_CLASS_INT64:
  case G_VARIANT_CLASS_UINT64:
  case G_VARIANT_CLASS_HANDLE:
  case G_VARIANT_CLASS_DOUBLE:
  default:
    append_number(out, value);
  }
}

/**
 * json_out_append:
 * @out: where to write
 * @value: any value
 *
 * Appends @value as JSON, without a line break.
 */
void
json_out_append(GString *out, GVariant *value)
{
  append_value(out, value);
}

/**
 * json_out_line:
 * @value: any value
 *
 * Writes @value as JSON on one line, with its line feed.
 *
 * Returns: (transfer full): the line
 */
char *
json_out_line(GVariant *value)
{
  GString *out = g_string_new(NULL);

  append_value(out, value);
  g_string_append_c(out, '\n');
  return g_string_free(out, FALSE);
}
