/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/job.h"
#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* "Send now", for one sale: what waits goes at once, what a person was asked about goes, what was
 * refused goes again. An id that another sale holds, or that carried a wrong unit of money, is left
 * behind: the sale goes under the next generation of its id. Inside the caller's transaction. */
gboolean shopcaisse_resend_sale(ShopcaisseContext *context, const char *sale_id, GError **error);

/* Whether "send now" would do something. @job: (nullable): the row of its order. */
gboolean shopcaisse_resend_is_possible(ShopcaisseContext *context,
                                       const ShopcaisseSaleRecord *record,
                                       const ShopcaisseJob *job);

/* The same for every order that only waits for time to pass. */
gboolean shopcaisse_resend_waiting(ShopcaisseContext *context, GError **error);

/* Sets an order aside until then, and its sale with it. */
gboolean shopcaisse_resend_park(ShopcaisseContext *context,
                                const ShopcaisseJob *job,
                                const char *reason,
                                const char *message,
                                GError **error);

G_END_DECLS
