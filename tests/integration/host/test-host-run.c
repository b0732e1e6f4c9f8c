/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* run: commands on stdin, answers and events on stdout, and a main loop that never waits. */

#include "host-program.h"

#include <signal.h>
#include <sqlite3.h>
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

static int
set_up_run(void **state)
{
  HostProgram *program = NULL;
  g_autoptr(json_t) ready = NULL;

  (void)host_program_set_up(state);
  program = *state;
  host_program_call(program, "article add --id A1 --name Pain --price 1.15");
  assert_int_equal(program->status, 0);
  host_program_start(program, "--json run");
  ready = host_program_read(program);
  assert_string_equal(host_program_text(ready, "event"), "ready");
  assert_string_equal(host_program_text(ready, "status"), "ready");
  return 0;
}

static void
each_line_has_its_answer(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) good = NULL;
  g_autoptr(json_t) bad = NULL;

  host_program_send(program, "test");
  good = host_program_read_until(program, "answer", "test");
  host_program_send(program, "apply");
  bad = host_program_read_until(program, "answer", "apply");
  assert_true(json_is_true(json_object_get(good, "ok")));
  assert_int_equal(json_integer_value(json_object_get(good, "line")), 1);
  assert_string_equal(host_program_text(json_object_get(good, "result"), "account"), "Fake");
  assert_false(json_is_true(json_object_get(bad, "ok")));
  assert_int_equal(json_integer_value(json_object_get(bad, "line")), 2);
  assert_string_equal(host_program_text(json_object_get(bad, "error"), "code"), "usage");
}

static void
empty_lines_and_comments_are_counted_only(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  host_program_send(program, "");
  host_program_send(program, "# nothing");
  host_program_send(program, "test");
  answer = host_program_read_until(program, "answer", "test");
  assert_int_equal(json_integer_value(json_object_get(answer, "line")), 3);
}

static void
unclosed_quote_and_help_are_answered(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) quote = NULL;
  g_autoptr(json_t) help = NULL;

  host_program_send(program, "sell 'x");
  quote = host_program_read_until(program, "answer", "");
  host_program_send(program, "sell --help");
  help = host_program_read_until(program, "answer", "sell");
  assert_false(json_is_true(json_object_get(quote, "ok")));
  assert_false(json_is_true(json_object_get(help, "ok")));
}

static void
progress_is_told_when_it_is_in_the_books(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;
  g_autoptr(json_t) event = NULL;
  g_autoptr(json_t) sales = NULL;
  json_t *rows = NULL;

  host_program_send(program, "sell --line A1=2");
  answer = host_program_read_until(program, "answer", "sell");
  event = host_program_read_until(program, "event", "sale");
  host_program_send(program, "sales");
  sales = host_program_read_until(program, "answer", "sales");
  rows = json_object_get(json_object_get(sales, "result"), "rows");
  assert_string_equal(host_program_text(json_object_get(answer, "result"), "total"), "2.30");
  assert_string_equal(host_program_text(event, "state"), "sent");
  assert_string_equal(host_program_text(json_array_get(rows, 0), "state"), "sent");
}

static void
quit_is_answered_and_ends_with_0(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  host_program_send(program, "quit");
  answer = host_program_read_until(program, "answer", "quit");
  assert_int_equal(host_program_wait(program), 0);
}

static void
end_of_stdin_leaves_it_running_until_a_signal(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  host_program_send(program, "test");
  assert_true(g_output_stream_close(program->input, NULL, NULL));
  answer = host_program_read_until(program, "answer", "test");
  g_subprocess_send_signal(program->running, SIGTERM);
  assert_int_equal(host_program_wait(program), 0);
}

static void
signal_does_not_wait_for_a_command(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  host_program_send(program, "sell --till never --line A1=1 &");
  host_program_send(program, "test");
  answer = host_program_read_until(program, "answer", "test");
  g_subprocess_send_signal(program->running, SIGTERM);
  assert_int_equal(host_program_wait(program), 0);
}

static void
token_needs_a_file_here(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;

  host_program_send(program, "token set");
  answer = host_program_read_until(program, "answer", "token set");
  assert_false(json_is_true(json_object_get(answer, "ok")));
}

static void
main_loop_does_not_wait_for_sqlite(void **state)
{
  HostProgram *program = *state;
  g_autofree char *path = g_build_filename(program->folder, "host.sqlite", NULL);
  sqlite3 *other = NULL;
  g_autoptr(json_t) quick = NULL;
  g_autoptr(json_t) slow = NULL;

  /* Another process holds the write lock: the sale waits in the database's thread. */
  assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
  assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  host_program_send(program, "sell --line A1=1 &");
  host_program_send(program, "settings list");
  quick = host_program_read(program);
  assert_string_equal(host_program_text(quick, "answer"), "settings list");
  assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(other), SQLITE_OK);
  slow = host_program_read_until(program, "answer", "sell");
  assert_true(json_is_true(json_object_get(slow, "ok")));
  assert_int_equal(json_integer_value(json_object_get(slow, "line")), 1);
}

static void
killed_host_still_has_every_answered_sale(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = NULL;
  g_autoptr(json_t) caught = NULL;

  host_program_send(program, "sell --random 20 --seed 1");
  answer = host_program_read_until(program, "answer", "sell");
  g_subprocess_send_signal(program->running, SIGKILL);
  assert_int_equal(host_program_wait(program), -SIGKILL);
  host_program_call(program, "run-task catch-up --json");
  caught = host_program_parse(program);
  assert_int_equal(json_integer_value(json_object_get(caught, "count")), 20);
}

#define HOST_TEST(function)                                                                        \
  cmocka_unit_test_setup_teardown(function, set_up_run, host_program_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    HOST_TEST(each_line_has_its_answer),
    HOST_TEST(empty_lines_and_comments_are_counted_only),
    HOST_TEST(unclosed_quote_and_help_are_answered),
    HOST_TEST(progress_is_told_when_it_is_in_the_books),
    HOST_TEST(quit_is_answered_and_ends_with_0),
    HOST_TEST(end_of_stdin_leaves_it_running_until_a_signal),
    HOST_TEST(signal_does_not_wait_for_a_command),
    HOST_TEST(token_needs_a_file_here),
    HOST_TEST(main_loop_does_not_wait_for_sqlite),
    HOST_TEST(killed_host_still_has_every_answered_sale),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
