/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where an order goes: which fields of a sale land where in it. */
#include "engine-words.h"
#include "store/outbox.h"
#include "store/sales.h"

#include <string.h>

#define ADDRESSES                                                                                  \
  "'customer': <{'name': <'Ana Exemple'>,"                                                         \
  " 'billing_address': <{'street': <'rue de la Facture'>, 'number': <'1'>,"                        \
  "  'postal_code': <'59000'>, 'city': <'Lille'>, 'country': <'FR'>}>,"                            \
  " 'delivery_address': <{'street': <'rue du Colis'>, 'number': <'2'>,"                            \
  "  'postal_code': <'4000'>, 'city': <'Liège'>, 'country': <'BE'>, 'extra': <'3e'>}>}>"

/* (transfer full): the text of the order of a sale with these keys. */
static char *
send_sale(Bench *bench, const char *more)
{
  FakeExchange *order = NULL;
  char *body = NULL;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", more);
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = engine_words_dup_body(order);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  return body;
}

static void
assert_contains(const char *body, const char *part)
{
  if (strstr(body, part) == NULL)
    fail_msg("%s is not in %s", part, body);
}

/* Customer; street, number, postal code, city and country of both addresses; quantity; price. */
static void
thirteen_fields_land_where_they_are_expected(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  bench_set(bench, "send-customer", "true");
  body = send_sale(bench, "{" ADDRESSES "}");
  assert_contains(body,
                  "\"customer\":{\"name\":\"Ana Exemple\",\"note\":\"Invoice address: 1 rue de "
                  "la Facture, 59000 Lille, FR\"}");
  assert_contains(body,
                  "\"deliveryAddress\":{\"street\":\"rue du Colis 2\",\"postalCode\":\"4000\","
                  "\"city\":\"Liège\",\"country\":\"BE\",\"extraAddressInfo\":\"3e\"}");
  assert_contains(body, "\"price\":12.50,\"quantity\":1,");
}

static void
no_address_leaves_without_leave(void **state)
{
  g_autofree char *body = send_sale(*state, "{" ADDRESSES "}");

  assert_null(strstr(body, "Address"));
  assert_null(strstr(body, "Colis"));
  assert_null(strstr(body, "Facture"));
}

static void
delivery_without_an_address_of_its_own_goes_to_the_invoice_address(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  bench_set(bench, "send-customer", "true");
  body = send_sale(bench, "{'order_type': <'DELIVERY'>, 'customer': <{'name': <'Ana'>,"
                          " 'billing_address': <{'street': <'1 rue A'>, 'city': <'Lille'>}>}>}");
  assert_contains(body, "\"deliveryAddress\":{\"street\":\"1 rue A\",\"city\":\"Lille\"}");
}

static void
order_that_is_collected_has_no_delivery_address(void **state)
{
  Bench *bench = *state;
  g_autofree char *body = NULL;

  bench_set(bench, "send-customer", "true");
  body = send_sale(bench, "{'order_type': <'PICKUP'>, 'customer': <{'name': <'Ana'>,"
                          " 'billing_address': <{'street': <'1 rue A'>}>}>}");
  assert_null(strstr(body, "deliveryAddress"));
}

static void
table_stands_before_the_note(void **state)
{
  g_autofree char *body =
      send_sale(*state, "{'order_type': <'EAT_IN'>, 'table': <'4'>, 'guests': <uint32 3>,"
                        " 'note': <'chaud'>}");

  assert_contains(body, "\"note\":\"Table 4 - chaud\"");
  assert_contains(body,
                  "\"numberOfCustomers\":3,\"tableOrder\":\"true\",\"tableOrderType\":\"ATTABLE\"");
}

static void
order_without_a_table_says_nothing_of_tables(void **state)
{
  g_autofree char *body = send_sale(*state, "{'order_type': <'EAT_IN'>}");

  assert_null(strstr(body, "table"));
  assert_null(strstr(body, "numberOfCustomers"));
}

/* The order's text goes with the customer, once it has arrived. */
static void
address_is_forgotten_once_the_order_has_arrived(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = NULL;
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  g_autoptr(ShopcaisseJob) job = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *key = NULL;

  bench_set(bench, "send-customer", "true");
  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{" ADDRESSES "}");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_close(bench);
  database = bench_open_store(bench);
  record = shopcaisse_sales_get(database, "sale-1", NULL);
  key = g_strconcat("order:", record->order_id, NULL);
  job = shopcaisse_outbox_find(database, key, NULL);
  shopcaisse_database_close(database);
  kept = g_variant_print(record->payload, FALSE);
  assert_null(strstr(kept, "Colis"));
  assert_null(strstr(kept, "Facture"));
  assert_null(job->body);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(thirteen_fields_land_where_they_are_expected),
    bench_test(no_address_leaves_without_leave),
    bench_test(delivery_without_an_address_of_its_own_goes_to_the_invoice_address),
    bench_test(order_that_is_collected_has_no_delivery_address),
    bench_test(table_stands_before_the_note),
    bench_test(order_without_a_table_says_nothing_of_tables),
    bench_test(address_is_forgotten_once_the_order_has_arrived),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
