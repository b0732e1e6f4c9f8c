/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who of a store's file a buyer is. */
#include "model/client-match.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
address_is_the_same_in_any_case_and_with_blanks(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .email = (char *)" Ana@Example.org " };
  const ShopcaisseCustomer customer = { .email = (char *)"ana@example.ORG" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_SAME_EMAIL);
}

static void
address_with_a_plus_is_another(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .email = (char *)"ana@example.org" };
  const ShopcaisseCustomer customer = { .email = (char *)"ana+2@example.org" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_STRANGER);
}

static void
telephone_is_the_same_however_it_is_written(void **state)
{
  static const char *const forms[] = { "06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678",
                                       "+33 (0)6.12.34.56.78" };

  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    const ShopcaisseClient client = { .id = (char *)"c", .mobile = (char *)forms[i] };
    const ShopcaisseCustomer customer = { .phone = (char *)"0612345678" };

    assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_SAME_PHONE);
  }
}

static void
telephone_of_another_country_is_another(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .phone = (char *)"+32 475 12 34 56" };
  const ShopcaisseCustomer customer = { .phone = (char *)"+33 475 12 34 56" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_STRANGER);
}

static void
two_addresses_with_one_telephone_are_two(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c",
                                    .phone = (char *)"0475123456",
                                    .email = (char *)"luc@example.org" };
  const ShopcaisseCustomer customer = { .phone = (char *)"0475123456",
                                        .email = (char *)"ana@example.org" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_STRANGER);
}

static void
name_alone_finds_nobody(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .last_name = (char *)"Roux" };
  const ShopcaisseCustomer customer = { .name = (char *)"Roux" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_STRANGER);
  assert_false(shopcaisse_customer_can_be_found(&customer));
}

static void
empty_numbers_are_not_the_same(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .phone = (char *)"" };
  const ShopcaisseCustomer customer = { .phone = (char *)"" };

  assert_int_equal(shopcaisse_client_match(&client, &customer), SHOPCAISSE_CLIENT_STRANGER);
}

static void
company_goes_with_its_contact(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c",
                                    .first_name = (char *)"Ana",
                                    .last_name = (char *)"Roux",
                                    .company = (char *)"Roux SA" };
  ShopcaisseCustomer customer = { .phone = g_strdup("0475123456") };

  shopcaisse_customer_merge(&customer, &client);
  assert_string_equal(customer.name, "Ana Roux");
  assert_string_equal(customer.company, "Roux SA");
  assert_string_equal(customer.phone, "0475123456");
  shopcaisse_customer_clear(&customer);
}

static void
file_without_a_name_leaves_the_one_of_the_sale(void **state)
{
  const ShopcaisseClient client = { .id = (char *)"c", .email = (char *)"ana@example.org" };
  ShopcaisseCustomer customer = { .name = g_strdup("Ana") };

  shopcaisse_customer_merge(&customer, &client);
  assert_string_equal(customer.name, "Ana");
  assert_null(customer.company);
  shopcaisse_customer_clear(&customer);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(address_is_the_same_in_any_case_and_with_blanks),
    cmocka_unit_test(address_with_a_plus_is_another),
    cmocka_unit_test(telephone_is_the_same_however_it_is_written),
    cmocka_unit_test(telephone_of_another_country_is_another),
    cmocka_unit_test(two_addresses_with_one_telephone_are_two),
    cmocka_unit_test(name_alone_finds_nobody),
    cmocka_unit_test(empty_numbers_are_not_the_same),
    cmocka_unit_test(company_goes_with_its_contact),
    cmocka_unit_test(file_without_a_name_leaves_the_one_of_the_sale),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
