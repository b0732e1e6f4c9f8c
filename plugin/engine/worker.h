/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseWorker ShopcaisseWorker;

/* Moves the rows of the outbox: builds a request, sends it, applies the answer. */
ShopcaisseWorker *shopcaisse_worker_new(ShopcaisseContext *context);
void shopcaisse_worker_free(ShopcaisseWorker *self);

/* @transport is taken; NULL: nothing can be sent for now. */
void shopcaisse_worker_take_transport(ShopcaisseWorker *self, ShopcaisseTransport *transport);

gboolean shopcaisse_worker_has_transport(ShopcaisseWorker *self);

/* Something may be due. */
void shopcaisse_worker_wake(ShopcaisseWorker *self);

/* There is something new: tries once, whatever failed before. */
void shopcaisse_worker_try(ShopcaisseWorker *self);

/* Forgets a pause after failures: a person asked, or the network came back. */
void shopcaisse_worker_resume(ShopcaisseWorker *self);

/* Cancels what is on the wire; @stopped is called when nothing is. */
void shopcaisse_worker_stop(ShopcaisseWorker *self, GDestroyNotify stopped, gpointer user_data);

G_END_DECLS
