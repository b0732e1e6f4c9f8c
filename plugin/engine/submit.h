/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"
#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseSubmissions ShopcaisseSubmissions;

/* Takes sales over. Those that come together share one commit; each is answered after it. */
ShopcaisseSubmissions *shopcaisse_submissions_new(ShopcaisseContext *context);
void shopcaisse_submissions_free(ShopcaisseSubmissions *self);

void shopcaisse_submissions_add(ShopcaisseSubmissions *self,
                                GVariant *sale,
                                ShopcaisseAnswerFunc callback,
                                gpointer user_data);

/* Commits what has been added; also before closing. */
void shopcaisse_submissions_flush(ShopcaisseSubmissions *self);

typedef enum {
  SHOPCAISSE_SUBMIT_NOW,
  SHOPCAISSE_SUBMIT_LATE /* found long after it was sold: a person says whether it still goes */
} ShopcaisseSubmitWhen;

/* One sale into the store and the outbox, inside the caller's transaction. A known sale
 * changes nothing. (transfer full): the sale as it stands now. */
ShopcaisseSaleRecord *shopcaisse_submit_sale(ShopcaisseContext *context,
                                             GVariant *row,
                                             ShopcaisseSubmitWhen when,
                                             GError **error);

/* Whether a failure is about that one sale: it is told, and the others go on. */
gboolean shopcaisse_submit_is_refusal(const GError *error);

/* A sale that is known already, under a new order id: frozen and appended anew, the record stored.
 */
gboolean
shopcaisse_submit_again(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error);

G_END_DECLS
