/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "engine/reconcile.h"
#include "model/difference.h"
#include "report/day-sums.h"
#include "store/listed-orders.h"
#include "store/sales.h"
#include "store/tickets.h"

G_BEGIN_DECLS

/* Shared by reconcile*.c alone. */
struct ShopcaisseReconciliation {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseReconcileWindow window;
  char *store_id; /* (owned) */
  guint phase;
  guint offset;            /* in the list of the phase */
  GPtrArray *tickets;      /* (owned) (element-type ShopcaisseTicketRecord) */
  GHashTable *by_id;       /* (owned): the same by id; rows not owned */
  GHashTable *seen;        /* (owned) (element-type utf8): sales that were looked at */
  GHashTable *matched;     /* (owned) (element-type utf8): tickets that belong to a sale */
  GHashTable *refunds;     /* (owned) (element-type utf8 gint64): cents taken back, by ticket */
  GPtrArray *orders;       /* (owned) (element-type ShopcaisseListedOrder): of this sweep */
  GHashTable *listed;      /* (owned): the same by the service's id; rows not owned */
  GHashTable *order_ids;   /* (owned) (element-type utf8 utf8): of sales, to the service's or "" */
  GPtrArray *shifts;       /* (owned) (nullable) (element-type ShopcaisseShift): around the day */
  GHashTable *registers;   /* (owned) (element-type utf8 utf8): names by id */
  ShopcaisseDaySums *sums; /* (owned) */
  GHashTable *shift_sums;  /* (owned) (element-type utf8 ShopcaisseDaySums): "" outside */
  GPtrArray *differences;  /* (owned) (element-type GVariant) */
};

/* What a difference is about. Texts are (nullable). */
typedef struct {
  ShopcaisseDifference difference;
  const ShopcaisseSaleRecord *record; /* (nullable) */
  const ShopcaisseTicket *ticket;     /* (nullable) */
  const ShopcaisseListedOrder *order; /* (nullable) */
  const char *message;                /* else that of the class */
} ShopcaisseFinding;

void shopcaisse_reconcile_note(ShopcaisseReconciliation *self, const ShopcaisseFinding *finding);

/* One sale of the host, from its order to its ticket. */
gboolean shopcaisse_reconcile_sale(ShopcaisseReconciliation *self,
                                   const ShopcaisseSaleRecord *record,
                                   GError **error);

/* What is wrong with the ticket of a sale in itself. */
void shopcaisse_reconcile_ticket(ShopcaisseReconciliation *self,
                                 const ShopcaisseSaleRecord *record,
                                 const ShopcaisseSale *sale,
                                 const ShopcaisseTicketRecord *ticket,
                                 gint64 merged_minor);

/* What is wrong with its register, its shift and its day. */
void shopcaisse_reconcile_place(ShopcaisseReconciliation *self,
                                const ShopcaisseSaleRecord *record,
                                const ShopcaisseListedOrder *order,
                                const ShopcaisseTicket *ticket);

gboolean shopcaisse_reconcile_is_of_day(const ShopcaisseReconciliation *self,
                                        const ShopcaisseShift *shift);

/* (nullable): the shift that a ticket is in, whatever its day. */
const ShopcaisseShift *shopcaisse_reconcile_find_shift(const ShopcaisseReconciliation *self,
                                                       const ShopcaisseTicket *ticket);

/* (nullable): the one shift that was open then; @pos_id is (nullable). */
const ShopcaisseShift *shopcaisse_reconcile_find_shift_at(const ShopcaisseReconciliation *self,
                                                          const char *pos_id,
                                                          gint64 at);

/* The sums of a shift of the day; @shift is (nullable): outside all of them. */
ShopcaisseDaySums *shopcaisse_reconcile_get_sums(ShopcaisseReconciliation *self,
                                                 const ShopcaisseShift *shift);

/* (transfer floating). */
GVariant *shopcaisse_reconcile_build(ShopcaisseReconciliation *self);

G_END_DECLS
