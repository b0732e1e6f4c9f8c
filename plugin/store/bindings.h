/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Which profile of this computer serves which store: one store, one profile. A file for each,
 * beside the profiles; there is no secret in it. */
typedef struct ShopcaisseBindings ShopcaisseBindings;

typedef struct {
  const char *folder;         /* of all bindings; made when absent */
  const char *instance_id;    /* of the host's sales database */
  const char *profile_folder; /* a binding ends with it */
  const char *host;           /* the program, for people */
  const char *location;       /* (nullable): where it sells, for people */
} ShopcaisseBindingOwner;

/* @owner is copied. */
ShopcaisseBindings *shopcaisse_bindings_new(const ShopcaisseBindingOwner *owner);
void shopcaisse_bindings_free(ShopcaisseBindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseBindings, shopcaisse_bindings_free)

/* CONFLICT names the host that has the store and its location; BUSY: somebody is taking it just
 * now; STORAGE. One that is ours already is a success. */
gboolean shopcaisse_bindings_take(ShopcaisseBindings *self, const char *store_id, GError **error);

/* Gives back every store of this profile but that one, "" for none. */
gboolean shopcaisse_bindings_keep(ShopcaisseBindings *self, const char *store_id, GError **error);

G_END_DECLS
