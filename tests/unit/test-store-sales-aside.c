/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/sales-aside.h"
#include "store/sales-read.h"
#include "store/tickets.h"

static void
insert(StoreFixture *self, const char *id, const char *state, gint64 sold_at)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  store_fixture_set_text(&record->sale_id, id);
  g_free(record->order_id);
  record->order_id = g_strconcat("order ", id, NULL);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'id': <%s>}", id));
  store_fixture_set_text(&record->discriminator, "till at noon");
  store_fixture_set_text(&record->state, state);
  store_fixture_set_text(&record->reason, g_str_equal(state, "held") ? "unpaid" : "");
  record->sold_at = sold_at;
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
}

static void
put_ticket(StoreFixture *self, const char *id, const char *sale_id)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new();
  ShopcaisseTicket ticket = { .id = (char *)id,
                              .number = (char *)"1",
                              .type = (char *)"SALE",
                              .status = (char *)"paid",
                              .phase = SHOPCAISSE_TICKET_COUNTS,
                              .lines = nothing,
                              .payments = nothing };

  assert_true(shopcaisse_tickets_put(self->database, "store", &ticket, sale_id, NULL));
  assert_true(shopcaisse_tickets_mark_recorded(self->database, id, "paid", NULL));
}

static void
sale_that_is_set_aside_keeps_its_order(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) found = NULL;

  insert(self, "a", "sent", 1);
  assert_true(shopcaisse_sales_set_aside(self->database, "a", "a (then)", NULL));
  assert_null(shopcaisse_sales_get(self->database, "a", NULL));
  found = shopcaisse_sales_get(self->database, "a (then)", NULL);
  assert_string_equal(found->order_id, "order a");
}

static void
jobs_and_tickets_follow_a_sale_that_is_set_aside(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("order", "order:a");
  g_autoptr(ShopcaisseJob) found = NULL;
  g_autoptr(ShopcaisseTicketRecord) ticket = NULL;

  insert(self, "a", "sent", 1);
  store_fixture_set_text(&job->subject, "a");
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  put_ticket(self, "t", "a");
  assert_true(shopcaisse_sales_set_aside(self->database, "a", "a (then)", NULL));
  found = shopcaisse_outbox_find(self->database, "order:a", NULL);
  ticket = shopcaisse_tickets_get(self->database, "t", NULL);
  assert_string_equal(found->subject, "a (then)");
  assert_string_equal(ticket->sale_id, "a (then)");
}

static void
host_hears_no_more_of_a_sale_that_is_set_aside(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GPtrArray) untold = NULL;

  insert(self, "a", "sent", 1);
  assert_true(shopcaisse_sales_set_aside(self->database, "a", "a (then)", NULL));
  untold = shopcaisse_sales_list_untold(self->database, 10, NULL);
  assert_int_equal(untold->len, 0);
}

static char *
find_same(StoreFixture *self, const char *discriminator)
{
  char *held_for = NULL;

  assert_true(shopcaisse_sales_find_same(self->database, "a", discriminator, &held_for, NULL));
  return held_for;
}

static void
sale_of_another_time_is_not_the_same(void **state)
{
  g_autofree char *same = NULL;
  g_autofree char *other = NULL;

  insert(*state, "a", "sent", 1);
  same = find_same(*state, "till at noon");
  other = find_same(*state, "till at one");
  assert_string_equal(same, "");
  assert_null(other);
}

static void
sale_that_is_found_says_why_it_is_held(void **state)
{
  g_autofree char *held_for = NULL;

  insert(*state, "a", "held", 1);
  held_for = find_same(*state, "till at noon");
  assert_string_equal(held_for, "unpaid");
}

static void
newest_sale_is_one_that_the_host_wants_and_knows(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *sale_id = NULL;

  insert(self, "a", "sent", 1);
  insert(self, "b", "waiting", 2);
  insert(self, "c", "cancelled", 3);
  insert(self, "d", "sent", 4);
  assert_true(shopcaisse_sales_set_aside(self->database, "d", "d (then)", NULL));
  assert_true(shopcaisse_sales_find_newest(self->database, 0, &sale_id, NULL));
  assert_string_equal(sale_id, "b");
}

static void
no_sale_is_newer_than_all(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *sale_id = NULL;

  insert(self, "a", "sent", 1);
  assert_true(shopcaisse_sales_find_newest(self->database, 2, &sale_id, NULL));
  assert_null(sale_id);
}

static void
tickets_are_forgotten_in_slices(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GPtrArray) unrecorded = NULL;
  g_autofree char *id = NULL;

  put_ticket(self, "t-1", "");
  put_ticket(self, "t-2", "");
  put_ticket(self, "t-3", "");
  assert_true(shopcaisse_tickets_forget_recorded(self->database, 2, &id, NULL));
  assert_string_equal(id, "t-2");
  assert_true(shopcaisse_tickets_forget_recorded(self->database, 2, &id, NULL));
  assert_string_equal(id, "t-3");
  assert_true(shopcaisse_tickets_forget_recorded(self->database, 2, &id, NULL));
  assert_null(id);
  unrecorded = shopcaisse_tickets_list_unrecorded(self->database, 0, 10, NULL);
  assert_int_equal(unrecorded->len, 3);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(sale_that_is_set_aside_keeps_its_order),
    store_test(jobs_and_tickets_follow_a_sale_that_is_set_aside),
    store_test(host_hears_no_more_of_a_sale_that_is_set_aside),
    store_test(sale_of_another_time_is_not_the_same),
    store_test(sale_that_is_found_says_why_it_is_held),
    store_test(newest_sale_is_one_that_the_host_wants_and_knows),
    store_test(no_sale_is_newer_than_all),
    store_test(tickets_are_forgotten_in_slices),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
