/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/webhook-count.h"
#include "net/transport.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The service says that something changed, and a pull of the schedule follows. Nothing it says is
 * believed, and everything works without: docs/decisions/0010-webhooks.md. */
typedef struct ShopcaisseWebhook ShopcaisseWebhook;

typedef enum {
  SHOPCAISSE_WEBHOOK_OFF,           /* nobody wants them, or there is no connection */
  SHOPCAISSE_WEBHOOK_CANNOT_LISTEN, /* the library of the transport */
  SHOPCAISSE_WEBHOOK_NO_RIGHT,      /* of the token */
  SHOPCAISSE_WEBHOOK_NO_KEY,        /* in the token */
  SHOPCAISSE_WEBHOOK_FAILED,        /* see the fault */
  SHOPCAISSE_WEBHOOK_LISTENING
} ShopcaisseWebhookState;

/* How it is, for whoever shows it. */
typedef struct {
  ShopcaisseWebhookState state;
  char *fault;        /* (owned) (nullable) */
  char *place;        /* (owned) (nullable): where it listens, or would: an address of http */
  char *url;          /* (owned): what the back office is told; "" when nobody has said */
  gboolean is_public; /* not on loopback alone */
} ShopcaisseWebhookView;

/* From the end of its last try the service gives up: five, 30 minutes apart; docs/PROTOCOL.md 4. */
#define SHOPCAISSE_WEBHOOK_SILENCE (2 * SHOPCAISSE_HOUR)

ShopcaisseWebhook *shopcaisse_webhook_new(ShopcaisseContext *context);

/* The connection or the settings are new. @transport is (nullable): there is none. */
void shopcaisse_webhook_restart(ShopcaisseWebhook *self, const ShopcaisseTransport *transport);

/* The service named the application; a token that names one has the last word. */
void shopcaisse_webhook_learn_key(ShopcaisseWebhook *self, const char *application_id);

/* Listens no more; what was counted is on disk. */
void shopcaisse_webhook_stop(ShopcaisseWebhook *self);

void shopcaisse_webhook_free(ShopcaisseWebhook *self);

const ShopcaisseWebhookView *shopcaisse_webhook_look(ShopcaisseWebhook *self);
/* As of now; with those that the receiver has refused. */
const ShopcaisseWebhookCount *shopcaisse_webhook_count(ShopcaisseWebhook *self);

G_END_DECLS
