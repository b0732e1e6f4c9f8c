/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

/* Called from the context, outside of libcurl, when a handle has ended; it is out of the pump.
 * @call is the handle's CURLOPT_PRIVATE. */
typedef void (*ShopcaissePumpDoneFunc)(gpointer call, CURLcode code);

/* Transfers of one origin on one main context. */
typedef struct ShopcaissePump ShopcaissePump;

ShopcaissePump *shopcaisse_pump_new(GMainContext *context, ShopcaissePumpDoneFunc done);

void shopcaisse_pump_add(ShopcaissePump *self, CURL *easy);

void shopcaisse_pump_remove(ShopcaissePump *self, CURL *easy);

void shopcaisse_pump_close(ShopcaissePump *self);

G_END_DECLS
