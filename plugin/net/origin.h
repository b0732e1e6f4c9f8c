/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char *scheme; /* (owned): http or https */
  char *host;   /* (owned): without brackets */
  int port;     /* -1: the scheme's own */
  gboolean is_loopback;
} ShopcaisseOrigin;

ShopcaisseOrigin *shopcaisse_origin_parse(const char *base_url, GError **error);

void shopcaisse_origin_free(ShopcaisseOrigin *self);

GUri *shopcaisse_origin_build_uri(const ShopcaisseOrigin *self, const char *path, GError **error);

gboolean shopcaisse_origin_build_proxy(const ShopcaisseOrigin *self,
                                       const char *proxy,
                                       GProxyResolver **resolver,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseOrigin, shopcaisse_origin_free)

G_END_DECLS
