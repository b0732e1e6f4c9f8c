/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the doctor says of webhooks, and that it remembers. */
#include "engine-shop.h"

#include <string.h>

#define RIGHTS "\"store.*.webhooks.use\":true,\"company.*.webhooks.use\":true"

static void
open_with(Bench *bench, const char *application_id, const char *rights)
{
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", application_id, rights);
  bench_set(bench, "webhooks", "true");
  bench_open(bench);
}

/* (transfer full) (nullable): "level: title; next step". */
static char *
find(Bench *bench, const char *id)
{
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL);
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "id"), id))
      return g_strdup_printf("%s: %s; %s", bench_text(row, "level"), bench_text(row, "title"),
                             bench_text(row, "next_step"));
  }
  return NULL;
}

static void
assert_finding(Bench *bench, const char *id, const char *level, const char *part)
{
  g_autofree char *text = find(bench, id);

  if (text == NULL || !g_str_has_prefix(text, level) || strstr(text, part) == NULL)
    fail_msg("%s is %s", id, text);
}

static void
assert_no_finding(Bench *bench, const char *id)
{
  g_autofree char *text = find(bench, id);

  assert_null(text);
}

static void
knock(Bench *bench, const char *key, const char *event, const char *id)
{
  (void)fake_door_knock(&bench->network.door, key, event, id);
}

static void
off_is_fine(void **state)
{
  bench_open(*state);
  assert_finding(*state, "webhooks", "ok", "not listened for");
}

static void
place_is_told(void **state)
{
  bench_set(*state, "webhook-port", "9000");
  open_with(*state, "app", RIGHTS);
  assert_finding(*state, "webhooks", "ok", "http://127.0.0.1:9000/shopcaisse");
}

static void
library_that_cannot_listen_is_told(void **state)
{
  Bench *bench = *state;

  bench->network.is_deaf = TRUE;
  open_with(bench, "app", RIGHTS);
  assert_finding(bench, "webhooks", "warning", "cannot listen");
}

static void
missing_right_is_told(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", "\"store.*.orders.read\":true");
  assert_int_equal(bench->network.door.n_opened, 0);
  assert_finding(bench, "webhooks", "warning", "needs webhooks.use");
}

static void
half_of_the_rights_is_told(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", "\"store.*.webhooks.use\":true");
  assert_int_equal(bench->network.door.n_open, 1);
  assert_finding(bench, "company.*.webhooks.use", "warning", "Listening for events needs");
  assert_no_finding(bench, "store.*.webhooks.use");
}

static void
token_without_application_is_told(void **state)
{
  Bench *bench = *state;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "", RIGHTS);
  bench_set(bench, "webhooks", "true");
  bench_start(bench);
  bench_run(bench);
  assert_int_equal(bench->network.door.n_opened, 0);
  assert_finding(bench, "webhooks", "warning", "does not name its application");
}

static void
service_may_name_the_application(void **state)
{
  Bench *bench = *state;

  open_with(bench, "", RIGHTS);
  assert_int_equal(bench->network.door.n_open, 1);
  assert_int_equal(fake_door_knock(&bench->network.door, "", "store.seats", "store-1"),
                   SHOPCAISSE_RECEIVED_FORGED);
  assert_int_equal(fake_door_knock(&bench->network.door, "app", "store.seats", "store-1"),
                   SHOPCAISSE_RECEIVED_IGNORED);
}

static void
token_names_the_application_first(void **state)
{
  Bench *bench = *state;

  open_with(bench, "other", RIGHTS);
  assert_int_equal(fake_door_knock(&bench->network.door, "app", "store.seats", "store-1"),
                   SHOPCAISSE_RECEIVED_FORGED);
  assert_int_equal(fake_door_knock(&bench->network.door, "other", "store.seats", "store-1"),
                   SHOPCAISSE_RECEIVED_IGNORED);
}

static void
taken_port_is_told(void **state)
{
  Bench *bench = *state;

  bench->network.door.is_taken = TRUE;
  open_with(bench, "app", RIGHTS);
  assert_finding(bench, "webhooks", "error", "the port is taken");
}

static void
public_address_is_a_warning(void **state)
{
  bench_set(*state, "webhook-address", "0.0.0.0");
  open_with(*state, "app", RIGHTS);
  assert_finding(*state, "webhooks-public", "warning", "other computers");
}

static void
loopback_is_no_warning(void **state)
{
  open_with(*state, "app", RIGHTS);
  assert_no_finding(*state, "webhooks-public");
}

static void
address_is_to_be_registered_in_the_back_office(void **state)
{
  bench_set(*state, "webhook-url", "https://shop.example.org/shopcaisse");
  open_with(*state, "app", RIGHTS);
  assert_finding(*state, "webhooks-first", "warning",
                 "register the address in the back office: https://shop.example.org/shopcaisse");
  assert_finding(*state, "webhooks-first", "warning", "log of webhook deliveries");
}

static void
first_event_turns_the_light_on(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  assert_finding(bench, "webhooks-first", "warning", "no event");
  knock(bench, "app", "store.seats", "store-1");
  assert_finding(bench, "webhooks-first", "ok", "2026-03-02T10:00:00");
}

static void
forged_event_leaves_it_off(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  knock(bench, "wrong", "store.orders", "store-1");
  assert_finding(bench, "webhooks-first", "warning", "no event");
}

static void
events_are_counted_by_type(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  knock(bench, "app", "store.seats", "store-1");
  knock(bench, "app", "store.orders", "store-9");
  for (guint i = 0; i < 3; i++)
    knock(bench, "app", "company.items", "company-9");
  assert_finding(bench, "webhooks-events", "ok", "company.items 3, store.orders 1, unknown 1");
  assert_finding(bench, "webhooks-events", "ok", "strange 4");
}

static void
refused_events_are_counted(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  assert_no_finding(bench, "webhooks-refused");
  knock(bench, "wrong", "store.orders", "store-1");
  knock(bench, "", "store.orders", "store-1");
  bench->network.door.n_refused = 7;
  assert_finding(bench, "webhooks-refused", "warning", "wrongly signed: 2");
  assert_finding(bench, "webhooks-refused", "warning", "pace: 7");
}

static void
counters_survive_a_restart(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  knock(bench, "app", "store.orders", "store-9");
  knock(bench, "wrong", "store.orders", "store-1");
  bench->network.door.n_refused = 7;
  bench_close(bench);
  bench_open(bench);
  bench->network.door.n_refused = 2;
  assert_finding(bench, "webhooks-first", "ok", "2026-03-02T10:00:00");
  assert_finding(bench, "webhooks-events", "ok", "store.orders 1");
  assert_finding(bench, "webhooks-refused", "warning", "wrongly signed: 1");
  assert_finding(bench, "webhooks-refused", "warning", "pace: 9");
}

static void
counters_survive_a_kill_after_a_while(void **state)
{
  Bench *bench = *state;

  open_with(bench, "app", RIGHTS);
  for (guint i = 0; i < 5; i++)
    knock(bench, "app", "store.seats", "store-1");
  bench_pass(bench, 15 * SHOPCAISSE_SECOND);
  bench_crash(bench);
  bench_open(bench);
  assert_finding(bench, "webhooks-events", "ok", "unknown 5");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(off_is_fine),
    bench_test(place_is_told),
    bench_test(library_that_cannot_listen_is_told),
    bench_test(missing_right_is_told),
    bench_test(half_of_the_rights_is_told),
    bench_test(token_without_application_is_told),
    bench_test(service_may_name_the_application),
    bench_test(token_names_the_application_first),
    bench_test(taken_port_is_told),
    bench_test(public_address_is_a_warning),
    bench_test(loopback_is_no_warning),
    bench_test(address_is_to_be_registered_in_the_back_office),
    bench_test(first_event_turns_the_light_on),
    bench_test(forged_event_leaves_it_off),
    bench_test(events_are_counted_by_type),
    bench_test(refused_events_are_counted),
    bench_test(counters_survive_a_restart),
    bench_test(counters_survive_a_kill_after_a_while),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
