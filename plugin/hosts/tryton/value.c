/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading and making the values of Tryton's JSON. What is not there, or of another kind, reads as
 * 0, %NULL or %FALSE: a field that a module lacks is not an error. */

#include "value.h"

#include "amount.h"

#include <math.h>

#define CLASS        "__class__"
#define MAX_QUANTITY 1e12

/**
 * tryton_value_get_id:
 * @row: a record
 * @key: a field
 *
 * Returns: the number, an id; 0 when there is none
 */
gint64
tryton_value_get_id(json_t *row, const char *key)
{
  return json_integer_value(json_object_get(row, key));
}

/**
 * tryton_value_get_text:
 * @row: a record
 * @key: a field
 *
 * Returns: (nullable): the text; %NULL when it is empty
 */
const char *
tryton_value_get_text(json_t *row, const char *key)
{
  const char *text = json_string_value(json_object_get(row, key));

  return text == NULL || text[0] == '\0' ? NULL : text;
}

/**
 * tryton_value_get_boolean:
 * @row: a record
 * @key: a field
 *
 * Tryton on SQLite says 1 for true.
 *
 * Returns: whether it is true
 */
gboolean
tryton_value_get_boolean(json_t *row, const char *key)
{
  json_t *value = json_object_get(row, key);

  return json_is_true(value) || json_integer_value(value) != 0;
}

static gboolean
round_real(double real, guint digits, gint64 *value)
{
  double scale = pow(10, digits);

  if (!isfinite(real) || fabs(real) > MAX_QUANTITY)
    return FALSE;
  *value = llround(real * scale);
  return TRUE;
}

/**
 * tryton_value_get_amount:
 * @row: a record
 * @key: a field: a decimal, or a quantity, which is a plain number
 * @digits: how many digits behind the point
 * @value: (out): in parts of ten to the -@digits
 *
 * Returns: %FALSE when there is no number
 */
gboolean
tryton_value_get_amount(json_t *row, const char *key, guint digits, gint64 *value)
{
  json_t *number = json_object_get(row, key);

  if (json_is_object(number))
    return tryton_amount_parse(json_string_value(json_object_get(number, "decimal")), digits,
                               value);
  if (json_is_number(number))
    return round_real(json_number_value(number), digits, value);
  return FALSE;
}

static int
get_part(json_t *object, const char *key)
{
  return (int)json_integer_value(json_object_get(object, key));
}

/**
 * tryton_value_get_time:
 * @row: a record
 * @key: a field
 *
 * Returns: the moment, in microseconds since 1970, UTC; 0 when there is none
 */
gint64
tryton_value_get_time(json_t *row, const char *key)
{
  json_t *object = json_object_get(row, key);
  g_autoptr(GDateTime) time = NULL;

  if (!json_is_object(object))
    return 0;
  time = g_date_time_new_utc(get_part(object, "year"), get_part(object, "month"),
                             get_part(object, "day"), get_part(object, "hour"),
                             get_part(object, "minute"), get_part(object, "second"));
  if (time == NULL)
    return 0;
  return g_date_time_to_unix(time) * G_USEC_PER_SEC + get_part(object, "microsecond");
}

/**
 * tryton_value_get_day:
 * @row: a record
 * @key: a field
 *
 * Returns: the day as a number, 20260301; 0 when there is none
 */
gint64
tryton_value_get_day(json_t *row, const char *key)
{
  json_t *object = json_object_get(row, key);

  return (gint64)get_part(object, "year") * 10000 + get_part(object, "month") * 100 +
         get_part(object, "day");
}

/**
 * tryton_value_get_record:
 * @row: a record
 * @key: a field that points to another record, of which fields were read
 *
 * Returns: (nullable): that record
 */
json_t *
tryton_value_get_record(json_t *row, const char *key)
{
  g_autofree char *dotted = g_strconcat(key, ".", NULL);

  return json_object_get(row, dotted);
}

/**
 * tryton_value_new_decimal:
 * @value: in parts of ten to the -@digits
 * @digits: digits behind the point
 *
 * Returns: (transfer full): a decimal
 */
json_t *
tryton_value_new_decimal(gint64 value, guint digits)
{
  g_autofree char *text = tryton_amount_format(value, digits, 0);

  return json_pack("{s:s,s:s}", CLASS, "Decimal", "decimal", text);
}

/**
 * tryton_value_new_time:
 * @time_us: microseconds since 1970, UTC
 *
 * Returns: (transfer full): a moment
 */
json_t *
tryton_value_new_time(gint64 time_us)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(time_us / G_USEC_PER_SEC);

  return json_pack("{s:s,s:i,s:i,s:i,s:i,s:i,s:i,s:i}", CLASS, "datetime", "year",
                   g_date_time_get_year(time), "month", g_date_time_get_month(time), "day",
                   g_date_time_get_day_of_month(time), "hour", g_date_time_get_hour(time), "minute",
                   g_date_time_get_minute(time), "second", g_date_time_get_second(time),
                   "microsecond", (int)(time_us % G_USEC_PER_SEC));
}

/**
 * tryton_value_new_date:
 * @date: a day
 *
 * Returns: (transfer full): a date
 */
json_t *
tryton_value_new_date(GDateTime *date)
{
  return json_pack("{s:s,s:i,s:i,s:i}", CLASS, "date", "year", g_date_time_get_year(date), "month",
                   g_date_time_get_month(date), "day", g_date_time_get_day_of_month(date));
}

/**
 * tryton_value_new_create:
 * @values: (transfer full): the fields of a record
 *
 * Returns: (transfer full): the value of a field that makes this record below another
 */
json_t *
tryton_value_new_create(json_t *values)
{
  return json_pack("[[s,[o]]]", "create", values);
}

/**
 * tryton_value_new_clause:
 * @field: a field
 * @operator: how it is compared
 * @value: (transfer full): with what
 *
 * Returns: (transfer full): one condition of a search
 */
json_t *
tryton_value_new_clause(const char *field, const char *operator, json_t * value)
{
  return json_pack("[s,s,o]", field, operator, value);
}

/**
 * tryton_value_parse_time:
 * @text: ISO 8601
 * @time_us: (out): microseconds since 1970, UTC
 *
 * Returns: %FALSE when it is no time
 */
gboolean
tryton_value_parse_time(const char *text, gint64 *time_us)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);

  if (time == NULL)
    return FALSE;
  *time_us = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
  return TRUE;
}

/**
 * tryton_value_format_time:
 * @time_us: microseconds since 1970, UTC
 *
 * Returns: (transfer full): ISO 8601, to the second
 */
char *
tryton_value_format_time(gint64 time_us)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(time_us / G_USEC_PER_SEC);

  return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * tryton_value_parse_id:
 * @text: (nullable): an id as the contract carries it
 * @id: (out): Tryton's number
 *
 * Returns: %FALSE when it is none of ours
 */
gboolean
tryton_value_parse_id(const char *text, gint64 *id)
{
  return text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT32, id, NULL);
}

/**
 * tryton_value_insert_id:
 * @row: a row of the contract
 * @key: a key
 * @id: Tryton's number
 *
 * Puts an id into a row.
 */
void
tryton_value_insert_id(GVariantDict *row, const char *key, gint64 id)
{
  g_variant_dict_insert_value(row, key,
                              g_variant_new_take_string(g_strdup_printf("%" G_GINT64_FORMAT, id)));
}

/**
 * tryton_value_insert_text:
 * @row: a row of the contract
 * @key: a key
 * @text: (nullable): a text; without one nothing is put in
 *
 * Puts a text into a row.
 */
void
tryton_value_insert_text(GVariantDict *row, const char *key, const char *text)
{
  if (text != NULL && text[0] != '\0')
    g_variant_dict_insert(row, key, "s", text);
}
