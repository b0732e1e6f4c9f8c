/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* When a right is missed, if a token has not got it; docs/PROTOCOL.md 1.1. */
typedef enum {
  SHOPCAISSE_NEED_ALWAYS,
  SHOPCAISSE_NEED_WEBHOOKS,  /* while events are listened for */
  SHOPCAISSE_NEED_CUSTOMERS, /* while customers are sent */
  SHOPCAISSE_NEED_OPTIONAL,  /* of use, and nobody misses it */
  SHOPCAISSE_NEED_NEVER      /* nothing here makes use of it */
} ShopcaisseRightNeed;

typedef enum {
  SHOPCAISSE_RIGHT_GRANTED,
  SHOPCAISSE_RIGHT_MISSING,
  SHOPCAISSE_RIGHT_UNUSED, /* granted, and nothing needs it */
  SHOPCAISSE_RIGHT_ABSENT  /* neither granted nor needed */
} ShopcaisseRightState;

/* What a right serves: the one table for the doctor, the list of rights and every message. */
typedef struct {
  const char *node;
  const char *name;    /* to be translated */
  const char *missing; /* (nullable): to be translated, a sentence with %s for the node */
  const char *job;     /* (nullable): the kind of outbox row that is refused without it */
  ShopcaisseRightNeed need;
} ShopcaisseRight;

const ShopcaisseRight *shopcaisse_rights_list(gsize *n_rights);

ShopcaisseRightState shopcaisse_right_look(const ShopcaisseRight *self, ShopcaisseContext *context);

/* Whether it lets its owner destroy something. */
gboolean shopcaisse_right_is_dangerous(const char *node);

/* The sentence that names it, for a right that can be missing. */
char *shopcaisse_right_dup_missing(const ShopcaisseRight *self);

guint shopcaisse_rights_count_missing(ShopcaisseContext *context);

/* (nullable): why the service refused a row of this kind, if it is for want of a right. */
char *shopcaisse_rights_explain(ShopcaisseContext *context, const char *job_kind);

G_END_DECLS
