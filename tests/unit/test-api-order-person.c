/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An order for somebody, and the same order for nobody. */
#include "api/order-person.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define BEFORE                                                                                     \
  "{\"orderId\":\"Ana\",\"total\":12.50,\"items\":[{\"remark\":\"pour Ana\",\"n\":1e2}],"
#define WHO                                                                                        \
  "\"customer\":{\"name\":\"Ana\",\"phoneNumber\":\"0612345678\",\"note\":\"x\"},"                 \
  "\"deliveryAddress\":{\"street\":\"3 rue Haute\",\"city\":\"Lille\"}"
#define AFTER ",\"note\":\"Ana \\u00e9\\\"\"}"

static GBytes *
make_body(const char *text)
{
  return g_bytes_new_static(text, strlen(text));
}

static char *
strip(const char *text)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();
  g_autoptr(GBytes) body = make_body(text);
  g_autoptr(GBytes) stripped = NULL;

  shopcaisse_mask_add(mask, "Ana");
  stripped = shopcaisse_order_without_customer(body, mask, NULL);
  return stripped != NULL ? g_strndup(g_bytes_get_data(stripped, NULL), g_bytes_get_size(stripped))
                          : NULL;
}

static void
customer_is_read(void **state)
{
  ShopcaisseCustomer customer = { NULL };
  g_autoptr(GBytes) body = make_body(BEFORE WHO AFTER);

  (void)state;
  assert_true(shopcaisse_order_read_customer(body, &customer, NULL));
  assert_string_equal(customer.name, "Ana");
  assert_string_equal(customer.phone, "0612345678");
  assert_string_equal(customer.delivery.street, "3 rue Haute");
  shopcaisse_customer_clear(&customer);
}

static void
order_for_nobody_has_no_customer(void **state)
{
  ShopcaisseCustomer customer = { NULL };
  g_autoptr(GBytes) body = make_body("{\"customer\":null}");

  (void)state;
  assert_true(shopcaisse_order_read_customer(body, &customer, NULL));
  assert_true(shopcaisse_customer_is_empty(&customer));
}

/* Amounts and ids stay byte for byte, also an id that looks like the name. */
static void
customer_goes_and_notes_are_masked(void **state)
{
  g_autofree char *text = strip(BEFORE WHO AFTER);

  (void)state;
  assert_string_equal(text, "{\"orderId\":\"Ana\",\"total\":12.50,\"items\":[{\"remark\":"
                            "\"pour \342\200\246\",\"n\":1e2}],"
                            "\"note\":\"\342\200\246 \303\251\\\"\"}");
}

static void
what_is_no_order_is_an_error(void **state)
{
  g_autofree char *text = strip("[1]");

  (void)state;
  assert_null(text);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(customer_is_read),
    cmocka_unit_test(order_for_nobody_has_no_customer),
    cmocka_unit_test(customer_goes_and_notes_are_masked),
    cmocka_unit_test(what_is_no_order_is_an_error),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
