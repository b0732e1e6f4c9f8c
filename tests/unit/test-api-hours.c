/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening hours and slots. */
#include "answer.h"
#include "api/hours.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_request(ShopcaisseRequest *request, ShopcaisseMethod method, const char *path)
{
  assert_non_null(request);
  assert_int_equal(request->method, method);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static void
requests_name_the_store_and_the_end(void **state)
{
  assert_request(shopcaisse_hours_request("s/1"), SHOPCAISSE_METHOD_GET, "/v1/stores/s%2F1/hours");
  assert_request(shopcaisse_slots_request("s", G_GINT64_CONSTANT(1772362920000001)),
                 SHOPCAISSE_METHOD_GET,
                 "/v1/stores/s/order-slots/future?endDate=2026-03-01T11%3A02%3A00Z");
}

static void
assert_opening(const ShopcaisseHours *hours, guint i, guint weekday, guint from, guint to)
{
  const ShopcaisseOpening *opening = &g_array_index(hours->openings, ShopcaisseOpening, i);

  assert_int_equal(opening->weekday, weekday);
  assert_int_equal(opening->from_minute, from);
  assert_int_equal(opening->to_minute, to);
}

static void
openings_are_minutes_of_a_weekday(void **state)
{
  g_autoptr(GBytes) body = answer_load("hours.json");
  g_autoptr(ShopcaisseHours) hours = shopcaisse_hours_parse(body, NULL);

  assert_non_null(hours);
  assert_int_equal(hours->openings->len, 4);
  assert_opening(hours, 0, 1, 9 * 60, 12 * 60 + 30);
  assert_opening(hours, 1, 1, 14 * 60 + 15, 19 * 60);
  assert_opening(hours, 2, 5, 18 * 60, 24 * 60);
  assert_opening(hours, 3, 6, 22 * 60, 2 * 60);
  assert_int_equal(hours->interval_minutes, 15);
  assert_int_equal(hours->minimal_minutes, 30);
  assert_string_equal(hours->time_zone, "Europe/Paris");
}

static void
holiday_without_a_moment_keeps_its_text(void **state)
{
  g_autoptr(GBytes) body = answer_load("hours.json");
  g_autoptr(ShopcaisseHours) hours = shopcaisse_hours_parse(body, NULL);
  const ShopcaisseHoliday *moment = g_ptr_array_index(hours->holidays, 0);
  const ShopcaisseHoliday *day = g_ptr_array_index(hours->holidays, 1);

  assert_int_equal(moment->to_at - moment->from_at, G_TIME_SPAN_DAY);
  assert_string_equal(day->from, "2027-01-01");
  assert_int_equal(day->from_at, -1);
  assert_null(day->to);
  assert_int_equal(day->to_at, -1);
}

static void
times_that_no_day_has_are_an_error(void **state)
{
  static const struct {
    const char *span;
    const char *message;
  } cases[] = {
    { "{'fromHour':25,'toHour':26}", "monday[0].fromHour: this is no time of the day" },
    { "{'fromHour':9,'fromMinute':60,'toHour':10}",
      "monday[0].fromMinute: this is no time of the day" },
    { "{'fromHour':9,'toHour':24,'toMinute':1}", "monday[0].toHour: this is no time of the day" },
    { "{'fromHour':-1,'toHour':2}", "monday[0].fromHour: this number is no count" },
    { "{'fromHour':9}", "monday[0].toHour: a whole number is wanted, found nothing" },
    { "{'fromHour':9.5,'toHour':10}",
      "monday[0].fromHour: a whole number is wanted, found a number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strdup_printf("{'monday':[%s]}", cases[i].span);
    g_autoptr(GBytes) body = answer_quoted(text);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_hours_parse(body, &error));
    assert_string_equal(error->message, cases[i].message);
  }
}

static void
object_without_a_weekday_is_no_store_that_is_closed(void **state)
{
  g_autoptr(GBytes) body = answer_quoted("{'timezone':'Europe/Paris'}");
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_hours_parse(body, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
}

static void
slots_of_an_array_are_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("slots.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_slots_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 2);

  const ShopcaisseSlot *first = g_ptr_array_index(page->rows, 0);
  const ShopcaisseSlot *second = g_ptr_array_index(page->rows, 1);

  assert_int_equal(first->start_at, G_GINT64_CONSTANT(1772362800000000));
  assert_true(first->is_available);
  assert_int_equal(first->max_load_milli, 20000);
  assert_int_equal(first->total_load_milli, 2500);
  assert_int_equal(second->start_at - first->start_at, 15 * G_TIME_SPAN_MINUTE);
  assert_false(second->has_load);
  assert_false(second->is_available);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "[2].startTime: this string is not a time with a zone");
}

static void
slots_stand_in_an_object_too(void **state)
{
  static const char slot[] = "{'startTime':'2026-03-01T11:00:00Z','isAvailable':true}";
  static const char *const forms[] = { "{'items':[%s]}", "{'slots':[%s]}", "{'orderSlots':[%s]}",
                                       "%s", "[%s]" };

  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    g_auto(GStrv) parts = g_strsplit(forms[i], "%s", 2);
    g_autofree char *text = g_strjoinv(slot, parts);
    g_autoptr(GBytes) body = answer_quoted(text);
    g_autoptr(ShopcaissePage) page = shopcaisse_slots_parse(body, NULL);

    assert_non_null(page);
    assert_int_equal(page->rows->len, 1);
  }
}

static void
object_without_slots_is_an_error(void **state)
{
  static const char *const texts[] = { "{}", "{'slots':{}}", "{'message':'x'}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_slots_parse(body, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_the_store_and_the_end),
    cmocka_unit_test(openings_are_minutes_of_a_weekday),
    cmocka_unit_test(holiday_without_a_moment_keeps_its_text),
    cmocka_unit_test(times_that_no_day_has_are_an_error),
    cmocka_unit_test(object_without_a_weekday_is_no_store_that_is_closed),
    cmocka_unit_test(slots_of_an_array_are_read),
    cmocka_unit_test(slots_stand_in_an_object_too),
    cmocka_unit_test(object_without_slots_is_an_error),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
