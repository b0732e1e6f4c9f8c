/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/ticket.h"
#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The service refunds nothing that a till has in its books (docs/PROTOCOL.md 5.2): a person does it
 * there. Until the till's document of it was read, the sale says so. All inside the caller's
 * transaction. */
#define SHOPCAISSE_REFUND_OPEN "refund"   /* the reason of a sale of which money is to go back */
#define SHOPCAISSE_REFUND_DONE "refunded" /* ... and has */

/* @record was recorded by the till and is to be cancelled. */
gboolean
shopcaisse_refund_ask(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error);

/* Whether it was asked for, made or not. */
gboolean shopcaisse_refund_is_asked(const ShopcaisseSaleRecord *record);

/* @ticket was read and stored: it may be what somebody waits for. */
gboolean
shopcaisse_refund_note(ShopcaisseContext *context, const ShopcaisseTicket *ticket, GError **error);

G_END_DECLS
