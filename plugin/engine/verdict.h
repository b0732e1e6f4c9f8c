/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_VERDICT_SEND,     /* from build: it goes out; from apply: its page is being written */
  SHOPCAISSE_VERDICT_LOOK_UP,  /* from build: it only asks what became of the row */
  SHOPCAISSE_VERDICT_SETTLE,   /* done, the row is forgotten */
  SHOPCAISSE_VERDICT_KEEP,     /* done, the row stays so that its key stays taken */
  SHOPCAISSE_VERDICT_POSTPONE, /* again after delay_us */
  SHOPCAISSE_VERDICT_HOLD,     /* until its condition is released */
  SHOPCAISSE_VERDICT_PARK,     /* a person decides */
  SHOPCAISSE_VERDICT_FAIL      /* the run it belongs to has failed */
} ShopcaisseVerdictAction;

/* Whether something of the row may be at the service, as far as this says more than is_unknown. */
typedef enum {
  SHOPCAISSE_DOUBT_STAYS,
  SHOPCAISSE_DOUBT_BEGINS, /* now, whenever it began before */
  SHOPCAISSE_DOUBT_ENDS    /* it was looked up: the service has nothing of it */
} ShopcaisseDoubt;

typedef struct {
  ShopcaisseVerdictAction action;
  const char *reason; /* a literal */
  char *message;      /* (owned) (nullable): for people */
  gint64 delay_us;
  gboolean is_unknown; /* the outcome is not known: the same bytes go again */
  ShopcaisseDoubt doubt;
  gboolean is_offline; /* the service cannot be reached: everything waits */
  const char *block;   /* (nullable): a literal: stop this store, or all; engine/block.h */
  int error_code;      /* ComptoirError of a failed run */
} ShopcaisseVerdict;

void shopcaisse_verdict_clear(ShopcaisseVerdict *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseVerdict, shopcaisse_verdict_clear)

G_END_DECLS
