/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/tickets.h"

static void
put(StoreFixture *self, const char *id, gint64 start_at, gint64 end_at)
{
  ShopcaisseShift shift = { .id = (char *)id,
                            .status = (char *)"OPENED",
                            .phase = SHOPCAISSE_SHIFT_OPEN,
                            .start_at = start_at,
                            .end_at = end_at,
                            .sequence = 3 };

  assert_true(shopcaisse_shifts_put(self->database, "store", &shift, NULL));
}

/* The ids of the shifts that overlap [from, to). */
static void
assert_listed(StoreFixture *self, gint64 from, gint64 to, const char *expected)
{
  g_autoptr(GPtrArray) shifts = shopcaisse_shifts_list(self->database, "store", from, to, NULL);
  g_autoptr(GString) ids = g_string_new(NULL);

  for (guint i = 0; i < shifts->len; i++)
    g_string_append(ids, ((ShopcaisseShift *)shifts->pdata[i])->id);
  assert_string_equal(ids->str, expected);
}

static void
a_shift_comes_back_as_it_was_put(void **state)
{
  StoreFixture *self = *state;

  put(self, "a", 10, -1);

  g_autoptr(GPtrArray) shifts = shopcaisse_shifts_list(self->database, "store", 0, 0, NULL);
  const ShopcaisseShift *shift = shifts->pdata[0];

  assert_string_equal(shift->status, "OPENED");
  assert_int_equal(shift->phase, SHOPCAISSE_SHIFT_OPEN);
  assert_int_equal(shift->start_at, 10);
  assert_int_equal(shift->end_at, -1);
  assert_int_equal(shift->sequence, 3);
  assert_null(shift->pos_id);
}

static void
only_shifts_that_overlap_are_listed(void **state)
{
  StoreFixture *self = *state;

  put(self, "a", 0, 10);
  put(self, "b", 5, 11);
  put(self, "c", 12, 13);
  put(self, "d", 19, 30);
  put(self, "e", 20, 30);
  assert_listed(self, 10, 20, "bcd");
}

static void
a_shift_without_an_end_goes_on(void **state)
{
  StoreFixture *self = *state;

  put(self, "a", 0, -1);
  assert_listed(self, 100, 200, "a");
}

static void
a_shift_put_again_has_its_end(void **state)
{
  StoreFixture *self = *state;

  put(self, "a", 0, -1);
  put(self, "a", 0, 50);
  assert_listed(self, 100, 200, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_shift_comes_back_as_it_was_put),
    store_test(only_shifts_that_overlap_are_listed),
    store_test(a_shift_without_an_end_goes_on),
    store_test(a_shift_put_again_has_its_end),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
