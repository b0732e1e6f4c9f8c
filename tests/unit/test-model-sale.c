/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales: what is read, and each reason for which one is refused. */
#include "model-sale.h"
#include "model/vat.h"

#include <locale.h>
#include <string.h>

static void
smallest_sale_gets_its_defaults(void **state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(NULL, 0, &error);

  assert_null(error);
  assert_string_equal(sale->id, "1042");
  assert_string_equal(sale->number, "1042");
  assert_string_equal(sale->till, "");
  assert_string_equal(sale->currency, "EUR");
  assert_true(sale->pickup_at == sale->sold_at);
  assert_int_equal(sale->order_type, SHOPCAISSE_ORDER_TYPE_UNKNOWN);
  assert_int_equal(sale->total_minor, 2420);
  assert_int_equal(sale->discount_minor, 0);
  assert_null(sale->note);
  assert_null(sale->customer.name);
}

static void
line_and_payment_are_read(void **state)
{
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(NULL, 0, NULL);
  const ShopcaisseSaleLine *line = g_ptr_array_index(sale->lines, 0);
  const ShopcaissePayment *payment = g_ptr_array_index(sale->payments, 0);

  assert_string_equal(line->article_id, "a1");
  assert_string_equal(line->name, "Tarte citron");
  assert_int_equal(line->quantity_milli, 2000);
  assert_int_equal(line->unit_minor, 1210);
  assert_int_equal(line->total_minor, 2420);
  assert_int_equal(line->vat_bp, 550);
  assert_int_equal(line->children->len, 0);
  assert_string_equal(payment->method, "card");
  assert_int_equal(payment->amount_minor, 2420);
}

static void
rows_of_the_contract_are_read(void **state)
{
  GVariant *line = comptoir_sale_line_new("a1", "Tarte", "1", "3.90", NULL);
  GVariant *payment = comptoir_payment_new("cash", "3.90");
  g_autoptr(GVariant) row = g_variant_ref_sink(
      comptoir_sale_new("7", "2026-03-01T11:02:00Z", "3.90", comptoir_rows_new(&line, 1),
                        comptoir_rows_new(&payment, 1)));
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(row, &error);

  assert_null(error);
  assert_int_equal(sale->total_minor, 390);
  assert_int_equal(((ShopcaisseSaleLine *)g_ptr_array_index(sale->lines, 0))->vat_bp,
                   SHOPCAISSE_VAT_UNKNOWN);
}

static void
every_optional_key_is_read(void **state)
{
  const SaleChange changes[] = {
    { "number", "'W-7'" },
    { "till", "'Caisse 2'" },
    { "order_type", "'DELIVERY'" },
    { "pickup_at", "'2026-03-01T13:00:00+01:00'" },
    { "currency", "'EUR'" },
    { "total", "'28.19'" },
    { "discount", "'1.00'" },
    { "service_charge", "'0.50'" },
    { "delivery_cost", "'3'" },
    { "bag_fee", "'0.10'" },
    { "tip", "'1.40'" },
    { "rounding", "'-0.01'" },
    { "note", "'sans sel'" },
    { "customer", "{'name': <'Ana'>, 'company': <'SA'>, 'phone': <'06'>, 'email': <''>}" },
    { "payments", "[{'method': <'cash'>, 'amount': <'28.19'>}]" },
    { "colour", "<'unknown keys are ignored'>" },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), &error);

  assert_null(error);
  assert_string_equal(sale->number, "W-7");
  assert_string_equal(sale->till, "Caisse 2");
  assert_int_equal(sale->order_type, SHOPCAISSE_ORDER_TYPE_DELIVERY);
  assert_true(sale->pickup_at == G_GINT64_CONSTANT(1772366400000000));
  assert_int_equal(sale->discount_minor, 100);
  assert_int_equal(sale->service_charge_minor, 50);
  assert_int_equal(sale->delivery_cost_minor, 300);
  assert_int_equal(sale->bag_fee_minor, 10);
  assert_int_equal(sale->tip_minor, 140);
  assert_int_equal(sale->rounding_minor, -1);
  assert_string_equal(sale->note, "sans sel");
  assert_string_equal(sale->customer.name, "Ana");
  assert_null(sale->customer.email);
}

static void
children_count_once_for_each_parent(void **state)
{
  const SaleChange changes[] = {
    { "lines", "[{'article_id': <'a1'>, 'quantity': <'2'>, 'unit_price': <'3.90'>, 'children': "
               "<[{'article_id': <'a2'>, 'quantity': <'3'>, 'unit_price': <'0.25'>}]>}]" },
    { "total", "'9.30'" },
    { "payments", "[{'method': <'card'>, 'amount': <'9.30'>}]" },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), &error);

  assert_null(error);
  assert_int_equal(sale->total_minor, 2 * (390 + 3 * 25));
}

static void
sums_that_differ_are_refused_with_both_numbers(void **state)
{
  model_sale_assert_refused(
      &(SaleChange){ "lines",
                     "[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'24.10'>}]" },
      1, "sale 1042: lines, fees and tip add up to 24.10, the total says 24.20");
  model_sale_assert_refused(
      &(SaleChange){ "payments", "[{'method': <'card'>, 'amount': <'24.00'>}]" }, 1,
      "sale 1042: payments add up to 24.00, the total says 24.20");
  model_sale_assert_refused(
      &(SaleChange){ "discount", "'0.20'" }, 1,
      "sale 1042: lines, fees, tip and discount add up to 24.00, the total says 24.20");
  model_sale_assert_refused(
      &(SaleChange){ "rounding", "'0.02'" }, 1,
      "sale 1042: lines, fees, tip and rounding add up to 24.22, the total says 24.20");
}

static void
line_total_must_be_the_product(void **state)
{
  model_sale_assert_refused(
      &(SaleChange){ "lines", "[{'article_id': <'a'>, 'quantity': <'3'>, 'unit_price': <'1.66'>, "
                              "'total': <'4.99'>}]" },
      1, "sale 1042: line 1: total 4.99 is not quantity 3 x unit_price 1.66 = 4.98");
}

static void
rounded_line_total_is_accepted(void **state)
{
  const SaleChange changes[] = {
    { "lines", "[{'article_id': <'a'>, 'quantity': <'0.350'>, 'unit_price': <'12.99'>, 'total': "
               "<'4.55'>}]" },
    { "total", "'4.55'" },
    { "payments", "[{'method': <'cash'>, 'amount': <'4.55'>}]" },
  };
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), NULL);

  assert_non_null(sale);
}

static void
free_sale_needs_no_payment(void **state)
{
  const SaleChange changes[] = {
    { "lines", "[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'0'>}]" },
    { "total", "'0.00'" },
    { "payments", "@aa{sv} []" },
  };
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), NULL);

  assert_non_null(sale);
  assert_int_equal(sale->payments->len, 0);
}

static void
single_values_are_refused_by_name(void **state)
{
  static const struct {
    SaleChange change;
    const char *message;
  } cases[] = {
    { { "total", "'24,20'" }, "sale 1042: total \"24,20\" is not a decimal amount" },
    { { "total", "24.20" }, "sale 1042: total: type s is wanted, found d" },
    { { "total", NULL }, "sale 1042: total is missing" },
    { { "total", "'-24.20'" }, "sale 1042: total -24.20 is negative: a refund is not a sale" },
    { { "discount", "'-1'" }, "sale 1042: discount -1.00 is negative: a refund is not a sale" },
    { { "tip", "uint32 1" }, "sale 1042: tip: type s is wanted, found u" },
    { { "rounding", "'0.03'" }, "sale 1042: rounding 0.03 is not between -0.02 and 0.02" },
    { { "sold_at", NULL }, "sale 1042: sold_at is missing" },
    { { "sold_at", "'hier'" },
      "sale 1042: sold_at \"hier\" is not a time such as 2026-03-01T11:02:00Z" },
    { { "currency", "'USD'" }, "sale 1042: currency \"USD\" is not supported, only EUR is" },
    { { "order_type", "''" },
      "sale 1042: order_type \"\" is not an id: 1 to 255 bytes without control characters are "
      "wanted" },
    { { "table", "'12'" },
      "sale 1042: table \"12\": order_type is UNKNOWN, only EAT_IN has a table" },
    { { "guests", "'two'" }, "sale 1042: guests: type u is wanted, found s" },
    { { "guests", "uint32 1001" }, "sale 1042: guests 1001 is more than 1000" },
    { { "customer", "{'delivery_address': <'12 rue X'>}" },
      "sale 1042: customer: delivery_address: type a{sv} is wanted, found s" },
    { { "customer", "{'billing_address': <{'city': <4000>}>}" },
      "sale 1042: customer: billing_address: city: type s is wanted, found i" },
    { { "id", NULL }, "sale: id is missing" },
    { { "id", "1042" }, "sale: id: type s is wanted, found i" },
    { { "id", "''" },
      "sale: id \"\" is not an id: 1 to 255 bytes without control characters are wanted" },
    { { "id", "'a\\nb'" },
      "sale: id \"a?b\" is not an id: 1 to 255 bytes without control characters are wanted" },
    { { "lines", NULL }, "sale 1042: lines is missing" },
    { { "lines", "@aa{sv} []" }, "sale 1042: lines is empty: a sale has at least one" },
    { { "lines", "['a']" }, "sale 1042: lines: type aa{sv} is wanted, found as" },
    { { "payments", NULL }, "sale 1042: payments is missing" },
    { { "payments", "[{'method': <'card'>}]" }, "sale 1042: payment 1: amount is missing" },
    { { "payments", "[{'method': <''>, 'amount': <'1'>}]" },
      "sale 1042: payment 1: method is empty" },
    { { "payments", "[{'method': <'card'>, 'amount': <'-24.20'>}]" },
      "sale 1042: payment 1: amount -24.20 is negative: a refund is not a sale" },
    { { "customer", "'Ana'" }, "sale 1042: customer: type a{sv} is wanted, found s" },
    { { "customer", "{'phone': <6>}" }, "sale 1042: customer: phone: type s is wanted, found i" },
    { { "note", "true" }, "sale 1042: note: type s is wanted, found b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    model_sale_assert_refused(&cases[i].change, 1, cases[i].message);
}

static void
values_of_lines_are_refused_by_line_and_name(void **state)
{
  static const struct {
    const char *line;
    const char *message;
  } cases[] = {
    { "{'quantity': <'1'>, 'unit_price': <'1'>}", "article_id is missing" },
    { "{'article_id': <'a'>, 'unit_price': <'1'>}", "quantity is missing" },
    { "{'article_id': <'a'>, 'quantity': <'1'>}", "unit_price is missing" },
    { "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'12,5'>}",
      "unit_price \"12,5\" is not a decimal amount" },
    { "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <12.5>}",
      "unit_price: type s is wanted, found d" },
    { "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'-1'>}",
      "unit_price -1.00 is negative: a refund is not a sale" },
    { "{'article_id': <'a'>, 'quantity': <'0'>, 'unit_price': <'1'>}",
      "quantity 0 is not between 0.001 and 1000000" },
    { "{'article_id': <'a'>, 'quantity': <'-1'>, 'unit_price': <'1'>}",
      "quantity -1 is not between 0.001 and 1000000: a refund is not a sale" },
    { "{'article_id': <'a'>, 'quantity': <'1000000.001'>, 'unit_price': <'1'>}",
      "quantity 1000000.001 is not between 0.001 and 1000000" },
    { "{'article_id': <'a'>, 'quantity': <'1000000'>, 'unit_price': <'1000000'>}",
      "price and quantity are too large together" },
    { "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'1'>, 'vat_rate': <'120'>}",
      "vat_rate \"120\" is not a rate in percent between 0 and 100" },
    { "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'1'>, 'children': "
      "<[{'article_id': <'b'>, 'quantity': <'x'>, 'unit_price': <'1'>}]>}",
      "child 1: quantity \"x\" is not a decimal quantity" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *lines = g_strdup_printf("[%s, %s, %s]",
                                             "{'article_id': <'o'>, 'quantity': <'1'>, "
                                             "'unit_price': <'1'>}",
                                             "{'article_id': <'o'>, 'quantity': <'1'>, "
                                             "'unit_price': <'1'>}",
                                             cases[i].line);
    g_autofree char *message = g_strdup_printf("sale 1042: line 3: %s", cases[i].message);

    model_sale_assert_refused(&(SaleChange){ "lines", lines }, 1, message);
  }
}

static void
sum_beyond_the_range_is_refused(void **state)
{
  const SaleChange changes[] = {
    { "lines", "[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'999999999.99'>}, "
               "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'999999999.99'>}]" },
  };

  model_sale_assert_refused(changes, 1, "sale 1042: the amounts are too large together");
}

static GVariant *
make_lines(guint n)
{
  GVariantBuilder builder;

  g_variant_builder_init(&builder, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add_value(&builder, comptoir_sale_line_new("a", NULL, "1", "0", NULL));
  return g_variant_ref_sink(g_variant_builder_end(&builder));
}

static void
number_of_lines_is_limited(void **state)
{
  g_autoptr(GVariant) most = make_lines(1000);
  g_autoptr(GVariant) more = make_lines(1001);
  g_autofree char *most_text = g_variant_print(most, TRUE);
  g_autofree char *more_text = g_variant_print(more, TRUE);
  const SaleChange accepted[] = { { "lines", most_text },
                                  { "total", "'0'" },
                                  { "payments", "@aa{sv} []" } };
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(accepted, G_N_ELEMENTS(accepted), NULL);

  assert_non_null(sale);
  model_sale_assert_refused(&(SaleChange){ "lines", more_text }, 1,
                            "sale 1042: more than 1000 lines");
}

static void
depth_of_children_is_limited(void **state)
{
  g_autofree char *lines = g_strdup("[{'article_id': <'a'>, 'quantity': <'1'>, "
                                    "'unit_price': <'0'>}]");

  for (guint i = 0; i < 4; i++) {
    char *deeper = g_strdup_printf("[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'0'>,"
                                   " 'children': <%s>}]",
                                   lines);

    g_free(lines);
    lines = deeper;
  }
  const SaleChange accepted[] = { { "lines", lines },
                                  { "total", "'0'" },
                                  { "payments", "@aa{sv} []" } };
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(accepted, G_N_ELEMENTS(accepted), NULL);
  g_autofree char *deepest = g_strdup_printf(
      "[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'0'>, 'children': <%s>}]", lines);

  assert_non_null(sale);
  model_sale_assert_refused(&(SaleChange){ "lines", deepest }, 1,
                            "sale 1042: line 1: child 1: child 1: child 1: child 1: "
                            "children go deeper than 4 levels");
}

static void
texts_and_payments_are_limited(void **state)
{
  g_autofree char *long_text = g_strnfill(1025, 'x');
  g_autofree char *note = g_strdup_printf("'%s'", long_text);
  g_autoptr(GString) payments = g_string_new("[");

  for (guint i = 0; i < 33; i++)
    g_string_append(payments, i == 0 ? "{'method': <'card'>, 'amount': <'0'>}"
                                     : ", {'method': <'card'>, 'amount': <'0'>}");
  g_string_append_c(payments, ']');
  model_sale_assert_refused(&(SaleChange){ "note", note }, 1,
                            "sale 1042: note is longer than 1024 bytes");
  model_sale_assert_refused(&(SaleChange){ "payments", payments->str }, 1,
                            "sale 1042: more than 32 payments");
}

static void
ids_are_limited(void **state)
{
  g_autofree char *longest = g_strnfill(255, 'x');
  g_autofree char *accepted = g_strdup_printf("'%s'", longest);
  g_autofree char *refused = g_strdup_printf("'%sx'", longest);
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(&(SaleChange){ "id", accepted }, 1, NULL);
  g_autoptr(ShopcaisseSale) none = model_sale_parse(&(SaleChange){ "id", refused }, 1, NULL);

  assert_non_null(sale);
  assert_null(none);
}

static void
row_of_another_type_is_refused(void **state)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(g_variant_new_string("1042"));
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_sale_parse(row, &error));
  assert_string_equal(error->message, "sale: type a{sv} is wanted, found s");
}

static void
order_types_come_back_from_text(void **state)
{
  for (int i = SHOPCAISSE_ORDER_TYPE_UNKNOWN; i <= SHOPCAISSE_ORDER_TYPE_DELIVERY; i++) {
    ShopcaisseOrderType type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;

    assert_true(
        shopcaisse_order_type_parse(shopcaisse_order_type_to_text((ShopcaisseOrderType)i), &type));
    assert_int_equal(type, i);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(smallest_sale_gets_its_defaults),
    cmocka_unit_test(line_and_payment_are_read),
    cmocka_unit_test(rows_of_the_contract_are_read),
    cmocka_unit_test(every_optional_key_is_read),
    cmocka_unit_test(children_count_once_for_each_parent),
    cmocka_unit_test(sums_that_differ_are_refused_with_both_numbers),
    cmocka_unit_test(line_total_must_be_the_product),
    cmocka_unit_test(rounded_line_total_is_accepted),
    cmocka_unit_test(free_sale_needs_no_payment),
    cmocka_unit_test(single_values_are_refused_by_name),
    cmocka_unit_test(values_of_lines_are_refused_by_line_and_name),
    cmocka_unit_test(sum_beyond_the_range_is_refused),
    cmocka_unit_test(number_of_lines_is_limited),
    cmocka_unit_test(depth_of_children_is_limited),
    cmocka_unit_test(texts_and_payments_are_limited),
    cmocka_unit_test(ids_are_limited),
    cmocka_unit_test(row_of_another_type_is_refused),
    cmocka_unit_test(order_types_come_back_from_text),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
