/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host-database.h"

typedef struct _HostWorker HostWorker;

/**
 * HostWorkerFunction:
 * @database: the host's books
 * @argument: (nullable): what to do it with
 * @error: return location for an error
 *
 * One job; runs in the worker's thread.
 *
 * Returns: (transfer full) (nullable): the answer
 */
typedef GVariant *(*HostWorkerFunction)(HostDatabase *database, GVariant *argument, GError **error);

HostWorker *host_worker_new(const char *path);
void host_worker_free(HostWorker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HostWorker, host_worker_free)

void host_worker_run_async(HostWorker *self,
                           HostWorkerFunction function,
                           GVariant *argument,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GVariant *host_worker_run_finish(HostWorker *self, GAsyncResult *result, GError **error);
