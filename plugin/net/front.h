/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/exchange.h"
#include "net/origin.h"
#include "net/transport.h"

G_BEGIN_DECLS

typedef struct ShopcaisseFront ShopcaisseFront;

/* One request, ready for a library; everything in it is the caller's. */
typedef struct {
  const ShopcaisseRequest *request;
  const char *method;        /* its name */
  GUri *uri;                 /* the origin's, joined with the request's path */
  const char *authorization; /* (nullable): a header's value */
  GCancellable *cancellable; /* (nullable) */
} ShopcaisseErrand;

typedef struct {
  /* Takes up the work with shopcaisse_exchange_begin(), or breaks the exchange. */
  void (*begin)(ShopcaisseFront *self,
                ShopcaisseExchange *exchange,
                const ShopcaisseErrand *errand);

  /* Closes the connections and frees what is the library's own. Nothing is in flight. */
  void (*close)(ShopcaisseFront *self);
} ShopcaisseFrontLibrary;

/* What every transport has; a library's own struct begins with it. */
struct ShopcaisseFront {
  ShopcaisseTransport table; /* first: the caller sees nothing else */
  const ShopcaisseFrontLibrary *library;
  GMainContext *context;     /* (owned) */
  ShopcaisseOrigin *origin;  /* (owned) */
  GProxyResolver *proxy;     /* (owned) (nullable): NULL is directly */
  GTlsDatabase *authorities; /* (owned) (nullable): NULL is the system's */
  char *user_agent;          /* (owned) (nullable) */
  char *token;               /* (owned) (nullable): wiped on release */
  GPtrArray *in_flight;      /* (owned) (element-type ShopcaisseExchange) */
  gboolean is_stopped;
};

/* How both libraries are to connect; the silence is without a byte, within the deadline. libsoup
 * keeps nothing open; docs/decisions/0009. */
#define SHOPCAISSE_CONNECTIONS_MAX   8
#define SHOPCAISSE_PER_HOST_MAX      6
#define SHOPCAISSE_SILENCE_SECONDS   15
#define SHOPCAISSE_KEEP_OPEN_SECONDS 60

gboolean shopcaisse_front_init(ShopcaisseFront *self,
                               const ShopcaisseFrontLibrary *library,
                               const ShopcaisseTransportConfig *config,
                               GError **error);

G_END_DECLS
