/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/soup/outcome.h"
#include "net/transport.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct ShopcaisseExchange ShopcaisseExchange;

/* Called once, right before the answer: the exchange is no longer in flight. */
typedef void (*ShopcaisseExchangeEndFunc)(ShopcaisseExchange *exchange, gpointer owner);

typedef struct {
  GMainContext *context; /* (not owned) */
  guint timeout_ms;
  gsize max_answer; /* bytes */
  ShopcaisseReplyFunc callback;
  gpointer user_data;
  ShopcaisseExchangeEndFunc ended;
  gpointer owner; /* (not owned) */
} ShopcaisseExchangePlan;

ShopcaisseExchange *shopcaisse_exchange_new(const ShopcaisseExchangePlan *plan);

ShopcaisseExchange *shopcaisse_exchange_ref(ShopcaisseExchange *self);

void shopcaisse_exchange_unref(ShopcaisseExchange *self);

void shopcaisse_exchange_begin(ShopcaisseExchange *self,
                               SoupSession *session,
                               SoupMessage *message,
                               GCancellable *cancellable);

void shopcaisse_exchange_break(ShopcaisseExchange *self, GError *error);

void shopcaisse_exchange_abandon(ShopcaisseExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseExchange, shopcaisse_exchange_unref)

G_END_DECLS
