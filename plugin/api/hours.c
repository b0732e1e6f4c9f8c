/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening hours of a store, in its local time; docs/PROTOCOL.md 3.16. */
#include "api/hours.h"

#include "api/page-read.h"
#include "api/path.h"
#include "model/timestamp.h"

#define MINUTES_IN_HOUR 60
#define MINUTES_IN_DAY  (24 * MINUTES_IN_HOUR)

static const char *const weekday_keys[] = { "monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday" };

/**
 * shopcaisse_hours_request:
 * @store_id: the store
 *
 * Asks when a store is open.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_hours_request(const char *store_id)
{
  g_return_val_if_fail(store_id != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "hours", NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gboolean
fail_time(GError **error, const char *key)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: this is no time of the day",
              key);
  return FALSE;
}

/* An hour must be there; a minute that is not is 0. */
static gboolean
read_minute(
    json_t *object, const char *hour_key, const char *minute_key, guint *of_day, GError **error)
{
  gint64 hour = -1;
  gint64 minute = 0;

  if (!shopcaisse_json_get_count(object, hour_key, &hour, error) ||
      !shopcaisse_json_get_count(object, minute_key, &minute, error))
    return FALSE;
  if (hour < 0)
    return shopcaisse_json_fail(error, hour_key, "a whole number",
                                json_object_get(object, hour_key));
  if (minute >= MINUTES_IN_HOUR)
    return fail_time(error, minute_key);
  if (hour > 24 || hour * MINUTES_IN_HOUR + minute > MINUTES_IN_DAY)
    return fail_time(error, hour_key);
  *of_day = (guint)(hour * MINUTES_IN_HOUR + minute);
  return TRUE;
}

static gpointer
read_opening(json_t *object, GError **error)
{
  g_autofree ShopcaisseOpening *opening = g_new0(ShopcaisseOpening, 1);

  if (!read_minute(object, "fromHour", "fromMinute", &opening->from_minute, error) ||
      !read_minute(object, "toHour", "toMinute", &opening->to_minute, error))
    return NULL;
  return g_steal_pointer(&opening);
}

static gboolean
read_weekday(json_t *root, guint weekday, GArray *openings, GError **error)
{
  g_autoptr(GPtrArray) spans = g_ptr_array_new_with_free_func(g_free);

  if (!shopcaisse_rows_read(root, weekday_keys[weekday], read_opening, spans, error))
    return FALSE;
  for (guint i = 0; i < spans->len; i++) {
    ShopcaisseOpening *opening = g_ptr_array_index(spans, i);

    opening->weekday = weekday;
    g_array_append_val(openings, *opening);
  }
  return TRUE;
}

/* Known as ISO, but with a zone or as a day alone nobody says: a text that is no moment is kept. */
static gboolean
read_bound(json_t *object, const char *key, char **text, gint64 *at, GError **error)
{
  *at = -1;
  if (!shopcaisse_json_get_text(object, key, text, error))
    return FALSE;
  if (*text != NULL)
    (void)shopcaisse_timestamp_parse(*text, at, NULL); /* untouched when it is no moment */
  return TRUE;
}

static gpointer
read_holiday(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseHoliday) holiday = g_new0(ShopcaisseHoliday, 1);

  if (!read_bound(object, "from", &holiday->from, &holiday->from_at, error) ||
      !read_bound(object, "to", &holiday->to, &holiday->to_at, error))
    return NULL;
  return g_steal_pointer(&holiday);
}

/* Any JSON object must not pass for a store that is never open. */
static gboolean
names_a_day(json_t *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS(weekday_keys); i++) {
    if (json_object_get(root, weekday_keys[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_hours_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads when a store is open. A day that is not named is closed; one that cannot be read is an
 * error, for a store that seems closed would take no orders.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer does not say when a store is open.
 *
 * Returns: (transfer full): the hours
 */
ShopcaisseHours *
shopcaisse_hours_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  g_autoptr(ShopcaisseHours) hours = NULL;

  if (root == NULL)
    return NULL;
  if (!names_a_day(root)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the answer names no day of the week");
    return NULL;
  }
  hours = g_new0(ShopcaisseHours, 1);
  hours->interval_minutes = -1;
  hours->minimal_minutes = -1;
  hours->openings = g_array_new(FALSE, FALSE, sizeof(ShopcaisseOpening));
  hours->holidays = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_holiday_free);
  for (guint i = 0; i < G_N_ELEMENTS(weekday_keys); i++) {
    if (!read_weekday(root, i, hours->openings, error))
      return NULL;
  }
  if (!shopcaisse_rows_read(root, "holidays", read_holiday, hours->holidays, error) ||
      !shopcaisse_json_get_count(root, "orderIntervalMinutes", &hours->interval_minutes, error) ||
      !shopcaisse_json_get_count(root, "orderMinimalMinutes", &hours->minimal_minutes, error) ||
      !shopcaisse_json_get_text(root, "timezone", &hours->time_zone, error))
    return NULL;
  return g_steal_pointer(&hours);
}
