/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/vat.h"

G_BEGIN_DECLS

/* A sale as the till recorded it: the fiscal document; docs/PROTOCOL.md 3.13. The host's own sale
 * is ShopcaisseSale; the word "ticket" keeps the two apart. */
typedef enum {
  SHOPCAISSE_TICKET_COUNTS,    /* paid or completed */
  SHOPCAISSE_TICKET_PENDING,   /* not yet */
  SHOPCAISSE_TICKET_CANCELLED, /* cancelled, or the counter-document of one that is */
  SHOPCAISSE_TICKET_UNKNOWN    /* a status this version does not know: shown, not counted */
} ShopcaisseTicketPhase;

typedef struct {
  char *item_id; /* (owned) (nullable) */
  char *name;    /* (owned) */
  gint64 quantity_milli;
  gint64 unit_minor;
  gint64 total_minor; /* of the line, tax included; docs/PROTOCOL.md 3.13 */
  gint64 vat_minor;
  gint64 vat_bp;
} ShopcaisseTicketLine;

typedef struct {
  char *kind; /* (owned): type, else name, else description, else "" */
  gint64 amount_minor;
} ShopcaisseTicketPayment;

typedef struct {
  char *id;     /* (owned) */
  char *number; /* (owned): "" when absent */
  char *type;   /* (owned): "SALE" when absent */
  char *status; /* (owned): verbatim */
  ShopcaisseTicketPhase phase;
  gint64 at;
  char *shift_id;  /* (owned) (nullable) */
  char *pos_id;    /* (owned) (nullable) */
  char *parent_id; /* (owned) (nullable): the ticket it takes back or follows */
  gint64 total_minor;
  GPtrArray *lines;    /* (owned) (element-type ShopcaisseTicketLine) */
  GPtrArray *payments; /* (owned) (element-type ShopcaisseTicketPayment) */
} ShopcaisseTicket;

typedef enum {
  SHOPCAISSE_SHIFT_OPEN,
  SHOPCAISSE_SHIFT_CLOSED,    /* closed, not completed */
  SHOPCAISSE_SHIFT_COMPLETED, /* COMPLETED or CLOSED_COMPLETED: final */
  SHOPCAISSE_SHIFT_UNKNOWN
} ShopcaisseShiftPhase;

typedef struct {
  char *id;     /* (owned) */
  char *pos_id; /* (owned) (nullable) */
  char *status; /* (owned): verbatim */
  ShopcaisseShiftPhase phase;
  gint64 start_at; /* -1 when absent, as end_at */
  gint64 end_at;
  gint64 sequence;
} ShopcaisseShift;

ShopcaisseTicketPhase shopcaisse_ticket_phase_parse(const char *status);
ShopcaisseShiftPhase shopcaisse_shift_phase_parse(const char *status);

void shopcaisse_ticket_line_free(ShopcaisseTicketLine *self);
void shopcaisse_ticket_payment_free(ShopcaisseTicketPayment *self);
void shopcaisse_ticket_free(ShopcaisseTicket *self);
void shopcaisse_shift_free(ShopcaisseShift *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseTicketLine, shopcaisse_ticket_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseTicketPayment, shopcaisse_ticket_payment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseTicket, shopcaisse_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseShift, shopcaisse_shift_free)

G_END_DECLS
