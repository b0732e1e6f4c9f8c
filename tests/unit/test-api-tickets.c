/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales as the till recorded them, and shifts. */
#include "answer.h"
#include "api/tickets.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
requests_send_status_and_milliseconds(void **state)
{
  g_autoptr(ShopcaisseRequest) sales =
      shopcaisse_tickets_request("s/1", 1772362920123456, 1772366520000000, 4);
  g_autoptr(ShopcaisseRequest) open_end = shopcaisse_tickets_request("s", 0, 0, 0);
  g_autoptr(ShopcaisseRequest) shifts = shopcaisse_shifts_request("s", 1772362920000000, 0, 1);

  assert_string_equal(sales->path, "/v1/stores/s%2F1/sales?page=4&pageSize=100&status=all"
                                   "&from=1772362920123&to=1772366520000");
  assert_string_equal(open_end->path, "/v1/stores/s/sales?page=0&pageSize=100&status=all&from=0");
  assert_string_equal(shifts->path, "/v1/stores/s/shifts?page=1&pageSize=100&from=1772362920000");
}

static void
ordinary_ticket_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("sales.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, &error);

  assert_null(error);

  const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 0);
  const ShopcaisseTicketLine *first = g_ptr_array_index(ticket->lines, 0);
  const ShopcaisseTicketLine *second = g_ptr_array_index(ticket->lines, 1);

  assert_string_equal(ticket->number, "2026-000017");
  assert_string_equal(ticket->type, "SALE");
  assert_int_equal(ticket->phase, SHOPCAISSE_TICKET_COUNTS);
  assert_true(ticket->at == G_GINT64_CONSTANT(1772362920000000));
  assert_string_equal(ticket->shift_id, "shift-1");
  assert_int_equal(ticket->total_minor, 1884);
  assert_string_equal(first->name, "Formule");
  assert_int_equal(first->total_minor, 1429);
  assert_int_equal(first->vat_minor, 130);
  assert_int_equal(first->vat_bp, 1000);
  assert_null(second->item_id);
  assert_string_equal(second->name, "Cerises");
  assert_int_equal(second->quantity_milli, 350);
  assert_int_equal(second->vat_minor, shopcaisse_vat_of_gross(455, 550));
}

static void
payments_are_named_by_what_there_is(void **state)
{
  g_autoptr(GBytes) body = answer_load("sales.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, NULL);
  const ShopcaisseTicket *sale = g_ptr_array_index(page->rows, 0);
  const ShopcaisseTicket *counter = g_ptr_array_index(page->rows, 1);

  assert_string_equal(((ShopcaisseTicketPayment *)g_ptr_array_index(sale->payments, 0))->kind,
                      "Esp\xc3\xa8"
                      "ces");
  assert_string_equal(((ShopcaisseTicketPayment *)g_ptr_array_index(sale->payments, 1))->kind,
                      "CARD");
  assert_string_equal(((ShopcaisseTicketPayment *)g_ptr_array_index(counter->payments, 0))->kind,
                      "Avoir");
}

static void
counter_document_is_negative_and_does_not_count(void **state)
{
  g_autoptr(GBytes) body = answer_load("sales.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, NULL);
  const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 1);
  const ShopcaisseTicketLine *line = g_ptr_array_index(ticket->lines, 0);

  assert_string_equal(ticket->number, "18");
  assert_int_equal(ticket->phase, SHOPCAISSE_TICKET_CANCELLED);
  assert_int_equal(ticket->total_minor, -390);
  assert_int_equal(line->quantity_milli, -1000);
  assert_int_equal(line->vat_minor, -36);
  assert_int_equal(line->vat_bp, SHOPCAISSE_VAT_UNKNOWN);
}

static void
unknown_status_is_kept_as_it_is(void **state)
{
  g_autoptr(GBytes) body = answer_load("sales.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, NULL);
  const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 2);

  assert_string_equal(ticket->status, "archived");
  assert_int_equal(ticket->phase, SHOPCAISSE_TICKET_UNKNOWN);
  assert_string_equal(ticket->number, "");
  assert_int_equal(ticket->lines->len, 0);
  assert_int_equal(ticket->payments->len, 0);
}

static void
bad_tickets_are_left_out_as_a_whole(void **state)
{
  g_autoptr(GBytes) body = answer_load("sales.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, NULL);

  assert_int_equal(page->n_seen, 5);
  assert_int_equal(page->rows->len, 3);
  assert_int_equal(page->rejected->len, 2);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[3].lines[0].price.vatIncluded: a number is wanted, found a string");
  assert_string_equal(g_ptr_array_index(page->rejected, 1),
                      "items[4].timestamp: a number is wanted, found a string");
}

static ShopcaissePage *
parse_sale(const char *type, const char *line)
{
  g_autofree char *quoted =
      g_strdup_printf("{'items':[{'id':'s','type':'%s','status':'paid','timestamp':1,'lines':[%s],"
                      "'pos':{'id':'pos-1'},'totalPrice':{'vatIncluded':7}}],'hasNextPage':false}",
                      type, line);
  g_autofree char *json = g_strdelimit(g_strdup(quoted), "'", '"');
  g_autoptr(GBytes) body = g_bytes_new(json, strlen(json));

  return shopcaisse_tickets_parse(body, NULL);
}

static void
what_is_for_people_does_not_lose_a_sale(void **state)
{
  g_autoptr(ShopcaissePage) page =
      parse_sale("SALE", "{'quantity':2,'price':{'vatIncluded':7,'vatRate':20}}");
  const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 0);
  const ShopcaisseTicketLine *line = g_ptr_array_index(ticket->lines, 0);

  assert_string_equal(ticket->pos_id, "pos-1");
  assert_int_equal(line->total_minor, 700);
  assert_int_equal(line->unit_minor, 350);
  assert_int_equal(line->vat_bp, SHOPCAISSE_VAT_UNKNOWN);
}

static void
unrounded_price_of_a_piece_is_rounded(void **state)
{
  g_autoptr(ShopcaissePage) page =
      parse_sale("SALE", "{'quantity':2,'unitPrice':3.4951,'price':{'vatIncluded':7}}");
  const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 0);
  const ShopcaisseTicketLine *line = g_ptr_array_index(ticket->lines, 0);

  assert_int_equal(line->unit_minor, 350);
}

static void
price_of_a_piece_is_the_rounded_share_of_the_line(void **state)
{
  static const struct {
    const char *line;
    gint64 unit_minor, total_minor;
  } cases[] = {
    { "{'quantity':3,'price':{'vatIncluded':10}}", 333, 1000 },
    { "{'quantity':2,'price':{'vatIncluded':1.25}}", 63, 125 },
    { "{'quantity':2,'price':{'vatIncluded':-1.25}}", -63, -125 },
    { "{'quantity':-2,'price':{'vatIncluded':-1.25}}", 63, -125 },
    { "{'quantity':0.333,'price':{'vatIncluded':1}}", 300, 100 },
    { "{'quantity':0,'price':{'vatIncluded':1}}", 0, 100 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ShopcaissePage) page = parse_sale("SALE", cases[i].line);
    const ShopcaisseTicket *ticket = g_ptr_array_index(page->rows, 0);
    const ShopcaisseTicketLine *line = g_ptr_array_index(ticket->lines, 0);

    assert_int_equal(line->unit_minor, cases[i].unit_minor);
    assert_int_equal(line->total_minor, cases[i].total_minor);
  }
}

static void
unknown_type_does_not_count(void **state)
{
  g_autoptr(ShopcaissePage) quote = parse_sale("QUOTE", "");
  g_autoptr(ShopcaissePage) sale = parse_sale("sale", "");

  assert_int_equal(((ShopcaisseTicket *)g_ptr_array_index(quote->rows, 0))->phase,
                   SHOPCAISSE_TICKET_UNKNOWN);
  assert_int_equal(((ShopcaisseTicket *)g_ptr_array_index(sale->rows, 0))->phase,
                   SHOPCAISSE_TICKET_COUNTS);
}

static void
shifts_are_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("shifts.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_shifts_parse(body, NULL);

  assert_int_equal(page->rows->len, 3);
  assert_int_equal(page->rejected->len, 1);

  const ShopcaisseShift *open = g_ptr_array_index(page->rows, 0);
  const ShopcaisseShift *closed = g_ptr_array_index(page->rows, 1);
  const ShopcaisseShift *unknown = g_ptr_array_index(page->rows, 2);

  assert_int_equal(open->phase, SHOPCAISSE_SHIFT_OPEN);
  assert_int_equal(open->end_at, -1);
  assert_int_equal(open->sequence, 12);
  assert_int_equal(closed->phase, SHOPCAISSE_SHIFT_COMPLETED);
  assert_true(closed->end_at == G_GINT64_CONSTANT(1772304000000000));
  assert_int_equal(unknown->phase, SHOPCAISSE_SHIFT_UNKNOWN);
  assert_int_equal(unknown->start_at, -1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_send_status_and_milliseconds),
    cmocka_unit_test(ordinary_ticket_is_read),
    cmocka_unit_test(payments_are_named_by_what_there_is),
    cmocka_unit_test(counter_document_is_negative_and_does_not_count),
    cmocka_unit_test(unknown_status_is_kept_as_it_is),
    cmocka_unit_test(bad_tickets_are_left_out_as_a_whole),
    cmocka_unit_test(what_is_for_people_does_not_lose_a_sale),
    cmocka_unit_test(unrounded_price_of_a_piece_is_rounded),
    cmocka_unit_test(price_of_a_piece_is_the_rounded_share_of_the_line),
    cmocka_unit_test(unknown_type_does_not_count),
    cmocka_unit_test(shifts_are_read),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
