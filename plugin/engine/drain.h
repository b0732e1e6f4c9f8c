/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Whoever said "send now" waits until every order that could be sent has been tried. */
void shopcaisse_drain_add(ShopcaisseContext *context, ShopcaisseAnswer *answer);

/* After each commit of the worker. */
void shopcaisse_drain_check(ShopcaisseContext *context);

/* The channel closes. */
void shopcaisse_drain_cancel(ShopcaisseContext *context);

G_END_DECLS
