/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/prepare.h"

G_BEGIN_DECLS

#define SHOPCAISSE_OBSTACLE_CUSTOMER "customer"
#define SHOPCAISSE_SALE_CUSTOMER     "customer" /* of a sale row */

/* Who an order is for. Nobody goes along unless the merchant has allowed it. */

/* (nullable) (transfer none): who goes along as things stand; else, with an obstacle, who has to be
 * looked for in the store's file first. */
const ShopcaisseCustomer *shopcaisse_customer_choose(ShopcaisseContext *context,
                                                     const ShopcaissePreparation *preparation,
                                                     const ShopcaisseSale *sale,
                                                     ShopcaisseObstacle *obstacle);

/* Who is looked for: the sale's customer, else whose file the merchant named. */
void shopcaisse_customer_get_wanted(ShopcaisseContext *context,
                                    const ShopcaisseSale *sale,
                                    ShopcaisseCustomer *wanted);

/* Looks for the customer of a sale that is held for that; engine/job-client.c. */
gboolean shopcaisse_customer_begin(ShopcaisseContext *context,
                                   const ShopcaisseSaleRecord *record,
                                   GError **error);

/* (transfer full): the sale as it is kept: without its customer where nobody is sent. @known is
 * (nullable): what was kept of it before. */
GVariant *shopcaisse_customer_strip(ShopcaisseContext *context, GVariant *row, GVariant *known);

typedef enum {
  SHOPCAISSE_CUSTOMER_FORGOTTEN, /* nothing of the sale is sent any more: its notes go as well */
  SHOPCAISSE_CUSTOMER_ERASED     /* it goes for nobody, and none comes back into it */
} ShopcaisseCustomerEnd;

/* (transfer full): a sale without its customer. */
GVariant *shopcaisse_customer_take_out(GVariant *payload, ShopcaisseCustomerEnd end);
gboolean shopcaisse_customer_is_erased(GVariant *payload);

/* The order has arrived: nothing of the customer is kept. Inside the caller's transaction. */
gboolean shopcaisse_customer_forget(ShopcaisseContext *context,
                                    const ShopcaisseSaleRecord *record,
                                    GError **error);

/* The same of the texts of its orders alone, under each id it ever had. */
gboolean shopcaisse_customer_forget_requests(ShopcaisseContext *context,
                                             const ShopcaisseSaleRecord *record,
                                             GError **error);

G_END_DECLS
