/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The ticket of a sale: its amounts, its VAT, its payments; its register, its shift, its day.
 * docs/PROTOCOL.md 3.13, 3.14. */
#include "engine/reconcile-private.h"

#define VAT_TOLERANCE_MINOR 1 /* cents a line: roundings differ without anyone being wrong */

#define CLOCK_TOLERANCE (15 * SHOPCAISSE_MINUTE) /* of a register's clock against its shift */

/* What both sides call a payment that was made before the till saw the order. */
#define ONLINE "online"

static gint64
sum_lines(const ShopcaisseTicket *ticket)
{
  gint64 sum = 0;

  for (guint i = 0; i < ticket->lines->len; i++)
    sum += ((const ShopcaisseTicketLine *)ticket->lines->pdata[i])->total_minor;
  return sum;
}

static gint64
sum_payments(const ShopcaisseTicket *ticket, gboolean online_alone)
{
  gint64 sum = 0;

  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];

    if (!online_alone || g_ascii_strcasecmp(payment->kind, ONLINE) == 0)
      sum += payment->amount_minor;
  }
  return sum;
}

static gint64
sum_online(const ShopcaisseSale *sale)
{
  gint64 sum = 0;

  for (guint i = 0; i < sale->payments->len; i++) {
    const ShopcaissePayment *payment = sale->payments->pdata[i];

    if (g_ascii_strcasecmp(payment->method, ONLINE) == 0)
      sum += payment->amount_minor;
  }
  return sum;
}

static gboolean
has_exact_vat(const ShopcaisseTicket *ticket)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];
    gint64 expected = shopcaisse_vat_of_gross(line->total_minor, line->vat_bp);

    if (line->vat_bp != SHOPCAISSE_VAT_UNKNOWN &&
        ABS(expected - line->vat_minor) > VAT_TOLERANCE_MINOR)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_equal_sums(const GArray *ours, const GArray *theirs)
{
  if (ours->len != theirs->len)
    return FALSE;
  for (guint i = 0; i < ours->len; i++) {
    const ShopcaisseVatSum *our = &g_array_index(ours, ShopcaisseVatSum, i);
    const ShopcaisseVatSum *their = &g_array_index(theirs, ShopcaisseVatSum, i);

    if (our->vat_bp != their->vat_bp || our->gross_minor != their->gross_minor)
      return FALSE;
  }
  return TRUE;
}

/* Only where both sides tell every rate. */
static gboolean
has_other_rates(const ShopcaisseSale *sale, const ShopcaisseTicket *ticket)
{
  g_autoptr(GArray) ours = shopcaisse_day_sums_by_rate(sale);
  g_autoptr(GArray) theirs = shopcaisse_vat_sums_new();

  if (ours == NULL)
    return FALSE;
  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];

    if (line->vat_bp == SHOPCAISSE_VAT_UNKNOWN)
      return FALSE;
    if (line->total_minor != 0)
      shopcaisse_vat_sums_add(theirs, line->vat_bp, line->total_minor);
  }
  for (guint i = ours->len; i > 0; i--) {
    if (g_array_index(ours, ShopcaisseVatSum, i - 1).gross_minor == 0)
      g_array_remove_index(ours, i - 1);
  }
  return !has_equal_sums(ours, theirs);
}

/* Labels are the merchant's own, so only two words are sure: what the till calls ONLINE was paid
 * before, what it calls OTHER was not. docs/PROTOCOL.md 3.13. */
static gboolean
has_other_payments(const ShopcaisseSale *sale, const ShopcaisseTicket *ticket)
{
  gint64 ours = sum_online(sale);
  gint64 theirs = sum_payments(ticket, TRUE);

  if (theirs >= ours)
    return theirs > ours;
  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];

    if (g_ascii_strcasecmp(payment->kind, "OTHER") == 0)
      return TRUE;
  }
  return theirs > 0;
}

/**
 * shopcaisse_reconcile_ticket:
 * @self: a reconciliation
 * @record: a sale
 * @sale: the same, read
 * @ticket: its ticket, which counts
 * @merged_minor: what the sales cost that were merged into its order
 *
 * Compares to the cent. Of what follows from one fault only the fault is noted: with another total
 * the lines differ too.
 */
void
shopcaisse_reconcile_ticket(ShopcaisseReconciliation *self,
                            const ShopcaisseSaleRecord *record,
                            const ShopcaisseSale *sale,
                            const ShopcaisseTicketRecord *ticket,
                            gint64 merged_minor)
{
  const ShopcaisseTicket *document = ticket->ticket;
  gint64 total_minor = document->total_minor;
  ShopcaisseFinding finding = { .record = record, .ticket = document };

  if (ticket->is_late)
    finding.difference = SHOPCAISSE_DIFFERENCE_CHANGED_LATE;
  else if (total_minor != sale->total_minor - sale->rounding_minor + merged_minor)
    finding.difference = SHOPCAISSE_DIFFERENCE_AMOUNT;
  else if (document->lines->len > 0 && sum_lines(document) != total_minor)
    finding.difference = SHOPCAISSE_DIFFERENCE_LINES;
  else if (!has_exact_vat(document))
    finding.difference = SHOPCAISSE_DIFFERENCE_VAT;
  else if (merged_minor == 0 && has_other_rates(sale, document))
    finding.difference = SHOPCAISSE_DIFFERENCE_VAT_RATE;
  else if (document->payments->len > 0 && sum_payments(document, FALSE) != total_minor)
    finding.difference = SHOPCAISSE_DIFFERENCE_PAYMENTS;
  else if (merged_minor == 0 && document->payments->len > 0 && has_other_payments(sale, document))
    finding.difference = SHOPCAISSE_DIFFERENCE_PAYMENT_KIND;
  else
    return;
  shopcaisse_reconcile_note(self, &finding);
}

/**
 * shopcaisse_reconcile_is_of_day:
 * @self: a reconciliation
 * @shift: a shift
 *
 * Returns: whether it was open on the day
 */
gboolean
shopcaisse_reconcile_is_of_day(const ShopcaisseReconciliation *self, const ShopcaisseShift *shift)
{
  return shift->start_at < self->window.to &&
         (shift->end_at < 0 || shift->end_at > self->window.from);
}

static gboolean
has_shift_of_day(const ShopcaisseReconciliation *self)
{
  for (guint i = 0; i < self->shifts->len; i++) {
    if (shopcaisse_reconcile_is_of_day(self, self->shifts->pdata[i]))
      return TRUE;
  }
  return FALSE;
}

/* How many shifts were open; the last of them is @shift. */
static guint
count_open(const ShopcaisseReconciliation *self,
           const char *pos_id,
           gint64 at,
           const ShopcaisseShift **found)
{
  guint n_open = 0;

  for (guint i = 0; i < self->shifts->len; i++) {
    const ShopcaisseShift *shift = self->shifts->pdata[i];

    if (shift->start_at > at || (shift->end_at >= 0 && shift->end_at < at) ||
        (pos_id != NULL && shift->pos_id != NULL && !g_str_equal(pos_id, shift->pos_id)))
      continue;
    n_open++;
    *found = shift;
  }
  return n_open;
}

/**
 * shopcaisse_reconcile_find_shift_at:
 * @self: a reconciliation
 * @pos_id: (nullable): a register
 * @at: a time
 *
 * Finds the shift that was open. Without a register there must be but one.
 *
 * Returns: (transfer none) (nullable): the shift
 */
const ShopcaisseShift *
shopcaisse_reconcile_find_shift_at(const ShopcaisseReconciliation *self,
                                   const char *pos_id,
                                   gint64 at)
{
  const ShopcaisseShift *found = NULL;

  return count_open(self, pos_id, at, &found) == 1 ? found : NULL;
}

/**
 * shopcaisse_reconcile_find_shift:
 * @self: a reconciliation
 * @ticket: a ticket
 *
 * Finds the shift that a ticket names; of one that names none, the shift that was open.
 *
 * Returns: (transfer none) (nullable): the shift
 */
const ShopcaisseShift *
shopcaisse_reconcile_find_shift(const ShopcaisseReconciliation *self,
                                const ShopcaisseTicket *ticket)
{
  if (ticket->shift_id == NULL)
    return shopcaisse_reconcile_find_shift_at(self, ticket->pos_id, ticket->at);
  for (guint i = 0; i < self->shifts->len; i++) {
    const ShopcaisseShift *shift = self->shifts->pdata[i];

    if (g_str_equal(shift->id, ticket->shift_id))
      return shift;
  }
  return NULL;
}

static gboolean
is_outside(const ShopcaisseShift *shift, gint64 at)
{
  return at < shift->start_at - CLOCK_TOLERANCE ||
         (shift->end_at >= 0 && at > shift->end_at + CLOCK_TOLERANCE);
}

static gboolean
differ(const char *a, const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && *b != '\0' && !g_str_equal(a, b);
}

static gboolean
is_of_another_day(const ShopcaisseReconciliation *self, const ShopcaisseTicket *ticket)
{
  return ticket->at < self->window.from || ticket->at >= self->window.to;
}

/* One that names no shift may be of any that was open. */
static gboolean
may_be_in_shift(const ShopcaisseReconciliation *self, const ShopcaisseTicket *ticket)
{
  const ShopcaisseShift *found = NULL;

  return ticket->shift_id == NULL && count_open(self, ticket->pos_id, ticket->at, &found) > 0;
}

/* TRUE: there is something, and @difference says what. */
static gboolean
judge_place(const ShopcaisseReconciliation *self,
            const ShopcaisseListedOrder *order,
            const ShopcaisseTicket *ticket,
            ShopcaisseDifference *difference)
{
  const ShopcaisseShift *shift = shopcaisse_reconcile_find_shift(self, ticket);

  if (shift == NULL) {
    *difference = SHOPCAISSE_DIFFERENCE_NO_SHIFT;
    return !self->window.is_partial && has_shift_of_day(self) && !may_be_in_shift(self, ticket);
  }
  if (!shopcaisse_reconcile_is_of_day(self, shift) ||
      (is_outside(shift, ticket->at) && is_of_another_day(self, ticket))) {
    *difference = SHOPCAISSE_DIFFERENCE_OTHER_DAY;
    return TRUE;
  }
  if (is_outside(shift, ticket->at) || differ(shift->pos_id, ticket->pos_id)) {
    *difference = SHOPCAISSE_DIFFERENCE_OTHER_SHIFT;
    return TRUE;
  }
  *difference = SHOPCAISSE_DIFFERENCE_OTHER_REGISTER;
  return order != NULL && differ(order->pos_id, ticket->pos_id);
}

/**
 * shopcaisse_reconcile_place:
 * @self: a reconciliation
 * @record: a sale
 * @order: (nullable): its order as it was listed
 * @ticket: its ticket, which counts
 *
 * Notes where the ticket does not belong. A sale of the evening may be processed after midnight, in
 * a shift of the day.
 */
void
shopcaisse_reconcile_place(ShopcaisseReconciliation *self,
                           const ShopcaisseSaleRecord *record,
                           const ShopcaisseListedOrder *order,
                           const ShopcaisseTicket *ticket)
{
  ShopcaisseFinding finding = { .record = record, .ticket = ticket, .order = order };

  if (judge_place(self, order, ticket, &finding.difference))
    shopcaisse_reconcile_note(self, &finding);
}
