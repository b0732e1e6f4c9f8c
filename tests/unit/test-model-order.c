/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Kitchen words, totals of drafts, and the two readings of a number. */
#include "model/order.h"

#include <locale.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SEED      20260601
#define N_AMOUNTS 1000000
#define MILLION   G_GINT64_CONSTANT(1000000)

static ShopcaisseOrderLine *
make_line(gint64 unit_minor, gint64 quantity_milli)
{
  ShopcaisseOrderLine *line = g_new0(ShopcaisseOrderLine, 1);

  line->unit_minor = unit_minor;
  line->quantity_milli = quantity_milli;
  line->children = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  return line;
}

static ShopcaisseOrderDraft *
make_draft(void)
{
  ShopcaisseOrderDraft *draft = g_new0(ShopcaisseOrderDraft, 1);

  draft->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  return draft;
}

static void
kitchen_words_have_phases(void **state)
{
  static const struct {
    const char *word;
    ShopcaisseKitchenPhase phase;
  } cases[] = {
    { "not_acked", SHOPCAISSE_KITCHEN_NOT_ACKED },
    { "auto_accepted_waiting", SHOPCAISSE_KITCHEN_IN_PROGRESS },
    { "accepted", SHOPCAISSE_KITCHEN_IN_PROGRESS },
    { "preparing", SHOPCAISSE_KITCHEN_IN_PROGRESS },
    { "prepared", SHOPCAISSE_KITCHEN_IN_PROGRESS },
    { "ready_for_pickup", SHOPCAISSE_KITCHEN_IN_PROGRESS },
    { "done", SHOPCAISSE_KITCHEN_DONE },
    { "cancelled", SHOPCAISSE_KITCHEN_CANCELLED },
    { "cancelled_by_channel", SHOPCAISSE_KITCHEN_CANCELLED },
    { "cancelled_by_pos", SHOPCAISSE_KITCHEN_CANCELLED },
    { "merged", SHOPCAISSE_KITCHEN_UNKNOWN },
    { "requires_attention", SHOPCAISSE_KITCHEN_UNKNOWN },
    { "something_new", SHOPCAISSE_KITCHEN_UNKNOWN },
    { NULL, SHOPCAISSE_KITCHEN_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(shopcaisse_kitchen_phase_parse(cases[i].word), cases[i].phase);
}

static void
total_counts_children_once_for_each_parent(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();
  ShopcaisseOrderLine *line = make_line(390, 2000);

  g_ptr_array_add(line->children, make_line(25, 1000));
  g_ptr_array_add(draft->lines, line);
  g_ptr_array_add(draft->lines, make_line(1299, 350));
  draft->delivery_cost_minor = 300;
  draft->service_charge_minor = 20;
  draft->bag_fee_minor = 10;
  draft->tip_minor = 100;

  assert_int_equal(shopcaisse_order_draft_get_total(draft), 2 * (390 + 25) + 455 + 430);
}

static void
total_that_is_too_large_is_no_total(void **state)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft();

  g_ptr_array_add(draft->lines, make_line(SHOPCAISSE_MONEY_MAX_MINOR, 1000));
  g_ptr_array_add(draft->lines, make_line(1, 1000));
  assert_int_equal(shopcaisse_order_draft_get_total(draft), -1);
}

static void
decimal_reading_wants_whole_cents(void **state)
{
  gint64 minor = 5;

  assert_true(shopcaisse_wire_amount_read(12500000, -1, SHOPCAISSE_READING_DECIMAL, &minor));
  assert_int_equal(minor, 1250);
  assert_true(shopcaisse_wire_amount_read(12500000, 2, SHOPCAISSE_READING_DECIMAL, &minor));
  assert_int_equal(minor, 1250);
  assert_true(shopcaisse_wire_amount_read(-10000, 2, SHOPCAISSE_READING_DECIMAL, &minor));
  assert_int_equal(minor, -1);
  assert_false(shopcaisse_wire_amount_read(12500001, 2, SHOPCAISSE_READING_DECIMAL, &minor));
  assert_false(shopcaisse_wire_amount_read(12505000, 2, SHOPCAISSE_READING_DECIMAL, &minor));
  assert_int_equal(minor, -1);
}

static void
minor_reading_divides_by_the_digits(void **state)
{
  static const struct {
    ShopcaisseWireAmount amount;
    int digits;
    gint64 minor; /* -1: not whole cents */
  } cases[] = {
    { 1250 * MILLION, 2, 1250 }, { 12500 * MILLION, 3, 1250 },
    { 125 * MILLION, 1, 1250 },  { 12 * MILLION, 0, 1200 },
    { 12505 * MILLION, 3, -1 },  { 1250 * MILLION, -1, -1 },
    { 1250 * MILLION, 10, -1 },  { 1250500000, 2, -1 },
    { 12500000, 0, 1250 },       { 0, 9, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 minor = -1;
    gboolean is_read = shopcaisse_wire_amount_read(cases[i].amount, cases[i].digits,
                                                   SHOPCAISSE_READING_MINOR, &minor);

    assert_int_equal(is_read, cases[i].minor != -1);
    assert_int_equal(minor, cases[i].minor);
  }
}

static void
unknown_reading_reads_nothing(void **state)
{
  gint64 minor = 5;

  assert_false(shopcaisse_wire_amount_read(0, 2, SHOPCAISSE_READING_UNKNOWN, &minor));
  assert_int_equal(minor, 5);
}

static void
amounts_beyond_the_range_are_refused(void **state)
{
  gint64 minor = 5;

  assert_false(shopcaisse_wire_amount_read(G_MAXINT64 / 10000 * 10000, 0,
                                           SHOPCAISSE_READING_DECIMAL, &minor));
  assert_false(
      shopcaisse_wire_amount_read(G_MININT64 / 10000 * 10000, 0, SHOPCAISSE_READING_MINOR, &minor));
  assert_int_equal(minor, 5);
}

/* An amount with cents is never understood the same in both readings. */
static void
million_amounts_with_cents_tell_the_readings_apart(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);

  for (guint i = 0; i < N_AMOUNTS; i++) {
    gint64 cents = g_rand_int_range(random, 1, G_MAXINT32);
    gint64 decimal = -1;
    gint64 minor = -1;

    assert_true(
        shopcaisse_wire_amount_read(cents * 10000, 2, SHOPCAISSE_READING_DECIMAL, &decimal));
    assert_true(decimal == cents);
    if (shopcaisse_wire_amount_read(cents * 10000, 2, SHOPCAISSE_READING_MINOR, &minor))
      assert_true(minor != cents && cents % 100 == 0);
    assert_true(shopcaisse_wire_amount_read(cents * MILLION, 2, SHOPCAISSE_READING_MINOR, &minor));
    assert_true(minor == cents);
  }
}

static void
forms_and_readings_come_back_from_text(void **state)
{
  for (int i = SHOPCAISSE_FORM_UNKNOWN; i <= SHOPCAISSE_FORM_MINOR; i++)
    assert_int_equal(shopcaisse_form_parse(shopcaisse_form_to_text((ShopcaisseForm)i)), i);
  for (int i = SHOPCAISSE_READING_UNKNOWN; i <= SHOPCAISSE_READING_MINOR; i++)
    assert_int_equal(shopcaisse_reading_parse(shopcaisse_reading_to_text((ShopcaisseReading)i)), i);
  assert_int_equal(shopcaisse_form_parse("cents"), SHOPCAISSE_FORM_UNKNOWN);
  assert_int_equal(shopcaisse_form_parse(NULL), SHOPCAISSE_FORM_UNKNOWN);
  assert_int_equal(shopcaisse_reading_parse(NULL), SHOPCAISSE_READING_UNKNOWN);
}

static void
nothing_can_be_freed(void **state)
{
  shopcaisse_order_draft_free(NULL);
  shopcaisse_order_line_free(NULL);
  shopcaisse_order_echo_free(NULL);
  shopcaisse_order_echo_line_free(NULL);
  shopcaisse_order_draft_free(g_new0(ShopcaisseOrderDraft, 1));
  shopcaisse_order_echo_free(g_new0(ShopcaisseOrderEcho, 1));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(kitchen_words_have_phases),
    cmocka_unit_test(total_counts_children_once_for_each_parent),
    cmocka_unit_test(total_that_is_too_large_is_no_total),
    cmocka_unit_test(decimal_reading_wants_whole_cents),
    cmocka_unit_test(minor_reading_divides_by_the_digits),
    cmocka_unit_test(unknown_reading_reads_nothing),
    cmocka_unit_test(amounts_beyond_the_range_are_refused),
    cmocka_unit_test(million_amounts_with_cents_tell_the_readings_apart),
    cmocka_unit_test(forms_and_readings_come_back_from_text),
    cmocka_unit_test(nothing_can_be_freed),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
