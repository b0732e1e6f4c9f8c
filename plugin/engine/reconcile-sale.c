/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One sale of the day, from its order to its ticket: how far it has come, and what is not as it
 * should be there. What the ticket holds is looked at in engine/reconcile-ticket.c. */
#include "config.h"
#include "engine/reconcile-private.h"
#include "engine/refund.h"
#include "store/merged-sales.h"

#include <glib/gi18n-lib.h>

/* One sale while it is looked at. */
typedef struct {
  ShopcaisseReconciliation *day;      /* (not owned) */
  const ShopcaisseSaleRecord *record; /* (not owned) */
  const ShopcaisseSale *sale;         /* (not owned) */
  const ShopcaisseListedOrder *order; /* (not owned) (nullable) */
  ShopcaisseTicketRecord *ticket;     /* (not owned) (nullable) */
  ShopcaisseDaySums *shift;           /* (not owned) */
  gint64 merged_minor;                /* what was merged into its order */
  gboolean is_merged;                 /* into the order of another sale, whose the ticket is */
} Case;

static void
note_message(const Case *self, ShopcaisseDifference difference, const char *message)
{
  ShopcaisseFinding finding = {
    .difference = difference,
    .record = self->record,
    .ticket = self->ticket != NULL ? self->ticket->ticket : NULL,
    .order = self->order,
    .message = message,
  };

  shopcaisse_reconcile_note(self->day, &finding);
}

static void
note(const Case *self, ShopcaisseDifference difference)
{
  note_message(self, difference, NULL);
}

static gboolean
is_state(const Case *self, const char *state)
{
  return g_str_equal(self->record->state, state);
}

static gint64
get_expected(const Case *self)
{
  return self->sale->total_minor - self->sale->rounding_minor;
}

/* Sent before the list was asked for, to be on it by its pick-up time, and not there. */
static gboolean
is_lost(const Case *self)
{
  const ShopcaisseReconcileWindow *window = &self->day->window;

  return window->sweep != 0 && self->order == NULL && self->record->sent_at != 0 &&
         self->record->sent_at < window->listed_at &&
         self->sale->pickup_at >= window->listed_from && self->sale->pickup_at < window->listed_to;
}

static gboolean
has_other_amount(const Case *self)
{
  gint64 expected = get_expected(self);

  if (is_state(self, "parked") && g_str_equal(self->record->reason, "total"))
    return TRUE;
  return self->order != NULL && self->order->goods_minor != SHOPCAISSE_LISTED_UNKNOWN &&
         (self->order->goods_minor != expected || self->order->paid_minor != expected);
}

static void
judge_order(const Case *self)
{
  if (is_lost(self))
    note(self, SHOPCAISSE_DIFFERENCE_LOST);
  else if (has_other_amount(self))
    note(self, SHOPCAISSE_DIFFERENCE_ORDER_AMOUNT);
  else if (is_state(self, "parked"))
    note_message(self, SHOPCAISSE_DIFFERENCE_NOT_SENT, self->record->message);
  else if (g_str_equal(self->record->kitchen, "requires_attention"))
    note(self, SHOPCAISSE_DIFFERENCE_NEEDS_ATTENTION);
  else if (g_str_equal(self->record->kitchen, "not_acked"))
    note(self, SHOPCAISSE_DIFFERENCE_NOT_TAKEN);
  else
    note(self, SHOPCAISSE_DIFFERENCE_NOT_FINALISED);
}

static void
judge_missing_ticket(const Case *self)
{
  if (g_str_equal(self->record->fiscal, "finalised"))
    note(self, SHOPCAISSE_DIFFERENCE_RECEIPT_NOT_READ);
  else if (is_state(self, "cancelling") || g_str_equal(self->record->reason, "not-cancelled"))
    note(self, SHOPCAISSE_DIFFERENCE_NOT_CANCELLED);
  else if (self->record->external_id != NULL &&
           (is_state(self, "sent") || is_state(self, "parked")))
    judge_order(self);
  else
    note_message(self, SHOPCAISSE_DIFFERENCE_NOT_SENT, self->record->message);
}

/* What the till does not count is no turnover and no VAT. */
static void
judge_uncounted(const Case *self)
{
  const ShopcaisseTicket *ticket = self->ticket->ticket;
  g_autofree char *message = NULL;

  if (ticket->phase == SHOPCAISSE_TICKET_PENDING) {
    note(self, SHOPCAISSE_DIFFERENCE_TICKET_PENDING);
  } else if (ticket->phase == SHOPCAISSE_TICKET_CANCELLED) {
    note(self, SHOPCAISSE_DIFFERENCE_TICKET_CANCELLED);
  } else {
    /* Translators: a word of the service, in English, such as CANCELLED. */
    message = g_strdup_printf(_("the till says \"%s\" of this sale"), ticket->status);
    note_message(self, SHOPCAISSE_DIFFERENCE_NOT_COUNTED, message);
  }
}

static void
count_ticket(const Case *self, const ShopcaisseTicket *ticket)
{
  ShopcaisseDaySums *shift =
      shopcaisse_reconcile_get_sums(self->day, shopcaisse_reconcile_find_shift(self->day, ticket));

  shopcaisse_day_sums_add_ticket(self->day->sums, ticket, SHOPCAISSE_DAY_TICKET_OF_ORDER);
  shopcaisse_day_sums_add_ticket(shift, ticket, SHOPCAISSE_DAY_TICKET_OF_ORDER);
}

static void
match_ticket(const Case *self)
{
  const ShopcaisseTicket *ticket = self->ticket->ticket;

  if (!g_hash_table_add(self->day->matched, g_strdup(ticket->id))) {
    note(self, SHOPCAISSE_DIFFERENCE_SHARED_RECEIPT);
    return;
  }
  if (ticket->phase != SHOPCAISSE_TICKET_COUNTS) {
    judge_uncounted(self);
    return;
  }
  count_ticket(self, ticket);
  if (self->order != NULL && self->order->is_test)
    note(self, SHOPCAISSE_DIFFERENCE_TEST_SOLD);
  shopcaisse_reconcile_ticket(self->day, self->record, self->sale, self->ticket,
                              self->merged_minor);
  shopcaisse_reconcile_place(self->day, self->record, self->order, ticket);
}

/* The receipt has two names, which are one document; docs/PROTOCOL.md 5.2. Two that both count are
 * one sale too many. */
static void
match_second_ticket(const Case *self)
{
  const char *receipt_id = self->record->receipt_id;
  const char *document_id = self->record->document_id;
  const ShopcaisseTicketRecord *second = NULL;

  if (receipt_id == NULL || document_id == NULL || g_str_equal(receipt_id, document_id))
    return;
  second = g_hash_table_lookup(self->day->by_id, document_id);
  if (second == NULL || second == self->ticket ||
      second->ticket->phase != SHOPCAISSE_TICKET_COUNTS ||
      !g_hash_table_add(self->day->matched, g_strdup(document_id)))
    return;
  count_ticket(self, second->ticket);
  note(self, SHOPCAISSE_DIFFERENCE_SOLD_TWICE);
}

/* Cancelled here it is over, once the till has taken it back; cancelled on the till it is still
 * paid for in the host's books. */
static void
judge_cancelled(Case *self)
{
  const gint64 *refunded = NULL;

  if (self->ticket == NULL || self->ticket->ticket->phase != SHOPCAISSE_TICKET_COUNTS) {
    if (!g_str_equal(self->record->reason, "cancelled-on-till"))
      return;
    shopcaisse_day_sums_add_sale(self->day->sums, self->sale);
    shopcaisse_day_sums_add_sale(self->shift, self->sale);
    self->day->sums->n_sent++;
    self->shift->n_sent++;
    note_message(self, SHOPCAISSE_DIFFERENCE_CANCELLED_ON_TILL, self->record->message);
    return;
  }
  if (!g_hash_table_add(self->day->matched, g_strdup(self->ticket->ticket->id)))
    return;
  count_ticket(self, self->ticket->ticket);
  refunded = g_hash_table_lookup(self->day->refunds, self->ticket->ticket->id);
  if (refunded == NULL)
    note(self, SHOPCAISSE_DIFFERENCE_CANCELLED_AND_SOLD);
  else if (*refunded != -self->ticket->ticket->total_minor)
    note(self, SHOPCAISSE_DIFFERENCE_REFUND_AMOUNT);
}

static void
find_order(Case *self)
{
  const ShopcaisseSaleRecord *record = self->record;

  if (record->external_id != NULL)
    self->order = g_hash_table_lookup(self->day->listed, record->external_id);
  if (*record->order_id != '\0')
    g_hash_table_insert(self->day->order_ids, g_strdup(record->order_id),
                        g_strdup(record->external_id != NULL ? record->external_id : ""));
}

static void
find_ticket(Case *self)
{
  const ShopcaisseSaleRecord *record = self->record;

  if (record->receipt_id != NULL)
    self->ticket = g_hash_table_lookup(self->day->by_id, record->receipt_id);
  if (self->ticket == NULL && record->document_id != NULL)
    self->ticket = g_hash_table_lookup(self->day->by_id, record->document_id);
}

static gboolean
find_merger(Case *self, GError **error)
{
  ShopcaisseDatabase *database = self->day->context->database;
  g_autoptr(GError) read_error = NULL;
  g_autofree char *main_id = shopcaisse_merged_sales_find_main(database, self->record, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  self->is_merged = main_id != NULL;
  return self->is_merged || self->ticket == NULL || self->record->receipt_id == NULL ||
         g_str_equal(self->record->kitchen, SHOPCAISSE_KITCHEN_MERGED) ||
         shopcaisse_merged_sales_sum(database, self->record->receipt_id, &self->merged_minor,
                                     error);
}

static void
find_shift(Case *self)
{
  const ShopcaisseShift *shift = NULL;

  if (self->ticket != NULL)
    shift = shopcaisse_reconcile_find_shift(self->day, self->ticket->ticket);
  else
    shift = shopcaisse_reconcile_find_shift_at(
        self->day, self->order != NULL && *self->order->pos_id != '\0' ? self->order->pos_id : NULL,
        self->record->sold_at);
  self->shift = shopcaisse_reconcile_get_sums(self->day, shift);
}

static void
count_sale(const Case *self, ShopcaisseDaySums *sums)
{
  gboolean is_at_service = self->day->window.sweep != 0
                               ? self->order != NULL
                               : self->record->external_id != NULL && is_state(self, "sent");

  shopcaisse_day_sums_add_sale(sums, self->sale);
  if (self->record->sent_at != 0)
    sums->n_sent++;
  if (is_at_service)
    sums->n_orders++;
}

/**
 * shopcaisse_reconcile_sale:
 * @self: a reconciliation, tickets and orders read
 * @record: a sale of the day
 * @error: return location for an error
 *
 * Counts a sale, and notes what is not as it should be.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when its payload is not a sale.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_reconcile_sale(ShopcaisseReconciliation *self,
                          const ShopcaisseSaleRecord *record,
                          GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(record->payload, error);
  Case one = { .day = self, .record = record, .sale = sale };

  if (sale == NULL)
    return FALSE;
  find_order(&one);
  find_ticket(&one);
  find_shift(&one);
  if (!find_merger(&one, error))
    return FALSE;
  /* Cancelled after the till had it is cancelled for the host: its money is to go back. */
  if (is_state(&one, "cancelled") || shopcaisse_refund_is_asked(record)) {
    judge_cancelled(&one);
    return TRUE;
  }
  count_sale(&one, self->sums);
  count_sale(&one, one.shift);
  if (one.ticket == NULL) {
    judge_missing_ticket(&one);
    return TRUE;
  }
  /* Its money is in the ticket of the other, which is compared with both. */
  if (one.is_merged)
    return TRUE;
  match_ticket(&one);
  match_second_ticket(&one);
  return TRUE;
}
