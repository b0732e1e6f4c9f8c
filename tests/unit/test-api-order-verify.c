/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checking an order without sending it. */
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

static void
check_is_posted_with_register_and_list(void **state)
{
  g_autofree char *plain = shopcaisse_order_verify_path("s/1", NULL, NULL);
  g_autofree char *whole = shopcaisse_order_verify_path("s", "p", "l");

  assert_string_equal(plain, "/v1/stores/s%2F1/orders-with-payments/orders/verify");
  assert_string_equal(whole, "/v1/stores/s/orders-with-payments/orders/verify?pos=p&priceList=l");
}

static void
order_that_comes_back_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("order-minor.json");
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;
  ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;

  assert_true(shopcaisse_order_verify_parse(body, &verification, &echo, NULL));
  assert_int_equal(verification, SHOPCAISSE_VERIFICATION_ECHO);
  assert_true(echo->has_amounts);
}

static void
order_that_was_not_stored_needs_no_id(void **state)
{
  static const char *const texts[] = { "{'orderId':'o','items':[]}",
                                       "{'id':null,'orderId':'o','items':[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(ShopcaisseOrderEcho) echo = NULL;
    ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;

    assert_true(shopcaisse_order_verify_parse(body, &verification, &echo, NULL));
    assert_int_equal(verification, SHOPCAISSE_VERIFICATION_ECHO);
    assert_string_equal(echo->order_id, "o");
  }
}

static void
answer_of_another_form_proves_nothing(void **state)
{
  static const char *const texts[] = { "", "{}", "[]", "{'valid':true}", "{'valid':false}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(ShopcaisseOrderEcho) echo = NULL;
    ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_ECHO;

    assert_true(shopcaisse_order_verify_parse(body, &verification, &echo, NULL));
    assert_int_equal(verification, SHOPCAISSE_VERIFICATION_SILENT);
    assert_null(echo);
  }
}

static void
answer_that_is_no_json_or_no_readable_order_is_an_error(void **state)
{
  static const char *const texts[] = { "<html>", "{'orderId':'o','status':7}",
                                       "{'id':5,'items':[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(ShopcaisseOrderEcho) echo = NULL;
    g_autoptr(GError) error = NULL;
    ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;

    assert_false(shopcaisse_order_verify_parse(body, &verification, &echo, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
    assert_null(echo);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(check_is_posted_with_register_and_list),
    cmocka_unit_test(order_that_comes_back_is_read),
    cmocka_unit_test(order_that_was_not_stored_needs_no_id),
    cmocka_unit_test(answer_of_another_form_proves_nothing),
    cmocka_unit_test(answer_that_is_no_json_or_no_readable_order_is_an_error),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
