/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which step of the set-up is done, due, needed. */
#include "ui/model/setup.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static const ShopcaissePageSetup all_done = {
  .has_token = TRUE,
  .has_store = TRUE,
  .n_stores = 1,
  .has_register = TRUE,
  .n_registers = 1,
  .has_till = TRUE,
  .sends_orders = TRUE,
  .n_linked = 3,
  .is_calibrated = TRUE,
};

static void
first_run_begins_with_the_token(void **state)
{
  const ShopcaissePageSetup setup = { .sends_orders = TRUE, .n_unconfirmed = 5 };
  assert_int_equal(shopcaisse_page_setup_find_due(&setup), SHOPCAISSE_PAGE_STEP_TOKEN);
}

static void
token_step_cannot_be_left_without_a_token(void **state)
{
  const ShopcaissePageSetup setup = { .sends_orders = TRUE };
  assert_false(shopcaisse_page_setup_can_leave(&setup, SHOPCAISSE_PAGE_STEP_TOKEN));
}

static void
store_that_is_bound_by_itself_is_not_asked_for(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.has_till = FALSE;
  assert_int_equal(shopcaisse_page_setup_find_due(&setup), SHOPCAISSE_PAGE_STEP_TILL);
}

static void
several_stores_are_picked_from(void **state)
{
  const ShopcaissePageSetup setup = { .has_token = TRUE, .n_stores = 60, .sends_orders = TRUE };
  assert_int_equal(shopcaisse_page_setup_find_due(&setup), SHOPCAISSE_PAGE_STEP_STORE);
}

static void
one_register_needs_no_choice(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.has_register = FALSE;
  assert_true(shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_REGISTER));
}

static void
two_registers_need_a_choice(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.has_register = FALSE;
  setup.n_registers = 2;
  assert_int_equal(shopcaisse_page_setup_find_due(&setup), SHOPCAISSE_PAGE_STEP_REGISTER);
  assert_false(shopcaisse_page_setup_is_enough(&setup));
}

static void
unconfirmed_checklist_is_never_ticked(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.n_unconfirmed = 1;
  assert_false(shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_CHECKLIST));
}

static void
unconfirmed_checklist_leaves_the_set_up_open(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.n_unconfirmed = 1;
  assert_false(shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_DONE));
}

static void
unconfirmed_checklist_can_be_left(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.n_unconfirmed = 1;
  assert_true(shopcaisse_page_setup_can_leave(&setup, SHOPCAISSE_PAGE_STEP_CHECKLIST));
}

static void
without_orders_there_is_no_test_order(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.sends_orders = FALSE;
  setup.is_calibrated = FALSE;
  assert_int_equal(shopcaisse_page_setup_find_next(&setup, SHOPCAISSE_PAGE_STEP_ARTICLES),
                   SHOPCAISSE_PAGE_STEP_DONE);
  assert_true(shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_DONE));
}

static void
store_without_a_known_unit_of_money_is_not_done(void **state)
{
  ShopcaissePageSetup setup = all_done;
  setup.is_calibrated = FALSE;
  assert_int_equal(shopcaisse_page_setup_find_due(&setup), SHOPCAISSE_PAGE_STEP_CALIBRATION);
  assert_false(shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_DONE));
}

static void
all_answered_is_done(void **state)
{
  assert_int_equal(shopcaisse_page_setup_find_due(&all_done), SHOPCAISSE_PAGE_STEP_DONE);
}

static void
first_step_has_none_before_it_and_the_last_none_after(void **state)
{
  assert_int_equal(shopcaisse_page_setup_find_former(&all_done, SHOPCAISSE_PAGE_STEP_TOKEN),
                   SHOPCAISSE_PAGE_STEP_TOKEN);
  assert_int_equal(shopcaisse_page_setup_find_next(&all_done, SHOPCAISSE_PAGE_STEP_DONE),
                   SHOPCAISSE_PAGE_STEP_DONE);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(first_run_begins_with_the_token),
    cmocka_unit_test(token_step_cannot_be_left_without_a_token),
    cmocka_unit_test(store_that_is_bound_by_itself_is_not_asked_for),
    cmocka_unit_test(several_stores_are_picked_from),
    cmocka_unit_test(one_register_needs_no_choice),
    cmocka_unit_test(two_registers_need_a_choice),
    cmocka_unit_test(unconfirmed_checklist_is_never_ticked),
    cmocka_unit_test(unconfirmed_checklist_leaves_the_set_up_open),
    cmocka_unit_test(unconfirmed_checklist_can_be_left),
    cmocka_unit_test(without_orders_there_is_no_test_order),
    cmocka_unit_test(store_without_a_known_unit_of_money_is_not_done),
    cmocka_unit_test(all_answered_is_done),
    cmocka_unit_test(first_step_has_none_before_it_and_the_last_none_after),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
