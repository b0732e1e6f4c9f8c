/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/outcome.h"
#include "net/transport.h"

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

/* What the library has of an exchange, until one of the two is called, once. */
typedef struct {
  void (*cut)(gpointer call);  /* stops it and releases @call; the library may be half way */
  void (*drop)(gpointer call); /* releases @call: the library itself brought the answer */
  gpointer call;               /* (owned) */
} ShopcaisseExchangeLibrary;

ShopcaisseExchange *shopcaisse_exchange_new(const ShopcaisseExchangePlan *plan);

ShopcaisseExchange *shopcaisse_exchange_ref(ShopcaisseExchange *self);

void shopcaisse_exchange_unref(ShopcaisseExchange *self);

void shopcaisse_exchange_begin(ShopcaisseExchange *self,
                               const ShopcaisseExchangeLibrary *library,
                               GCancellable *cancellable);

/* How far it has come. */
void shopcaisse_exchange_connecting(ShopcaisseExchange *self);
void shopcaisse_exchange_connected(ShopcaisseExchange *self);
guint shopcaisse_exchange_starting(ShopcaisseExchange *self);

ShopcaisseReach shopcaisse_exchange_get_reach(const ShopcaisseExchange *self);

gsize shopcaisse_exchange_get_max_answer(const ShopcaisseExchange *self);

gboolean shopcaisse_exchange_is_over(const ShopcaisseExchange *self);

/* How it ends. */
void shopcaisse_exchange_answer(ShopcaisseExchange *self, ShopcaisseReply *reply);
void shopcaisse_exchange_decide(ShopcaisseExchange *self, ShopcaisseReply *verdict);
void shopcaisse_exchange_break(ShopcaisseExchange *self, GError *error);
void shopcaisse_exchange_abandon(ShopcaisseExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseExchange, shopcaisse_exchange_unref)

G_END_DECLS
