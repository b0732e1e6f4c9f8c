/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libcurl's transfers on a main context: its sockets and its timer become one source. It knows
 * neither what is transferred nor what an end means. */

#include "net/curl/pump.h"

#include "net/front.h"

#include <glib-unix.h>

struct ShopcaissePump {
  CURLM *multi; /* (owned) (nullable): NULL once closed */
  ShopcaissePumpDoneFunc done;
  GSource *source;    /* (owned) */
  GPtrArray *watches; /* (owned) (element-type Watch) */
  GQueue waiting;     /* (element-type CURL): in line, not owned */
  guint n_active;     /* handles that libcurl has */
};

typedef struct {
  GSource source;
  ShopcaissePump *pump; /* (not owned): closes the source before it goes */
} PumpSource;

/* A socket that libcurl waits for. */
typedef struct {
  curl_socket_t socket;
  gpointer tag; /* the source's */
} Watch;

typedef struct {
  curl_socket_t socket;
  int events; /* CURL_CSELECT_* */
} Event;

static int
socket_cb(CURL *easy, curl_socket_t socket, int what, void *user_data, void *socket_data);
static int timer_cb(CURLM *multi, long timeout_ms, void *user_data);
static gboolean dispatch(GSource *source, GSourceFunc callback, gpointer user_data);

static GSourceFuncs source_functions = { .dispatch = dispatch };

/**
 * shopcaisse_pump_new:
 * @context: where everything happens
 * @done: hears of each end
 *
 * Makes a pump that moves nothing yet.
 *
 * Returns: (transfer full): give it to shopcaisse_pump_close()
 */
ShopcaissePump *
shopcaisse_pump_new(GMainContext *context, ShopcaissePumpDoneFunc done)
{
  ShopcaissePump *self = g_rc_box_new0(ShopcaissePump);
  self->done = done;
  self->watches = g_ptr_array_new_with_free_func(g_free);
  g_queue_init(&self->waiting);
  self->source = g_source_new(&source_functions, sizeof(PumpSource));
  ((PumpSource *)self->source)->pump = self;
  g_source_set_static_name(self->source, "shopcaisse-curl");
  (void)g_source_attach(self->source, context); /* destroyed by pointer */

  self->multi = curl_multi_init();
  curl_multi_setopt(self->multi, CURLMOPT_SOCKETFUNCTION, socket_cb);
  curl_multi_setopt(self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt(self->multi, CURLMOPT_TIMERFUNCTION, timer_cb);
  curl_multi_setopt(self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt(self->multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
  curl_multi_setopt(self->multi, CURLMOPT_MAXCONNECTS, (long)SHOPCAISSE_CONNECTIONS_MAX);
  return self;
}

static void
pump_clear(gpointer data)
{
  ShopcaissePump *self = data;

  g_source_destroy(self->source);
  g_source_unref(self->source);
  g_ptr_array_unref(self->watches);
  g_queue_clear(&self->waiting);
}

static void
pump_unref(ShopcaissePump *self)
{
  g_rc_box_release_full(self, pump_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePump, pump_unref)

/**
 * shopcaisse_pump_close:
 * @self: (nullable) (transfer full): the pump, without handles
 *
 * Closes the connections at once. May be called while @self tells of an end.
 */
void
shopcaisse_pump_close(ShopcaissePump *self)
{
  if (self == NULL)
    return;

  g_autoptr(ShopcaissePump) owned = self;
  g_source_set_ready_time(owned->source, -1);
  CURLM *multi = g_steal_pointer(&owned->multi);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, NULL);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, NULL);
  for (guint i = 0; i < owned->watches->len; i++)
    g_source_remove_unix_fd(owned->source, ((Watch *)owned->watches->pdata[i])->tag);
  g_ptr_array_set_size(owned->watches, 0);
  curl_multi_cleanup(multi);
  g_source_destroy(owned->source);
}

/* libcurl could make them wait, too, but would count that as connecting. */
static void
start_waiting(ShopcaissePump *self)
{
  while (self->multi != NULL && self->n_active < SHOPCAISSE_PER_HOST_MAX &&
         !g_queue_is_empty(&self->waiting)) {
    self->n_active++;
    curl_multi_add_handle(self->multi, g_queue_pop_head(&self->waiting));
  }
}

/**
 * shopcaisse_pump_add:
 * @self: the pump
 * @easy: (transfer none): must stay until it has ended or is removed
 *
 * Starts a transfer, or lets it wait in line. Its end comes from the context, later.
 */
void
shopcaisse_pump_add(ShopcaissePump *self, CURL *easy)
{
  g_queue_push_tail(&self->waiting, easy);
  start_waiting(self);
}

static void
take_out(ShopcaissePump *self, CURL *easy)
{
  curl_multi_remove_handle(self->multi, easy);
  self->n_active--;
}

/**
 * shopcaisse_pump_remove:
 * @self: the pump
 * @easy: what was added and has not ended
 *
 * Stops a transfer; its connection closes at once. Not to be called from inside of libcurl.
 */
void
shopcaisse_pump_remove(ShopcaissePump *self, CURL *easy)
{
  if (g_queue_remove(&self->waiting, easy))
    return;

  take_out(self, easy);
  start_waiting(self);
}

static Watch *
find_watch(ShopcaissePump *self, curl_socket_t socket)
{
  for (guint i = 0; i < self->watches->len; i++) {
    Watch *watch = self->watches->pdata[i];
    if (watch->socket == socket)
      return watch;
  }
  return NULL;
}

static int
socket_cb(G_GNUC_UNUSED CURL *easy,
          curl_socket_t socket,
          int what,
          void *user_data,
          G_GNUC_UNUSED void *socket_data)
{
  ShopcaissePump *self = user_data;

  Watch *watch = find_watch(self, socket);
  if (what == CURL_POLL_REMOVE) {
    if (watch != NULL) {
      g_source_remove_unix_fd(self->source, watch->tag);
      (void)g_ptr_array_remove_fast(self->watches, watch); /* it was found there */
    }
    return 0;
  }

  GIOCondition condition = ((what & CURL_POLL_IN) != 0 ? G_IO_IN : 0) |
                           ((what & CURL_POLL_OUT) != 0 ? G_IO_OUT : 0) | G_IO_ERR | G_IO_HUP;
  if (watch != NULL) {
    g_source_modify_unix_fd(self->source, watch->tag, condition);
    return 0;
  }
  watch = g_new(Watch, 1);
  *watch =
      (Watch){ .socket = socket, .tag = g_source_add_unix_fd(self->source, socket, condition) };
  g_ptr_array_add(self->watches, watch);
  return 0;
}

static int
timer_cb(G_GNUC_UNUSED CURLM *multi, long timeout_ms, void *user_data)
{
  ShopcaissePump *self = user_data;

  gint64 due_at = timeout_ms < 0 ? -1 : g_get_monotonic_time() + (gint64)timeout_ms * 1000;
  g_source_set_ready_time(self->source, due_at);
  return 0;
}

/* An end of the connection is something to read; libcurl finds out what it was. */
static int
translate_condition(GIOCondition condition)
{
  int events = 0;
  if ((condition & (G_IO_IN | G_IO_HUP | G_IO_ERR)) != 0)
    events |= CURL_CSELECT_IN;
  if ((condition & (G_IO_OUT | G_IO_ERR)) != 0)
    events |= CURL_CSELECT_OUT;
  return events;
}

/* Listed first: every step of libcurl may change what is watched. */
static GArray *
list_events(ShopcaissePump *self)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Event));
  for (guint i = 0; i < self->watches->len; i++) {
    const Watch *watch = self->watches->pdata[i];
    Event event = { .socket = watch->socket,
                    .events =
                        translate_condition(g_source_query_unix_fd(self->source, watch->tag)) };
    if (event.events != 0)
      g_array_append_val(list, event);
  }
  return list;
}

static void
move(ShopcaissePump *self)
{
  int n_running = 0;

  g_autoptr(GArray) list = list_events(self);
  for (guint i = 0; i < list->len; i++) {
    Event event = g_array_index(list, Event, i);
    if (find_watch(self, event.socket) != NULL)
      curl_multi_socket_action(self->multi, event.socket, event.events, &n_running);
  }

  gint64 due_at = g_source_get_ready_time(self->source);
  if (due_at >= 0 && due_at <= g_get_monotonic_time()) {
    g_source_set_ready_time(self->source, -1);
    curl_multi_socket_action(self->multi, CURL_SOCKET_TIMEOUT, 0, &n_running);
  }
}

/* Who hears of an end may add, remove and even close. */
static void
tell_ends(ShopcaissePump *self)
{
  while (self->multi != NULL) {
    int n_left = 0;
    const CURLMsg *message = curl_multi_info_read(self->multi, &n_left);
    if (message == NULL)
      return;
    if (message->msg != CURLMSG_DONE)
      continue;

    CURLcode code = message->data.result;
    CURL *easy = message->easy_handle;
    char *call = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
    take_out(self, easy);
    start_waiting(self);
    self->done(call, code);
  }
}

static gboolean
dispatch(GSource *source, G_GNUC_UNUSED GSourceFunc callback, G_GNUC_UNUSED gpointer user_data)
{
  g_autoptr(ShopcaissePump) self = g_rc_box_acquire(((PumpSource *)source)->pump);

  move(self);
  tell_ends(self);
  return G_SOURCE_CONTINUE;
}
