/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands: usage, exit codes, text and JSON. */

#include "host-program.h"

#include <glib/gstdio.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

static void
assert_call(HostProgram *program, const char *line, int status)
{
  host_program_call(program, line);
  if (program->status != status)
    fail_msg("%s: ended with %d, not %d: %s", line, program->status, status, program->err);
}

static void
wrong_words_are_usage(void **state)
{
  static const char *const lines[] = {
    "fly",
    "article",
    "article add",
    "sell",
    "sell --line A1",
    "sell --line A1=0",
    "sell --line A1=1@1,00",
    "sell --line A1=1 --payment cash",
    "sell --line A1=1 --random 2",
    "sell --random -1",
    "sell --frobnicate",
    "cancel",
    "apply",
    "plan nonsense",
    "close-day 2026-01-01 2026-01-02",
    "export journal",
    "settings set token",
    "status now",
  };
  HostProgram *program = *state;

  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    assert_call(program, lines[i], 2);
    assert_true(g_str_has_prefix(program->err, "comptoir-host: "));
    assert_string_equal(program->out, "");
    assert_ptr_equal(strchr(program->err, '\n'), program->err + strlen(program->err) - 1);
  }
}

static void
each_command_has_help(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "close-day --help", 0);
  assert_non_null(strstr(program->out, "close-day [DAY]"));
}

static void
unknown_channel_fails_and_names_those_there_are(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "--channel other status", 1);
  assert_non_null(strstr(program->err, "installed: fake"));
}

static void
busy_profile_ends_with_4(void **state)
{
  HostProgram *program = *state;
  g_autofree char *folder = g_build_filename(program->folder, "channel-taken", NULL);
  g_autofree char *line = g_strdup_printf("--channel-state %s status", folder);

  assert_call(program, line, 4);
  assert_string_equal(program->err, "comptoir-host: channel fake: process 1 has the profile\n");
}

static void
error_is_json_when_json_is_wanted(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  assert_call(program, "run-task send-orders --json", 6);
  answer = host_program_parse(program);
  assert_string_equal(host_program_text(json_object_get(answer, "error"), "code"), "unreachable");
}

static void
status_tells_channel_and_host(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  assert_call(program, "article add --name Pain --price 1.20", 0);
  assert_call(program, "run-task notice", 0);
  assert_call(program, "status --json", 0);
  answer = host_program_parse(program);
  assert_string_equal(host_program_text(answer, "status"), "ready");
  assert_int_equal(json_integer_value(json_object_get(json_object_get(answer, "host"), "articles")),
                   1);
  assert_int_equal(json_array_size(json_object_get(answer, "notices")), 1);
}

static void
instance_id_stays(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) first = NULL;
  g_autoptr(json_t) second = NULL;

  assert_call(program, "status --json", 0);
  first = host_program_parse(program);
  assert_call(program, "status --json", 0);
  second = host_program_parse(program);
  assert_string_equal(host_program_text(json_object_get(first, "host"), "instance_id"),
                      host_program_text(json_object_get(second, "host"), "instance_id"));
}

static void
settings_are_sent_in_their_type(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  assert_call(program, "settings set store=s2 stores=s1,s3 interval=30 webhooks=yes --json", 0);
  answer = host_program_parse(program);
  assert_string_equal(host_program_text(answer, "store"), "s2");
  assert_int_equal(json_array_size(json_object_get(answer, "stores")), 2);
  assert_int_equal(json_integer_value(json_object_get(answer, "interval")), 30);
  assert_true(json_is_true(json_object_get(answer, "webhooks")));
}

static void
time_of_a_line_is_shown_as_a_clock_does(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "list timed", 0);
  assert_non_null(strstr(program->out, "AT                   TEXT\n"));
  assert_non_null(strstr(program->out, "2026-03-01 "));
  assert_call(program, "list timed --json", 0);
  assert_non_null(strstr(program->out, "\"at\":1772362920000000"));
}

static void
wide_cell_keeps_away_from_the_next(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "list wide", 0);
  assert_non_null(strstr(program->out, "a title that is far wider than a column may be  next"));
}

static void
setting_that_cannot_be_used_is_invalid(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "settings set interval=often", 8);
  assert_call(program, "settings set colour=red", 8);
  assert_call(program, "settings set token=abc", 8);
  assert_null(strstr(program->err, "abc"));
}

static void
token_comes_from_stdin_or_a_file(void **state)
{
  HostProgram *program = *state;
  g_autofree char *path = g_build_filename(program->folder, "token", NULL);
  g_autofree char *line = g_strdup_printf("token set --file %s", path);

  host_program_call_with_input(program, "token set", "abc\n");
  assert_int_equal(program->status, 0);
  host_program_call_with_input(program, "token set", "\n");
  assert_int_equal(program->status, 8);
  assert_true(g_file_set_contents(path, "abc", -1, NULL));
  assert_call(program, line, 0);
  assert_call(program, "token set abc", 2);
}

static void
plan_is_a_table(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "plan", 0);
  assert_string_equal(program->out, "plan p1\n"
                                    "create 1\n"
                                    "CHANGE  NAME  WHAT                REASON  ARTICLE  ITEM\n"
                                    "update        price 1.00 -> 1.10          A1\n");
}

static void
failed_rows_make_the_exit_code(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "apply p1", 0);
  assert_non_null(strstr(program->out, "done   create"));
  assert_call(program, "undo p1", 1);
}

static void
sync_goes_on_behind_a_task_that_fails(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;
  json_t *tasks = NULL;

  assert_call(program, "sync --json", 1);
  answer = host_program_parse(program);
  tasks = json_object_get(answer, "tasks");
  assert_int_equal(json_array_size(tasks), 5);
  assert_string_equal(host_program_text(json_array_get(tasks, 0), "status"), "done");
  assert_string_equal(host_program_text(json_array_get(tasks, 2), "status"), "failed");
  assert_string_equal(host_program_text(json_array_get(tasks, 3), "status"), "absent");
}

static void
close_day_prints_each_store(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "close-day 2026-03-01", 0);
  assert_non_null(strstr(program->out, "2026-03-01"));
  assert_non_null(strstr(program->out, "2.99"));
  assert_non_null(strstr(program->out, "one cent"));
}

static void
list_waits_for_rows_that_fill_late(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  assert_call(program, "journal --json", 0);
  answer = host_program_parse(program);
  assert_string_equal(host_program_text(json_array_get(json_object_get(answer, "rows"), 0), "text"),
                      "filled late");
  assert_call(program, "orders", 0);
  assert_string_equal(program->out, "");
}

static void
query_of_a_list_reaches_the_channel(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;
  json_t *asked = NULL;

  assert_call(program,
              "list articles --search 'creme 25' --sort -price --state unlinked --vat differs"
              " --limit 5 --json",
              0);
  answer = host_program_parse(program);
  asked = json_array_get(json_object_get(answer, "rows"), 0);
  assert_string_equal(host_program_text(asked, "search"), "creme 25");
  assert_string_equal(host_program_text(asked, "sort"), "-price");
  assert_string_equal(host_program_text(asked, "state"), "unlinked");
  assert_string_equal(host_program_text(asked, "vat"), "differs");
  assert_true(json_is_true(json_object_get(asked, "whole")));
}

static void
long_list_is_read_to_its_end(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) all = NULL;
  g_autoptr(json_t) part = NULL;

  assert_call(program, "list long --limit 5000 --json", 0);
  all = host_program_parse(program);
  assert_int_equal(json_array_size(json_object_get(all, "rows")), 1200);
  assert_call(program, "list long --limit 700 --json", 0);
  part = host_program_parse(program);
  assert_int_equal(json_array_size(json_object_get(part, "rows")), 700);
}

static void
export_is_printed_or_written(void **state)
{
  HostProgram *program = *state;
  g_autofree char *path = g_build_filename(program->folder, "out.csv", NULL);
  g_autofree char *line = g_strdup_printf("export journal csv --output %s", path);
  g_autofree char *text = NULL;

  assert_call(program, "export journal csv", 0);
  assert_string_equal(program->out, "a;b\n1;2\n");
  assert_call(program, line, 0);
  assert_true(g_file_get_contents(path, &text, NULL, NULL));
  assert_string_equal(text, "a;b\n1;2\n");
}

static void
links_and_policy_reach_the_channel(void **state)
{
  HostProgram *program = *state;

  assert_call(program, "link A1=X1 A2=X2 --json", 0);
  assert_non_null(strstr(program->out, "\"external_id\":\"X2\""));
  assert_call(program, "disconnect --park --json", 0);
  assert_string_equal(program->out, "{\"policy\":\"park-queue\"}\n");
}

static void
import_takes_all_or_nothing(void **state)
{
  HostProgram *program = *state;
  g_autofree char *path = g_build_filename(program->folder, "articles.csv", NULL);
  g_autofree char *line = g_strdup_printf("article import %s", path);

  assert_true(g_file_set_contents(path, "id;name;price\nA1;Pain;1.20\nA2;;2\n", -1, NULL));
  assert_call(program, line, 8);
  assert_non_null(strstr(program->err, "article 2: an article needs a name"));
  assert_call(program, "article list", 0);
  assert_string_equal(program->out, "");
  assert_true(g_file_set_contents(path, "id;name;price\nA1;\"Pain; gris\";1.20\n", -1, NULL));
  assert_call(program, line, 0);
  assert_call(program, "article list", 0);
  assert_non_null(strstr(program->out, "Pain; gris"));
}

static void
channel_creates_an_article_once(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  assert_call(program, "run-task apply", 0);
  assert_call(program, "run-task apply", 0);
  assert_call(program, "article list --json", 0);
  answer = host_program_parse(program);
  assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
}

#define HOST_TEST(function)                                                                        \
  cmocka_unit_test_setup_teardown(function, host_program_set_up, host_program_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    HOST_TEST(wrong_words_are_usage),
    HOST_TEST(each_command_has_help),
    HOST_TEST(unknown_channel_fails_and_names_those_there_are),
    HOST_TEST(busy_profile_ends_with_4),
    HOST_TEST(error_is_json_when_json_is_wanted),
    HOST_TEST(status_tells_channel_and_host),
    HOST_TEST(instance_id_stays),
    HOST_TEST(settings_are_sent_in_their_type),
    HOST_TEST(time_of_a_line_is_shown_as_a_clock_does),
    HOST_TEST(wide_cell_keeps_away_from_the_next),
    HOST_TEST(setting_that_cannot_be_used_is_invalid),
    HOST_TEST(token_comes_from_stdin_or_a_file),
    HOST_TEST(plan_is_a_table),
    HOST_TEST(failed_rows_make_the_exit_code),
    HOST_TEST(sync_goes_on_behind_a_task_that_fails),
    HOST_TEST(close_day_prints_each_store),
    HOST_TEST(list_waits_for_rows_that_fill_late),
    HOST_TEST(query_of_a_list_reaches_the_channel),
    HOST_TEST(long_list_is_read_to_its_end),
    HOST_TEST(export_is_printed_or_written),
    HOST_TEST(links_and_policy_reach_the_channel),
    HOST_TEST(import_takes_all_or_nothing),
    HOST_TEST(channel_creates_an_article_once),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
