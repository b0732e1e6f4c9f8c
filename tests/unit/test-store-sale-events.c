/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became of a sale is written with each change of it. */
#include "store-fixture.h"
#include "store/sale-events.h"
#include "store/sales-read.h"

static void
insert(StoreFixture *self, const char *id)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  store_fixture_set_text(&record->sale_id, id);
  store_fixture_set_text(&record->order_id, id);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'id': <%s>}", id));
  record->changed_at = 10;
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
}

static void
move(StoreFixture *self, const char *state, const char *reason, gint64 now)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(self->database, "a", NULL);

  shopcaisse_sale_record_set_state(record, state, reason, NULL);
  assert_true(shopcaisse_sales_update(self->database, record, now, NULL));
}

/* One try that failed. */
static void
fail_try(StoreFixture *self, const char *reason, gint64 now)
{
  move(self, "sending", NULL, now - 1);
  move(self, "waiting", reason, now);
}

/* "kind word reason first-last times", a line each. */
static char *
read_events(StoreFixture *self, const char *sale_id)
{
  g_autoptr(GPtrArray) events = shopcaisse_sale_events_list(self->database, sale_id, 0, 100, NULL);
  GString *text = g_string_new(NULL);

  assert_non_null(events);
  for (guint i = 0; i < events->len; i++) {
    const ShopcaisseSaleEvent *event = events->pdata[i];

    g_string_append_printf(text, "%s %s %s %d-%d %u\n", event->kind, event->word, event->reason,
                           (int)event->first_at, (int)event->last_at, event->times);
  }
  return g_string_free(text, FALSE);
}

static void
assert_events(StoreFixture *self, const char *expected)
{
  g_autofree char *text = read_events(self, "a");

  assert_string_equal(text, expected);
}

static void
a_sale_that_is_taken_over_is_the_first(void **state)
{
  insert(*state, "a");
  assert_events(*state, "state waiting  10-10 1\n");
}

static void
a_change_is_written_with_its_moment(void **state)
{
  insert(*state, "a");
  move(*state, "held", "link", 20);
  move(*state, "waiting", NULL, 30);
  assert_events(*state,
                "state waiting  10-10 1\nstate held link 20-20 1\nstate waiting  30-30 1\n");
}

static void
tries_that_fail_alike_are_counted(void **state)
{
  insert(*state, "a");
  fail_try(*state, "offline", 20);
  fail_try(*state, "offline", 30);
  fail_try(*state, "offline", 40);
  assert_events(*state, "state waiting  10-10 1\nstate waiting offline 20-40 3\n");
}

static void
a_try_that_fails_otherwise_is_another(void **state)
{
  insert(*state, "a");
  fail_try(*state, "offline", 20);
  fail_try(*state, "unknown", 30);
  fail_try(*state, "offline", 40);
  assert_events(*state, "state waiting  10-10 1\nstate waiting offline 20-20 1\n"
                        "state waiting unknown 30-30 1\nstate waiting offline 40-40 1\n");
}

static void
kitchen_and_books_are_written_too(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = NULL;

  insert(self, "a");
  record = shopcaisse_sales_get(self->database, "a", NULL);
  store_fixture_set_text(&record->kitchen, "accepted");
  assert_true(shopcaisse_sales_update(self->database, record, 20, NULL));
  store_fixture_set_text(&record->fiscal, "finalised");
  assert_true(shopcaisse_sales_update(self->database, record, 30, NULL));
  assert_events(self, "state waiting  10-10 1\nkitchen accepted  20-20 1\n"
                      "fiscal finalised  30-30 1\n");
}

static void
what_changes_nothing_is_not_written(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a");
  move(self, "waiting", NULL, 20);
  assert_true(shopcaisse_sales_mark_told(self->database, "a", 1, NULL));
  assert_events(self, "state waiting  10-10 1\n");
}

static void
a_clock_that_was_set_back_changes_no_order(void **state)
{
  insert(*state, "a");
  move(*state, "held", "link", 5);
  assert_events(*state, "state waiting  10-10 1\nstate held link 5-5 1\n");
}

static void
sales_do_not_mix(void **state)
{
  g_autofree char *other = NULL;

  insert(*state, "a");
  insert(*state, "b");
  fail_try(*state, "offline", 20);
  other = read_events(*state, "b");
  assert_string_equal(other, "state waiting  10-10 1\n");
}

static void
a_window_begins_where_it_is_asked_to(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GPtrArray) events = NULL;
  guint n_events = 0;

  insert(self, "a");
  move(self, "held", "link", 20);
  move(self, "waiting", NULL, 30);
  events = shopcaisse_sale_events_list(self->database, "a", 1, 1, NULL);
  assert_int_equal(events->len, 1);
  assert_string_equal(((ShopcaisseSaleEvent *)events->pdata[0])->word, "held");
  assert_true(shopcaisse_sale_events_count(self->database, "a", &n_events, NULL));
  assert_int_equal(n_events, 3);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_sale_that_is_taken_over_is_the_first),
    store_test(a_change_is_written_with_its_moment),
    store_test(tries_that_fail_alike_are_counted),
    store_test(a_try_that_fails_otherwise_is_another),
    store_test(kitchen_and_books_are_written_too),
    store_test(what_changes_nothing_is_not_written),
    store_test(a_clock_that_was_set_back_changes_no_order),
    store_test(sales_do_not_mix),
    store_test(a_window_begins_where_it_is_asked_to),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
