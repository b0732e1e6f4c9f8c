/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sell and cancel: sums, defaults, and what is in the books whatever the channel says. */

#include "host-program.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

static int
set_up_shop(void **state)
{
  HostProgram *program = NULL;

  (void)host_program_set_up(state);
  program = *state;
  host_program_call(program,
                    "article add --id A1 --name Pain --price 1.15 --vat 5.5 --reference R");
  assert_int_equal(program->status, 0);
  host_program_call(program, "article add --id A2 --name Vrac --price 3.33 --barcode 376000100");
  assert_int_equal(program->status, 0);
  return 0;
}

static json_t *
call(HostProgram *program, const char *line)
{
  host_program_call(program, line);
  if (program->status != 0)
    fail_msg("%s: %s", line, program->err);
  return host_program_parse(program);
}

static json_t *
read_sale(HostProgram *program, const char *id)
{
  g_autofree char *line = g_strdup_printf("sales %s --json", id);
  g_autoptr(json_t) answer = call(program, line);

  return json_incref(json_array_get(json_object_get(answer, "rows"), 0));
}

static void
line_totals_are_rounded_half_up(void **state)
{
  HostProgram *program = *state;
  /* 3 x 1.15 = 3.45; 0.5 x 2.25 = 1.125, up */
  g_autoptr(json_t) answer = call(program, "sell --line A1=3 --line A2=0.5@2.25 --json");

  assert_string_equal(host_program_text(answer, "total"), "4.58");
  assert_string_equal(host_program_text(answer, "state"), "waiting");
  assert_string_equal(host_program_text(answer, "order_id"), "O-S000001");
}

static void
fees_and_discount_are_in_the_total(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = call(program, "sell --line A2=1 --tip 1 --delivery-cost 2.50 "
                                           "--discount 0.30 --rounding -0.03 --json");

  assert_string_equal(host_program_text(answer, "total"), "6.50");
}

static void
article_is_found_by_reference_and_barcode(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) answer = call(program, "sell --line R=1 --line 376000100=1 --json");

  assert_string_equal(host_program_text(answer, "total"), "4.48");
}

static void
unknown_article_sells_nothing(void **state)
{
  HostProgram *program = *state;

  host_program_call(program, "sell --line A9=1");
  assert_int_equal(program->status, 8);
  assert_string_equal(program->err, "comptoir-host: sell: there is no article A9\n");
  host_program_call(program, "sales");
  assert_string_equal(program->out, "");
}

static void
numbers_go_up(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) first = call(program, "sell --line A1=1 --json");
  g_autoptr(json_t) second = call(program, "sell --line A1=1 --json");

  assert_string_equal(host_program_text(first, "number"), "1");
  assert_string_equal(host_program_text(second, "number"), "2");
}

static void
known_id_is_the_same_sale(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) first = call(program, "sell --id X --line A1=1 --json");
  g_autoptr(json_t) second = call(program, "sell --id X --line A1=9 --json");
  g_autoptr(json_t) sales = call(program, "sales --json");

  assert_string_equal(host_program_text(second, "total"), host_program_text(first, "total"));
  assert_int_equal(json_array_size(json_object_get(sales, "rows")), 1);
}

static void
sale_the_channel_refuses_is_in_the_books(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) sale = NULL;

  host_program_call(program, "sell --number 1042 --till wrong --line A1=1");
  assert_int_equal(program->status, 8);
  assert_string_equal(program->err, "comptoir-host: sale 1042: payments are 1.00, total is 2.00\n");
  sale = read_sale(program, "1042");
  assert_string_equal(host_program_text(sale, "state"), "paid");
}

static void
sale_kept_from_the_channel_is_found_by_catching_up(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) sold = call(program, "--channel absent sell --no-submit --line A1=1 --json");
  g_autoptr(json_t) caught = call(program, "run-task catch-up --json");

  assert_string_equal(host_program_text(sold, "state"), "paid");
  assert_int_equal(json_integer_value(json_object_get(caught, "count")), 1);
}

static void
same_seed_makes_the_same_sales(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) first = call(program, "sell --random 5 --seed 7 --json");
  g_autoptr(json_t) second = call(program, "sell --random 5 --seed 7 --json");
  json_t *first_rows = json_object_get(first, "rows");
  json_t *second_rows = json_object_get(second, "rows");

  assert_int_equal(json_array_size(first_rows), 5);
  for (gsize i = 0; i < 5; i++)
    assert_string_equal(host_program_text(json_array_get(first_rows, i), "total"),
                        host_program_text(json_array_get(second_rows, i), "total"));
}

static void
cancelled_sale_is_no_longer_listed(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) sold = call(program, "sell --id X --line A1=1 --json");
  g_autoptr(json_t) cancelled = call(program, "cancel X --json");
  g_autoptr(json_t) caught = call(program, "run-task catch-up --json");
  g_autoptr(json_t) sale = read_sale(program, "X");

  assert_string_equal(host_program_text(cancelled, "state"), "cancelled");
  assert_string_equal(host_program_text(sale, "status"), "cancelled");
  assert_int_equal(json_integer_value(json_object_get(caught, "count")), 0);
}

static void
cancellation_that_is_refused_leaves_the_sale_paid(void **state)
{
  HostProgram *program = *state;
  g_autoptr(json_t) sold = call(program, "sell --id X-final --line A1=1 --json");
  g_autoptr(json_t) sale = NULL;

  host_program_call(program, "cancel X-final");
  assert_int_equal(program->status, 7);
  assert_string_equal(program->err, "comptoir-host: sale X-final: the till has it\n");
  sale = read_sale(program, "X-final");
  assert_string_equal(host_program_text(sale, "status"), "paid");
}

#define HOST_TEST(function)                                                                        \
  cmocka_unit_test_setup_teardown(function, set_up_shop, host_program_tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    HOST_TEST(line_totals_are_rounded_half_up),
    HOST_TEST(fees_and_discount_are_in_the_total),
    HOST_TEST(article_is_found_by_reference_and_barcode),
    HOST_TEST(unknown_article_sells_nothing),
    HOST_TEST(numbers_go_up),
    HOST_TEST(known_id_is_the_same_sale),
    HOST_TEST(sale_the_channel_refuses_is_in_the_books),
    HOST_TEST(sale_kept_from_the_channel_is_found_by_catching_up),
    HOST_TEST(same_seed_makes_the_same_sales),
    HOST_TEST(cancelled_sale_is_no_longer_listed),
    HOST_TEST(cancellation_that_is_refused_leaves_the_sale_paid),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
