/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* What an engine talks to, without rules of its own: time stands until it is moved, requests,
 * questions and news wait in queues for the test to take them. */

typedef struct {
  ShopcaisseClock clock;
  gint64 now;
  gint64 monotonic;
  guint chance;      /* of 1000: where in its range a random number lies */
  GPtrArray *timers; /* (owned) (element-type ShopcaisseTimer): in the order they were set */
} FakeClock;

void fake_clock_init(FakeClock *self, gint64 now);
void fake_clock_clear(FakeClock *self);
/* The earliest deadline, monotonic; -1: no timer is set. */
gint64 fake_clock_next(FakeClock *self);
/* Calls the earliest timer that is due, if any. */
gboolean fake_clock_fire(FakeClock *self);

/* A request that an engine has sent. */
typedef struct {
  ShopcaisseMethod method;
  char *path;   /* (owned) */
  GBytes *body; /* (owned) (nullable) */
  char *token;  /* (owned) (nullable): that travelled with it */
  ShopcaisseReplyFunc callback;
  gpointer user_data;
  ShopcaisseTransport *transport; /* (not owned): that carries it */
} FakeExchange;

void fake_exchange_free(FakeExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeExchange, fake_exchange_free)

/* Where webhooks come in, if the engine listens: nothing but its callback. */
typedef struct {
  ShopcaisseReceiverConfig config; /* as asked for last; its texts are the engine's */
  guint n_open;                    /* receivers that live */
  guint n_opened;                  /* that ever did */
  guint64 n_refused;               /* what the receiver says it has refused */
  gboolean is_taken;               /* the port: none opens */
} FakeDoor;

/* The door of the current network. */
ShopcaisseReceiver *fake_door_open(const ShopcaisseReceiverConfig *config, GError **error);
void fake_door_set_current(FakeDoor *self);
/* One that is right: signed with @key, about @resource. @content is JSON. */
ShopcaisseReceived
fake_door_knock(FakeDoor *self, const char *key, const char *event, const char *resource_id);
ShopcaisseReceived fake_door_knock_with(FakeDoor *self, const char *signature, const char *body);

typedef struct {
  GMainContext *context; /* (not owned) */
  GPtrArray *requests;   /* (owned) (element-type FakeExchange): that nobody has taken */
  GPtrArray *taken;      /* (owned) (element-type FakeExchange): not answered yet, not owned */
  GPtrArray *sent;       /* (owned) (element-type utf8): all that ever left: method and path */
  char *base_url;        /* (owned) (nullable): of the transport opened last */
  char *choice;          /* (owned) (nullable): of the transport, as asked for last */
  guint n_open;          /* transports that live */
  gboolean is_broken;    /* no transport opens */
  gboolean is_deaf;      /* none can listen */
  FakeDoor door;
} FakeNetwork;

void fake_network_init(FakeNetwork *self, GMainContext *context);
void fake_network_clear(FakeNetwork *self);
/* Of several: the one whose transports are opened from now on. */
void fake_network_make_current(FakeNetwork *self);
/* The engine's `load_transport`; it carries no data, so one network at a time is the current one.
 */
ShopcaisseTransportOpenFunc fake_network_load(const char *choice, GError **error);
/* The answer comes in the context. @exchange and @reply are consumed. */
void fake_network_answer(FakeNetwork *self, FakeExchange *exchange, ShopcaisseReply *reply);

/* Something a host was asked. */
typedef struct {
  ShopcaisseQuestion question;
  GVariant *argument; /* (owned) */
  ShopcaisseHostAnswer callback;
  gpointer user_data;
} FakeQuestion;

void fake_question_free(FakeQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeQuestion, fake_question_free)

/* What a host is asked for its words and its parcels by; a test that wants them adds them to the
 * features. */
#define FAKE_HOST_WORDS                                                                            \
  (COMPTOIR_HOST_LIST_SALE_STATUSES | COMPTOIR_HOST_LIST_PAYMENT_METHODS |                         \
   COMPTOIR_HOST_LIST_SHIPMENTS)

typedef struct {
  ShopcaisseHost host;
  GMainContext *context; /* (not owned) */
  GPtrArray *questions;  /* (owned) (element-type FakeQuestion): that nobody has taken */
  GPtrArray *progress;   /* (owned) (element-type GVariant): rows, in the order they were told */
  GPtrArray *notices;    /* (owned) (element-type GVariant) */
  gboolean is_closing;   /* hears nothing: what it is told is cancelled */
} FakeHost;

void fake_host_init(FakeHost *self, GMainContext *context);
void fake_host_clear(FakeHost *self);
/* One of both; @question is consumed, @answer is (nullable) and sunk, @error is copied. */
void fake_host_answer(FakeHost *self, FakeQuestion *question, GVariant *answer, gint64 cost_us);
void fake_host_fail(FakeHost *self, FakeQuestion *question, const GError *error);

typedef struct {
  ShopcaisseSecretStore store;
  GMainContext *context; /* (not owned) */
  char *secret;          /* (owned) (nullable) */
  guint n_saved;
  gboolean is_locked; /* both calls fail */
} FakeSecrets;

void fake_secrets_init(FakeSecrets *self, GMainContext *context);
void fake_secrets_clear(FakeSecrets *self);

G_END_DECLS
