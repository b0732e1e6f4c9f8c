/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many, how much, how long: the figures of a receiver, and that it is fine afterwards. */
#include "door.h"

#include <string.h>

#define POST_BODY   DOOR_LINE DOOR_HOST "Content-Length: 2\r\n\r\n"
#define POST_CHUNKS DOOR_LINE DOOR_HOST "Transfer-Encoding: chunked\r\n\r\n"
#define MIB         G_GUINT64_CONSTANT(1048576)

/* What this process has in memory, bytes. */
static guint64
measure_memory(void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  assert_true(g_file_get_contents("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit(text, " ", 3);
  return g_ascii_strtoull(words[1], NULL, 10) * 4096;
}

static void
figures_are_those_of_the_decision(void **state)
{
  (void)state;
  assert_int_equal(SHOPCAISSE_RECEIVER_CONNECTIONS_MAX, 32);
  assert_int_equal(SHOPCAISSE_RECEIVER_BODY_MAX, 256 * 1024);
  assert_int_equal(SHOPCAISSE_RECEIVER_READ_MS, 5000);
  assert_int_equal(SHOPCAISSE_RECEIVER_TOTAL_MS, 10000);
}

static void
assert_fine(Door *door)
{
  guint n_before = door->n_received;

  assert_int_equal(door_ask(door, POST_BODY "{}"), 200);
  assert_int_equal(door->n_received, n_before + 1);
}

static void
declared_flood_is_cut(void **state)
{
  Door *door = *state;
  guint64 before = measure_memory();
  Call *call = NULL;

  door_open(door);
  call = door_call(door, DOOR_LINE DOOR_HOST "Content-Length: 268435456\r\n\r\n");
  call_fill(call, 256 * MIB);
  call_wait(call);
  assert_in_range(call->n_sent, 0, 8 * MIB);
  assert_in_range(measure_memory(), 0, before + 16 * MIB);
  assert_int_equal(door->n_received, 0);
  assert_fine(door);
}

static void
chunked_flood_is_cut(void **state)
{
  g_autofree char *chunk = g_strnfill(1000, 'x');
  g_autoptr(GString) text = g_string_new(POST_CHUNKS);
  Door *door = *state;
  guint64 before = measure_memory();
  Call *call = NULL;

  door_open(door);
  for (guint i = 0; i < 270; i++)
    g_string_append_printf(text, "3e8\r\n%s\r\n", chunk);
  call = door_call(door, text->str);
  call_fill(call, 256 * MIB);
  call_wait(call);
  assert_in_range(call->n_sent, 0, 8 * MIB);
  assert_in_range(measure_memory(), 0, before + 16 * MIB);
  assert_int_equal(door->n_received, 0);
  assert_fine(door);
}

static void
flood_without_a_line_is_cut(void **state)
{
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, "");
  call_fill(call, 256 * MIB);
  call_wait(call);
  assert_in_range(call->n_sent, 0, 8 * MIB);
  assert_fine(door);
}

static void
of_200_callers_32_are_served(void **state)
{
  Door *door = *state;
  guint n_served = 0;
  guint n_refused = 0;

  door->config.read_ms = 60000;
  door->config.total_ms = 60000;
  door_open(door);
  for (guint i = 1; i <= 200; i++) {
    door_call(door, DOOR_LINE);
    /* All calls are made in one thread: none of them may wait behind a full backlog. */
    while (i % 50 == 0 && door->receiver->count_open(door->receiver) +
                                  door->receiver->count_refused(door->receiver) <
                              i)
      g_main_context_iteration(door->context, TRUE);
  }
  assert_int_equal(door->receiver->count_refused(door->receiver), 168);
  assert_int_equal(door->receiver->count_open(door->receiver), 32);
  for (guint i = 0; i < 200; i++) {
    Call *call = door->calls->pdata[i];

    if (!call->is_over)
      call_send(call, DOOR_HOST "Content-Length: 2\r\n\r\n{}");
  }
  for (guint i = 0; i < 200; i++) {
    guint status = call_wait(door->calls->pdata[i]);

    n_served += status == 200 ? 1 : 0;
    n_refused += status == 503 || status == 0 ? 1 : 0;
  }
  assert_int_equal(n_served, 32);
  assert_int_equal(n_refused, 168);
  door_wait_empty(door);
  assert_fine(door);
}

static gint64
measure_silence(Door *door, const char *text, guint status)
{
  gint64 start = 0;

  door_open(door);
  start = g_get_monotonic_time();
  assert_int_equal(door_ask(door, text), status);
  return (g_get_monotonic_time() - start) / 1000;
}

static void
silent_caller_is_cut_after_five_seconds(void **state)
{
  assert_in_range(measure_silence(*state, "", 408), 4900, 9000);
}

static void
half_a_head_is_cut(void **state)
{
  Door *door = *state;

  door->config.read_ms = 100;
  assert_in_range(measure_silence(door, DOOR_LINE, 408), 90, 4000);
}

static void
half_a_body_is_cut(void **state)
{
  Door *door = *state;

  door->config.read_ms = 100;
  assert_in_range(measure_silence(door, POST_BODY "{", 408), 90, 4000);
  assert_int_equal(door->n_received, 0);
}

static void
caller_who_drips_is_cut_in_the_end(void **state)
{
  Door *door = *state;
  Call *call = NULL;
  gint64 start = 0;

  door->config.read_ms = 300;
  door->config.total_ms = 600;
  door_open(door);
  start = g_get_monotonic_time();
  call = door_call(door, DOOR_LINE "X: ");
  while (!call->is_over) {
    call_send(call, "x");
    door_run(door, 50);
    assert_in_range((g_get_monotonic_time() - start) / 1000, 0, 10000);
  }
  assert_int_equal(call_get_status(call), 408);
  assert_true((g_get_monotonic_time() - start) / 1000 >= 600);
}

static void
hung_up_caller_leaves_nothing(void **state)
{
  Door *door = *state;

  door_open(door);
  door_call(door, POST_BODY "{");
  door_wait_open(door, 1);
  g_ptr_array_set_size(door->calls, 0);
  door_wait_empty(door);
  assert_fine(door);
}

static void
closing_does_not_wait_for_anybody(void **state)
{
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, POST_BODY "{");
  door_wait_open(door, 1);
  door->receiver->free(door->receiver);
  door->receiver = NULL;
  assert_int_equal(call_wait(call), 0);
}

/* libsoup has the request, or has answered it, or has not begun. */
static void
closing_is_safe_at_every_moment(void **state)
{
  Door *door = *state;

  for (guint n_turns = 0; n_turns < 40; n_turns++) {
    guint n_received = 0;

    door_open(door);
    door_call(door, POST_BODY "{}");
    for (guint i = 0; i < n_turns; i++)
      g_main_context_iteration(door->context, FALSE);
    door->receiver->free(door->receiver);
    door->receiver = NULL;
    n_received = door->n_received;
    call_wait(g_ptr_array_index(door->calls, 0));
    while (g_main_context_iteration(door->context, FALSE))
      continue;
    assert_int_equal(door->n_received, n_received);
    g_ptr_array_set_size(door->calls, 0);
  }
}

static void
thousand_requests_one_after_the_other(void **state)
{
  Door *door = *state;

  door_open(door);
  for (guint i = 0; i < 1000; i++) {
    assert_int_equal(door_ask(door, POST_BODY "{}"), 200);
    g_ptr_array_set_size(door->calls, 0);
  }
  assert_int_equal(door->n_received, 1000);
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    door_test(figures_are_those_of_the_decision),
    door_test(declared_flood_is_cut),
    door_test(chunked_flood_is_cut),
    door_test(flood_without_a_line_is_cut),
    door_test(of_200_callers_32_are_served),
    door_test(silent_caller_is_cut_after_five_seconds),
    door_test(half_a_head_is_cut),
    door_test(half_a_body_is_cut),
    door_test(caller_who_drips_is_cut_in_the_end),
    door_test(hung_up_caller_leaves_nothing),
    door_test(closing_does_not_wait_for_anybody),
    door_test(closing_is_safe_at_every_moment),
    door_test(thousand_requests_one_after_the_other),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return door_main(argc, argv, run);
}
