/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/client.h"
#include "model/sale.h"

G_BEGIN_DECLS

/* How surely a client of a store's file is the buyer of a sale; the larger, the surer. */
typedef enum {
  SHOPCAISSE_CLIENT_STRANGER,
  SHOPCAISSE_CLIENT_SAME_PHONE,
  SHOPCAISSE_CLIENT_SAME_EMAIL,
  SHOPCAISSE_CLIENT_SAME_ID
} ShopcaisseClientMatch;

ShopcaisseClientMatch shopcaisse_client_match(const ShopcaisseClient *self,
                                              const ShopcaisseCustomer *customer);

/* Whether anything is known of a buyer by which a client can be found. */
gboolean shopcaisse_customer_can_be_found(const ShopcaisseCustomer *self);

/* As the client's file has it; what it does not say stays as the sale says it. */
void shopcaisse_customer_merge(ShopcaisseCustomer *self, const ShopcaisseClient *client);

void shopcaisse_customer_copy(const ShopcaisseCustomer *self, ShopcaisseCustomer *copy);

/* (transfer full) (nullable): what tells a telephone number; NULL for a text that is none. */
char *shopcaisse_phone_dup_digits(const char *text);

G_END_DECLS
