/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/clock.h"
#include "engine/host.h"
#include "net/transport.h"

#include <comptoir/comptoir-channel.h>

G_BEGIN_DECLS

/* Everything behind the channel, as if it were alone: one context, no threads, no locks. */
typedef struct ShopcaisseEngine ShopcaisseEngine;

/* Where the token is kept. Both call back once, never from inside. */
typedef struct ShopcaisseSecretStore ShopcaisseSecretStore;
typedef void (*ShopcaisseSecretDone)(const char *secret, const GError *error, gpointer user_data);
struct ShopcaisseSecretStore {
  /* @place: as recorded by save; answers NULL when there is no secret there. */
  void (*load)(ShopcaisseSecretStore *self,
               const char *place,
               ShopcaisseSecretDone done,
               gpointer user_data);
  /* Answers the place, to be recorded. @secret NULL: forgets what lies at @place. */
  void (*save)(ShopcaisseSecretStore *self,
               const char *place,
               const char *secret,
               ShopcaisseSecretDone done,
               gpointer user_data);
};

/* What the outside hears, in the engine's context. */
typedef struct {
  void (*status_changed)(ComptoirStatus status,
                         const char *last_error,
                         gboolean busy,
                         double progress,
                         gpointer user_data);
  /* (transfer none) aa{sv}: rows as describe_settings wants them, labels not translated. */
  void (*settings_changed)(GVariant *settings, gpointer user_data);
  /* Rows of this kind ("journal", "orders", "articles", ...) are not what they were. */
  void (*list_changed)(const char *kind, gpointer user_data);
} ShopcaisseListener;

/* Steps of one order, for tests that stop the process there; reliability has nine of them. */
typedef void (*ShopcaisseStepFunc)(const char *step, const char *sale_id, gpointer user_data);

typedef struct {
  const char *folder;             /* of this profile, private */
  const char *bindings_folder;    /* (nullable): of all profiles of this user */
  const char *location;           /* (nullable): where the host sells */
  GMainContext *context;          /* (not owned) */
  ShopcaisseClock *clock;         /* (not owned) */
  ShopcaisseHost *host;           /* (not owned) */
  ShopcaisseSecretStore *secrets; /* (not owned) */
  ShopcaisseTransportLoadFunc load_transport;
  const ShopcaisseListener *listener; /* (nullable) (not owned) */
  gpointer listener_data;
  ShopcaisseStepFunc step; /* (nullable) */
  gpointer step_data;
} ShopcaisseEngineConfig;

typedef void (*ShopcaisseOpenDone)(const GError *error, gpointer user_data);
typedef void (*ShopcaisseAnswerFunc)(GVariant *answer, const GError *error, gpointer user_data);

/* Recovers what was in flight. The token is loaded afterwards; sales can be submitted at once. */
ShopcaisseEngine *shopcaisse_engine_open(const ShopcaisseEngineConfig *config, GError **error);

/* Cancels what is in flight, lets it answer, commits, calls @done; free afterwards. */
void shopcaisse_engine_close(ShopcaisseEngine *self, ShopcaisseOpenDone done, gpointer user_data);

void shopcaisse_engine_free(ShopcaisseEngine *self);

/* One operation of the contract. @argument: a{sv}, (transfer none). @callback is called once, never
 * from inside. A cancelled operation still happens; nobody hears of it. */
void shopcaisse_engine_perform(ShopcaisseEngine *self,
                               ComptoirOperation operation,
                               GVariant *argument,
                               ShopcaisseAnswerFunc callback,
                               gpointer user_data);

/* A window of a list; @kind as comptoir-rows.h names them. */
typedef struct {
  const char *kind;
  GVariant *query; /* (nullable) */
  guint offset;
  guint limit;
} ShopcaisseWindow;

/* {rows: aa{sv}, total: u, complete: b, counts: a{su}}. @callback is called once, never from
 * inside. */
void shopcaisse_engine_list(ShopcaisseEngine *self,
                            const ShopcaisseWindow *window,
                            ShopcaisseAnswerFunc callback,
                            gpointer user_data);

/* The host said that something changed. */
void shopcaisse_engine_host_changed(ShopcaisseEngine *self, ShopcaisseQuestion question);

G_END_DECLS
