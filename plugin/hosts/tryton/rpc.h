/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/* JSON-RPC towards one Tryton database, on the main context in which it was made. */
typedef struct TrytonRpc TrytonRpc;

/**
 * TrytonRpcDone:
 * @result: (nullable): what the server answered, borrowed
 * @error: (nullable): why it did not
 * @user_data: the caller's
 *
 * Called once for each call, never from inside it.
 */
typedef void (*TrytonRpcDone)(json_t *result, const GError *error, gpointer user_data);

typedef struct {
  const char *method; /* as in "model.sale.sale.read" */
  json_t *params;     /* (transfer full): an array; the context is put behind them */
  json_t *context;    /* (transfer full) (nullable): beside the session's own */
} TrytonCall;

/* How http without TLS is met, other than towards this computer. */
typedef enum {
  TRYTON_PLAIN_REFUSED,
  TRYTON_PLAIN_ALLOWED
} TrytonPlain;

TrytonRpc *tryton_rpc_new(const char *url, TrytonPlain plain, GError **error);
gboolean tryton_rpc_set_authority(TrytonRpc *self, const char *path, GError **error);
void tryton_rpc_free(TrytonRpc *self);

void tryton_rpc_set_session(TrytonRpc *self, const char *session);
void tryton_rpc_set_credentials(TrytonRpc *self, const char *login, const char *password);
void tryton_rpc_set_context(TrytonRpc *self, json_t *context);
json_t *tryton_rpc_get_context(TrytonRpc *self);

void tryton_rpc_call(TrytonRpc *self, const TrytonCall *call, TrytonRpcDone done, gpointer data);
void tryton_rpc_stop(TrytonRpc *self);
gint64 tryton_rpc_get_server_time(TrytonRpc *self);
