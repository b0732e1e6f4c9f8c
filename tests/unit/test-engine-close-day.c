/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close from the wish to the file: what is read, what is kept, who waits for whom. */
#include "engine-shop.h"

#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"
#define SKIPS "{'items':[],'hasNextPage':false,'skipped':1}"

#define SHIFTS                                                                                     \
  "{'items':[{'id':'shift-1','status':'COMPLETED','startAt':1772431200000,"                        \
  "'endAt':1772470800000,'sequence':4,'pos':'pos-1'}],'hasNextPage':false,'skipped':0}"

static FakeExchange *
take_list(Bench *bench, const char *list)
{
  g_autofree char *start = g_strdup_printf("/v1/stores/store-1/%s?", list);
  g_autofree char *path = NULL;

  bench_run(bench);
  for (guint i = 0; i < bench->network.requests->len; i++) {
    FakeExchange *exchange = bench->network.requests->pdata[i];

    if (g_str_has_prefix(exchange->path, start))
      path = g_strdup(exchange->path);
  }
  if (path == NULL)
    fail_msg("no list of %s was asked for", list);
  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
answer_lists(Bench *bench, const char *orders, const char *shifts)
{
  bench_reply(bench, take_list(bench, "orders"), SHOPCAISSE_REPLY_OK, orders);
  bench_reply(bench, take_list(bench, "sales"), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(bench, take_list(bench, "shifts"), SHOPCAISSE_REPLY_OK, shifts);
  bench_run(bench);
}

static BenchAnswer *
close_day(Bench *bench, const char *day)
{
  g_autofree char *argument = g_strdup_printf("{'day': <'%s'>}", day);

  return bench_perform(bench, COMPTOIR_OPERATION_CLOSE_DAY, argument);
}

static gboolean
is_provisional(GVariant *report)
{
  gboolean provisional = FALSE;

  assert_true(g_variant_lookup(report, "provisional", "b", &provisional));
  return provisional;
}

static void
day_whose_shift_is_complete_is_final(void **state)
{
  BenchAnswer *answer = NULL;

  bench_open(*state);
  answer = close_day(*state, "2026-03-02");
  answer_lists(*state, EMPTY, SHIFTS);
  assert_false(is_provisional(bench_assert_done(answer)));
  assert_string_equal(bench_text(answer->value, "day"), "2026-03-02");
}

/* What was skipped may be the order that is missing. */
static void
day_whose_orders_were_not_read_whole_is_provisional(void **state)
{
  BenchAnswer *answer = NULL;

  bench_open(*state);
  answer = close_day(*state, "2026-03-02");
  answer_lists(*state, SKIPS, SHIFTS);
  assert_true(is_provisional(bench_assert_done(answer)));
}

/* The first reading looked at another day. */
static void
second_day_waits_for_the_first(void **state)
{
  BenchAnswer *first = NULL;
  BenchAnswer *second = NULL;

  bench_open(*state);
  first = close_day(*state, "2026-03-02");
  second = close_day(*state, "2026-03-01");
  answer_lists(*state, EMPTY, SHIFTS);
  bench_assert_done(first);
  assert_int_equal(second->n_given, 0);
  answer_lists(*state, EMPTY, EMPTY);
  assert_string_equal(bench_text(bench_assert_done(second), "day"), "2026-03-01");
}

static void
those_who_wait_hear_that_the_channel_closes(void **state)
{
  BenchAnswer *first = NULL;
  BenchAnswer *second = NULL;

  bench_open(*state);
  first = close_day(*state, "2026-03-02");
  second = close_day(*state, "2026-03-01");
  bench_close(*state);
  assert_true(g_error_matches(first->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  assert_true(g_error_matches(second->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
failed_reading_is_told_and_the_next_day_begins(void **state)
{
  BenchAnswer *first = NULL;
  BenchAnswer *second = NULL;

  bench_open(*state);
  first = close_day(*state, "2026-03-02");
  second = close_day(*state, "2026-03-01");
  bench_reply(*state, take_list(*state, "orders"), SHOPCAISSE_REPLY_FORBIDDEN, "{}");
  assert_non_null(first->error);
  answer_lists(*state, EMPTY, EMPTY);
  bench_assert_done(second);
}

static BenchAnswer *
export_day(Bench *bench, const char *format, const char *compared_at)
{
  g_autofree char *argument =
      g_strdup_printf("{'kind': <'day'>, 'format': <'%s'>, 'day': <'2026-03-02'>,"
                      " 'compared_at': <'%s'>}",
                      format, compared_at);

  return bench_perform(bench, COMPTOIR_OPERATION_EXPORT, argument);
}

static void
report_that_was_shown_is_written_as_it_was(void **state)
{
  BenchAnswer *closed = NULL;
  BenchAnswer *exported = NULL;

  bench_open(*state);
  closed = close_day(*state, "2026-03-02");
  answer_lists(*state, EMPTY, SHIFTS);
  exported = export_day(*state, "csv", bench_text(bench_assert_done(closed), "compared_at"));
  bench_assert_quiet(*state);
  bench_assert_done(exported);
  assert_string_equal(bench_text(exported->value, "name"), "shopcaisse-day-2026-03-02.csv");
  assert_string_equal(bench_text(exported->value, "media_type"), "text/csv");
}

static void
day_that_nobody_has_seen_is_closed_first(void **state)
{
  BenchAnswer *exported = NULL;

  bench_open(*state);
  exported = export_day(*state, "html", "");
  answer_lists(*state, EMPTY, SHIFTS);
  bench_assert_done(exported);
  assert_non_null(strstr(bench_text(exported->value, "text"), "<!DOCTYPE html>"));
}

static void
format_that_there_is_not_is_told_at_once(void **state)
{
  bench_open(*state);
  bench_assert_error(export_day(*state, "pdf", ""), COMPTOIR_ERROR_NOT_SUPPORTED, "pdf");
  bench_assert_quiet(*state);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(day_whose_shift_is_complete_is_final),
    bench_test(day_whose_orders_were_not_read_whole_is_provisional),
    bench_test(second_day_waits_for_the_first),
    bench_test(those_who_wait_hear_that_the_channel_closes),
    bench_test(failed_reading_is_told_and_the_next_day_begins),
    bench_test(report_that_was_shown_is_written_as_it_was),
    bench_test(day_that_nobody_has_seen_is_closed_first),
    bench_test(format_that_there_is_not_is_told_at_once),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
