/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* What the engine may ask of a host. channel/bridge implements it for a ComptoirHost in another
 * thread, tests implement it in their own. All of it happens in the engine's context. */
typedef struct ShopcaisseHost ShopcaisseHost;

typedef enum {
  SHOPCAISSE_ASK_LIST_ARTICLES, /* a query row, answer a page */
  SHOPCAISSE_ASK_LIST_SALES,
  SHOPCAISSE_ASK_APPLY_ARTICLES, /* {rows}, answer {rows} */
  SHOPCAISSE_ASK_RECORD_SALES,
  SHOPCAISSE_ASK_LOOKUP_SECRET, /* {name}, answer {secret} */
  SHOPCAISSE_ASK_STORE_SECRET,  /* {name, secret} */
  SHOPCAISSE_ASK_LIST_STATUSES, /* a query row, answer a page */
  SHOPCAISSE_ASK_LIST_METHODS,
  SHOPCAISSE_ASK_LIST_SHIPMENTS
} ShopcaisseQuestion;

typedef enum {
  SHOPCAISSE_TELL_PROGRESS, /* a progress row */
  SHOPCAISSE_TELL_NOTICE    /* a notice row */
} ShopcaisseNews;

/* Called once, never from inside the question; @cost_us is how long the host's thread was busy. */
typedef void (*ShopcaisseHostAnswer)(GVariant *answer,
                                     const GError *error,
                                     gint64 cost_us,
                                     gpointer user_data);

struct ShopcaisseHost {
  const char *instance_id; /* names the host's sales database */
  const char *name;
  guint features; /* ComptoirHostFeatures */

  /* @argument: a{sv}, its floating reference is taken. */
  void (*ask)(ShopcaisseHost *self,
              ShopcaisseQuestion question,
              GVariant *argument,
              ShopcaisseHostAnswer callback,
              gpointer user_data);

  /* @callback is called when the host has heard it. */
  void (*tell)(ShopcaisseHost *self,
               ShopcaisseNews news,
               GVariant *row,
               ShopcaisseHostAnswer callback,
               gpointer user_data);
};

G_END_DECLS
