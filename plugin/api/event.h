/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a webhook says, as far as it is believed: that something happened to a resource. */
typedef struct {
  char *name;        /* (owned): "store.orders" */
  char *resource_id; /* (owned) */
} ShopcaisseEvent;

ShopcaisseEvent *shopcaisse_event_parse(GBytes *body, GError **error);

void shopcaisse_event_free(ShopcaisseEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseEvent, shopcaisse_event_free)

G_END_DECLS
