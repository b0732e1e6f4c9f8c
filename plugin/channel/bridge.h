/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/profile.h"
#include "engine/engine.h"

G_BEGIN_DECLS

/* The one place that knows of two threads: the host's, where everything below is called and calls
 * back, and the engine's, which nobody else sees. */
typedef struct ShopcaisseBridge ShopcaisseBridge;

/* How long close may take, and when a host whose main context stands still is mentioned. */
#define SHOPCAISSE_BRIDGE_CLOSE_MS 2000
#define SHOPCAISSE_BRIDGE_KNOCK_MS 5000

/* What the owner hears, in the host's thread. */
typedef struct {
  ShopcaisseListener changed;
  /* Once, unless the bridge is closed before; with @error there is no engine. */
  void (*opened)(const GError *error, gpointer owner);
  /* The host says that it is about to end. */
  void (*closing)(gpointer owner);
  /* Once after shopcaisse_bridge_close(); everything that waited was answered before. */
  void (*closed)(gpointer owner);
} ShopcaisseBridgeEvents;

typedef struct {
  ComptoirHost *host;
  ShopcaisseProfile *profile; /* consumed */
  ShopcaisseTransportLoadFunc load_transport;
  const ShopcaisseBridgeEvents *events; /* static */
  GObject *owner;                       /* held weakly */
  guint close_ms;
  guint knock_ms;
} ShopcaisseBridgeConfig;

ShopcaisseBridge *shopcaisse_bridge_open(const ShopcaisseBridgeConfig *config, GError **error);

void shopcaisse_bridge_close(ShopcaisseBridge *self);

void shopcaisse_bridge_abandon(ShopcaisseBridge *self);

guint64 shopcaisse_bridge_perform(ShopcaisseBridge *self,
                                  ComptoirOperation operation,
                                  GVariant *argument,
                                  ShopcaisseAnswerFunc answer,
                                  gpointer user_data);

guint64 shopcaisse_bridge_fetch(ShopcaisseBridge *self,
                                const ShopcaisseWindow *window,
                                ShopcaisseAnswerFunc answer,
                                gpointer user_data);

void shopcaisse_bridge_forget(ShopcaisseBridge *self, guint64 id);

ShopcaisseBridge *shopcaisse_bridge_ref(ShopcaisseBridge *self);

void shopcaisse_bridge_unref(ShopcaisseBridge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseBridge, shopcaisse_bridge_unref)

G_END_DECLS
