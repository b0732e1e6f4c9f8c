/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as opening hours and as slots. */
#include "api/hours.h"
#include "fuzz.h"
#include "model/timestamp.h"

#define MINUTES_IN_DAY 1440

static void
check_hours(GBytes *body)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseHours) hours = shopcaisse_hours_parse(body, &error);

  g_assert_true((hours == NULL) == (error != NULL));
  if (hours == NULL)
    return;
  for (guint i = 0; i < hours->openings->len; i++) {
    const ShopcaisseOpening *opening = &g_array_index(hours->openings, ShopcaisseOpening, i);

    g_assert_cmpuint(opening->weekday, <, 7);
    g_assert_cmpuint(opening->from_minute, <=, MINUTES_IN_DAY);
    g_assert_cmpuint(opening->to_minute, <=, MINUTES_IN_DAY);
  }
  g_assert_cmpint(hours->interval_minutes, >=, -1);
  g_assert_cmpint(hours->minimal_minutes, >=, -1);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_slots_parse(body, &error);

  check_hours(body);
  g_assert_true((page == NULL) == (error != NULL));
  if (page == NULL)
    return 0;
  g_assert_cmpuint(page->rows->len + page->rejected->len, ==, page->n_seen);
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseSlot *slot = g_ptr_array_index(page->rows, i);

    g_assert_cmpint(slot->start_at, >=, 0);
    g_assert_cmpint(slot->start_at, <=, SHOPCAISSE_TIMESTAMP_MAX);
  }
  return 0;
}
