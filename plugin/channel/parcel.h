/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/bridge.h"

G_BEGIN_DECLS

/* Inside the bridge only: the one thing that crosses from thread to thread. Whoever fills it does
 * not touch it again after it is posted; everything in it is a value that nobody changes. */
typedef struct ShopcaisseParcel ShopcaisseParcel;

/* Called in the thread that the parcel was posted to. */
typedef void (*ShopcaisseParcelFunc)(ShopcaisseBridge *bridge, ShopcaisseParcel *parcel);

struct ShopcaisseParcel {
  gint sealed;              /* atomic: the fields below were written before */
  ShopcaisseBridge *bridge; /* (owned) */
  ShopcaisseParcelFunc open;

  guint64 id;     /* of an operation or a question */
  guint kind;     /* operation, question, news or status, as `open` knows */
  guint offset;   /* of a window, in rows */
  guint limit;    /* of a window, in rows */
  gint64 cost_us; /* how long the host's thread was busy */
  gboolean has_status;
  gboolean is_busy;
  double progress;
  char *text;      /* (owned) (nullable) */
  char **names;    /* (owned) (nullable) */
  GVariant *value; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
};

ShopcaisseParcel *shopcaisse_parcel_new(ShopcaisseBridge *bridge, ShopcaisseParcelFunc open);

void shopcaisse_parcel_free(ShopcaisseParcel *self);

void shopcaisse_parcel_post(ShopcaisseParcel *self, GMainContext *context);

GError *shopcaisse_parcel_closed_error(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseParcel, shopcaisse_parcel_free)

G_END_DECLS
