/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON numbers into integers with a unit: the only place where an amount is a double, for the
 * length of one expression. docs/PROTOCOL.md 3 says in which unit a field is. */
#include "api/json.h"
#include "model/money.h"
#include "model/timestamp.h"
#include "model/vat.h"

#include <math.h>

#define MILLIONTHS       G_GINT64_CONSTANT(1000000)
#define MAX_UNITS        1e12 /* any number of ours is below; keeps what follows inside 64 bits */
#define TOLERANCE        1e-6
#define CENTS_IN_ONE     100
#define MILLI_IN_ONE     1000
#define BP_IN_ONE        10000
#define MAX_MILLISECONDS (SHOPCAISSE_TIMESTAMP_MAX / 1000)

/* Whole multiples of one unit / parts. A double next to the multiple counts as it: 0.1 + 0.2 is
 * 30 cents and 3 * 10^-17 of one. */
static gboolean
read_scaled(const json_t *number, gint64 parts, gint64 *scaled)
{
  if (json_is_integer(number)) {
    gint64 value = json_integer_value(number);

    if (value > MAX_UNITS || value < -MAX_UNITS)
      return FALSE;
    *scaled = value * parts;
    return TRUE;
  }

  double value = json_real_value(number);

  if (!(fabs(value) < MAX_UNITS))
    return FALSE;

  double product = value * (double)parts;
  gint64 nearest = llround(product);

  /* Large amounts: one step of a double is more than the tolerance. */
  if (fabs(product - (double)nearest) > TOLERANCE && (double)nearest / (double)parts != value)
    return FALSE;
  *scaled = nearest;
  return TRUE;
}

static json_t *
look_up_number(json_t *object, const char *key, ShopcaisseJsonPresence presence, GError **error)
{
  json_t *found = json_object_get(object, key);

  if ((found == NULL || json_is_null(found)) && presence == SHOPCAISSE_JSON_OPTIONAL)
    return NULL;
  if (!json_is_number(found)) {
    shopcaisse_json_fail(error, key, "a number", found);
    return NULL;
  }
  return found;
}

static gboolean
fail_range(GError **error, const char *key, const char *fault)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: this number is %s", key, fault);
  return FALSE;
}

static gboolean
is_amount(gint64 minor)
{
  return minor <= SHOPCAISSE_MONEY_MAX_MINOR && minor >= -SHOPCAISSE_MONEY_MAX_MINOR;
}

/**
 * shopcaisse_json_get_cents:
 * @object: an object
 * @key: a key
 * @presence: whether it must be there
 * @minor: (inout): cents; untouched when absent
 * @error: return location for an error
 *
 * Reads an amount in decimal euros. It has to be whole cents, but for what a double cannot hold.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is missing, no number or no amount.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_cents(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *minor, GError **error)
{
  GError *local_error = NULL;
  json_t *number = look_up_number(object, key, presence, &local_error);
  gint64 value = 0;

  if (local_error != NULL) {
    g_propagate_error(error, local_error);
    return FALSE;
  }
  if (number == NULL)
    return TRUE;
  if (!read_scaled(number, CENTS_IN_ONE, &value) || !is_amount(value))
    return fail_range(error, key, "not an amount in whole cents");
  *minor = value;
  return TRUE;
}

/**
 * shopcaisse_json_get_price:
 * @object: an object
 * @key: a key
 * @has_price: (out): whether it is there
 * @minor: (out): cents; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional price in decimal euros.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is no amount in whole cents, or negative.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_price(
    json_t *object, const char *key, gboolean *has_price, gint64 *minor, GError **error)
{
  gint64 value = G_MININT64;

  if (!shopcaisse_json_get_cents(object, key, SHOPCAISSE_JSON_OPTIONAL, &value, error))
    return FALSE;
  *has_price = value != G_MININT64;
  if (!*has_price)
    return TRUE;
  if (value < 0)
    return fail_range(error, key, "negative");
  *minor = value;
  return TRUE;
}

/**
 * shopcaisse_json_get_rounded_cents:
 * @object: an object
 * @key: a key
 * @minor: (inout): cents; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional amount in decimal euros that may be unrounded, as the VAT of a sale's line is
 * (docs/PROTOCOL.md 3.13). It is rounded half up, on the magnitude.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is no number or too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_rounded_cents(json_t *object, const char *key, gint64 *minor, GError **error)
{
  const gint64 one_cent = MILLIONTHS / CENTS_IN_ONE;
  GError *local_error = NULL;
  json_t *number = look_up_number(object, key, SHOPCAISSE_JSON_OPTIONAL, &local_error);
  gint64 value = 0;

  if (local_error != NULL) {
    g_propagate_error(error, local_error);
    return FALSE;
  }
  if (number == NULL)
    return TRUE;
  if (!shopcaisse_json_read_millionths(number, &value))
    return fail_range(error, key, "not an amount");
  value = (value + (value < 0 ? -one_cent : one_cent) / 2) / one_cent;
  if (!is_amount(value))
    return fail_range(error, key, "not an amount");
  *minor = value;
  return TRUE;
}

/**
 * shopcaisse_json_get_milli:
 * @object: an object
 * @key: a key
 * @presence: whether it must be there
 * @milli: (inout): thousandths; untouched when absent
 * @error: return location for an error
 *
 * Reads a quantity, of either sign, to the nearest thousandth.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is missing, no number or too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_milli(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *milli, GError **error)
{
  const gint64 one_milli = MILLIONTHS / MILLI_IN_ONE;
  GError *local_error = NULL;
  json_t *number = look_up_number(object, key, presence, &local_error);
  gint64 value = 0;

  if (local_error != NULL) {
    g_propagate_error(error, local_error);
    return FALSE;
  }
  if (number == NULL)
    return TRUE;
  if (!shopcaisse_json_read_millionths(number, &value))
    return fail_range(error, key, "not a quantity");
  *milli = (value + (value < 0 ? -one_milli : one_milli) / 2) / one_milli;
  return TRUE;
}

/**
 * shopcaisse_json_get_rate:
 * @object: an object
 * @key: a key
 * @vat_bp: (inout): basis points; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional rate between 0 and 1, where 0.2 is 20 %, to the nearest basis point;
 * docs/PROTOCOL.md 3.5.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is no number or no such rate.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_rate(json_t *object, const char *key, gint64 *vat_bp, GError **error)
{
  const gint64 one_bp = MILLIONTHS / BP_IN_ONE;
  GError *local_error = NULL;
  json_t *number = look_up_number(object, key, SHOPCAISSE_JSON_OPTIONAL, &local_error);
  gint64 value = 0;

  if (local_error != NULL) {
    g_propagate_error(error, local_error);
    return FALSE;
  }
  if (number == NULL)
    return TRUE;
  if (!shopcaisse_json_read_millionths(number, &value) || value < 0 || value > MILLIONTHS)
    return fail_range(error, key, "not a rate between 0 and 1");
  *vat_bp = (value + one_bp / 2) / one_bp;
  return TRUE;
}

/**
 * shopcaisse_json_get_time:
 * @object: an object
 * @key: a key
 * @presence: whether it must be there
 * @at: (inout): microseconds since 1970, UTC; untouched when absent
 * @error: return location for an error
 *
 * Reads a moment in milliseconds since 1970; docs/PROTOCOL.md 6.2 (9).
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is missing, no whole number or no moment.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_time(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *at, GError **error)
{
  json_t *found = json_object_get(object, key);

  if ((found == NULL || json_is_null(found)) && presence == SHOPCAISSE_JSON_OPTIONAL)
    return TRUE;
  if (!json_is_number(found))
    return shopcaisse_json_fail(error, key, "a number", found);

  double milliseconds = json_number_value(found);

  if (!(milliseconds >= 0) || milliseconds > (double)MAX_MILLISECONDS ||
      milliseconds != floor(milliseconds))
    return fail_range(error, key, "not a time in milliseconds");
  *at = (gint64)milliseconds * 1000;
  return TRUE;
}

/**
 * shopcaisse_json_get_iso_time:
 * @object: an object
 * @key: a key
 * @presence: whether it must be there
 * @at: (inout): microseconds since 1970, UTC; untouched when absent
 * @error: return location for an error
 *
 * Reads a moment in ISO 8601; docs/PROTOCOL.md 6.2 (9).
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is missing, no string or no moment with a zone.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_iso_time(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *at, GError **error)
{
  json_t *found = json_object_get(object, key);

  if ((found == NULL || json_is_null(found)) && presence == SHOPCAISSE_JSON_OPTIONAL)
    return TRUE;
  if (!json_is_string(found))
    return shopcaisse_json_fail(error, key, "a string", found);
  if (!shopcaisse_timestamp_parse(json_string_value(found), at, NULL)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                "%s: this string is not a time with a zone", key);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_json_read_millionths:
 * @number: a number
 * @millionths: (out): the same number in millionths, the nearest
 *
 * Reads a number whose unit is not known yet.
 *
 * Returns: %FALSE when @number is no number or too large; @millionths is untouched then
 */
gboolean
shopcaisse_json_read_millionths(const json_t *number, gint64 *millionths)
{
  if (json_is_integer(number))
    return read_scaled(number, MILLIONTHS, millionths);
  if (!json_is_real(number))
    return FALSE;

  double value = json_real_value(number);

  if (!(fabs(value) < MAX_UNITS))
    return FALSE;
  *millionths = llround(value * (double)MILLIONTHS);
  return TRUE;
}
