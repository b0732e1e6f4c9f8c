/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Gives the host what the till sold, a batch at a time, until it has all of it. */
void shopcaisse_record_tickets(ShopcaisseContext *context);

G_END_DECLS
