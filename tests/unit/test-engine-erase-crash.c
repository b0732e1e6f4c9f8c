/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An erasure that is killed is finished at the next start, whenever it was killed. */
#include "engine-person.h"

#include <string.h>

#define TURNS_MAX 100

static void
keep_answer_cb(GVariant *value, const GError *error, gpointer user_data)
{
  (void)error;
  *(gboolean *)user_data = value != NULL;
}

/* Asks, and lets the engine turn @n_turns times; whether it has answered by then. */
static gboolean
erase_for(Bench *bench, guint n_turns)
{
  g_autoptr(GVariant) asked =
      g_variant_ref_sink(g_variant_new_parsed("{'email': <'zoe.delannoy@example.org'>}"));
  gboolean *has_answer = g_new0(gboolean, 1);
  gboolean is_done = FALSE;

  shopcaisse_engine_perform(bench->engine, COMPTOIR_OPERATION_ERASE_CUSTOMER, asked, keep_answer_cb,
                            has_answer);
  for (guint i = 0; i < n_turns; i++)
    g_main_context_iteration(bench->context, FALSE);
  is_done = *has_answer;
  bench_crash(bench);
  g_free(has_answer);
  return is_done;
}

static void
hold_sales(Bench *bench)
{
  bench_set(bench, "automatic", "false");
  engine_person_open(bench);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%u", i);

    engine_words_submit(bench, sale_id, PERSON_SALE);
  }
}

static void
erasure_that_is_killed_after_any_turn_is_finished(void **state)
{
  Bench *bench = *state;
  gboolean is_done = FALSE;
  guint n_turns = 0;

  hold_sales(bench);
  for (; !is_done; n_turns++) {
    g_autofree char *sale_id = g_strdup_printf("turn-%u", n_turns);

    assert_true(n_turns < TURNS_MAX);
    engine_words_submit(bench, sale_id, PERSON_SALE);
    is_done = erase_for(bench, n_turns);
    bench_open(bench);
    engine_person_assert_gone(bench);
  }
  assert_true(n_turns > 5);
}

static void
order_in_flight_is_erased_after_a_crash(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_int_equal(engine_person_erase(bench, "on_the_way"), 1);
  bench_crash(bench);
  bench_open(bench);
  assert_true(engine_person_is_kept(bench));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
  engine_person_assert_gone(bench);
}

static void
order_that_waits_is_erased_after_a_restart(void **state)
{
  Bench *bench = *state;

  engine_person_open(bench);
  engine_person_send(bench, "sale-1");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  bench_open(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  assert_int_equal(engine_person_erase(bench, "waiting"), 1);
  engine_person_assert_gone(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  engine_person_accept_without(bench, "sale-1");
}

static void
closing_lets_the_next_start_finish(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) asked = g_variant_ref_sink(g_variant_new_parsed("{'phone': <'0612345678'>}"));
  gboolean has_answer = FALSE;

  hold_sales(bench);
  shopcaisse_engine_perform(bench->engine, COMPTOIR_OPERATION_ERASE_CUSTOMER, asked, keep_answer_cb,
                            &has_answer);
  bench_close(bench);
  assert_false(has_answer);
  assert_true(engine_person_is_kept(bench));
  bench_open(bench);
  engine_person_assert_gone(bench);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(erasure_that_is_killed_after_any_turn_is_finished),
    bench_test(order_in_flight_is_erased_after_a_crash),
    bench_test(order_that_waits_is_erased_after_a_restart),
    bench_test(closing_lets_the_next_start_finish),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
