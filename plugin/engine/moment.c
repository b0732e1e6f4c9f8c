/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Times in sentences for people: local, to the minute or to the day. */
#include "engine/moment.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static char *
format(gint64 at, const char *pattern)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at / G_USEC_PER_SEC);
  char *text = time != NULL ? g_date_time_format(time, pattern) : NULL;

  return text != NULL ? text : g_strdup("");
}

/**
 * shopcaisse_moment_to_text:
 * @at: UTC, microseconds
 *
 * Returns: (transfer full): date and time of day
 */
char *
shopcaisse_moment_to_text(gint64 at)
{
  /* Translators: a date with the time of day, as g_date_time_format() and strftime read it. */
  return format(at, _("%Y-%m-%d %H:%M"));
}

/**
 * shopcaisse_moment_to_day:
 * @at: UTC, microseconds
 *
 * Returns: (transfer full): the date
 */
char *
shopcaisse_moment_to_day(gint64 at)
{
  /* Translators: a date, as g_date_time_format() and strftime read it. */
  return format(at, _("%Y-%m-%d"));
}
