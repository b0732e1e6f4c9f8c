/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine's end of the bridge: its thread, from the first line to the last, and the calls into
 * the engine. */
#include "channel/bridge-private.h"
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

typedef struct {
  ShopcaisseBridge *bridge; /* not owned: outlives the engine */
  guint64 id;               /* of the operation */
} Performing;

static void say_open(ShopcaisseBridge *self, ShopcaisseParcel *parcel);
static gboolean knock_cb(gpointer user_data);
static void performed_cb(GVariant *answer, const GError *error, gpointer user_data);
static void left_cb(const GError *error, gpointer user_data);
static gboolean quit_cb(gpointer user_data);

/* The host's signals are the host's: only what the processor raises may arrive here. */
static void
block_signals(void)
{
  static const int raised_by_faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP };
  sigset_t blocked;
  sigfillset(&blocked);
  for (gsize i = 0; i < G_N_ELEMENTS(raised_by_faults); i++)
    sigdelset(&blocked, raised_by_faults[i]);
  (void)pthread_sigmask(SIG_SETMASK, &blocked, NULL); /* fails for a wrong first argument only */
}

static gboolean
make_folder(const char *folder, GError **error)
{
  if (g_mkdir_with_parents(folder, 0700) == 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, _("cannot make the folder %1$s: %2$s"),
              folder, g_strerror(errno));
  return FALSE;
}

static gboolean
open_engine(ShopcaisseBridge *self, GError **error)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  if (!make_folder(self->profile->folder, error))
    return FALSE;
  side->clock = shopcaisse_system_clock_new(self->engine_context);
  side->secrets =
      shopcaisse_secret_store_new(self->profile->folder, &side->face.base, self->engine_context);
  ShopcaisseEngineConfig config = {
    .folder = self->profile->folder,
    .bindings_folder = self->profile->bindings,
    .location = self->profile->location,
    .context = self->engine_context,
    .clock = side->clock,
    .host = &side->face.base,
    .secrets = side->secrets,
    .load_transport = self->load_transport,
    .listener = &shopcaisse_bridge_listener,
    .listener_data = self,
  };
  side->engine = shopcaisse_engine_open(&config, error);
  return side->engine != NULL;
}

static void
start_knocking(ShopcaisseBridge *self)
{
  GSource *knock = g_timeout_source_new(self->knock_ms);
  g_source_set_static_name(knock, "shopcaisse knock");
  g_source_set_callback(knock, knock_cb, self, NULL);
  g_source_attach(knock, self->engine_context);
  self->engine_side.knock = knock;
  shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_take_knock),
                         self->host_context);
}

static void
stop_knocking(ShopcaisseBridge *self)
{
  if (self->engine_side.knock == NULL)
    return;
  g_source_destroy(self->engine_side.knock);
  g_clear_pointer(&self->engine_side.knock, g_source_unref);
}

static void
clear_engine(ShopcaisseBridge *self)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  stop_knocking(self);
  g_clear_pointer(&side->engine, shopcaisse_engine_free);
  g_clear_pointer(&side->secrets, shopcaisse_secret_store_free);
  if (side->clock != NULL)
    side->clock->free(side->clock);
  side->clock = NULL;
  /* Nobody will hear it, and it holds the bridge. */
  g_clear_pointer(&side->news, shopcaisse_parcel_free);
}

/* An engine that did not open is told of when its thread is over: another attempt finds nothing in
 * its way. */
static void
post_ended(ShopcaisseBridge *self, const GError *error)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_take_ended);
  parcel->error = error != NULL ? g_error_copy(error) : NULL;
  shopcaisse_parcel_post(parcel, self->host_context);
}

/**
 * shopcaisse_bridge_run_engine: (skip)
 * @bridge: (transfer full): the bridge
 *
 * The whole life of the engine's thread.
 *
 * Returns: %NULL
 */
gpointer
shopcaisse_bridge_run_engine(gpointer bridge)
{
  g_autoptr(ShopcaisseBridge) self = bridge;
  g_autoptr(GError) error = NULL;
  block_signals();
  g_main_context_push_thread_default(self->engine_context);
  self->engine_side.loop = g_main_loop_new(self->engine_context, FALSE);

  start_knocking(self);
  if (open_engine(self, &error)) {
    shopcaisse_parcel_post(shopcaisse_parcel_new(self, say_open), self->engine_context);
    g_main_loop_run(self->engine_side.loop);
  }
  clear_engine(self);

  g_clear_pointer(&self->engine_side.loop, g_main_loop_unref);
  g_main_context_pop_thread_default(self->engine_context);
  post_ended(self, error);
  return NULL;
}

/* Behind what the engine has put off while it opened, so that its settings arrive first. */
static void
say_open(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  shopcaisse_bridge_do_news_taken(self, NULL);
  shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_take_opened),
                         self->host_context);
}

static gboolean
knock_cb(gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  g_warning("the host's main context was not iterated for %u ms, waiting: is there a GLib main "
            "loop in its thread?",
            self->knock_ms);
  stop_knocking(self);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_bridge_do_heard: (skip)
 * @self: the bridge
 * @parcel: empty
 *
 * The host's context is iterated.
 */
void
shopcaisse_bridge_do_heard(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  stop_knocking(self);
}

static void
post_answer(ShopcaisseBridge *self, guint64 id, GVariant *answer, const GError *error)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_take_answer);
  parcel->id = id;
  parcel->value = answer != NULL ? g_variant_ref_sink(answer) : NULL;
  parcel->error = error != NULL ? g_error_copy(error) : NULL;
  shopcaisse_parcel_post(parcel, self->host_context);
}

static gboolean
refuse_while_leaving(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (!self->engine_side.is_leaving)
    return FALSE;
  g_autoptr(GError) error = shopcaisse_parcel_closed_error();
  post_answer(self, parcel->id, NULL, error);
  return TRUE;
}

static Performing *
begin_performing(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  Performing *performing = g_new0(Performing, 1);
  performing->bridge = self;
  performing->id = parcel->id;
  g_hash_table_add(self->engine_side.performing, performing);
  return performing;
}

/**
 * shopcaisse_bridge_do_perform: (skip)
 * @self: the bridge
 * @parcel: `id`, `kind` the operation, `value` its argument
 *
 * Lets the engine do one operation.
 */
void
shopcaisse_bridge_do_perform(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (refuse_while_leaving(self, parcel))
    return;
  shopcaisse_engine_perform(self->engine_side.engine, (ComptoirOperation)parcel->kind,
                            parcel->value, performed_cb, begin_performing(self, parcel));
}

static void
performed_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Performing *performing = user_data;
  ShopcaisseBridge *self = performing->bridge;
  shopcaisse_bridge_send_news(self);
  post_answer(self, performing->id, answer, error);
  g_hash_table_remove(self->engine_side.performing, performing);
}

/**
 * shopcaisse_bridge_do_fetch: (skip)
 * @self: the bridge
 * @parcel: `id`, `text` the kind of list, `value` the query, `offset`, `limit`
 *
 * Reads one window of a list.
 */
void
shopcaisse_bridge_do_fetch(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (refuse_while_leaving(self, parcel))
    return;
  const ShopcaisseWindow window = { parcel->text, parcel->value, parcel->offset, parcel->limit };
  shopcaisse_engine_list(self->engine_side.engine, &window, performed_cb,
                         begin_performing(self, parcel));
}

/**
 * shopcaisse_bridge_do_host_changed: (skip)
 * @self: the bridge
 * @parcel: `kind`, which question has another answer now
 *
 * Passes a signal of the host on.
 */
void
shopcaisse_bridge_do_host_changed(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (!self->engine_side.is_leaving)
    shopcaisse_engine_host_changed(self->engine_side.engine, (ShopcaisseQuestion)parcel->kind);
}

/**
 * shopcaisse_bridge_do_leave: (skip)
 * @self: the bridge
 * @parcel: empty
 *
 * Ends the engine. It waits for nothing that the host's thread would have to do.
 */
void
shopcaisse_bridge_do_leave(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (self->engine_side.is_leaving)
    return;
  self->engine_side.is_leaving = TRUE;
  stop_knocking(self);
  shopcaisse_bridge_fail_asked(self);
  shopcaisse_engine_close(self->engine_side.engine, left_cb, self);
}

static void
left_cb(const GError *error, gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  if (error != NULL)
    g_warning("the engine ended with an error: %s, ignoring", error->message);
  /* Last: answers that the engine has put off go first. */
  g_autoptr(GSource) source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_LOW);
  g_source_set_static_name(source, "shopcaisse quit");
  g_source_set_callback(source, quit_cb, self, NULL);
  g_source_attach(source, self->engine_context);
}

static gboolean
quit_cb(gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  g_main_loop_quit(self->engine_side.loop);
  return G_SOURCE_REMOVE;
}
