/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales as the till recorded them, and its shifts; docs/PROTOCOL.md 3.13, 3.14, 5.2. */
#include "model/ticket.h"

typedef struct {
  const char *status;
  ShopcaisseTicketPhase phase;
} TicketWord;

typedef struct {
  const char *status;
  ShopcaisseShiftPhase phase;
} ShiftWord;

static const TicketWord ticket_words[] = {
  { "paid", SHOPCAISSE_TICKET_COUNTS },         { "completed", SHOPCAISSE_TICKET_COUNTS },
  { "pending", SHOPCAISSE_TICKET_PENDING },     { "cancelled", SHOPCAISSE_TICKET_CANCELLED },
  { "canceller", SHOPCAISSE_TICKET_CANCELLED },
};

/* The sources disagree on the last word, so both are known; docs/PROTOCOL.md 3.14. */
static const ShiftWord shift_words[] = {
  { "OPENED", SHOPCAISSE_SHIFT_OPEN },
  { "CLOSED_NOT_COMPLETED", SHOPCAISSE_SHIFT_CLOSED },
  { "CLOSED_COMPLETED", SHOPCAISSE_SHIFT_COMPLETED },
  { "COMPLETED", SHOPCAISSE_SHIFT_COMPLETED },
};

/**
 * shopcaisse_ticket_phase_parse:
 * @status: (nullable): the status as on the wire
 *
 * Tells whether a ticket counts.
 *
 * Returns: the phase; %SHOPCAISSE_TICKET_UNKNOWN for a word that is not known
 */
ShopcaisseTicketPhase
shopcaisse_ticket_phase_parse(const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS(ticket_words); i++) {
    if (g_strcmp0(status, ticket_words[i].status) == 0)
      return ticket_words[i].phase;
  }
  return SHOPCAISSE_TICKET_UNKNOWN;
}

/**
 * shopcaisse_shift_phase_parse:
 * @status: (nullable): the status as on the wire
 *
 * Tells how far a shift is.
 *
 * Returns: the phase; %SHOPCAISSE_SHIFT_UNKNOWN for a word that is not known
 */
ShopcaisseShiftPhase
shopcaisse_shift_phase_parse(const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS(shift_words); i++) {
    if (g_strcmp0(status, shift_words[i].status) == 0)
      return shift_words[i].phase;
  }
  return SHOPCAISSE_SHIFT_UNKNOWN;
}

/**
 * shopcaisse_ticket_line_free:
 * @self: (nullable) (transfer full): a line
 *
 * Frees a line of a ticket.
 */
void
shopcaisse_ticket_line_free(ShopcaisseTicketLine *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self->name);
  g_free(self);
}

/**
 * shopcaisse_ticket_payment_free:
 * @self: (nullable) (transfer full): a payment
 *
 * Frees a payment of a ticket.
 */
void
shopcaisse_ticket_payment_free(ShopcaisseTicketPayment *self)
{
  if (self == NULL)
    return;
  g_free(self->kind);
  g_free(self);
}

/**
 * shopcaisse_ticket_free:
 * @self: (nullable) (transfer full): a ticket
 *
 * Frees a ticket with its lines and payments.
 */
void
shopcaisse_ticket_free(ShopcaisseTicket *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->number);
  g_free(self->type);
  g_free(self->status);
  g_free(self->shift_id);
  g_free(self->pos_id);
  g_free(self->parent_id);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_clear_pointer(&self->payments, g_ptr_array_unref);
  g_free(self);
}

/**
 * shopcaisse_shift_free:
 * @self: (nullable) (transfer full): a shift
 *
 * Frees a shift.
 */
void
shopcaisse_shift_free(ShopcaisseShift *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->pos_id);
  g_free(self->status);
  g_free(self);
}
