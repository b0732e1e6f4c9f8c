/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding the unit of money: form after form, each test order taken back, nothing real before. */
#include "engine-shop.h"
#include "engine/identity.h"
#include "store/mirror.h"

#include <string.h>

#define FORMS_MAX 3

/* One test order on the wire, as text. */
typedef struct {
  FakeExchange *exchange;
  char *body;     /* (owned) */
  char *order_id; /* (owned) */
} Trial;

static void
clear_trial(Trial *trial)
{
  g_clear_pointer(&trial->body, g_free);
  g_clear_pointer(&trial->order_id, g_free);
}

static char *
cut_out(const char *body, const char *key)
{
  const char *start = strstr(body, key);

  assert_non_null(start);
  start += strlen(key);
  return g_strndup(start, strcspn(start, "\""));
}

static void
take_trial(Bench *bench, Trial *trial)
{
  clear_trial(trial);
  trial->exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  trial->body = g_strndup(g_bytes_get_data(trial->exchange->body, NULL),
                          g_bytes_get_size(trial->exchange->body));
  trial->order_id = cut_out(trial->body, "\"orderId\":\"");
}

/* The service stores it and answers @amounts, such as "'items':[...],'payments':[...]". */
static void
reply_trial(Bench *bench, Trial *trial, const char *id, const char *amounts)
{
  g_autofree char *discriminator = cut_out(trial->body, "\"subChannelOrderId\":\"");
  g_autofree char *json =
      g_strdup_printf("{'id':'%s','orderId':'%s','subChannelOrderId':'%s','status':'not_acked',%s}",
                      id, trial->order_id, discriminator, amounts);

  bench_reply(bench, trial->exchange, SHOPCAISSE_REPLY_OK, json);
}

#define DECIMAL                                                                                    \
  "'items':[{'productId':'i','price':12.99,'quantity':1}],'payments':[{'amount':12.99}]"
#define MINOR                                                                                      \
  "'decimalDigits':2,'items':[{'productId':'i','price':1299,'quantity':1}],"                       \
  "'payments':[{'amount':1299}]"
#define ODD "'items':[{'productId':'i','price':13,'quantity':1}],'payments':[{'amount':13}]"

static void
reply_cancelled(Bench *bench, const char *id)
{
  g_autofree char *path = g_strdup_printf("/v1/stores/store-1/orders/%s?pos=pos-1", id);

  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, path), SHOPCAISSE_REPLY_OK,
              "{'id':'x','status':'cancelled_by_channel'}");
}

static BenchAnswer *
calibrate(Bench *bench)
{
  bench_set(bench, "unit:store-1", "");
  bench_open(bench);
  return bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'calibrate'>}");
}

static void
assert_unit(BenchAnswer *answer, const char *form, const char *reading)
{
  GVariant *value = bench_assert_done(answer);

  assert_string_equal(bench_text(value, "form"), form);
  assert_string_equal(bench_text(value, "reading"), reading);
}

static void
first_exact_echo_decides(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  take_trial(bench, &trial);
  assert_non_null(strstr(trial.body, "\"price\":12.99"));
  assert_non_null(strstr(trial.body, "\"testOrder\":true"));
  assert_null(strstr(trial.body, "decimalDigits"));
  reply_trial(bench, &trial, "t-1", DECIMAL);
  assert_unit(answer, "decimal", "decimal");
  reply_cancelled(bench, "t-1");
  bench_assert_quiet(bench);
  clear_trial(&trial);
}

/* A test order of long ago under the same id would tell an old price in an old form. */
static void
echo_of_another_test_order_decides_nothing(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };
  g_autofree char *json = NULL;

  take_trial(bench, &trial);
  json = g_strdup_printf("{'id':'t-0','orderId':'%s','subChannelOrderId':'calibration of old',"
                         "'status':'not_acked'," DECIMAL "}",
                         trial.order_id);
  bench_reply(bench, trial.exchange, SHOPCAISSE_REPLY_OK, json);
  assert_int_equal(answer->n_given, 0);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  take_trial(bench, &trial);
  reply_trial(bench, &trial, "t-1", DECIMAL);
  assert_unit(answer, "decimal", "decimal");
  reply_cancelled(bench, "t-1");
  clear_trial(&trial);
}

static void
same_form_may_be_read_in_cents(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  take_trial(bench, &trial);
  reply_trial(bench, &trial, "t-1", MINOR);
  assert_unit(answer, "decimal", "minor");
  reply_cancelled(bench, "t-1");
  clear_trial(&trial);
}

static void
second_form_is_tried_and_both_orders_are_taken_back(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  take_trial(bench, &trial);
  reply_trial(bench, &trial, "t-1", ODD);
  reply_cancelled(bench, "t-1");
  take_trial(bench, &trial);
  assert_non_null(strstr(trial.body, "\"price\":12.99"));
  assert_non_null(strstr(trial.body, "\"decimalDigits\":2"));
  reply_trial(bench, &trial, "t-2", DECIMAL);
  reply_cancelled(bench, "t-2");
  assert_unit(answer, "decimal-digits", "decimal");
  clear_trial(&trial);
}

static void
third_form_is_in_cents(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  for (guint i = 0; i < FORMS_MAX; i++) {
    g_autofree char *id = g_strdup_printf("t-%u", i);

    take_trial(bench, &trial);
    reply_trial(bench, &trial, id, i + 1 < FORMS_MAX ? ODD : MINOR);
    reply_cancelled(bench, id);
  }
  assert_non_null(strstr(trial.body, "\"price\":1299"));
  assert_unit(answer, "minor", "minor");
  clear_trial(&trial);
}

static void
no_form_is_an_error_and_all_orders_are_taken_back(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  for (guint i = 0; i < FORMS_MAX; i++) {
    g_autofree char *id = g_strdup_printf("t-%u", i);

    take_trial(bench, &trial);
    reply_trial(bench, &trial, id, ODD);
    reply_cancelled(bench, id);
  }
  bench_assert_error(answer, COMPTOIR_ERROR_PROTOCOL, "no form");
  bench_assert_quiet(bench);
  clear_trial(&trial);
}

static void
refused_form_is_followed_by_the_next(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };

  take_trial(bench, &trial);
  bench_reply(bench, trial.exchange, SHOPCAISSE_REPLY_REFUSED,
              "{'message':'Payment amount < total price'}");
  take_trial(bench, &trial);
  reply_trial(bench, &trial, "t-2", DECIMAL);
  reply_cancelled(bench, "t-2");
  assert_unit(answer, "decimal-digits", "decimal");
  clear_trial(&trial);
}

static void
each_form_has_an_id_of_its_own(void **state)
{
  Bench *bench = *state;
  Trial trial = { NULL, NULL, NULL };
  g_autofree char *first = NULL;

  calibrate(bench);
  take_trial(bench, &trial);
  first = g_strdup(trial.order_id);
  reply_trial(bench, &trial, "t-1", ODD);
  take_trial(bench, &trial);
  assert_string_not_equal(trial.order_id, first);
  clear_trial(&trial);
}

static void
whole_euros_get_a_fee_with_cents(void **state)
{
  Bench *bench = *state;
  Trial trial = { NULL, NULL, NULL };
  ShopcaisseDatabase *database = bench_open_store(bench);
  BenchAnswer *answer = NULL;

  engine_shop_put_item(database, "item-1", SHOPCAISSE_ITEM_SIMPLE, 2000);
  engine_shop_put_item(database, "item-2", SHOPCAISSE_ITEM_SIMPLE, 2000);
  shopcaisse_database_close(database);
  answer = calibrate(bench);
  take_trial(bench, &trial);
  assert_non_null(strstr(trial.body, "\"bagFee\":0.37"));
  reply_trial(bench, &trial, "t-1",
              "'bagFee':0.37,'items':[{'productId':'i','price':20,'quantity':1}],"
              "'payments':[{'amount':20.37}]");
  assert_unit(answer, "decimal", "decimal");
  clear_trial(&trial);
}

static void
held_order_goes_after_the_calibration_in_its_form(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = calibrate(bench);
  Trial trial = { NULL, NULL, NULL };
  Trial order = { NULL, NULL, NULL };

  engine_shop_submit(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "calibration");
  for (guint i = 0; i < FORMS_MAX; i++) {
    take_trial(bench, &trial);
    reply_trial(bench, &trial, "t-1", i + 1 < FORMS_MAX ? ODD : MINOR);
  }
  bench_assert_done(answer);
  take_trial(bench, &order);
  assert_non_null(strstr(order.body, "\"price\":1250,"));
  assert_non_null(strstr(order.body, "\"testOrder\":false"));
  bench_reply(bench, order.exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  clear_trial(&trial);
  clear_trial(&order);
}

/* Calibrates to decimal euros, or, when @last is not 0, to cents after that many others. */
static void
find_form(Bench *bench, const char *prefix, guint last)
{
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'calibrate'>}");
  Trial trial = { NULL, NULL, NULL };

  for (guint i = 0; i <= last; i++) {
    g_autofree char *id = g_strdup_printf("%s-%u", prefix, i);

    take_trial(bench, &trial);
    reply_trial(bench, &trial, id, i < last ? ODD : last == 0 ? DECIMAL : MINOR);
    reply_cancelled(bench, id);
  }
  bench_assert_done(answer);
  clear_trial(&trial);
}

/* Sale-1 is frozen and held back; with a token it has been on the wire. */
static void
freeze_sale(Bench *bench, const char *token_place)
{
  bench_set(bench, "token-place", token_place);
  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_close(bench);
  bench_set(bench, "token-place", "drawer");
  bench_set(bench, "till-of-record", "");
  bench_open(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "till-of-record");
}

static void
other_form_parks_what_was_frozen(void **state)
{
  Bench *bench = *state;

  freeze_sale(bench, "");
  find_form(bench, "t", 0);
  find_form(bench, "u", 2);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'till-of-record': <'shopcaisse'>}");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "parked");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "form");
}

static void
other_form_leaves_what_may_be_on_the_till(void **state)
{
  Bench *bench = *state;

  freeze_sale(bench, "drawer");
  find_form(bench, "t", 0);
  find_form(bench, "u", 2);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
}

static void
same_form_keeps_what_was_frozen(void **state)
{
  Bench *bench = *state;

  freeze_sale(bench, "");
  find_form(bench, "t", 0);
  find_form(bench, "u", 0);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
}

static void
catalogue_without_a_plain_item_is_said(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);

  engine_shop_put_item(database, "item-1", SHOPCAISSE_ITEM_MENU, 1250);
  engine_shop_put_item(database, "item-2", SHOPCAISSE_ITEM_MENU, 1299);
  shopcaisse_database_close(database);
  bench_assert_error(calibrate(bench), COMPTOIR_ERROR_NOT_CONFIGURED, "plain item");
  bench_assert_quiet(bench);
}

static void
blocked_status_ends_with_the_calibration(void **state)
{
  Bench *bench = *state;
  Trial trial = { NULL, NULL, NULL };
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250" };
  g_autofree char *wrong = engine_shop_echo(&echo);

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              wrong);
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'calibrate'>}");
  take_trial(bench, &trial);
  reply_trial(bench, &trial, "t-1", MINOR);
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
  clear_trial(&trial);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(first_exact_echo_decides),
    bench_test(echo_of_another_test_order_decides_nothing),
    bench_test(same_form_may_be_read_in_cents),
    bench_test(second_form_is_tried_and_both_orders_are_taken_back),
    bench_test(third_form_is_in_cents),
    bench_test(no_form_is_an_error_and_all_orders_are_taken_back),
    bench_test(refused_form_is_followed_by_the_next),
    bench_test(each_form_has_an_id_of_its_own),
    bench_test(whole_euros_get_a_fee_with_cents),
    bench_test(held_order_goes_after_the_calibration_in_its_form),
    bench_test(other_form_parks_what_was_frozen),
    bench_test(other_form_leaves_what_may_be_on_the_till),
    bench_test(same_form_keeps_what_was_frozen),
    bench_test(catalogue_without_a_plain_item_is_said),
    bench_test(blocked_status_ends_with_the_calibration),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
