/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/list-walk.h"

G_BEGIN_DECLS

/* What the query of the contract says, checked. */
typedef struct {
  gboolean is_long;          /* to be found in slices, by @query */
  ShopcaisseListQuery query; /* (owned) */
  char *text;                /* (owned) (nullable): of orders: a number or an id */
  char *sale;                /* (owned) (nullable): of orders: this one alone */
  char *item;                /* (owned) (nullable): of suggestions: what is to be linked */
  char *article;             /* (owned) (nullable): the same, of the other side */
  char *plan;                /* (owned) (nullable): of lines; else of the last plan */
  char *change;              /* (owned) (nullable): of lines */
  char *state;               /* (owned) (nullable): of orders or lines */
  gboolean is_newest_first;  /* of orders */
} ShopcaisseListAsked;

/* @self is all zero before. */
gboolean shopcaisse_list_asked_parse(ShopcaisseListAsked *self,
                                     const char *kind,
                                     GVariant *query,
                                     GError **error);

void shopcaisse_list_asked_clear(ShopcaisseListAsked *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseListAsked, shopcaisse_list_asked_clear)

G_END_DECLS
