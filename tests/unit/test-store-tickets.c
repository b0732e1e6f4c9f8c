/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/sales.h"
#include "store/tickets.h"

static ShopcaisseTicket *
build_ticket(const char *id, gint64 at)
{
  ShopcaisseTicket *ticket = g_new0(ShopcaisseTicket, 1);

  ticket->id = g_strdup(id);
  ticket->number = g_strdup("7");
  ticket->type = g_strdup("SALE");
  ticket->status = g_strdup("paid");
  ticket->phase = SHOPCAISSE_TICKET_COUNTS;
  ticket->at = at;
  ticket->total_minor = 100;
  ticket->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_line_free);
  ticket->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_payment_free);
  return ticket;
}

static void
put(StoreFixture *self, const ShopcaisseTicket *ticket, const char *sale_id)
{
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_tickets_put(self->database, "store", ticket, sale_id, &error));
  assert_no_error(error);
}

static guint
count_unrecorded(StoreFixture *self)
{
  g_autoptr(GPtrArray) records = shopcaisse_tickets_list_unrecorded(self->database, 0, 10, NULL);

  return records->len;
}

static void
a_ticket_comes_back_as_it_was_put(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);
  ShopcaisseTicketLine *line = g_new0(ShopcaisseTicketLine, 1);
  ShopcaisseTicketLine *bare = g_new0(ShopcaisseTicketLine, 1);
  ShopcaisseTicketPayment *payment = g_new0(ShopcaisseTicketPayment, 1);

  *line = (ShopcaisseTicketLine){ g_strdup("i"), g_strdup("l'\"\\caf\xc3\xa9"), 1500, 2, 3, 4, -1 };
  *bare = (ShopcaisseTicketLine){ .name = g_strdup("bare") };
  *payment = (ShopcaisseTicketPayment){ g_strdup("CARD"), -100 };
  g_ptr_array_add(ticket->lines, line);
  g_ptr_array_add(ticket->lines, bare);
  g_ptr_array_add(ticket->payments, payment);
  ticket->shift_id = g_strdup("shift");
  put(self, ticket, "sale");

  g_autoptr(GPtrArray) records = shopcaisse_tickets_list(self->database, "store", 0, 0, NULL);
  const ShopcaisseTicketRecord *record = records->pdata[0];
  const ShopcaisseTicketLine *found = record->ticket->lines->pdata[0];
  const ShopcaisseTicketLine *found_bare = record->ticket->lines->pdata[1];
  const ShopcaisseTicketPayment *found_payment = record->ticket->payments->pdata[0];

  assert_string_equal(record->store_id, "store");
  assert_string_equal(record->sale_id, "sale");
  assert_false(record->recorded);
  assert_string_equal(record->ticket->number, "7");
  assert_string_equal(record->ticket->status, "paid");
  assert_int_equal(record->ticket->phase, SHOPCAISSE_TICKET_COUNTS);
  assert_int_equal(record->ticket->at, 5);
  assert_string_equal(record->ticket->shift_id, "shift");
  assert_null(record->ticket->pos_id);
  assert_string_equal(found->item_id, "i");
  assert_string_equal(found->name, "l'\"\\caf\xc3\xa9");
  assert_int_equal(found->quantity_milli, 1500);
  assert_int_equal(found->vat_bp, -1);
  assert_null(found_bare->item_id);
  assert_string_equal(found_payment->kind, "CARD");
  assert_int_equal(found_payment->amount_minor, -100);
}

static void
a_ticket_without_lines_comes_back(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");

  g_autoptr(GPtrArray) records = shopcaisse_tickets_list(self->database, "store", 0, 0, NULL);
  const ShopcaisseTicketRecord *record = records->pdata[0];

  assert_int_equal(record->ticket->lines->len, 0);
  assert_int_equal(record->ticket->payments->len, 0);
}

static void
tickets_come_by_time(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) late = build_ticket("a", 30);
  g_autoptr(ShopcaisseTicket) early = build_ticket("b", 10);
  g_autoptr(ShopcaisseTicket) outside = build_ticket("c", 31);

  put(self, late, "");
  put(self, early, "");
  put(self, outside, "");

  g_autoptr(GPtrArray) records = shopcaisse_tickets_list(self->database, "store", 10, 31, NULL);

  assert_int_equal(records->len, 2);
  assert_string_equal(((ShopcaisseTicketRecord *)records->pdata[0])->ticket->id, "b");
}

static void
a_recorded_ticket_is_not_listed(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");
  assert_int_equal(count_unrecorded(self), 1);
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  assert_int_equal(count_unrecorded(self), 0);
}

static void
the_same_ticket_again_stays_recorded(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "sale");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  put(self, ticket, "sale");
  assert_int_equal(count_unrecorded(self), 0);
}

static void
a_changed_status_is_recorded_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  g_free(ticket->status);
  ticket->status = g_strdup("cancelled");
  put(self, ticket, "");
  assert_int_equal(count_unrecorded(self), 1);
}

static void
a_status_that_came_meanwhile_is_recorded_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");
  g_free(ticket->status);
  ticket->status = g_strdup("completed");
  put(self, ticket, "");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  assert_int_equal(count_unrecorded(self), 1);
}

static void
a_changed_total_is_recorded_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  ticket->total_minor++;
  put(self, ticket, "");
  assert_int_equal(count_unrecorded(self), 1);
}

static void
a_sale_that_becomes_known_is_recorded_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  put(self, ticket, "sale");
  assert_int_equal(count_unrecorded(self), 1);
}

static void
name_receipt(StoreFixture *self, const char *sale_id, const char *receipt_id)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  store_fixture_set_text(&record->sale_id, sale_id);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("@a{sv} {}"));
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
  record->receipt_id = g_strdup(receipt_id);
  assert_true(shopcaisse_sales_update(self->database, record, 5, NULL));
}

static void
a_ticket_whose_order_becomes_known_is_recorded_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);
  g_autoptr(ShopcaisseTicket) other = build_ticket("b", 5);

  put(self, ticket, "");
  put(self, other, "");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "b", "paid", NULL));
  name_receipt(self, "sale", "a");
  assert_int_equal(count_unrecorded(self), 1);
}

static void
a_known_sale_is_not_forgotten(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseTicket) ticket = build_ticket("a", 5);

  put(self, ticket, "sale");
  assert_true(shopcaisse_tickets_mark_recorded(self->database, "a", "paid", NULL));
  put(self, ticket, "");
  assert_int_equal(count_unrecorded(self), 0);
  ticket->total_minor++;
  put(self, ticket, "");

  g_autoptr(GPtrArray) records = shopcaisse_tickets_list_unrecorded(self->database, 0, 10, NULL);

  assert_string_equal(((ShopcaisseTicketRecord *)records->pdata[0])->sale_id, "sale");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_ticket_comes_back_as_it_was_put),
    store_test(a_ticket_without_lines_comes_back),
    store_test(tickets_come_by_time),
    store_test(a_recorded_ticket_is_not_listed),
    store_test(the_same_ticket_again_stays_recorded),
    store_test(a_changed_status_is_recorded_again),
    store_test(a_status_that_came_meanwhile_is_recorded_again),
    store_test(a_changed_total_is_recorded_again),
    store_test(a_sale_that_becomes_known_is_recorded_again),
    store_test(a_ticket_whose_order_becomes_known_is_recorded_again),
    store_test(a_known_sale_is_not_forgotten),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
