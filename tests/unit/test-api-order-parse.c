/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders as they come back: who they are, and what of their amounts can be believed. */
#include "answer.h"
#include "api/orders.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define MILLION G_GINT64_CONSTANT(1000000)

static const char *const type_values[] = { "null", "true", "7", "0.5", "'x'", "['x']", "{}" };

static ShopcaisseOrderEcho *
parse(const char *text, GError **error)
{
  g_autoptr(GBytes) body = answer_quoted(text);

  return shopcaisse_order_parse(body, error);
}

static void
answer_in_cents_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("order-minor.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, &error);

  assert_null(error);
  assert_string_equal(echo->id, "order-server-1");
  assert_string_equal(echo->order_id, "5f0a9d10-0000-5000-8000-000000000042");
  assert_string_equal(echo->store_id, "store-1");
  assert_string_equal(echo->sub_channel_order_id, "till-1/1772362920");
  assert_string_equal(echo->display_id, "1042");
  assert_string_equal(echo->status, "not_acked");
  assert_null(echo->reason);
  assert_null(echo->receipt_id);
  assert_null(echo->document_id);
  assert_false(echo->is_test);
  assert_true(echo->pickup_at == G_GINT64_CONSTANT(1772362920000000));
  assert_int_equal(echo->decimal_digits, 2);
  assert_true(echo->has_amounts);
  assert_true(echo->payments_total == 830 * MILLION);
  assert_true(echo->fees_total == 0);
}

static void
lines_are_read_with_their_children(void **state)
{
  g_autoptr(GBytes) body = answer_load("order-minor.json");
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, NULL);
  const ShopcaisseOrderEchoLine *line = g_ptr_array_index(echo->lines, 0);
  const ShopcaisseOrderEchoLine *child = g_ptr_array_index(line->children, 0);

  assert_int_equal(echo->lines->len, 1);
  assert_string_equal(line->item_id, "item-1");
  assert_true(line->price == 390 * MILLION);
  assert_int_equal(line->quantity_milli, 2000);
  assert_string_equal(child->item_id, "item-7");
  assert_true(child->price == 25 * MILLION);
}

static void
answer_in_euros_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("order-decimal.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, &error);
  const ShopcaisseOrderEchoLine *line = g_ptr_array_index(echo->lines, 1);

  assert_null(error);
  assert_string_equal(echo->reason, "Accepted by the PoS");
  assert_string_equal(echo->receipt_id, "receipt-9");
  assert_string_equal(echo->document_id, "document-3");
  assert_true(echo->is_test);
  assert_int_equal(echo->decimal_digits, -1);
  assert_true(echo->has_amounts);
  assert_true(echo->payments_total == 14150000);
  assert_true(echo->fees_total == 1300000);
  assert_int_equal(line->quantity_milli, 350);
  assert_int_equal(line->children->len, 0);
}

static void
receipt_object_of_a_payment_is_noticed(void **state)
{
  g_autoptr(ShopcaisseOrderEcho) bare =
      parse("{'payments':[{'amount':1,'receiptId':'r-2','receipt':null}],'id':'o'}", NULL);
  g_autoptr(ShopcaisseOrderEcho) whole =
      parse("{'payments':[{'amount':1,'receipt':{'id':'r-2'}}],'id':'o'}", NULL);

  assert_false(bare->has_receipt);
  assert_true(whole->has_receipt);
}

static void
own_receipt_comes_before_a_payments(void **state)
{
  g_autoptr(ShopcaisseOrderEcho) echo = parse(
      "{'payments':[{'id':'p','amount':1,'receiptId':'r-2'}],'receiptId':'r-1','id':'o'}", NULL);

  assert_string_equal(echo->id, "o");
  assert_string_equal(echo->receipt_id, "r-1");
}

static void
smallest_answer_is_who_it_is(void **state)
{
  g_autoptr(ShopcaisseOrderEcho) echo = parse("{'id':'o'}", NULL);

  assert_non_null(echo);
  assert_int_equal(echo->pickup_at, -1);
  assert_int_equal(echo->decimal_digits, -1);
  assert_false(echo->has_amounts);
  assert_int_equal(echo->lines->len, 0);
  assert_int_equal(shopcaisse_kitchen_phase_parse(echo->status), SHOPCAISSE_KITCHEN_UNKNOWN);
}

/* The error names the field; amounts never make an error, they are not believed. */
static void
seven_types_for_each_text_of_an_order(void **state)
{
  static const char *const keys[] = {
    "orderId", "storeId", "subChannelOrderId", "subChannelOrderDisplayId",
    "status",  "reason",  "receiptId",         "internalOrderDocumentId"
  };

  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS(type_values); j++) {
      g_autofree char *text = g_strdup_printf("{'id':'o','%s':%s}", keys[i], type_values[j]);
      g_autoptr(GError) error = NULL;
      g_autoptr(ShopcaisseOrderEcho) echo = parse(text, &error);
      gboolean is_taken = j == 0 || j == 4;

      assert_int_equal(echo != NULL, is_taken);
      if (!is_taken) {
        assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
        assert_true(g_str_has_prefix(error->message, keys[i]));
      }
    }
  }
}

static void
seven_types_for_id_flag_and_time(void **state)
{
  static const struct {
    const char *format;
    const char *taken; /* one character a type: 1 is taken */
  } cases[] = {
    { "{'id':%s}", "0000100" },
    { "{'id':'o','testOrder':%s}", "1100000" },
    { "{'id':'o','pickupTime':%s}", "1010000" },
    { "{'id':'o','decimalDigits':%s}", "1111111" },
    { "{'id':'o','timestamp':%s}", "1111111" },
    { "{'id':'o','createdOn':%s}", "1111111" },
    { "{'id':'o','customer':%s}", "1111111" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS(type_values); j++) {
      g_auto(GStrv) halves = g_strsplit(cases[i].format, "%s", 2);
      g_autofree char *text = g_strjoinv(type_values[j], halves);
      g_autoptr(ShopcaisseOrderEcho) echo = parse(text, NULL);

      assert_int_equal(echo != NULL, cases[i].taken[j] == '1');
    }
  }
}

static void
seven_types_for_each_amount_of_an_order(void **state)
{
  static const struct {
    const char *format;
    const char *believed; /* one character a type: 1 is believed, x is an error */
  } cases[] = {
    { "'items':[],'payments':[],'tip':%s", "1011000" },
    { "'items':[],'payments':[],'driverTip':%s", "1011000" },
    { "'items':[],'payments':[],'serviceCharge':%s", "1011000" },
    { "'items':[],'payments':[],'deliveryCost':%s", "1011000" },
    { "'items':[],'payments':[],'bagFee':%s", "1011000" },
    { "'items':[],'payments':[],'discountTotal':%s", "1011000" },
    { "'items':[],'payments':[{'amount':%s}]", "0011000" },
    { "'items':[],'payments':[%s]", "0000000" },
    { "'items':[],'payments':%s", "0xxxx0x" },
    { "'payments':[],'items':%s", "0000000" },
    { "'payments':[],'items':[%s]", "0000000" },
    { "'payments':[],'items':[{'quantity':1,'price':%s}]", "0011000" },
    { "'payments':[],'items':[{'price':1,'quantity':%s}]", "0011000" },
    { "'payments':[],'items':[{'price':1,'quantity':1,'productId':%s}]", "1000100" },
    { "'payments':[],'items':[{'price':1,'quantity':1,'children':%s}]", "1000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS(type_values); j++) {
      g_auto(GStrv) halves = g_strsplit(cases[i].format, "%s", 2);
      g_autofree char *fields = g_strjoinv(type_values[j], halves);
      g_autofree char *text = g_strdup_printf("{'id':'o',%s}", fields);
      g_autoptr(ShopcaisseOrderEcho) echo = parse(text, NULL);

      if (cases[i].believed[j] == 'x') {
        assert_null(echo);
        continue;
      }
      assert_non_null(echo);
      assert_int_equal(echo->has_amounts, cases[i].believed[j] == '1');
    }
  }
}

static void
payment_in_another_unit_is_not_believed(void **state)
{
  g_autoptr(ShopcaisseOrderEcho) echo = parse(
      "{'id':'o','decimalDigits':2,'items':[],'payments':[{'amount':8,'decimalDigits':0}]}", NULL);

  assert_false(echo->has_amounts);
}

static void
sums_beyond_the_range_are_not_believed(void **state)
{
  GString *text = g_string_new("{\"id\":\"o\",\"items\":[],\"payments\":[");

  for (guint i = 0; i < 20; i++)
    g_string_append(text, i == 0 ? "{\"amount\":999999999999}" : ",{\"amount\":999999999999}");
  g_string_append(text, "]}");

  g_autoptr(GBytes) body = g_string_free_to_bytes(text);
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, NULL);

  assert_non_null(echo);
  assert_false(echo->has_amounts);
}

static void
page_keeps_what_can_be_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("orders.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_orders_parse(body, &error);

  assert_null(error);
  assert_int_equal(page->n_seen, 4);
  assert_int_equal(page->skipped, 1);
  assert_int_equal(page->rows->len, 2);
  assert_int_equal(page->rejected->len, 2);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[2].id: a string is wanted, found nothing");
  assert_string_equal(g_ptr_array_index(page->rejected, 1),
                      "items[3]: an object is wanted, found null");

  const ShopcaisseOrderEcho *odd = g_ptr_array_index(page->rows, 1);

  assert_string_equal(odd->status, "some_new_status");
  assert_false(odd->has_amounts);
}

static void
other_answers_are_no_order(void **state)
{
  static const char *const texts[] = { "[]", "{}", "'x'", "<html>", "{'id':''}", "{'id':'..'}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;

    assert_null(parse(texts[i], &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(answer_in_cents_is_read),
    cmocka_unit_test(lines_are_read_with_their_children),
    cmocka_unit_test(answer_in_euros_is_read),
    cmocka_unit_test(receipt_object_of_a_payment_is_noticed),
    cmocka_unit_test(own_receipt_comes_before_a_payments),
    cmocka_unit_test(smallest_answer_is_who_it_is),
    cmocka_unit_test(seven_types_for_each_text_of_an_order),
    cmocka_unit_test(seven_types_for_id_flag_and_time),
    cmocka_unit_test(seven_types_for_each_amount_of_an_order),
    cmocka_unit_test(payment_in_another_unit_is_not_believed),
    cmocka_unit_test(sums_beyond_the_range_are_not_believed),
    cmocka_unit_test(page_keeps_what_can_be_read),
    cmocka_unit_test(other_answers_are_no_order),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
