/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fault.h"
#include "framing.h"
#include "simulator.h"

#define SIM_READ_BYTES 65536

typedef struct _SimConnection SimConnection;
typedef void (*SimStep)(SimConnection *connection);

typedef enum {
  SIM_TEAR_RST,
  SIM_TEAR_FIN
} SimTear;

/* One client's connection, and the exchange that it is in. */
struct _SimConnection {
  Simulator *sim;            /* (unowned) */
  GSocketConnection *client; /* (owned) */
  GIOStream *service;        /* (owned) (nullable): towards the service, in an exchange */
  GCancellable *stop;        /* (owned) */
  GByteArray *received;      /* (owned): from the client */
  GByteArray *answer;        /* (owned): for the client */
  GByteArray *forwarded;     /* (owned) (nullable): towards the service, while it is written */
  SimFrame request;
  SimFrame reply;
  SimFault *fault;  /* (owned) (nullable): obeyed in this exchange */
  GSource *timer;   /* (owned) (nullable) */
  const char *held; /* (static) (nullable): where it is held */
  SimStep resume;   /* what a release does */
  gsize sent;       /* bytes of the answer that are written */
  gsize flood_left; /* bytes still to be made up */
  guint number;     /* in the request log; 0 between exchanges */
  gboolean closed;
  gboolean parked;      /* never to be answered */
  gboolean continued;   /* has sent 100 Continue */
  gboolean close_after; /* closes once the answer is out */
  guint8 buffer[SIM_READ_BYTES];
  guint8 service_buffer[SIM_READ_BYTES];
};

void sim_connection_start(Simulator *sim, GSocketConnection *client);
SimConnection *sim_connection_ref(SimConnection *self);
void sim_connection_unref(SimConnection *self);
void sim_connection_read(SimConnection *self);
void sim_connection_tear(SimConnection *self, SimTear tear);
void sim_connection_hold(SimConnection *self, const char *where, SimStep resume);
void sim_connection_release(SimConnection *self, const char *then);
void sim_connection_park(SimConnection *self);
void sim_connection_delay(SimConnection *self, guint ms, GSourceFunc step_cb);
gboolean sim_connection_is_idle(const SimConnection *self);

void sim_exchange_decide(SimConnection *self);
void sim_exchange_begin(SimConnection *self);
void sim_exchange_refuse(SimConnection *self);
void sim_exchange_next(SimConnection *self);
