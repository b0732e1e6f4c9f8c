/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "model/person.h"
#include "store/job.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* What of one sale is somebody's, and what becomes of it; docs/decisions/0023. */

typedef enum {
  SHOPCAISSE_TRACE_NONE,   /* another customer's, or nobody's */
  SHOPCAISSE_TRACE_WAITS,  /* no order yet, or one that nothing was accepted of: it goes without */
  SHOPCAISSE_TRACE_AWAY,   /* perhaps accepted: its bytes stay until that is known */
  SHOPCAISSE_TRACE_SETTLED /* nothing is sent of it any more */
} ShopcaisseTrace;

/* A sale, the row of its order, and whose it is. All empty before. */
typedef struct {
  ShopcaisseSaleRecord *record; /* (owned) */
  ShopcaisseJob *order;         /* (owned) (nullable) */
  GVariant *said;               /* (owned) (nullable): the customer as the host said it */
  ShopcaisseCustomer customer;  /* the same, read */
  ShopcaisseCustomer sent;      /* the one in the text of the order */
} ShopcaisseTraceSale;

void shopcaisse_trace_sale_clear(ShopcaisseTraceSale *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseTraceSale, shopcaisse_trace_sale_clear)

/* A sale that cannot be read has an empty record: there is nothing that could be told of it. */
gboolean shopcaisse_trace_sale_load(ShopcaisseContext *context,
                                    const char *sale_id,
                                    ShopcaisseTraceSale *self,
                                    GError **error);

/* What @person has to do with it; @person learns what it says. */
ShopcaisseTrace shopcaisse_trace_sale_judge(const ShopcaisseTraceSale *self,
                                            ShopcaissePerson *person);

/* Takes the customer out; inside the caller's transaction. */
gboolean
shopcaisse_erase_sale(ShopcaisseContext *context, ShopcaisseTraceSale *self, GError **error);

/* Takes what @mask finds out of the notes of a sale that is another's or nobody's. */
gboolean shopcaisse_erase_notes(ShopcaisseContext *context,
                                ShopcaisseTraceSale *self,
                                ShopcaisseMask *mask,
                                GError **error);

/* (transfer full): what the service said of an order, without whoever it is for. */
char *shopcaisse_erase_from_message(const ShopcaisseSaleRecord *record,
                                    const ShopcaisseJob *order,
                                    const char *message);

/* An order whose customer was to be erased has moved: if nothing of it can have been accepted now,
 * the text of it that goes again goes without. Inside the caller's transaction. */
gboolean shopcaisse_erase_late(ShopcaisseContext *context,
                               const ShopcaisseSaleRecord *record,
                               GError **error);

G_END_DECLS
