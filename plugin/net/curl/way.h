/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A name whose addresses libcurl needs, and the port it will ask for. */
typedef struct {
  char *host; /* (owned) */
  int port;
} ShopcaisseWayName;

void shopcaisse_way_name_free(ShopcaisseWayName *self);

GPtrArray *shopcaisse_way_apply(CURL *easy, const char *way, GUri *target, GError **error);

char *shopcaisse_way_dup_host(GUri *target);

G_END_DECLS
