/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* What can be added to an item, and the group it is chosen from; docs/PROTOCOL.md 3.7. */
typedef struct {
  char *id;      /* (owned) (nullable): of the place in the group, not of the item */
  char *item_id; /* (owned): the item that is added */
  char *name;    /* (owned): trimmed; "" in practice, the item has the name */
  gboolean has_price;
  gint64 price_minor; /* tax included, for one */
  gint64 max_select;  /* how often it may be chosen; -1 when absent */
  gboolean optional;
  gint64 position; /* 0 when absent */
  gboolean deleted;
} ShopcaisseModifier;

typedef struct {
  char *id;             /* (owned) */
  char *name;           /* (owned): trimmed, may be "" */
  GPtrArray *modifiers; /* (owned) (element-type ShopcaisseModifier) */
} ShopcaisseModifierGroup;

/* What a store has not got today; docs/PROTOCOL.md 3.8. */
typedef struct {
  char *item_id;  /* (owned) */
  char *store_id; /* (owned) */
  char **types;   /* (owned): where it is missing, verbatim; empty when the service names none */
} ShopcaisseUnavailability;

void shopcaisse_modifier_free(ShopcaisseModifier *self);
void shopcaisse_modifier_group_free(ShopcaisseModifierGroup *self);
void shopcaisse_unavailability_free(ShopcaisseUnavailability *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseModifier, shopcaisse_modifier_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseModifierGroup, shopcaisse_modifier_group_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseUnavailability, shopcaisse_unavailability_free)

G_END_DECLS
