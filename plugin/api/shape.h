/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/json.h"
#include "api/tally.h"

G_BEGIN_DECLS

typedef struct ShopcaisseShape ShopcaisseShape;

/* A field that docs/PROTOCOL.md 3 names, whether it is read or not. */
typedef struct {
  const char *key;
  const ShopcaisseShape *below;           /* (nullable): of the object, or of each in the array */
  gboolean (*is_known)(const char *word); /* (nullable): of an enumeration */
} ShopcaisseShapeField;

struct ShopcaisseShape {
  const char *name; /* "item", "item.family" */
  const ShopcaisseShapeField *fields;
  gsize n_fields;
};

#define SHOPCAISSE_SHAPE(name, fields)                                                             \
  {                                                                                                \
    name, fields, G_N_ELEMENTS(fields)                                                             \
  }

void shopcaisse_shape_count(const ShopcaisseShape *self, json_t *object, ShopcaisseTally *tally);

G_END_DECLS
