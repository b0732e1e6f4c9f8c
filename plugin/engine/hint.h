/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/event.h"
#include "model/place.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What an event means for the store that is chosen here. */
typedef enum {
  SHOPCAISSE_HINT_PULL,      /* the task reads it again */
  SHOPCAISSE_HINT_ELSEWHERE, /* of another store or company of the token */
  SHOPCAISSE_HINT_STRANGE,   /* of nobody the token knows */
  SHOPCAISSE_HINT_UNKNOWN    /* an event that nothing follows from */
} ShopcaisseHintKind;

/* What follows from an event. */
typedef struct {
  const char *event;
  ShopcaissePlaceKind kind; /* of its resource */
  const char *task;         /* of engine/run.c; several events may lead to one */
} ShopcaisseHintRoute;

typedef struct {
  ShopcaisseHintKind kind;
  const char *task;  /* (nullable): a task of engine/run.c */
  const char *known; /* (nullable): the event's name, of those that are counted by name */
} ShopcaisseHint;

ShopcaisseHint shopcaisse_hint_read(ShopcaisseContext *context, const ShopcaisseEvent *event);

/* All events that are known; NULL behind the last. */
const ShopcaisseHintRoute *shopcaisse_hint_get_route(gsize i);

G_END_DECLS
