/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How an echo is read: every form in which a service may answer against every reading. */
#include "engine/unit.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define TOTAL_MINOR 1250

#define EUROS(amount) ((ShopcaisseWireAmount)((amount)*1000000.0))

typedef struct {
  const char *what;
  int digits; /* -1: the answer does not say */
  ShopcaisseWireAmount paid;
  ShopcaisseWireAmount goods; /* one line */
  ShopcaisseWireAmount fees;
  ShopcaisseEchoVerdict decimal; /* when the store reads decimal euros */
  ShopcaisseEchoVerdict minor;   /* when it reads minor units */
} EchoCase;

#define EXACT SHOPCAISSE_ECHO_EXACT
#define WRONG SHOPCAISSE_ECHO_WRONG_UNIT
#define OTHER SHOPCAISSE_ECHO_OTHER_TOTAL

static const EchoCase echo_cases[] = {
  { "decimal euros", -1, EUROS(12.5), EUROS(12.5), 0, EXACT, WRONG },
  { "decimal euros that say 2 digits", 2, EUROS(12.5), EUROS(12.5), 0, EXACT, WRONG },
  { "cents that say 2 digits", 2, EUROS(1250), EUROS(1250), 0, WRONG, EXACT },
  { "cents that say nothing", -1, EUROS(1250), EUROS(1250), 0, WRONG, WRONG },
  { "cents of cents", 2, EUROS(125000), EUROS(125000), 0, WRONG, WRONG },
  { "a hundred times too little", -1, EUROS(0.125), EUROS(0.125), 0, WRONG, WRONG },
  { "thousandths that say 3 digits", 3, EUROS(12500), EUROS(12500), 0, OTHER, EXACT },
  { "a cent more", -1, EUROS(12.51), EUROS(12.51), 0, OTHER, OTHER },
  { "euros that lost their cents", -1, EUROS(12), EUROS(12), 0, WRONG, WRONG },
  { "euros rounded up, in cents", 2, EUROS(1300), EUROS(1300), 0, WRONG, WRONG },
  { "euros that lost their cents", -1, EUROS(12), EUROS(12), 0, WRONG, WRONG },
  { "cents that were rounded to euros", 2, EUROS(1300), EUROS(1300), 0, WRONG, WRONG },
  { "another total", 2, EUROS(999), EUROS(999), 0, OTHER, OTHER },
  { "nothing", 2, 0, 0, 0, OTHER, OTHER },
  { "goods and a fee", -1, EUROS(12.5), EUROS(12), EUROS(0.5), EXACT, WRONG },
  { "goods and a fee in cents", 2, EUROS(1250), EUROS(1200), EUROS(50), WRONG, EXACT },
  /* What was paid is ours and the goods are not: taken back like a wrong unit. */
  { "goods that are not what was paid", -1, EUROS(12.5), EUROS(11), 0, WRONG, WRONG },
  { "goods in cents that are not what was paid", 2, EUROS(1250), EUROS(11), 0, WRONG, WRONG },
};

static ShopcaisseOrderEcho *
make_echo(const EchoCase *what)
{
  ShopcaisseOrderEcho *echo = g_new0(ShopcaisseOrderEcho, 1);
  ShopcaisseOrderEchoLine *line = g_new0(ShopcaisseOrderEchoLine, 1);

  line->price = what->goods;
  line->quantity_milli = 1000;
  line->children = g_ptr_array_new();
  echo->has_amounts = TRUE;
  echo->decimal_digits = what->digits;
  echo->payments_total = what->paid;
  echo->fees_total = what->fees;
  echo->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_echo_line_free);
  g_ptr_array_add(echo->lines, line);
  return echo;
}

static void
each_echo_is_read_as_the_table_says(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(echo_cases); i++) {
    g_autoptr(ShopcaisseOrderEcho) echo = make_echo(&echo_cases[i]);
    ShopcaisseEchoVerdict decimal =
        shopcaisse_unit_check(echo, SHOPCAISSE_READING_DECIMAL, TOTAL_MINOR);
    ShopcaisseEchoVerdict minor =
        shopcaisse_unit_check(echo, SHOPCAISSE_READING_MINOR, TOTAL_MINOR);

    if (decimal != echo_cases[i].decimal || minor != echo_cases[i].minor)
      fail_msg("%s: %d and %d", echo_cases[i].what, decimal, minor);
  }
}

static void
unknown_reading_is_never_exact(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(echo_cases); i++) {
    g_autoptr(ShopcaisseOrderEcho) echo = make_echo(&echo_cases[i]);

    assert_int_not_equal(shopcaisse_unit_check(echo, SHOPCAISSE_READING_UNKNOWN, TOTAL_MINOR),
                         SHOPCAISSE_ECHO_EXACT);
  }
}

static void
echo_without_amounts_says_nothing(void **state)
{
  g_autoptr(ShopcaisseOrderEcho) echo = make_echo(&echo_cases[0]);

  (void)state;
  echo->has_amounts = FALSE;
  assert_int_equal(shopcaisse_unit_check(echo, SHOPCAISSE_READING_DECIMAL, TOTAL_MINOR),
                   SHOPCAISSE_ECHO_NO_AMOUNTS);
  assert_int_equal(shopcaisse_unit_find_reading(echo, TOTAL_MINOR), SHOPCAISSE_READING_UNKNOWN);
}

static void
reading_is_found_where_the_echo_is_exact(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(echo_cases); i++) {
    g_autoptr(ShopcaisseOrderEcho) echo = make_echo(&echo_cases[i]);
    ShopcaisseReading expected = echo_cases[i].decimal == EXACT ? SHOPCAISSE_READING_DECIMAL
                                 : echo_cases[i].minor == EXACT ? SHOPCAISSE_READING_MINOR
                                                                : SHOPCAISSE_READING_UNKNOWN;

    assert_int_equal(shopcaisse_unit_find_reading(echo, TOTAL_MINOR), expected);
  }
}

/* An option below a line that is there three times, and half a kilogram. */
static void
lines_count_quantity_and_what_is_below(void **state)
{
  EchoCase what = { "a family", -1, EUROS(20.25), EUROS(3), 0, EXACT, WRONG };
  g_autoptr(ShopcaisseOrderEcho) echo = make_echo(&what);
  g_autoptr(ShopcaisseOrderEcho) option = make_echo(&what);
  g_autoptr(ShopcaisseOrderEcho) weight = make_echo(&what);
  ShopcaisseOrderEchoLine *parent = echo->lines->pdata[0];
  ShopcaisseOrderEchoLine *child = g_ptr_array_steal_index(option->lines, 0);
  ShopcaisseOrderEchoLine *cherries = g_ptr_array_steal_index(weight->lines, 0);

  (void)state;
  parent->quantity_milli = 3000;
  child->price = EUROS(0.25);
  cherries->price = EUROS(21);
  cherries->quantity_milli = 500;
  g_ptr_array_add(parent->children, child);
  g_ptr_array_add(echo->lines, cherries);
  assert_int_equal(shopcaisse_unit_check(echo, SHOPCAISSE_READING_DECIMAL, 2025), EXACT);
  g_ptr_array_set_free_func(parent->children, (GDestroyNotify)shopcaisse_order_echo_line_free);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_echo_is_read_as_the_table_says),
    cmocka_unit_test(unknown_reading_is_never_exact),
    cmocka_unit_test(echo_without_amounts_says_nothing),
    cmocka_unit_test(reading_is_found_where_the_echo_is_exact),
    cmocka_unit_test(lines_count_quantity_and_what_is_below),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
