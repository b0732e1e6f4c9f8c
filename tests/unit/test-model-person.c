/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who is meant, and who is not. */
#include "model/person.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static ShopcaissePerson *
ask(const char *text)
{
  GVariant *row = g_variant_parse(G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;
  ShopcaissePerson *person = shopcaisse_person_parse(row, &error);

  g_variant_unref(row);
  if (person == NULL)
    assert_int_equal(error->code, COMPTOIR_ERROR_INVALID);
  return person;
}

static void
somebody_is_named_by_id_address_or_telephone(void **state)
{
  static const char *const enough[] = { "{'id': <'7'>}", "{'external_id': <'c-1'>}",
                                        "{'email': <'a@b'>}", "{'phone': <'0612345678'>}" };
  static const char *const too_little[] = {
    "{}",           "{'name': <'Ana Roux'>}", "{'email': <'Ana'>}", "{'phone': <'12'>}",
    "{'id': <''>}", "{'external_id': <''>}",  "{'id': <7>}"
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(enough); i++) {
    g_autoptr(ShopcaissePerson) person = ask(enough[i]);

    assert_non_null(person);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(too_little); i++) {
    g_autoptr(ShopcaissePerson) person = ask(too_little[i]);

    assert_null(person);
  }
}

static void
address_and_telephone_are_compared_as_in_the_file(void **state)
{
  const ShopcaisseCustomer customer = { .email = (char *)"ANA@example.org ",
                                        .phone = (char *)"+33 6 12 34 56 78" };
  const ShopcaisseCustomer sister = { .email = (char *)"eva@example.org",
                                      .phone = (char *)"0612345678" };
  g_autoptr(ShopcaissePerson) by_email = ask("{'email': <'ana@example.org'>}");
  g_autoptr(ShopcaissePerson) by_phone = ask("{'phone': <'0612345678'>}");
  g_autoptr(ShopcaissePerson) by_both =
      ask("{'email': <'ana@example.org'>, 'phone': <'0612345678'>}");

  (void)state;
  assert_true(shopcaisse_person_is(by_email, &customer, NULL));
  assert_true(shopcaisse_person_is(by_phone, &customer, NULL));
  assert_true(shopcaisse_person_is(by_phone, &sister, NULL));
  assert_false(shopcaisse_person_is(by_both, &sister, NULL));
}

static void
addresses_with_a_plus_are_others(void **state)
{
  const ShopcaisseCustomer customer = { .email = (char *)"ana+shop@example.org" };
  g_autoptr(ShopcaissePerson) person = ask("{'email': <'ana@example.org'>}");

  (void)state;
  assert_false(shopcaisse_person_is(person, &customer, NULL));
}

static void
both_ids_are_known(void **state)
{
  const ShopcaisseCustomer customer = { .id = (char *)"c-1" };
  const ShopcaisseCustomer nobody = { NULL };
  g_autoptr(ShopcaissePerson) by_service = ask("{'external_id': <'c-1'>}");
  g_autoptr(ShopcaissePerson) by_host = ask("{'id': <'7'>}");

  (void)state;
  assert_true(shopcaisse_person_is(by_service, &customer, NULL));
  assert_true(shopcaisse_person_is(by_host, &nobody, "7"));
  assert_false(shopcaisse_person_is(by_host, &customer, NULL));
  assert_false(shopcaisse_person_is(by_service, &nobody, "c-1"));
}

static void
what_is_learnt_is_found_but_no_short_name(void **state)
{
  const ShopcaisseCustomer customer = { .name = (char *)"Ana", .email = (char *)"a.r@example.org" };
  g_autoptr(ShopcaissePerson) person = ask("{'phone': <'0612345678'>}");
  g_autofree char *masked = NULL;

  (void)state;
  shopcaisse_person_learn(person, &customer);
  masked = shopcaisse_mask_apply(shopcaisse_person_get_mask(person), "Ana: a.r@example.org");
  assert_string_equal(masked, "Ana: \342\200\246");
  assert_true(shopcaisse_mask_is_in(shopcaisse_person_get_traces(person), "ana", 3));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(somebody_is_named_by_id_address_or_telephone),
    cmocka_unit_test(address_and_telephone_are_compared_as_in_the_file),
    cmocka_unit_test(addresses_with_a_plus_are_others),
    cmocka_unit_test(both_ids_are_known),
    cmocka_unit_test(what_is_learnt_is_found_but_no_short_name),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
