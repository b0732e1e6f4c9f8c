/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of an order, byte for byte, and the requests around it. */
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

static ShopcaisseOrderLine *
make_line(const char *id, const char *name, ShopcaisseItemType type, gint64 unit, gint64 quantity)
{
  ShopcaisseOrderLine *line = g_new0(ShopcaisseOrderLine, 1);

  line->item_id = g_strdup(id);
  line->name = g_strdup(name);
  line->type = type;
  line->unit_minor = unit;
  line->quantity_milli = quantity;
  line->children = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  return line;
}

static ShopcaisseOrderDraft *
make_draft(void)
{
  ShopcaisseOrderDraft *draft = g_new0(ShopcaisseOrderDraft, 1);
  ShopcaisseOrderLine *tart =
      make_line("item-1", "Tarte \"citron\"", SHOPCAISSE_ITEM_SIMPLE, 390, 2000);
  const ShopcaisseOrderPayment payments[] = { { 830, TRUE }, { 795, FALSE } };

  draft->channel = "COMPTOIR";
  draft->sub_channel = "COMPTOIR_SHOP";
  draft->order_id = g_strdup("5f0a9d10-0000-5000-8000-000000000042");
  draft->discriminator = g_strdup("till-1/1772362920");
  draft->display_id = g_strdup("1042");
  draft->type = SHOPCAISSE_ORDER_TYPE_PICKUP;
  draft->pickup_at = G_GINT64_CONSTANT(1772362920000000);
  draft->delivery_cost_minor = 250;
  draft->bag_fee_minor = 10;
  draft->tip_minor = 100;
  draft->customer.name = g_strdup("A. Exemple");
  draft->customer.phone = g_strdup("+33600000000");
  draft->note = g_strdup("\xc3\xa0 emporter");
  draft->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  tart->remark = g_strdup("sans sucre");
  g_ptr_array_add(tart->children,
                  make_line("item-7", "Chantilly", SHOPCAISSE_ITEM_MODIFIER, 25, 1000));
  g_ptr_array_add(draft->lines, tart);
  g_ptr_array_add(draft->lines, make_line("item-8", "Cerises", SHOPCAISSE_ITEM_OTHER, 1299, 350));
  draft->payments = g_array_new(FALSE, FALSE, sizeof(ShopcaisseOrderPayment));
  g_array_append_vals(draft->payments, payments, G_N_ELEMENTS(payments));
  return draft;
}

static char *
build(const ShopcaisseOrderDraft *draft, ShopcaisseForm form)
{
  g_autoptr(GBytes) body = shopcaisse_order_build(draft, form);
  gsize size = 0;
  const char *data = g_bytes_get_data(body, &size);

  return g_strndup(data, size);
}

static void
decimal_form_is_the_file(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();
  g_autoptr(GBytes) built = shopcaisse_order_build(draft, SHOPCAISSE_FORM_DECIMAL);
  g_autoptr(GBytes) file = answer_load("order-request.json");
  gsize length = g_bytes_get_size(file) - strlen("\n");
  g_autoptr(GBytes) line = g_bytes_new_from_bytes(file, 0, length);

  assert_int_equal(shopcaisse_order_draft_get_total(draft), 830 + 455 + 360);
  assert_true(g_bytes_equal(built, line));
}

static void
building_twice_gives_the_same_bytes(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();
  g_autoptr(GBytes) first = shopcaisse_order_build(draft, SHOPCAISSE_FORM_MINOR);
  g_autoptr(GBytes) second = shopcaisse_order_build(draft, SHOPCAISSE_FORM_MINOR);

  assert_true(g_bytes_equal(first, second));
}

static void
forms_differ_in_amounts_and_digits_alone(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();
  g_autofree char *decimal = build(draft, SHOPCAISSE_FORM_DECIMAL);
  g_autofree char *digits = build(draft, SHOPCAISSE_FORM_DECIMAL_DIGITS);
  g_autofree char *minor = build(draft, SHOPCAISSE_FORM_MINOR);

  assert_null(strstr(decimal, "decimalDigits"));
  assert_non_null(strstr(digits, "\"decimalDigits\":2"));
  assert_non_null(strstr(digits, "\"price\":12.99,\"quantity\":0.35"));
  assert_non_null(strstr(minor, "\"decimalDigits\":2"));
  assert_non_null(strstr(minor, "\"price\":1299,\"quantity\":0.35"));
  assert_non_null(strstr(minor, "\"amount\":830"));
  assert_non_null(strstr(minor, "\"tip\":100"));
}

static void
empty_parts_are_left_out(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();

  shopcaisse_customer_clear(&draft->customer);
  g_clear_pointer(&draft->note, g_free);
  g_clear_pointer(&draft->payments, g_array_unref);
  draft->is_test = TRUE;

  g_autofree char *text = build(draft, SHOPCAISSE_FORM_DECIMAL);

  assert_null(strstr(text, "customer"));
  assert_null(strstr(text, "note"));
  assert_non_null(strstr(text, "\"payments\":[]"));
  assert_non_null(strstr(text, "\"testOrder\":true"));
}

/* What we write is what we understand, in each form. */
static void
built_order_is_read_back_in_its_unit(void **state)
{
  static const struct {
    ShopcaisseForm form;
    ShopcaisseReading reading;
  } cases[] = { { SHOPCAISSE_FORM_DECIMAL, SHOPCAISSE_READING_DECIMAL },
                { SHOPCAISSE_FORM_DECIMAL_DIGITS, SHOPCAISSE_READING_DECIMAL },
                { SHOPCAISSE_FORM_MINOR, SHOPCAISSE_READING_MINOR } };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ShopcaisseOrderDraft) draft = make_draft();
    g_autofree char *text = build(draft, cases[i].form);
    g_autofree char *answer = g_strconcat("{\"id\":\"server-1\",", text + 1, NULL);
    g_autoptr(GBytes) body = answer_new(answer);
    g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, NULL);
    gint64 paid = 0;
    gint64 fees = 0;

    assert_non_null(echo);
    assert_true(echo->has_amounts);
    assert_string_equal(echo->order_id, draft->order_id);
    assert_string_equal(echo->sub_channel_order_id, draft->discriminator);
    assert_true(echo->pickup_at == draft->pickup_at);
    assert_true(shopcaisse_wire_amount_read(echo->payments_total, echo->decimal_digits,
                                            cases[i].reading, &paid));
    assert_int_equal(paid, 830 + 795);
    assert_true(shopcaisse_wire_amount_read(echo->fees_total, echo->decimal_digits,
                                            cases[i].reading, &fees));
    assert_int_equal(fees, 360);
  }
}

static void
paths_escape_and_leave_out(void **state)
{
  g_autofree char *plain = shopcaisse_order_path("s 1", NULL, NULL);
  g_autofree char *whole = shopcaisse_order_path("s", "p&1", "l/1");
  g_autofree char *list = shopcaisse_order_path("s", NULL, "l");

  assert_string_equal(plain, "/v1/stores/s%201/orders");
  assert_string_equal(whole, "/v1/stores/s/orders?pos=p%261&priceList=l%2F1");
  assert_string_equal(list, "/v1/stores/s/orders?priceList=l");
}

static void
requests_have_method_and_path(void **state)
{
  g_autoptr(GBytes) body = answer_new("{}");
  g_autoptr(ShopcaisseRequest) create =
      shopcaisse_order_create_request("/v1/stores/s/orders?pos=p", body);
  g_autoptr(ShopcaisseRequest) get = shopcaisse_order_get_request("s", "o/1");
  g_autoptr(ShopcaisseRequest) cancel = shopcaisse_order_cancel_request("s", "o", "p");

  assert_int_equal(create->method, SHOPCAISSE_METHOD_POST);
  assert_ptr_equal(create->body, body);
  assert_string_equal(create->path, "/v1/stores/s/orders?pos=p");
  assert_int_equal(get->method, SHOPCAISSE_METHOD_GET);
  assert_string_equal(get->path, "/v1/stores/s/orders/o%2F1");
  assert_int_equal(cancel->method, SHOPCAISSE_METHOD_DELETE);
  assert_string_equal(cancel->path, "/v1/stores/s/orders/o?pos=p");
}

static void
list_names_status_and_times(void **state)
{
  ShopcaisseOrdersQuery query = { .store_id = "s",
                                  .pos_id = "p",
                                  .status = "all",
                                  .from = G_GINT64_CONSTANT(1772362920000000),
                                  .to = G_GINT64_CONSTANT(1772366520000000),
                                  .page = 2 };
  g_autoptr(ShopcaisseRequest) request = shopcaisse_orders_request(&query);

  assert_string_equal(request->path, "/v1/stores/s/orders?page=2&pageSize=100&status=all"
                                     "&from=1772362920000&to=1772366520000&pos=p");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(decimal_form_is_the_file),
    cmocka_unit_test(building_twice_gives_the_same_bytes),
    cmocka_unit_test(forms_differ_in_amounts_and_digits_alone),
    cmocka_unit_test(empty_parts_are_left_out),
    cmocka_unit_test(built_order_is_read_back_in_its_unit),
    cmocka_unit_test(paths_escape_and_leave_out),
    cmocka_unit_test(requests_have_method_and_path),
    cmocka_unit_test(list_names_status_and_times),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
