/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Where somebody lives; all NULL: not known. */
typedef struct {
  char *street;      /* (owned) (nullable), as the others: with its number, or without */
  char *number;      /* (owned) (nullable): of the house, where the host keeps it apart */
  char *postal_code; /* (owned) (nullable) */
  char *city;        /* (owned) (nullable) */
  char *country;     /* (owned) (nullable): a code such as FR */
  char *extra;       /* (owned) (nullable): floor, door, name on the bell */
} ShopcaisseAddress;

gboolean
shopcaisse_address_read(GVariant *row, const char *key, ShopcaisseAddress *self, GError **error);

void shopcaisse_address_clear(ShopcaisseAddress *self);

void shopcaisse_address_copy(const ShopcaisseAddress *self, ShopcaisseAddress *copy);

gboolean shopcaisse_address_is_empty(const ShopcaisseAddress *self);

/* Street and number as they are written where it is. */
char *shopcaisse_address_dup_street(const ShopcaisseAddress *self);

/* All of it in one line. */
char *shopcaisse_address_to_line(const ShopcaisseAddress *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseAddress, shopcaisse_address_clear)

G_END_DECLS
