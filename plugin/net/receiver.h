/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands between a network and a webhook; docs/decisions/0010-webhooks.md. */
#define SHOPCAISSE_RECEIVER_CONNECTIONS_MAX 32
#define SHOPCAISSE_RECEIVER_BODY_MAX        (256 * 1024)
#define SHOPCAISSE_RECEIVER_READ_MS         5000
#define SHOPCAISSE_RECEIVER_TOTAL_MS        10000

typedef struct ShopcaisseReceiver ShopcaisseReceiver;

typedef enum {
  SHOPCAISSE_RECEIVED_ACCEPTED,  /* something will follow from it */
  SHOPCAISSE_RECEIVED_IGNORED,   /* understood, nothing follows */
  SHOPCAISSE_RECEIVED_MALFORMED, /* no such text */
  SHOPCAISSE_RECEIVED_FORGED,    /* not signed, or not by whom we know */
  SHOPCAISSE_RECEIVED_BUSY       /* not now; it may come again */
} ShopcaisseReceived;

/* One whole body. @signature (nullable): as the header had it. Answers at once. */
typedef ShopcaisseReceived (*ShopcaisseReceiverFunc)(GBytes *body,
                                                     const char *signature,
                                                     gpointer user_data);

typedef struct {
  GMainContext *context; /* (not owned): its thread's default, where everything happens */
  const char *address;   /* a number, not a name */
  guint16 port;          /* 0: any that is free */
  const char *path;      /* the only one; the method is POST */
  const char *header;    /* that holds the signature */
  guint n_connections;   /* here and below: 0 is the figure above */
  gsize body_max;        /* bytes */
  guint read_ms;         /* without a byte */
  guint total_ms;        /* from the first moment of a connection to its last */
  ShopcaisseReceiverFunc received;
  gpointer user_data;
} ShopcaisseReceiverConfig;

/* A plain table, as the transport. */
struct ShopcaisseReceiver {
  guint16 (*get_port)(ShopcaisseReceiver *self);
  guint (*count_open)(ShopcaisseReceiver *self);
  /* Requests that were refused before anybody was asked about them. */
  guint64 (*count_refused)(ShopcaisseReceiver *self);
  /* Closes every connection; nothing is called any more. */
  void (*free)(ShopcaisseReceiver *self);
};

typedef ShopcaisseReceiver *(*ShopcaisseReceiverOpenFunc)(const ShopcaisseReceiverConfig *config,
                                                          GError **error);

G_END_DECLS
