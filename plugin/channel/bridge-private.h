/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/parcel.h"
#include "channel/secret.h"

G_BEGIN_DECLS

/* Inside the bridge only. Each half belongs to one thread; what both see never changes. */

typedef struct {
  ShopcaisseHost base;
  ShopcaisseBridge *bridge; /* not owned: this is a part of it */
} ShopcaisseBridgeFace;

typedef struct {
  ComptoirHost *host;  /* (owned) (nullable): NULL once nothing of it may be called */
  gulong handlers[3];  /* of the host's signals */
  GThread *thread;     /* (owned) (nullable): the engine's, until it has ended */
  GHashTable *waiting; /* (owned): id to who waits for the answer */
  GPtrArray
      *questions;    /* (owned): those that the host has not answered, each owned by its request */
  GSource *deadline; /* (owned) (nullable): of close */
  guint64 last_id;
  gboolean is_closing;
  gboolean is_closed;
} ShopcaisseHostSide;

typedef struct {
  GMainLoop *loop;                /* (owned) */
  ShopcaisseClock *clock;         /* (owned) */
  ShopcaisseSecretStore *secrets; /* (owned) */
  ShopcaisseEngine *engine;       /* (owned) (nullable) */
  ShopcaisseBridgeFace face;
  GHashTable *performing; /* (owned): a set of what the engine has not answered */
  GHashTable *asked;      /* (owned): id to who waits for the host */
  guint64 last_id;
  GSource *knock;         /* (owned) (nullable): until the host's context was heard of */
  ShopcaisseParcel *news; /* (owned) (nullable): what the host's thread has not been told */
  GHashTable *news_kinds; /* (owned): of lists that changed since */
  gboolean is_news_underway;
  gboolean is_leaving;
} ShopcaisseEngineSide;

struct ShopcaisseBridge {
  gint references;              /* atomic */
  GThread *host_thread;         /* not owned: compared only */
  GMainContext *host_context;   /* (owned) */
  GMainContext *engine_context; /* (owned): cleared when the engine's thread was joined */
  ShopcaisseProfile *profile;   /* (owned) */
  ShopcaisseTransportLoadFunc load_transport;
  const ShopcaisseBridgeEvents *events;
  GWeakRef owner;
  guint close_ms;
  guint knock_ms;

  ShopcaisseHostSide host_side;
  ShopcaisseEngineSide engine_side;
};

/* bridge-engine.c: the engine's thread */
gpointer shopcaisse_bridge_run_engine(gpointer bridge);
void shopcaisse_bridge_do_perform(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_do_fetch(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_do_host_changed(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_do_leave(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_do_heard(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

/* bridge-face.c: the engine's thread */
void shopcaisse_bridge_init_face(ShopcaisseBridge *self);
void shopcaisse_bridge_clear_face(ShopcaisseBridge *self);
void shopcaisse_bridge_fail_asked(ShopcaisseBridge *self);
void shopcaisse_bridge_do_host_answered(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

/* bridge-news.c: the engine's thread, but for the last */
extern const ShopcaisseListener shopcaisse_bridge_listener;
void shopcaisse_bridge_send_news(ShopcaisseBridge *self);
void shopcaisse_bridge_do_news_taken(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_take_news(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

/* bridge-host.c: the host's thread */
void shopcaisse_bridge_attach_host(ShopcaisseBridge *self, ComptoirHost *host);
void shopcaisse_bridge_detach_host(ShopcaisseBridge *self);
void shopcaisse_bridge_take_question(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_take_tale(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

/* bridge.c: the host's thread */
void shopcaisse_bridge_take_opened(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_take_answer(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_take_ended(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
void shopcaisse_bridge_take_knock(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

G_END_DECLS
