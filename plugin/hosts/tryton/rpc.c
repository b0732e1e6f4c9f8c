/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls to a Tryton server. A session is handed over by the client, or made here from a login; one
 * that ends is renewed when there is a login, and the call is made again. */

#include "rpc.h"

#include "config.h"
#include "rpc-answer.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_S       25
#define CONNECTIONS_MAX 4
#define LANGUAGE        "en"

struct TrytonRpc {
  SoupSession *http;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GUri *uri;                 /* (owned) */
  char *authorization;       /* (owned) (nullable): the header; set while there is a session */
  char *login;               /* (owned) (nullable) */
  char *password;            /* (owned) (nullable) */
  json_t *context;           /* (owned): what the server wants to hear with each call */
  GQueue waiting;            /* (element-type Call) (owned): until the login is answered */
  gint64 server_time;        /* of the last answer, microseconds since 1970 */
  gboolean is_logging_in;
};

typedef struct {
  TrytonRpc *rpc; /* (unowned): who made it outlives its calls */
  char *method;   /* (owned) */
  GBytes *body;   /* (owned) */
  TrytonRpcDone done;
  gpointer user_data;
  gboolean is_repeated; /* after a new login */
} Call;

static void answered_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void logged_in_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_call(Call *call)
{
  g_free(call->method);
  g_bytes_unref(call->body);
  g_free(call);
}

static void
end_call(Call *call, json_t *result, const GError *error)
{
  call->done(result, error, call->user_data);
  free_call(call);
}

static gboolean
is_loopback(GUri *uri)
{
  const char *host = g_uri_get_host(uri);
  g_autoptr(GInetAddress) address = host == NULL ? NULL : g_inet_address_new_from_string(host);

  if (address != NULL)
    return g_inet_address_get_is_loopback(address);
  return g_strcmp0(host, "localhost") == 0;
}

static gboolean
check_uri(GUri *uri, TrytonPlain plain, GError **error)
{
  const char *scheme = g_uri_get_scheme(uri);
  const char *path = g_uri_get_path(uri);

  if (g_uri_get_userinfo(uri) != NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("the address of Tryton holds a user: name it apart"));
    return FALSE;
  }
  if (g_uri_get_host(uri) == NULL || strlen(path) < 2) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("the address of Tryton names no server and database, as in "
                          "https://erp.example.org/shop/"));
    return FALSE;
  }
  if (g_str_equal(scheme, "https") ||
      (g_str_equal(scheme, "http") && (plain == TRYTON_PLAIN_ALLOWED || is_loopback(uri))))
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                      _("Tryton is spoken to over https, or over http on this computer alone"));
  return FALSE;
}

/* HTTP/2 of libsoup 3.2 uses memory after a cancellation that it has freed. */
static void
network_event_cb(SoupMessage *message,
                 GSocketClientEvent event,
                 GIOStream *connection,
                 gpointer user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION(connection))
    g_tls_connection_set_advertised_protocols(G_TLS_CONNECTION(connection), protocols);
}

/**
 * tryton_rpc_new:
 * @url: server and database, as in `https://erp.example.org/shop/`
 * @plain: whether http is allowed towards other computers
 * @error: return location for an error
 *
 * Makes a connection; nothing is sent yet. Fails with %COMPTOIR_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the connection
 */
TrytonRpc *
tryton_rpc_new(const char *url, TrytonPlain plain, GError **error)
{
  g_autoptr(GError) parse_error = NULL;
  g_autoptr(GUri) uri = g_uri_parse(url, SOUP_HTTP_URI_FLAGS, &parse_error);
  TrytonRpc *self = NULL;

  if (uri == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("the address of Tryton: %s"),
                parse_error->message);
    return NULL;
  }
  if (!check_uri(uri, plain, error))
    return NULL;
  self = g_new0(TrytonRpc, 1);
  self->uri = g_steal_pointer(&uri);
  self->context = json_object();
  self->cancellable = g_cancellable_new();
  self->http =
      soup_session_new_with_options("timeout", TIMEOUT_S, "max-conns-per-host", CONNECTIONS_MAX,
                                    "user-agent", "comptoir-tryton", NULL);
  g_queue_init(&self->waiting);
  return self;
}

/**
 * tryton_rpc_set_authority:
 * @self: a connection that nothing was sent over yet
 * @path: a file with certificates, PEM
 * @error: return location for an error
 *
 * Believes a server that one of these certificates vouches for, and no other. Fails with
 * %COMPTOIR_ERROR_INVALID when the file holds none.
 *
 * Returns: %TRUE if they are used from now on
 */
gboolean
tryton_rpc_set_authority(TrytonRpc *self, const char *path, GError **error)
{
  g_autoptr(GError) file_error = NULL;
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  g_autoptr(GTlsDatabase) database = g_tls_file_database_new(absolute, &file_error);

  if (database == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("the certificates for Tryton: %s"),
                file_error->message);
    return FALSE;
  }
  soup_session_set_tls_database(self->http, database);
  return TRUE;
}

/**
 * tryton_rpc_free:
 * @self: (transfer full) (nullable): a connection without calls under way
 *
 * Releases it.
 */
void
tryton_rpc_free(TrytonRpc *self)
{
  if (self == NULL)
    return;
  g_object_unref(self->http);
  g_object_unref(self->cancellable);
  g_uri_unref(self->uri);
  json_decref(self->context);
  g_free(self->authorization);
  g_free(self->login);
  g_free(self->password);
  g_free(self);
}

/**
 * tryton_rpc_set_session:
 * @self: a connection
 * @session: (nullable): `login:id:key`, as the client has it
 *
 * Uses this session from now on.
 */
void
tryton_rpc_set_session(TrytonRpc *self, const char *session)
{
  g_autofree char *encoded = NULL;

  g_clear_pointer(&self->authorization, g_free);
  if (session == NULL)
    return;
  encoded = g_base64_encode((const guchar *)session, strlen(session));
  self->authorization = g_strconcat("Session ", encoded, NULL);
}

/**
 * tryton_rpc_set_credentials:
 * @self: a connection
 * @login: a user of Tryton
 * @password: the password
 *
 * Lets the connection make its own sessions.
 */
void
tryton_rpc_set_credentials(TrytonRpc *self, const char *login, const char *password)
{
  g_free(self->login);
  g_free(self->password);
  self->login = g_strdup(login);
  self->password = g_strdup(password);
}

/**
 * tryton_rpc_set_context:
 * @self: a connection
 * @context: an object: the user's preferences
 *
 * Sends this with each call from now on.
 */
void
tryton_rpc_set_context(TrytonRpc *self, json_t *context)
{
  json_decref(self->context);
  self->context = json_deep_copy(context);
}

/**
 * tryton_rpc_get_context:
 * @self: a connection
 *
 * Returns: (transfer none): what is sent with each call
 */
json_t *
tryton_rpc_get_context(TrytonRpc *self)
{
  return self->context;
}

/**
 * tryton_rpc_get_server_time:
 * @self: a connection
 *
 * Returns: the server's clock at its last answer, in microseconds since 1970; 0 before the first
 */
gint64
tryton_rpc_get_server_time(TrytonRpc *self)
{
  return self->server_time;
}

static SoupMessage *
new_message(TrytonRpc *self, GBytes *body)
{
  SoupMessage *message = soup_message_new_from_uri(SOUP_METHOD_POST, self->uri);

  soup_message_set_flags(message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes(message, "application/json", body);
  if (self->authorization != NULL)
    soup_message_headers_append(soup_message_get_request_headers(message), "Authorization",
                                self->authorization);
  (void)g_signal_connect(message, "network-event", G_CALLBACK(network_event_cb), NULL);
  return message;
}

static void
send_call(Call *call)
{
  TrytonRpc *self = call->rpc;
  g_autoptr(SoupMessage) message = new_message(self, call->body);

  soup_session_send_and_read_async(self->http, message, G_PRIORITY_DEFAULT, self->cancellable,
                                   answered_cb, call);
}

static GBytes *
build_body(const char *method, json_t *params)
{
  json_auto_t *request = json_pack("{s:i,s:s,s:O}", "id", 0, "method", method, "params", params);
  char *text = json_dumps(request, JSON_COMPACT);

  return g_bytes_new_with_free_func(text, strlen(text), free, text);
}

static void
log_in(TrytonRpc *self)
{
  json_auto_t *params = json_pack("[s,{s:s},s]", self->login, "password", self->password, LANGUAGE);
  g_autoptr(GBytes) body = build_body("common.db.login", params);
  g_autoptr(SoupMessage) message = NULL;

  tryton_rpc_set_session(self, NULL);
  self->is_logging_in = TRUE;
  message = new_message(self, body);
  soup_session_send_and_read_async(self->http, message, G_PRIORITY_DEFAULT, self->cancellable,
                                   logged_in_cb, self);
}

/**
 * tryton_rpc_call:
 * @self: a connection
 * @call: what to call; its values are taken over
 * @done: called once
 * @data: for @done
 *
 * Calls a method of the server. Fails with %COMPTOIR_ERROR_UNAUTHORIZED when there is no session
 * any more, %COMPTOIR_ERROR_UNREACHABLE without an answer, %COMPTOIR_ERROR_REJECTED with what
 * Tryton says to a person, %COMPTOIR_ERROR_CONFLICT, %COMPTOIR_ERROR_BUSY, or
 * %COMPTOIR_ERROR_PROTOCOL.
 */
void
tryton_rpc_call(TrytonRpc *self, const TrytonCall *call, TrytonRpcDone done, gpointer data)
{
  json_auto_t *params = call->params;
  json_auto_t *extra = call->context;
  json_auto_t *context = json_deep_copy(self->context);
  Call *made = g_new0(Call, 1);

  if (extra != NULL)
    (void)json_object_update(context, extra);
  (void)json_array_append(params, context);
  made->rpc = self;
  made->method = g_strdup(call->method);
  made->body = build_body(call->method, params);
  made->done = done;
  made->user_data = data;
  if (self->authorization == NULL && self->login != NULL) {
    made->is_repeated = TRUE;
    g_queue_push_tail(&self->waiting, made);
    if (!self->is_logging_in)
      log_in(self);
    return;
  }
  send_call(made);
}

static void
note_time(TrytonRpc *self, SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one(soup_message_get_response_headers(message), "Date");
  g_autoptr(GDateTime) time = text == NULL ? NULL : soup_date_time_new_from_http_string(text);

  if (time != NULL)
    self->server_time = g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

/* (transfer full) (nullable): the result */
static json_t *
finish(TrytonRpc *self, GObject *source, GAsyncResult *result, GError **error)
{
  SoupMessage *message = soup_session_get_async_result_message(SOUP_SESSION(source), result);
  g_autoptr(GError) send_error = NULL;
  g_autoptr(GBytes) body =
      soup_session_send_and_read_finish(SOUP_SESSION(source), result, &send_error);

  if (body == NULL && g_error_matches(send_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error(error, g_steal_pointer(&send_error));
    return NULL;
  }
  if (body == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, _("Tryton does not answer: %s"),
                send_error->message);
    return NULL;
  }
  note_time(self, message);
  return tryton_rpc_answer_parse(soup_message_get_status(message), body, error);
}

static void
answered_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  TrytonRpc *self = call->rpc;
  g_autoptr(GError) error = NULL;
  json_auto_t *value = finish(self, source, result, &error);

  if (value == NULL && self->login != NULL && !call->is_repeated &&
      g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNAUTHORIZED)) {
    /* Refused for its session it was not carried out. */
    call->is_repeated = TRUE;
    g_queue_push_tail(&self->waiting, call);
    if (!self->is_logging_in)
      log_in(self);
    return;
  }
  /* What Tryton says to people stands alone. */
  if (error != NULL && !g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED))
    g_prefix_error(&error, "%s: ", call->method);
  end_call(call, value, error);
}

static gboolean
take_session(TrytonRpc *self, json_t *value, GError **error)
{
  g_autofree char *session = NULL;
  const char *key = json_string_value(json_array_get(value, 1));

  if (key == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "Tryton answered a login without a session");
    return FALSE;
  }
  session = g_strdup_printf("%s:%" JSON_INTEGER_FORMAT ":%s", self->login,
                            json_integer_value(json_array_get(value, 0)), key);
  tryton_rpc_set_session(self, session);
  return TRUE;
}

static void
logged_in_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  TrytonRpc *self = user_data;
  g_autoptr(GError) error = NULL;
  json_auto_t *value = finish(self, source, result, &error);
  GQueue waiting = self->waiting;
  Call *call = NULL;

  self->is_logging_in = FALSE;
  g_queue_init(&self->waiting);
  if (value != NULL)
    (void)take_session(self, value, &error);
  if (error != NULL)
    g_prefix_error(&error, "%s", _("the login at Tryton: "));
  while ((call = g_queue_pop_head(&waiting)) != NULL) {
    if (error == NULL)
      send_call(call);
    else
      end_call(call, NULL, error);
  }
}

/**
 * tryton_rpc_stop:
 * @self: a connection
 *
 * Gives up what is under way; each call is answered with %G_IO_ERROR_CANCELLED.
 */
void
tryton_rpc_stop(TrytonRpc *self)
{
  g_cancellable_cancel(self->cancellable);
}
