/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Phases of tickets and shifts. */
#include "model/ticket.h"

#include <locale.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
ticket_words_have_phases(void **state)
{
  assert_int_equal(shopcaisse_ticket_phase_parse("paid"), SHOPCAISSE_TICKET_COUNTS);
  assert_int_equal(shopcaisse_ticket_phase_parse("completed"), SHOPCAISSE_TICKET_COUNTS);
  assert_int_equal(shopcaisse_ticket_phase_parse("pending"), SHOPCAISSE_TICKET_PENDING);
  assert_int_equal(shopcaisse_ticket_phase_parse("cancelled"), SHOPCAISSE_TICKET_CANCELLED);
  assert_int_equal(shopcaisse_ticket_phase_parse("canceller"), SHOPCAISSE_TICKET_CANCELLED);
}

static void
other_ticket_words_do_not_count(void **state)
{
  assert_int_equal(shopcaisse_ticket_phase_parse("PAID"), SHOPCAISSE_TICKET_UNKNOWN);
  assert_int_equal(shopcaisse_ticket_phase_parse("refunded"), SHOPCAISSE_TICKET_UNKNOWN);
  assert_int_equal(shopcaisse_ticket_phase_parse(NULL), SHOPCAISSE_TICKET_UNKNOWN);
}

static void
shift_words_have_phases(void **state)
{
  assert_int_equal(shopcaisse_shift_phase_parse("OPENED"), SHOPCAISSE_SHIFT_OPEN);
  assert_int_equal(shopcaisse_shift_phase_parse("CLOSED_NOT_COMPLETED"), SHOPCAISSE_SHIFT_CLOSED);
  assert_int_equal(shopcaisse_shift_phase_parse("CLOSED_COMPLETED"), SHOPCAISSE_SHIFT_COMPLETED);
  assert_int_equal(shopcaisse_shift_phase_parse("COMPLETED"), SHOPCAISSE_SHIFT_COMPLETED);
  assert_int_equal(shopcaisse_shift_phase_parse("CLOSED"), SHOPCAISSE_SHIFT_UNKNOWN);
  assert_int_equal(shopcaisse_shift_phase_parse(NULL), SHOPCAISSE_SHIFT_UNKNOWN);
}

static void
nothing_can_be_freed(void **state)
{
  shopcaisse_ticket_free(NULL);
  shopcaisse_ticket_line_free(NULL);
  shopcaisse_ticket_payment_free(NULL);
  shopcaisse_shift_free(NULL);
  shopcaisse_ticket_free(g_new0(ShopcaisseTicket, 1));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(ticket_words_have_phases),
    cmocka_unit_test(other_ticket_words_do_not_count),
    cmocka_unit_test(shift_words_have_phases),
    cmocka_unit_test(nothing_can_be_freed),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
