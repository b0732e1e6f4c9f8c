/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who may come in, how many, for how long: docs/decisions/0010-webhooks.md. One visit is in
 * net/visit.c. */
#include "net/guard.h"

#include "config.h"
#include "error.h"
#include "net/visit.h"

#include <glib/gi18n-lib.h>

#define BACKLOG       128 /* of GIO's own listener: 10, which is less than we take */
#define ACCEPTS_EACH  16  /* in one turn of the context */
#define PAUSE_SECONDS 1   /* when there is no descriptor left */

struct ShopcaisseGuard {
  ShopcaisseVisitRules rules;
  GMainContext *context; /* (owned) */
  char *path;            /* (owned): rules points here, and to the next */
  char *header;          /* (owned) */
  guint n_connections;
  GSocket *socket;   /* (owned) */
  GSource *arrivals; /* (owned) (nullable) */
  GSource *pause;    /* (owned) (nullable) */
  GPtrArray *visits; /* (owned) (element-type ShopcaisseVisit) */
  guint16 port;
  guint64 n_refused;
};

static gboolean arrived_cb(GSocket *socket, GIOCondition condition, gpointer user_data);
static gboolean paused_cb(gpointer user_data);
static void over_cb(ShopcaisseVisit *visit, gpointer user_data);

static void
drop_source(GSource **source)
{
  if (*source != NULL)
    g_source_destroy(*source);
  g_clear_pointer(source, g_source_unref);
}

static void
watch_arrivals(ShopcaisseGuard *self)
{
  self->arrivals = g_socket_create_source(self->socket, G_IO_IN, NULL);
  g_source_set_callback(self->arrivals, G_SOURCE_FUNC(arrived_cb), self, NULL);
  g_source_set_priority(self->arrivals, SHOPCAISSE_VISIT_PRIORITY);
  (void)g_source_attach(self->arrivals, self->context); /* destroyed by pointer */
}

/* The socket stays readable: without a rest this would turn in a circle. */
static void
pause_arrivals(ShopcaisseGuard *self)
{
  drop_source(&self->arrivals);
  self->pause = g_timeout_source_new_seconds(PAUSE_SECONDS);
  g_source_set_callback(self->pause, paused_cb, self, NULL);
  (void)g_source_attach(self->pause, self->context); /* destroyed by pointer */
}

static gboolean
paused_cb(gpointer user_data)
{
  ShopcaisseGuard *self = user_data;

  drop_source(&self->pause);
  watch_arrivals(self);
  return G_SOURCE_REMOVE;
}

static void
admit(ShopcaisseGuard *self, GSocket *socket)
{
  if (self->visits->len >= self->n_connections) {
    self->n_refused++;
    shopcaisse_visit_turn_away(socket);
    return;
  }
  g_ptr_array_add(self->visits,
                  shopcaisse_visit_new(socket, self->context, &self->rules, over_cb, self));
}

static gboolean
arrived_cb(GSocket *socket, GIOCondition condition, gpointer user_data)
{
  ShopcaisseGuard *self = user_data;

  (void)condition;
  for (guint i = 0; i < ACCEPTS_EACH; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocket) arrival = g_socket_accept(socket, NULL, &error);

    if (arrival != NULL) {
      admit(self, arrival);
      continue;
    }
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
      break;
    g_debug("webhooks: %s, waiting for a second", error->message);
    pause_arrivals(self);
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

static void
over_cb(ShopcaisseVisit *visit, gpointer user_data)
{
  ShopcaisseGuard *self = user_data;

  if (shopcaisse_visit_was_refused(visit))
    self->n_refused++;
  g_ptr_array_remove_fast(self->visits, visit);
}

static gboolean
listen_at(ShopcaisseGuard *self, const char *address, guint16 port, GError **error)
{
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string(address);
  g_autoptr(GSocketAddress) place = NULL;
  g_autoptr(GSocketAddress) bound = NULL;

  if (number == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("\"%s\" is no address to listen at"), address);
    return FALSE;
  }
  place = g_inet_socket_address_new(number, port);
  self->socket = g_socket_new(g_inet_address_get_family(number), G_SOCKET_TYPE_STREAM,
                              G_SOCKET_PROTOCOL_TCP, error);
  if (self->socket == NULL)
    return FALSE;
  g_socket_set_blocking(self->socket, FALSE);
  g_socket_set_listen_backlog(self->socket, BACKLOG);
  if (!g_socket_bind(self->socket, place, TRUE, error) || !g_socket_listen(self->socket, error))
    return FALSE;
  bound = g_socket_get_local_address(self->socket, error);
  if (bound == NULL)
    return FALSE;
  self->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
  return TRUE;
}

/**
 * shopcaisse_guard_open:
 * @config: where, what and how much; copied
 * @visited: called for each request that is let through
 * @user_data: for @visited
 * @error: return location for an error
 *
 * Listens.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for an address that is none, and with %G_IO_ERROR when it
 * cannot be listened at.
 *
 * Returns: (transfer full): the guard
 */
ShopcaisseGuard *
shopcaisse_guard_open(const ShopcaisseReceiverConfig *config,
                      ShopcaisseGuardFunc visited,
                      gpointer user_data,
                      GError **error)
{
  ShopcaisseGuard *self = g_new0(ShopcaisseGuard, 1);

  self->context = g_main_context_ref(config->context);
  self->path = g_strdup(config->path);
  self->header = g_strdup(config->header);
  self->n_connections =
      config->n_connections > 0 ? config->n_connections : SHOPCAISSE_RECEIVER_CONNECTIONS_MAX;
  self->rules = (ShopcaisseVisitRules){
    .wanted = { .path = self->path,
                .header = self->header,
                .body_max =
                    config->body_max > 0 ? config->body_max : SHOPCAISSE_RECEIVER_BODY_MAX },
    .read_ms = config->read_ms > 0 ? config->read_ms : SHOPCAISSE_RECEIVER_READ_MS,
    .total_ms = config->total_ms > 0 ? config->total_ms : SHOPCAISSE_RECEIVER_TOTAL_MS,
    .visited = visited,
    .user_data = user_data,
  };
  self->visits = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_visit_free);
  if (!listen_at(self, config->address, config->port, error)) {
    shopcaisse_guard_free(self);
    return NULL;
  }
  watch_arrivals(self);
  return self;
}

/**
 * shopcaisse_guard_get_port:
 * @self: the guard
 *
 * Returns: where it listens
 */
guint16
shopcaisse_guard_get_port(ShopcaisseGuard *self)
{
  return self->port;
}

/**
 * shopcaisse_guard_count_open:
 * @self: the guard
 *
 * Returns: connections that are open
 */
guint
shopcaisse_guard_count_open(ShopcaisseGuard *self)
{
  return self->visits->len;
}

/**
 * shopcaisse_guard_count_refused:
 * @self: the guard
 *
 * Returns: connections and requests that it let through to nobody
 */
guint64
shopcaisse_guard_count_refused(ShopcaisseGuard *self)
{
  return self->n_refused;
}

/**
 * shopcaisse_guard_free:
 * @self: (nullable): the guard
 *
 * Closes everything, at once.
 */
void
shopcaisse_guard_free(ShopcaisseGuard *self)
{
  if (self == NULL)
    return;
  drop_source(&self->arrivals);
  drop_source(&self->pause);
  g_ptr_array_unref(self->visits);
  if (self->socket != NULL)
    (void)g_socket_close(self->socket, NULL); /* nobody can do anything about it */
  g_clear_object(&self->socket);
  g_main_context_unref(self->context);
  g_free(self->path);
  g_free(self->header);
  g_free(self);
}
