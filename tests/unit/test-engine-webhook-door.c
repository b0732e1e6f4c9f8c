/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When webhooks are listened for, and where. */
#include "engine-shop.h"

#define RIGHTS "\"store.*.webhooks.use\":true,\"company.*.webhooks.use\":true"

static void
prepare(Bench *bench)
{
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "app", RIGHTS);
  bench_set(bench, "webhooks", "true");
}

static void
open_listening(Bench *bench)
{
  prepare(bench);
  bench_open(bench);
  assert_int_equal(bench->network.door.n_open, 1);
}

static void
nobody_listens_by_default(void **state)
{
  bench_open(*state);
  assert_int_equal(((Bench *)*state)->network.door.n_opened, 0);
}

static void
it_listens_on_loopback_by_default(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_string_equal(bench->network.door.config.address, "127.0.0.1");
  assert_string_equal(bench->network.door.config.path, "/shopcaisse");
  assert_string_equal(bench->network.door.config.header, "x-server-authorization-hmac-sha256");
}

static void
settings_say_where_it_listens(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "webhook-address", "::1");
  bench_set(bench, "webhook-port", "0");
  bench_set(bench, "webhook-path", "/events");
  bench_set(bench, "webhook-header", "x-hub-signature");
  open_listening(bench);
  assert_string_equal(bench->network.door.config.address, "::1");
  assert_int_equal(bench->network.door.config.port, 0);
  assert_string_equal(bench->network.door.config.path, "/events");
  assert_string_equal(bench->network.door.config.header, "x-hub-signature");
}

static void
other_settings_leave_the_door_open(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'order-prefix': <'A'>}");
  bench_run(bench);
  assert_int_equal(bench->network.door.n_opened, 1);
  assert_int_equal(bench->network.door.n_open, 1);
}

static void
another_port_opens_another_door(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'webhook-port': <uint32 9000>}");
  assert_int_equal(bench->network.door.n_opened, 2);
  assert_int_equal(bench->network.door.n_open, 1);
  assert_int_equal(bench->network.door.config.port, 9000);
}

static void
switching_off_closes_the_door(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'webhooks': <false>}");
  assert_int_equal(bench->network.door.n_open, 0);
}

static void
disconnecting_closes_the_door(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'keep-queue'>}");
  assert_int_equal(bench->network.door.n_open, 0);
}

static void
a_port_that_is_free_again_is_listened_at(void **state)
{
  Bench *bench = *state;

  bench->network.door.is_taken = TRUE;
  prepare(bench);
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE);
  assert_int_equal(bench->network.door.n_open, 0);
  bench->network.door.is_taken = FALSE;
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_int_equal(bench->network.door.n_open, 1);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.door.n_opened, 1);
}

static void
a_taken_port_is_left_alone_when_nobody_wants_events(void **state)
{
  Bench *bench = *state;

  bench->network.door.is_taken = TRUE;
  prepare(bench);
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'webhooks': <false>}");
  bench->network.door.is_taken = FALSE;
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.door.n_opened, 0);
}

static void
settings_that_cannot_be_are_refused(void **state)
{
  static const char *const changes[] = {
    "{'webhook-address': <'shop.example.org'>}",
    "{'webhook-address': <''>}",
    "{'webhook-port': <'65536'>}",
    "{'webhook-path': <'hook'>}",
    "{'webhook-path': <'/a b'>}",
    "{'webhook-header': <'x: y'>}",
    "{'webhook-header': <'Content-Length'>}",
    "{'webhook-url': <'ftp://shop.example'>}",
  };

  bench_open(*state);
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++)
    bench_assert_error(bench_perform(*state, COMPTOIR_OPERATION_CHANGE_SETTINGS, changes[i]),
                       COMPTOIR_ERROR_INVALID, "setting webhook-");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(nobody_listens_by_default),
    bench_test(it_listens_on_loopback_by_default),
    bench_test(settings_say_where_it_listens),
    bench_test(other_settings_leave_the_door_open),
    bench_test(another_port_opens_another_door),
    bench_test(switching_off_closes_the_door),
    bench_test(disconnecting_closes_the_door),
    bench_test(a_port_that_is_free_again_is_listened_at),
    bench_test(a_taken_port_is_left_alone_when_nobody_wants_events),
    bench_test(settings_that_cannot_be_are_refused),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
