/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ComptoirTrytonHost: making it, starting it, and what its program asks of it. What channels ask is
 * in host-iface.c. */

#include "config.h"
#include "host-private.h"
#include "language.h"
#include "sales.h"

#include <glib/gi18n-lib.h>

#define SEND_TIMEOUT_MS    30000
#define INTERVAL_DEFAULT_S 30
#define INTERVAL_MAX_S     86400

G_DEFINE_FINAL_TYPE_WITH_CODE(ComptoirTrytonHost,
                              comptoir_tryton_host,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, tryton_host_iface_init))

enum {
  PROPERTY_URL = 1,
  PROPERTY_PROGRAM,
  PROPERTY_STATE_DIR,
  PROPERTY_INTERVAL,
  PROPERTY_ALLOW_HTTP,
  PROPERTY_AUTHORITY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static void opened_cb(gpointer user_data, const GError *error);
static void sale_read_cb(GVariant *sale, const GError *error, gpointer user_data);
static void sale_sent_cb(GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * comptoir_tryton_host_new:
 * @url: server and database, as in `https://erp.example.org/shop/`
 *
 * Makes a host that is not started yet.
 *
 * Returns: (transfer full): the host
 */
ComptoirTrytonHost *
comptoir_tryton_host_new(const char *url)
{
  return g_object_new(COMPTOIR_TRYTON_TYPE_HOST, "url", url, NULL);
}

/**
 * comptoir_tryton_host_set_session:
 * @self: a host
 * @session: (nullable): `login:id:key`, as a client of Tryton has it
 *
 * Uses a session that somebody else made, now and after it was renewed.
 */
void
comptoir_tryton_host_set_session(ComptoirTrytonHost *self, const char *session)
{
  g_return_if_fail(COMPTOIR_TRYTON_IS_HOST(self));

  g_free(self->session);
  self->session = g_strdup(session);
  if (self->books != NULL)
    tryton_rpc_set_session(self->books->rpc, session);
}

/**
 * comptoir_tryton_host_set_credentials:
 * @self: a host that is not started
 * @login: a user of Tryton
 * @password: the password
 *
 * Lets the host make its own sessions, and renew them.
 */
void
comptoir_tryton_host_set_credentials(ComptoirTrytonHost *self,
                                     const char *login,
                                     const char *password)
{
  g_return_if_fail(COMPTOIR_TRYTON_IS_HOST(self));
  g_return_if_fail(login != NULL && password != NULL);

  g_free(self->login);
  g_free(self->password);
  self->login = g_strdup(login);
  self->password = g_strdup(password);
}

/* (nullable) */
static TrytonRpc *
new_rpc(ComptoirTrytonHost *self, GError **error)
{
  TrytonPlain plain = self->allow_http ? TRYTON_PLAIN_ALLOWED : TRYTON_PLAIN_REFUSED;
  TrytonRpc *rpc = tryton_rpc_new(self->url, plain, error);

  if (rpc == NULL || self->authority == NULL ||
      tryton_rpc_set_authority(rpc, self->authority, error))
    return rpc;
  tryton_rpc_free(rpc);
  return NULL;
}

static void
news_cb(gboolean articles, gboolean sales, gpointer user_data)
{
  ComptoirHost *host = COMPTOIR_HOST(user_data);

  if (articles)
    comptoir_host_emit_articles_changed(host);
  if (sales)
    comptoir_host_emit_sales_changed(host);
}

/**
 * comptoir_tryton_host_start_async:
 * @self: a host with a session or a login
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it can be asked
 * @user_data: for @callback
 *
 * Connects: finds out whose database it is. A channel is opened after that.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for an address or certificates that cannot be used,
 * %COMPTOIR_ERROR_NOT_CONFIGURED when the user has no company, %COMPTOIR_ERROR_UNAUTHORIZED, or
 * %COMPTOIR_ERROR_UNREACHABLE; it can be called again then.
 */
void
comptoir_tryton_host_start_async(ComptoirTrytonHost *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  TrytonRpc *rpc = NULL;
  GError *error = NULL;

  g_return_if_fail(COMPTOIR_TRYTON_IS_HOST(self));
  g_return_if_fail(!self->is_started);

  task = g_task_new(self, cancellable, callback, user_data);
  g_task_set_source_tag(task, comptoir_tryton_host_start_async);
  rpc = new_rpc(self, &error);
  if (rpc == NULL) {
    g_task_return_error(task, error);
    return;
  }
  g_clear_pointer(&self->books, tryton_books_unref);
  self->books = tryton_books_new(rpc);
  if (self->login != NULL)
    tryton_rpc_set_credentials(rpc, self->login, self->password);
  if (self->session != NULL)
    tryton_rpc_set_session(rpc, self->session);
  tryton_books_open(self->books, opened_cb, g_steal_pointer(&task));
}

static void
opened_cb(gpointer user_data, const GError *error)
{
  g_autoptr(GTask) task = user_data;
  ComptoirTrytonHost *self = g_task_get_source_object(task);

  if (error != NULL) {
    g_task_return_error(task, g_error_copy(error));
    return;
  }
  self->is_started = TRUE;
  self->watch = tryton_watch_new(self->books, self->interval_s, news_cb, self);
  g_task_return_boolean(task, TRUE);
}

/**
 * comptoir_tryton_host_start_finish:
 * @self: the host
 * @result: the result
 * @error: return location for an error
 *
 * Ends comptoir_tryton_host_start_async().
 *
 * Returns: %TRUE when the host can be asked
 */
gboolean
comptoir_tryton_host_start_finish(ComptoirTrytonHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(g_task_is_valid(result, self), FALSE);

  return g_task_propagate_boolean(G_TASK(result), error);
}

/**
 * comptoir_tryton_host_stop:
 * @self: a host whose channel is closed
 *
 * Gives up what is under way; the host cannot be asked any more.
 */
void
comptoir_tryton_host_stop(ComptoirTrytonHost *self)
{
  g_return_if_fail(COMPTOIR_TRYTON_IS_HOST(self));

  self->is_started = FALSE;
  g_clear_pointer(&self->watch, tryton_watch_free);
  if (self->books != NULL)
    tryton_rpc_stop(self->books->rpc);
}

static ComptoirRequest *
new_request(ComptoirRequestDone done, gpointer user_data)
{
  return comptoir_request_new(SEND_TIMEOUT_MS, done, user_data);
}

/**
 * comptoir_tryton_host_send_sale_async:
 * @self: a host that is started
 * @channel: a channel that is open in it
 * @sale_id: the record's number in `sale.sale`
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when the channel has the sale on disk
 * @user_data: for @callback
 *
 * Hands one sale over, as a person wants it. Fails with %COMPTOIR_ERROR_INVALID when it is not
 * processed yet, is a return, or was made on the till, and as
 * [method@Comptoir.Channel.submit_sale] does.
 */
void
comptoir_tryton_host_send_sale_async(ComptoirTrytonHost *self,
                                     ComptoirChannel *channel,
                                     gint64 sale_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = NULL;
  g_autoptr(ComptoirRequest) request = NULL;

  g_return_if_fail(COMPTOIR_TRYTON_IS_HOST(self));
  g_return_if_fail(COMPTOIR_IS_CHANNEL(channel));

  task = g_task_new(self, cancellable, callback, user_data);
  g_task_set_source_tag(task, comptoir_tryton_host_send_sale_async);
  g_task_set_task_data(task, g_object_ref(channel), g_object_unref);
  request = new_request(sale_read_cb, task);
  if (self->is_started)
    tryton_sales_read(self->books, sale_id, request);
  else
    comptoir_request_fail(request, COMPTOIR_ERROR_NOT_CONFIGURED,
                          _("there is no session with Tryton yet"));
}

static void
sale_read_cb(GVariant *sale, const GError *error, gpointer user_data)
{
  GTask *task = user_data;

  if (error != NULL) {
    g_task_return_error(task, g_error_copy(error));
    g_object_unref(task);
    return;
  }
  comptoir_channel_submit_sale_async(g_task_get_task_data(task), sale, g_task_get_cancellable(task),
                                     sale_sent_cb, task);
}

static void
sale_sent_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = comptoir_channel_submit_sale_finish(COMPTOIR_CHANNEL(source), result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

/**
 * comptoir_tryton_host_send_sale_finish:
 * @self: the host
 * @result: the result
 * @error: return location for an error
 *
 * Ends comptoir_tryton_host_send_sale_async().
 *
 * Returns: (transfer full) (nullable): what the channel answered
 */
GVariant *
comptoir_tryton_host_send_sale_finish(ComptoirTrytonHost *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail(g_task_is_valid(result, self), NULL);

  return g_task_propagate_pointer(G_TASK(result), error);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(object);

  switch (id) {
  case PROPERTY_URL:
    self->url = g_value_dup_string(value);
    break;
  case PROPERTY_PROGRAM:
    g_free(self->program);
    self->program = g_value_dup_string(value);
    break;
  case PROPERTY_STATE_DIR:
    g_free(self->state_dir);
    self->state_dir = g_value_dup_string(value);
    break;
  case PROPERTY_INTERVAL:
    self->interval_s = g_value_get_uint(value);
    break;
  case PROPERTY_ALLOW_HTTP:
    self->allow_http = g_value_get_boolean(value);
    break;
  case PROPERTY_AUTHORITY:
    g_free(self->authority);
    self->authority = g_value_dup_string(value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
host_finalize(GObject *object)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(object);

  g_clear_pointer(&self->watch, tryton_watch_free);
  g_clear_pointer(&self->books, tryton_books_unref);
  g_free(self->url);
  g_free(self->program);
  g_free(self->state_dir);
  g_free(self->authority);
  g_free(self->login);
  g_free(self->password);
  g_free(self->session);
  G_OBJECT_CLASS(comptoir_tryton_host_parent_class)->finalize(object);
}

static void
add_signal(const char *name)
{
  (void)g_signal_new(name, COMPTOIR_TRYTON_TYPE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 1, G_TYPE_VARIANT);
}

static void
comptoir_tryton_host_class_init(ComptoirTrytonHostClass *class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  shopcaisse_language_bind();
  G_OBJECT_CLASS(class)->set_property = set_property;
  G_OBJECT_CLASS(class)->finalize = host_finalize;
  properties[PROPERTY_URL] =
      g_param_spec_string("url", NULL, NULL, NULL, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROPERTY_PROGRAM] = g_param_spec_string("program", NULL, NULL, NULL, flags);
  properties[PROPERTY_STATE_DIR] = g_param_spec_string("state-dir", NULL, NULL, NULL, flags);
  properties[PROPERTY_INTERVAL] = g_param_spec_uint("interval", NULL, NULL, 0, INTERVAL_MAX_S,
                                                    INTERVAL_DEFAULT_S, flags | G_PARAM_CONSTRUCT);
  properties[PROPERTY_ALLOW_HTTP] = g_param_spec_boolean("allow-http", NULL, NULL, FALSE, flags);
  properties[PROPERTY_AUTHORITY] = g_param_spec_string("authority", NULL, NULL, NULL, flags);
  g_object_class_install_properties(G_OBJECT_CLASS(class), N_PROPERTIES, properties);
  add_signal(TRYTON_HOST_PROGRESSED);
  add_signal(TRYTON_HOST_NOTICED);
}

static void
comptoir_tryton_host_init(ComptoirTrytonHost *self)
{
  (void)self; /* filled by its properties */
}
