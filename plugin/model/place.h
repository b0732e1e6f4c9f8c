/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* The tree a token sees: organisation, company, store, register (POS); docs/PROTOCOL.md 3.1 to 3.4.
 */
typedef enum {
  SHOPCAISSE_PLACE_ORGANISATION,
  SHOPCAISSE_PLACE_COMPANY,
  SHOPCAISSE_PLACE_STORE,
  SHOPCAISSE_PLACE_POS
} ShopcaissePlaceKind;

typedef struct {
  ShopcaissePlaceKind kind;
  char *id;        /* (owned) */
  char *parent_id; /* (owned) (nullable) */
  char *name;      /* (owned): "" when the service gives none */
  char *country;   /* (owned) (nullable): ISO 3166 code of a company */
  char *city;      /* (owned) (nullable): of a store */
  gboolean active;
  gboolean configuration_mode; /* of a register; perhaps Discovery mode, docs/PROTOCOL.md 3.4 */
} ShopcaissePlace;

void shopcaisse_place_free(ShopcaissePlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePlace, shopcaisse_place_free)

G_END_DECLS
