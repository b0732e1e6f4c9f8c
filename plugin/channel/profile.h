/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-host.h>

G_BEGIN_DECLS

/* Who the host is, asked once when the channel is opened. */
typedef struct {
  char *instance_id; /* (owned): names the host's sales database */
  char *name;        /* (owned): the program, for people */
  char *folder;      /* (owned): of this profile; perhaps not there yet */
  char *location;    /* (owned) (nullable): where it sells, for people */
  char *bindings;    /* (owned): folder of what all profiles of this user have taken */
  guint features;    /* ComptoirHostFeatures */
} ShopcaisseProfile;

ShopcaisseProfile *shopcaisse_profile_new(ComptoirHost *host, GError **error);

void shopcaisse_profile_free(ShopcaisseProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseProfile, shopcaisse_profile_free)

G_END_DECLS
