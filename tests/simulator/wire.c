/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON as a JavaScript server prints it: whole numbers without a point, keys in any order. */

#include "wire.h"

#include <gio/gio.h>
#include <math.h>

#define MAX_EXACT_INT 9007199254740992.0

/**
 * sim_wire_number:
 * @value: a finite number
 *
 * Makes a JSON number that prints like JavaScript's: `10`, not `10.0`.
 *
 * Returns: (transfer full): the number
 */
json_t *
sim_wire_number(double value)
{
  if (value == floor(value) && fabs(value) < MAX_EXACT_INT)
    return json_integer((json_int_t)value);
  return json_real(value);
}

/**
 * sim_wire_minor:
 * @minor: an amount in cents
 *
 * Makes decimal euros, the unit of catalogue and sales (PROTOCOL 3, code).
 *
 * Returns: (transfer full): the number
 */
json_t *
sim_wire_minor(gint64 minor)
{
  if (minor % 100 == 0)
    return json_integer(minor / 100);
  return json_real((double)minor / 100.0);
}

/**
 * sim_wire_to_minor:
 * @euros: decimal euros
 *
 * Rounds an amount to cents, halves away from zero.
 *
 * Returns: cents
 */
gint64
sim_wire_to_minor(double euros)
{
  return (gint64)llround(euros * 100.0);
}

/**
 * sim_wire_text:
 * @text: (nullable): a text in UTF-8
 *
 * Makes a JSON string, or null.
 *
 * Returns: (transfer full): the value
 */
json_t *
sim_wire_text(const char *text)
{
  if (text == NULL)
    return json_null();
  return json_string(text);
}

/**
 * sim_wire_get_text:
 * @object: (nullable): an object
 * @key: the member
 * @fallback: (nullable): the result when the member is no string
 *
 * Reads a string member.
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
sim_wire_get_text(const json_t *object, const char *key, const char *fallback)
{
  const json_t *value = json_object_get(object, key);
  return json_is_string(value) ? json_string_value(value) : fallback;
}

/**
 * sim_wire_get_number:
 * @object: (nullable): an object
 * @key: the member
 * @fallback: the result when the member is no number
 *
 * Reads a numeric member.
 *
 * Returns: the number
 */
double
sim_wire_get_number(const json_t *object, const char *key, double fallback)
{
  const json_t *value = json_object_get(object, key);
  return json_is_number(value) ? json_number_value(value) : fallback;
}

/**
 * sim_wire_get_flag:
 * @object: (nullable): an object
 * @key: the member
 * @fallback: the result when the member is no boolean
 *
 * Reads a boolean member.
 *
 * Returns: the flag
 */
gboolean
sim_wire_get_flag(const json_t *object, const char *key, gboolean fallback)
{
  const json_t *value = json_object_get(object, key);
  return json_is_boolean(value) ? json_is_true(value) : fallback;
}

static guint32
next_random(guint32 *state)
{
  /* xorshift32: the order of keys needs variety, not quality. */
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

typedef struct {
  GString *text;
  guint32 state; /* 0 keeps the order of keys */
} Printer;

static void print_value(Printer *printer, const json_t *value);

static void
print_string(Printer *printer, const char *string)
{
  g_string_append_c(printer->text, '"');
  for (const char *at = string; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c(printer->text, '\\');
    if ((guchar)*at < ' ')
      g_string_append_printf(printer->text, "\\u%04x", (guint)*at);
    else
      g_string_append_c(printer->text, *at);
  }
  g_string_append_c(printer->text, '"');
}

static void
shuffle(Printer *printer, const char **keys, guint n_keys)
{
  for (guint i = n_keys; i > 1 && printer->state != 0; i--) {
    guint j = next_random(&printer->state) % i;
    const char *swapped = keys[i - 1];
    keys[i - 1] = keys[j];
    keys[j] = swapped;
  }
}

static void
print_object(Printer *printer, const json_t *object)
{
  g_autofree const char **keys = g_new(const char *, json_object_size(object) + 1);
  const char *key = NULL;
  json_t *member = NULL;
  guint n_keys = 0;

  json_object_foreach((json_t *)object, key, member)
  {
    keys[n_keys++] = key;
  }
  shuffle(printer, keys, n_keys);
  g_string_append_c(printer->text, '{');
  for (guint i = 0; i < n_keys; i++) {
    if (i > 0)
      g_string_append_c(printer->text, ',');
    print_string(printer, keys[i]);
    g_string_append_c(printer->text, ':');
    print_value(printer, json_object_get(object, keys[i]));
  }
  g_string_append_c(printer->text, '}');
}

static void
print_array(Printer *printer, const json_t *array)
{
  g_string_append_c(printer->text, '[');
  for (gsize i = 0; i < json_array_size(array); i++) {
    if (i > 0)
      g_string_append_c(printer->text, ',');
    print_value(printer, json_array_get(array, i));
  }
  g_string_append_c(printer->text, ']');
}

static void
print_value(Printer *printer, const json_t *value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE] = { 0 };

  switch (json_typeof(value)) {
  case JSON_OBJECT:
    print_object(printer, value);
    break;
  case JSON_ARRAY:
    print_array(printer, value);
    break;
  case JSON_STRING:
    print_string(printer, json_string_value(value));
    break;
  case JSON_INTEGER:
    g_string_append_printf(printer->text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    break;
  case JSON_REAL:
    g_string_append(printer->text,
                    g_ascii_formatd(digits, sizeof digits, "%.15g", json_real_value(value)));
    break;
  case JSON_TRUE:
    g_string_append(printer->text, "true");
    break;
  case JSON_FALSE:
    g_string_append(printer->text, "false");
    break;
  case JSON_NULL:
  default:
    g_string_append(printer->text, "null");
    break;
  }
}

/**
 * sim_wire_dump:
 * @value: the value
 * @order: whether the keys of objects change places
 * @seed: where the shuffling starts; equal seeds give equal texts
 *
 * Prints a value on one line. jansson would print 10.0 where JavaScript prints 10, and keeps the
 * order of keys.
 *
 * Returns: (transfer full): the text
 */
char *
sim_wire_dump(const json_t *value, SimKeyOrder order, guint32 seed)
{
  Printer printer = {
    .text = g_string_sized_new(256),
    .state = order == SIM_KEYS_FIXED ? 0 : MAX(seed, 1),
  };

  print_value(&printer, value);
  return g_string_free(printer.text, FALSE);
}

/**
 * sim_wire_parse:
 * @text: JSON
 * @length: its bytes
 * @error: return location for an error
 *
 * Reads one JSON value.
 *
 * Fails with %G_IO_ERROR_INVALID_DATA when the text is not JSON.
 *
 * Returns: (transfer full) (nullable): the value
 */
json_t *
sim_wire_parse(const char *text, gsize length, GError **error)
{
  json_error_t where = { 0 };
  json_t *value = json_loadb(text, length, JSON_DECODE_ANY, &where);

  if (value == NULL)
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %d: %s", where.line, where.text);
  return value;
}
