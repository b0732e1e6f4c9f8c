/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders that somebody fetches at a time: first, and not after it without a question. */
#include "engine-shop.h"
#include "model/timestamp.h"

/* To be fetched so long after BENCH_NOW; floating. */
static GVariant *
make_sale(const char *sale_id, gint64 pick_up_us)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale(sale_id, "12.50"));
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(sale);
  g_autofree char *pick_up_at = shopcaisse_timestamp_to_text(BENCH_NOW + pick_up_us);

  g_variant_dict_insert(&row, "pickup_at", "s", pick_up_at);
  return g_variant_dict_end(&row);
}

static void
submit(Bench *bench, const char *sale_id, gint64 pick_up_us)
{
  bench_assert_done(
      bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, make_sale(sale_id, pick_up_us)));
}

/* Nothing can be sent for so long. */
static void
be_offline(Bench *bench, gint64 duration_us)
{
  gint64 end = bench->clock.now + duration_us;

  while (bench->clock.now < end) {
    if (bench->network.requests->len > 0)
      bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
                  SHOPCAISSE_REPLY_NOT_SENT, NULL);
    bench_pass(bench, SHOPCAISSE_MINUTE);
  }
}

static void
order_for_later_goes_at_once(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", 2 * SHOPCAISSE_HOUR);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
order_whose_time_has_passed_is_a_question(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", SHOPCAISSE_HOUR);
  be_offline(bench, 2 * SHOPCAISSE_HOUR);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "late");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
missed_order_goes_when_a_person_says_so(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", SHOPCAISSE_HOUR);
  be_offline(bench, 2 * SHOPCAISSE_HOUR);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
missed_order_is_asked_about_once(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", SHOPCAISSE_HOUR);
  be_offline(bench, 2 * SHOPCAISSE_HOUR);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_pass(bench, SHOPCAISSE_HOUR);
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
sale_without_a_time_is_never_missed(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", 0);
  be_offline(bench, 2 * SHOPCAISSE_HOUR);
  bench_pass(bench, 15 * SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
}

/* It may be on the till: the same bytes go again, and nobody is asked. */
static void
order_that_may_have_arrived_is_not_missed(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  submit(bench, "sale-1", SHOPCAISSE_HOUR);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_pass(bench, 2 * SHOPCAISSE_HOUR);
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
order_with_a_time_goes_before_those_without(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  submit(bench, "sale-2", 2 * SHOPCAISSE_HOUR);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  engine_shop_accept(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_for_later_goes_at_once),
    bench_test(order_whose_time_has_passed_is_a_question),
    bench_test(missed_order_goes_when_a_person_says_so),
    bench_test(missed_order_is_asked_about_once),
    bench_test(sale_without_a_time_is_never_missed),
    bench_test(order_that_may_have_arrived_is_not_missed),
    bench_test(order_with_a_time_goes_before_those_without),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
