/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* @argument: {token, other_company}. Checks and keeps a new token, asks the service about it and
 * reads what it sees: {application, environment, rights, companies, stores, registers}. Links,
 * queue and cursors stay. */
void shopcaisse_set_token(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer);

G_END_DECLS
