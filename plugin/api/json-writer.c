/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes JSON byte for byte the same each time. Amounts are printed from integers: a double or a
 * locale never comes near them. */
#include "api/json-writer.h"

#include "model/decimal.h"
#include "model/money.h"

#define RATE_DECIMALS 4 /* of a rate between 0 and 1 */

/* A comma, unless the container has just been opened. */
static void
begin_value(GString *json, const char *key)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '\0';

  if (last != '\0' && last != '{' && last != '[')
    g_string_append_c(json, ',');
  if (key != NULL)
    g_string_append_printf(json, "\"%s\":", key);
}

/**
 * shopcaisse_json_begin_object:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array and at the start
 *
 * Opens an object.
 */
void
shopcaisse_json_begin_object(GString *json, const char *key)
{
  begin_value(json, key);
  g_string_append_c(json, '{');
}

/**
 * shopcaisse_json_end_object:
 * @json: what has been written so far
 *
 * Closes an object.
 */
void
shopcaisse_json_end_object(GString *json)
{
  g_string_append_c(json, '}');
}

/**
 * shopcaisse_json_begin_array:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 *
 * Opens an array.
 */
void
shopcaisse_json_begin_array(GString *json, const char *key)
{
  begin_value(json, key);
  g_string_append_c(json, '[');
}

/**
 * shopcaisse_json_end_array:
 * @json: what has been written so far
 *
 * Closes an array.
 */
void
shopcaisse_json_end_array(GString *json)
{
  g_string_append_c(json, ']');
}

static void
append_escaped(GString *json, char character)
{
  switch (character) {
  case '"':
  case '\\':
    g_string_append_c(json, '\\');
    g_string_append_c(json, character);
    break;
  case '\n':
    g_string_append(json, "\\n");
    break;
  case '\r':
    g_string_append(json, "\\r");
    break;
  case '\t':
    g_string_append(json, "\\t");
    break;
  default:
    if ((guchar)character < 0x20 || character == 0x7f)
      g_string_append_printf(json, "\\u%04x", (guint)(guchar)character);
    else
      g_string_append_c(json, character);
    break;
  }
}

/**
 * shopcaisse_json_add_text:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @text: the text; bytes that are not UTF-8 are replaced
 *
 * Writes a text.
 */
void
shopcaisse_json_add_text(GString *json, const char *key, const char *text)
{
  g_return_if_fail(text != NULL);

  g_autofree char *valid = g_utf8_make_valid(text, -1);

  begin_value(json, key);
  g_string_append_c(json, '"');
  for (const char *at = valid; *at != '\0'; at++)
    append_escaped(json, *at);
  g_string_append_c(json, '"');
}

/**
 * shopcaisse_json_quote:
 * @text: the text; bytes that are not UTF-8 are replaced
 *
 * Makes a JSON string of a text.
 *
 * Returns: (transfer full): the string, in its quotes
 */
char *
shopcaisse_json_quote(const char *text)
{
  g_return_val_if_fail(text != NULL, NULL);

  GString *json = g_string_new(NULL);

  shopcaisse_json_add_text(json, NULL, text);
  return g_string_free(json, FALSE);
}

/**
 * shopcaisse_json_add_boolean:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @value: the value
 *
 * Writes a boolean.
 */
void
shopcaisse_json_add_boolean(GString *json, const char *key, gboolean value)
{
  begin_value(json, key);
  g_string_append(json, value ? "true" : "false");
}

/**
 * shopcaisse_json_add_integer:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @value: the value
 *
 * Writes a whole number.
 */
void
shopcaisse_json_add_integer(GString *json, const char *key, gint64 value)
{
  begin_value(json, key);
  g_string_append_printf(json, "%" G_GINT64_FORMAT, value);
}

/**
 * shopcaisse_json_add_decimal_money:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @minor: cents
 *
 * Writes an amount as a number with two decimals: 12.50.
 */
void
shopcaisse_json_add_decimal_money(GString *json, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  begin_value(json, key);
  g_string_append(json, text);
}

/**
 * shopcaisse_json_add_money:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @minor: cents
 * @form: how amounts are written there; docs/decisions/0004-unit-of-money.md
 *
 * Writes an amount as a number: 12.50, or 1250 in %SHOPCAISSE_FORM_MINOR.
 */
void
shopcaisse_json_add_money(GString *json, const char *key, gint64 minor, ShopcaisseForm form)
{
  g_return_if_fail(form != SHOPCAISSE_FORM_UNKNOWN);

  if (form == SHOPCAISSE_FORM_MINOR)
    shopcaisse_json_add_integer(json, key, minor);
  else
    shopcaisse_json_add_decimal_money(json, key, minor);
}

/**
 * shopcaisse_json_add_rate:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @vat_bp: basis points
 *
 * Writes a rate as a number between 0 and 1: 550 is 0.055.
 */
void
shopcaisse_json_add_rate(GString *json, const char *key, gint64 vat_bp)
{
  g_autofree char *text = shopcaisse_decimal_to_text(vat_bp, RATE_DECIMALS, 0);

  begin_value(json, key);
  g_string_append(json, text);
}

/**
 * shopcaisse_json_add_quantity:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array
 * @quantity_milli: thousandths
 *
 * Writes a quantity as a number, as short as it can be: 1, 0.35.
 */
void
shopcaisse_json_add_quantity(GString *json, const char *key, gint64 quantity_milli)
{
  g_autofree char *text = shopcaisse_quantity_to_text(quantity_milli);

  begin_value(json, key);
  g_string_append(json, text);
}

/**
 * shopcaisse_json_add_raw:
 * @json: what has been written so far
 * @key: (nullable): the key; %NULL inside an array, or when @value begins with it
 * @value: JSON
 * @size: its length in bytes
 *
 * Writes what is JSON already.
 */
void
shopcaisse_json_add_raw(GString *json, const char *key, const char *value, gsize size)
{
  begin_value(json, key);
  g_string_append_len(json, value, (gssize)size);
}
