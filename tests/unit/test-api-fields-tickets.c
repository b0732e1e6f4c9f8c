/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of the till's sales, their payments, and shifts. */
#include "api-fields.h"
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
show_ticket(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseTicket *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "number", self->number);
  api_show_text(shown, "type", self->type);
  api_show_text(shown, "status", self->status);
  api_show_number(shown, "phase", self->phase);
  api_show_number(shown, "at", self->at);
  api_show_text(shown, "shift", self->shift_id);
  api_show_text(shown, "pos", self->pos_id);
  api_show_number(shown, "total", self->total_minor);
  if (self->lines->len > 0) {
    const ShopcaisseTicketLine *line = g_ptr_array_index(self->lines, 0);

    api_show_text(shown, "l_item", line->item_id);
    api_show_text(shown, "l_name", line->name);
    api_show_number(shown, "l_quantity", line->quantity_milli);
    api_show_number(shown, "l_unit", line->unit_minor);
    api_show_number(shown, "l_total", line->total_minor);
    api_show_number(shown, "l_vat", line->vat_minor);
    api_show_number(shown, "l_bp", line->vat_bp);
  }
  if (self->payments->len > 0) {
    const ShopcaisseTicketPayment *payment = g_ptr_array_index(self->payments, 0);

    api_show_text(shown, "p_kind", payment->kind);
    api_show_number(shown, "p_amount", payment->amount_minor);
  }
}

static gboolean
show_tickets(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, error);

  return api_show_page(shown, page, show_ticket, error);
}

/* A sale without one of its lines or payments would not add up: it is left out. */
static const ApiField ticket_fields[] = {
  API_TEXT("id", "id", "!"),
  { "number", { "!", "!", "number=probe", "number=7", "!", "!", "number=" } },
  { "type", { "!", "!", "type=probe phase=3", "!", "!", "!", "-" } },
  { "status", { "!", "!", "status=probe phase=3", "!", "!", "!", "status= phase=3" } },
  API_NUMBER("timestamp", "at=7000", "!", "!"),
  { "registerShift", { "shift=none", "!", "shift=probe", "!", "!", "!", "shift=none" } },
  { "pos", { "pos=none", "!", "pos=probe", "!", "!", "!", "pos=none" } },
  { "totalPrice", { API_REFUSED } },
  API_NUMBER("totalPrice.vatIncluded", "total=700", "total=50", "!"),
  { "lines",
    { "!", "!", "!", "!", "!", "!", "-l_item -l_name -l_quantity -l_unit -l_total -l_vat -l_bp" } },
  { "lines.0", { API_REFUSED } },
  { "lines.0.item", { "l_item=none l_name=D", "!", "!", "!", "!", "!", "l_item=none l_name=D" } },
  API_TEXT("lines.0.item.id", "l_item", "l_item=none"),
  API_TEXT("lines.0.item.name", "l_name", "l_name=D"),
  { "lines.0.description", { API_UNTOUCHED } },
  API_NUMBER("lines.0.quantity", "l_quantity=7000", "l_quantity=500", "!"),
  API_NUMBER("lines.0.unitPrice", "l_unit=700", "l_unit=50", "l_unit=500"),
  { "lines.0.price", { API_REFUSED } },
  API_NUMBER("lines.0.price.vatIncluded", "l_total=700", "l_total=50", "!"),
  API_NUMBER("lines.0.price.vatAmount", "l_vat=700", "l_vat=50", "l_vat=45"),
  { "lines.0.price.vatRate",
    { "l_bp=-1", "l_bp=-1", "l_bp=-1", "l_bp=-1", "l_bp=5000", "l_bp=-1", "l_bp=-1" } },
  { "payments", { "!", "!", "!", "!", "!", "!", "-p_kind -p_amount" } },
  { "payments.0", { API_REFUSED } },
  API_TEXT("payments.0.type", "p_kind", "p_kind=N"),
  { "payments.0.name", { API_UNTOUCHED } },
  { "payments.0.description", { API_UNTOUCHED } },
  API_NUMBER("payments.0.amount", "p_amount=700", "p_amount=50", "!"),
};

static const ApiResource sale = {
  .name = "sale",
  .before = "{'items':[",
  .row = "{'id':'t','number':'12','type':'SALE','status':'paid','timestamp':1000,'registerShift':'"
         "s','pos':'p',"
         "'totalPrice':{'vatIncluded':5},'lines':[{'item':{'id':'i','name':'N'},'description':'D','"
         "quantity':1,"
         "'unitPrice':4,'price':{'vatIncluded':5,'vatAmount':0.4,'vatRate':0.1}}],'payments':[{'"
         "type':'T','name':'N',"
         "'description':'D','amount':5}]}",
  .behind = "],'hasNextPage':false}",
  .show = show_tickets,
  .fields = ticket_fields,
  .n_fields = G_N_ELEMENTS(ticket_fields),
};

/* A kind that is not given is looked for elsewhere. */
static const ApiField payment_fields[] = {
  { "id", { API_UNTOUCHED } },
  API_TEXT("type", "p_kind", "-"),
  API_TEXT("name", "p_kind", "p_kind=D"),
  { "description", { API_UNTOUCHED } },
  API_NUMBER("amount", "p_amount=700", "p_amount=50", "!"),
};

static const ApiResource payment_of_a_sale = {
  .name = "payment of a sale",
  .before = "{'items':[{'id':'t','timestamp':1,'totalPrice':{'vatIncluded':5},'payments':[",
  .row = "{'id':'p','type':null,'name':'N','description':'D','amount':5}",
  .behind = "]}],'hasNextPage':false}",
  .show = show_tickets,
  .fields = payment_fields,
  .n_fields = G_N_ELEMENTS(payment_fields),
};

static void
show_shift(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseShift *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "pos", self->pos_id);
  api_show_text(shown, "status", self->status);
  api_show_number(shown, "phase", self->phase);
  api_show_number(shown, "start", self->start_at);
  api_show_number(shown, "end", self->end_at);
  api_show_number(shown, "sequence", self->sequence);
}

static gboolean
show_shifts(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_shifts_parse(body, error);

  return api_show_page(shown, page, show_shift, error);
}

static const ApiField shift_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("pos", "pos", "pos=none"),
  { "status", { "!", "!", "status=probe phase=3", "!", "!", "!", "status= phase=3" } },
  API_NUMBER("startAt", "start=7000", "!", "start=-1"),
  API_NUMBER("endAt", "end=7000", "!", "end=-1"),
  API_NUMBER("sequence", "sequence=7", "!", "sequence=0"),
};

static const ApiResource shift = {
  .name = "shift",
  .before = "{'items':[",
  .row = "{'id':'h','pos':'p','status':'OPENED','startAt':1000,'endAt':2000,'sequence':3}",
  .behind = "],'hasNextPage':false}",
  .show = show_shifts,
  .fields = shift_fields,
  .n_fields = G_N_ELEMENTS(shift_fields),
};

static void
sale_field_by_field(void **state)
{
  api_fields_check(&sale);
}

static void
hostile_sale(void **state)
{
  api_hostile_check(&sale);
}

static void
payment_of_a_sale_field_by_field(void **state)
{
  api_fields_check(&payment_of_a_sale);
}

static void
hostile_payment_of_a_sale(void **state)
{
  api_hostile_check(&payment_of_a_sale);
}

static void
shift_field_by_field(void **state)
{
  api_fields_check(&shift);
}

static void
hostile_shift(void **state)
{
  api_hostile_check(&shift);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sale_field_by_field),
    cmocka_unit_test(hostile_sale),
    cmocka_unit_test(payment_of_a_sale_field_by_field),
    cmocka_unit_test(hostile_payment_of_a_sale),
    cmocka_unit_test(shift_field_by_field),
    cmocka_unit_test(hostile_shift),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
