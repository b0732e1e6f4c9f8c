/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers what libcurl would otherwise find out by itself, blocking or unlike the other transport.
 */
typedef struct ShopcaisseGuide ShopcaisseGuide;

ShopcaisseGuide *shopcaisse_guide_new(GProxyResolver *proxy);

ShopcaisseGuide *shopcaisse_guide_ref(ShopcaisseGuide *self);

void shopcaisse_guide_unref(ShopcaisseGuide *self);

void shopcaisse_guide_list_ways_async(ShopcaisseGuide *self,
                                      GUri *uri,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

char **shopcaisse_guide_list_ways_finish(GAsyncResult *result, GError **error);

void shopcaisse_guide_find_host_async(ShopcaisseGuide *self,
                                      const char *host,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

char *shopcaisse_guide_find_host_finish(GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseGuide, shopcaisse_guide_unref)

G_END_DECLS
