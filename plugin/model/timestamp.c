/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moments: microseconds since 1970 in UTC, and their ISO 8601 texts. Reads no clock. */
#include "model/timestamp.h"

#include "config.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

#define MICROSECOND_DIGITS 6
#define MAX_OFFSET_MINUTES (14 * 60)

/* Reads exactly n digits and moves on. */
static gboolean
read_digits(const char **at, guint n, int *value)
{
  int result = 0;

  for (guint i = 0; i < n; i++) {
    if (!g_ascii_isdigit((*at)[i]))
      return FALSE;
    result = result * 10 + ((*at)[i] - '0');
  }
  *at += n;
  *value = result;
  return TRUE;
}

static gboolean
read_sign(const char **at, char sign)
{
  if (**at != sign)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* Digits below a microsecond are dropped. */
static gboolean
read_fraction(const char **at, int *microseconds)
{
  int value = 0;
  guint n_digits = 0;

  *microseconds = 0;
  if (**at != '.')
    return TRUE;
  (*at)++;
  for (; g_ascii_isdigit(**at); (*at)++, n_digits++) {
    if (n_digits < MICROSECOND_DIGITS)
      value = value * 10 + (**at - '0');
  }
  if (n_digits == 0)
    return FALSE;
  for (; n_digits < MICROSECOND_DIGITS; n_digits++)
    value *= 10;
  *microseconds = value;
  return TRUE;
}

/* "Z", "+02:00" or "-0330"; nothing may follow. */
static gboolean
read_offset(const char **at, int *minutes)
{
  char sign = **at;
  int hour = 0;
  int minute = 0;

  if (sign == '\0')
    return FALSE;
  (*at)++;
  if (sign == 'Z') {
    *minutes = 0;
    return **at == '\0';
  }
  if ((sign != '+' && sign != '-') || !read_digits(at, 2, &hour))
    return FALSE;
  (void)read_sign(at, ':'); /* the colon may be left out */
  if (!read_digits(at, 2, &minute) || minute > 59 || hour * 60 + minute > MAX_OFFSET_MINUTES)
    return FALSE;
  *minutes = sign == '+' ? hour * 60 + minute : -(hour * 60 + minute);
  return **at == '\0';
}

static gboolean
read_moment(const char *text, gint64 *at_us)
{
  const char *at = text;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int microseconds = 0;
  int offset = 0;

  if (!read_digits(&at, 4, &year) || !read_sign(&at, '-') || !read_digits(&at, 2, &month) ||
      !read_sign(&at, '-') || !read_digits(&at, 2, &day) || !read_sign(&at, 'T') ||
      !read_digits(&at, 2, &hour) || !read_sign(&at, ':') || !read_digits(&at, 2, &minute) ||
      !read_sign(&at, ':') || !read_digits(&at, 2, &second) || !read_fraction(&at, &microseconds) ||
      !read_offset(&at, &offset))
    return FALSE;
  if (year < 1970)
    return FALSE;

  g_autoptr(GDateTime) moment = g_date_time_new_utc(year, month, day, hour, minute, second);

  if (moment == NULL)
    return FALSE;

  gint64 seconds = g_date_time_to_unix(moment) - (gint64)offset * 60;

  if (seconds < 0 || seconds > SHOPCAISSE_TIMESTAMP_MAX / G_USEC_PER_SEC)
    return FALSE;
  *at_us = seconds * G_USEC_PER_SEC + microseconds;
  return TRUE;
}

/**
 * shopcaisse_timestamp_parse:
 * @text: ISO 8601 with seconds and a zone, as in "2026-03-01T11:02:00Z"
 * @at: (out): microseconds since 1970, UTC
 * @error: return location for an error
 *
 * Reads a moment from 1970 on.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @text is not such a text or the day does not exist.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_timestamp_parse(const char *text, gint64 *at, GError **error)
{
  g_return_val_if_fail(text != NULL && at != NULL, FALSE);

  if (!read_moment(text, at)) {
    g_autofree char *quoted = shopcaisse_text_quote(text);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("%s is not a time such as 2026-03-01T11:02:00Z"), quoted);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_timestamp_to_text:
 * @at: microseconds since 1970, UTC; from 0 to %SHOPCAISSE_TIMESTAMP_MAX
 *
 * Prints a moment in UTC, as [func@Shopcaisse.timestamp_parse] reads it. A fraction is printed only
 * when there is one.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_timestamp_to_text(gint64 at)
{
  g_return_val_if_fail(at >= 0 && at <= SHOPCAISSE_TIMESTAMP_MAX, NULL);

  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
  GString *text = g_string_new(NULL);

  g_string_printf(text, "%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year(moment),
                  g_date_time_get_month(moment), g_date_time_get_day_of_month(moment),
                  g_date_time_get_hour(moment), g_date_time_get_minute(moment),
                  g_date_time_get_second(moment));
  if (at % G_USEC_PER_SEC != 0)
    g_string_append_printf(text, ".%06d", (int)(at % G_USEC_PER_SEC));
  g_string_append_c(text, 'Z');
  return g_string_free(text, FALSE);
}
