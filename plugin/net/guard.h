/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/receiver.h"

G_BEGIN_DECLS

/* The door of a receiver: it listens, counts, times, and reads each request to its end. What it
 * lets through is one whole request in its plainest form; what it does not is answered by itself.
 */
typedef struct ShopcaisseGuard ShopcaisseGuard;

/* @stream: the request to read and the connection to answer on. Letting go of it ends the visit. */
typedef void (*ShopcaisseGuardFunc)(GIOStream *stream, gpointer user_data);

ShopcaisseGuard *shopcaisse_guard_open(const ShopcaisseReceiverConfig *config,
                                       ShopcaisseGuardFunc visited,
                                       gpointer user_data,
                                       GError **error);

guint16 shopcaisse_guard_get_port(ShopcaisseGuard *self);
guint shopcaisse_guard_count_open(ShopcaisseGuard *self);
guint64 shopcaisse_guard_count_refused(ShopcaisseGuard *self);

void shopcaisse_guard_free(ShopcaisseGuard *self);

G_END_DECLS
