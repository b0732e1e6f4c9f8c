/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

typedef void (*ShopcaisseRecordDone)(const GError *error, gpointer user_data);

/* Gives the host what the till sold, a batch at a time, until it has all of it. */
void shopcaisse_record_tickets(ShopcaisseContext *context,
                               ShopcaisseRecordDone done,
                               gpointer user_data);

G_END_DECLS
