/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a page of sales. */
#include "api/tickets.h"
#include "fuzz.h"
#include "model/money.h"
#include "model/timestamp.h"

static void
check_ticket(const ShopcaisseTicket *ticket)
{
  g_autofree char *at = shopcaisse_timestamp_to_text(ticket->at);

  g_assert_nonnull(at);
  g_assert_nonnull(ticket->id);
  g_assert_nonnull(ticket->number);
  g_assert_nonnull(ticket->status);
  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = g_ptr_array_index(ticket->lines, i);

    g_assert_nonnull(line->name);
    g_assert_cmpint(ABS(line->total_minor), <=, SHOPCAISSE_MONEY_MAX_MINOR);
    g_assert_cmpint(line->vat_bp, <=, 10000);
  }
  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = g_ptr_array_index(ticket->payments, i);

    g_assert_nonnull(payment->kind);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, &error);

  g_assert_true((page == NULL) == (error != NULL));
  if (page == NULL)
    return 0;
  g_assert_cmpuint(page->rows->len + page->rejected->len, ==, page->n_seen);
  for (guint i = 0; i < page->rows->len; i++)
    check_ticket(g_ptr_array_index(page->rows, i));
  return 0;
}
