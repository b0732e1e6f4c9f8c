/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host that was restored from a backup gives ids out again: it is asked, and no sale vanishes. */
#include "engine-lists.h"
#include "engine-shop.h"
#include "engine/identity.h"
#include "model/timestamp.h"
#include "store/tickets.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define LATER "2026-03-02T18:00:00Z"

/* sale-1 of another time; floating. */
static GVariant *
make_other(void)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(engine_shop_sale("sale-1", "12.50"));
  g_auto(GVariantDict) other = G_VARIANT_DICT_INIT(sale);

  g_variant_dict_insert(&other, "sold_at", "s", LATER);
  return g_variant_dict_end(&other);
}

static BenchAnswer *
submit_other(Bench *bench)
{
  return bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, make_other());
}

/* The host has these when it is asked after the confirmation. */
static void
confirm(Bench *bench, GVariant **sales, guint n_sales)
{
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'host-restored'>}");

  bench_run(bench);
  bench_assert_done(answer);
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(sales, n_sales), NULL));
}

static void
catch_up(Bench *bench, GVariant **sales, guint n_sales)
{
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(sales, n_sales), NULL));
}

/* What the host's user is being asked, "" when nothing. */
static const char *
get_question(Bench *bench)
{
  for (guint i = bench->host.notices->len; i > 0; i--) {
    GVariant *notice = bench->host.notices->pdata[i - 1];

    if (g_str_equal(bench_text(notice, "id"), "host-restored"))
      return bench_text(notice, "text");
  }
  return "";
}

static void
send_first(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
id_of_another_sale_is_a_question(void **state)
{
  Bench *bench = *state;

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "was a backup restored?");
  assert_non_null(strstr(get_question(bench), "was a backup restored?"));
  bench_assert_quiet(bench);
}

static void
question_survives_a_crash(void **state)
{
  Bench *bench = *state;

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  bench_crash(bench);
  g_ptr_array_set_size(bench->host.notices, 0);
  bench_open(bench);
  assert_non_null(strstr(get_question(bench), "sale-1"));
}

static void
sale_under_a_known_id_is_sent_after_a_yes(void **state)
{
  Bench *bench = *state;
  g_autofree char *order_id =
      shopcaisse_identity_renewed_id("instance-1", "sale-1", "till-1 " LATER, 1);
  ShopEcho echo = { .sale_id = "sale-1",
                    .total = "12.50",
                    .id = "server-2",
                    .order_id = order_id,
                    .discriminator = "till-1 " LATER };
  g_autofree char *json = engine_shop_echo(&echo);

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
  assert_string_equal(bench_progress(bench, "sale-1", "external_id"), "server-2");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
  assert_string_equal(get_question(bench), "");
}

/* The answer to the order of the sale that lost its id is no news of the one that has it now. */
static void
answer_on_the_wire_belongs_to_the_sale_that_lost_its_id(void **state)
{
  Bench *bench = *state;
  g_autofree char *time = shopcaisse_timestamp_to_text(BENCH_NOW);
  g_autofree char *discriminator = g_strconcat("till-1 ", time, NULL);
  g_autofree char *aside = shopcaisse_identity_aside("sale-1", discriminator);
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  FakeExchange *first = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  first = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  bench_reply(bench, first, SHOPCAISSE_REPLY_OK, json);
  assert_row_text(bench, "orders", aside, "external_id", "server-sale-1");
  assert_row_text(bench, "orders", "sale-1", "external_id", "");
}

/* Another computer may know it by the id that the host gave it. */
static void
renewed_order_of_a_sale_that_lost_its_id_is_that_of_its_own_id(void **state)
{
  Bench *bench = *state;
  g_autofree char *time = shopcaisse_timestamp_to_text(BENCH_NOW);
  g_autofree char *discriminator = g_strconcat("till-1 ", time, NULL);
  g_autofree char *aside = shopcaisse_identity_aside("sale-1", discriminator);
  g_autofree char *order_id =
      shopcaisse_identity_renewed_id("instance-1", "sale-1", discriminator, 1);
  g_autofree char *task = g_strdup_printf("{'task': <'send-orders'>, 'sale': <'%s'>}", aside);
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .discriminator = "till-1 before" };
  g_autofree char *json = engine_shop_echo(&echo);

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "id-taken");
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, task);
  bench_run(bench);
  assert_row_text(bench, "orders", aside, "order_id", order_id);
}

static void
question_is_answered_where_flows_are_run(void **state)
{
  Bench *bench = *state;

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  assert_row_text(bench, "flows", "host-restored", "state", "asked");
  assert_row_text(bench, "flows", "host-restored", "message", get_question(bench));
}

/* The host hears of the sale that has the id now; both are in the list. */
static void
sale_that_lost_its_id_keeps_its_order(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  rows = bench_list(bench, "orders");
  assert_int_equal(g_variant_n_children(rows), 2);
}

static void
sale_whose_host_went_back_twice_is_known(void **state)
{
  Bench *bench = *state;
  GVariant *answer = NULL;

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  answer = bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                                               engine_shop_sale("sale-1", "12.50")));
  assert_string_equal(bench_text(answer, "external_id"), "server-sale-1");
}

static void
yes_is_about_what_was_before_it(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) sale = g_variant_ref_sink(make_other());
  g_auto(GVariantDict) third = G_VARIANT_DICT_INIT(sale);

  send_first(bench);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, NULL, 0);
  bench_assert_done(submit_other(bench));
  g_variant_dict_insert(&third, "sold_at", "s", "2026-03-02T19:00:00Z");
  bench_assert_error(
      bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, g_variant_dict_end(&third)),
      COMPTOIR_ERROR_CONFLICT, "was a backup restored?");
}

static void
sale_that_was_refused_is_found_after_a_yes(void **state)
{
  Bench *bench = *state;
  GVariant *sale = make_other();

  send_first(bench);
  bench_pass(bench, 8 * SHOPCAISSE_HOUR);
  bench_assert_error(submit_other(bench), COMPTOIR_ERROR_CONFLICT, "sale-1");
  confirm(bench, &sale, 1);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sending");
}

static void
host_without_its_newest_sale_is_a_question(void **state)
{
  Bench *bench = *state;
  GVariant *older = engine_shop_sale("sale-0", "12.50");

  send_first(bench);
  catch_up(bench, &older, 1);
  assert_non_null(strstr(get_question(bench), "sale-1"));
}

static void
host_that_lists_nothing_is_left_in_peace(void **state)
{
  Bench *bench = *state;

  send_first(bench);
  catch_up(bench, NULL, 0);
  assert_string_equal(get_question(bench), "");
}

static void
question_ends_when_the_host_has_it_all(void **state)
{
  Bench *bench = *state;
  GVariant *sales[2] = { engine_shop_sale("sale-0", "12.50"), NULL };

  send_first(bench);
  catch_up(bench, sales, 1);
  assert_string_not_equal(get_question(bench), "");
  sales[0] = engine_shop_sale("sale-0", "12.50");
  sales[1] = engine_shop_sale("sale-1", "12.50");
  catch_up(bench, sales, 2);
  assert_string_equal(get_question(bench), "");
}

/* What the till sold since the backup is not in the host either. */
static void
tickets_are_given_again_after_a_yes(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  g_autoptr(ShopcaisseTicket) ticket = g_new0(ShopcaisseTicket, 1);
  FakeQuestion *question = NULL;

  ticket->id = g_strdup("t-1");
  ticket->number = g_strdup("N-1");
  ticket->type = g_strdup("SALE");
  ticket->status = g_strdup("paid");
  ticket->lines = g_ptr_array_new();
  ticket->payments = g_ptr_array_new();
  ticket->phase = SHOPCAISSE_TICKET_COUNTS;
  ticket->at = BENCH_NOW;
  assert_true(shopcaisse_tickets_put(database, "store-1", ticket, "", NULL));
  assert_true(shopcaisse_tickets_mark_recorded(database, "t-1", "paid", NULL));
  g_clear_pointer(&database, shopcaisse_database_close);
  bench_open(bench);
  confirm(bench, NULL, 0);
  question = bench_take_question(bench, SHOPCAISSE_ASK_RECORD_SALES);
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(id_of_another_sale_is_a_question),
    bench_test(question_survives_a_crash),
    bench_test(sale_under_a_known_id_is_sent_after_a_yes),
    bench_test(answer_on_the_wire_belongs_to_the_sale_that_lost_its_id),
    bench_test(renewed_order_of_a_sale_that_lost_its_id_is_that_of_its_own_id),
    bench_test(question_is_answered_where_flows_are_run),
    bench_test(sale_that_lost_its_id_keeps_its_order),
    bench_test(sale_whose_host_went_back_twice_is_known),
    bench_test(yes_is_about_what_was_before_it),
    bench_test(sale_that_was_refused_is_found_after_a_yes),
    bench_test(host_without_its_newest_sale_is_a_question),
    bench_test(host_that_lists_nothing_is_left_in_peace),
    bench_test(question_ends_when_the_host_has_it_all),
    bench_test(tickets_are_given_again_after_a_yes),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
