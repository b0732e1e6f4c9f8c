/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/curl/guide.h"
#include "net/curl/pump.h"
#include "net/front.h"

G_BEGIN_DECLS

typedef struct {
  ShopcaissePump *pump;   /* (not owned): closed after the exchange */
  ShopcaisseGuide *guide; /* (not owned): referenced as needed */
  const char *user_agent; /* (nullable) */
  const char *ca_file;    /* (nullable): NULL is the system's authorities */
} ShopcaisseCurlMeans;

void shopcaisse_curl_call_begin(ShopcaisseExchange *exchange,
                                const ShopcaisseCurlMeans *means,
                                const ShopcaisseErrand *errand);

/* The pump's. */
void shopcaisse_curl_call_done(gpointer call, CURLcode code);

G_END_DECLS
