/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's end of the bridge: opens, asks, hears answers, closes. Never waits; the join in
 * take_ended is for a thread whose last act was to send that parcel. */
#include "channel/bridge-private.h"
#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  guint64 id; /* also its key */
  ShopcaisseAnswerFunc answer;
  gpointer user_data; /* the asker's */
} Waiting;

static void answer_all(ShopcaisseBridge *self);
static gboolean deadline_cb(gpointer user_data);
static void finish_close(ShopcaisseBridge *self);
static void let_go(ShopcaisseBridge *self, ShopcaisseParcel *parcel);

static ShopcaisseBridge *
bridge_new(const ShopcaisseBridgeConfig *config)
{
  ShopcaisseBridge *self = g_new0(ShopcaisseBridge, 1);
  self->references = 1;
  self->host_thread = g_thread_self();
  self->host_context = g_main_context_ref_thread_default();
  self->engine_context = g_main_context_new();
  self->profile = config->profile;
  self->load_transport = config->load_transport;
  self->events = config->events;
  g_weak_ref_init(&self->owner, config->owner);
  self->close_ms = config->close_ms;
  self->knock_ms = config->knock_ms;

  self->host_side.waiting = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
  self->host_side.questions = g_ptr_array_new();
  shopcaisse_bridge_init_face(self);
  return self;
}

/**
 * shopcaisse_bridge_open:
 * @config: what is needed; its profile is consumed, also on failure
 * @error: return location for an error
 *
 * Starts the engine in a thread of its own. What becomes of it is told by the event `opened`.
 *
 * Fails with %COMPTOIR_ERROR_BUSY when the system gives no thread.
 *
 * Returns: (transfer full): the bridge, or %NULL
 */
ShopcaisseBridge *
shopcaisse_bridge_open(const ShopcaisseBridgeConfig *config, GError **error)
{
  g_autoptr(ShopcaisseBridge) self = bridge_new(config);
  g_autoptr(GError) reason = NULL;
  self->host_side.thread = g_thread_try_new("shopcaisse", shopcaisse_bridge_run_engine,
                                            shopcaisse_bridge_ref(self), &reason);
  if (self->host_side.thread == NULL) {
    shopcaisse_bridge_unref(self);
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, _("cannot start a thread: %s"),
                reason->message);
    return NULL;
  }
  shopcaisse_bridge_attach_host(self, config->host);
  return g_steal_pointer(&self);
}

static void
emit_opened(ShopcaisseBridge *self, const GError *error)
{
  g_autoptr(GObject) owner = g_weak_ref_get(&self->owner);
  if (owner != NULL && !self->host_side.is_closing)
    self->events->opened(error, owner);
}

/**
 * shopcaisse_bridge_take_opened: (skip)
 * @self: the bridge
 * @parcel: empty
 *
 * Tells the owner that the engine runs.
 */
void
shopcaisse_bridge_take_opened(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  emit_opened(self, NULL);
}

/* Remembers who waits. */
static guint64
wait_for(ShopcaisseBridge *self, ShopcaisseAnswerFunc answer, gpointer user_data)
{
  Waiting *waiting = g_new0(Waiting, 1);
  waiting->answer = answer;
  waiting->user_data = user_data;
  waiting->id = ++self->host_side.last_id;
  g_hash_table_insert(self->host_side.waiting, &waiting->id, waiting);
  return waiting->id;
}

/**
 * shopcaisse_bridge_perform:
 * @self: the bridge, not closed
 * @operation: what to do
 * @argument: its argument, `a{sv}`
 * @answer: called once in this thread, never from inside, unless forgotten
 * @user_data: the data for @answer
 *
 * Hands one operation to the engine.
 *
 * Returns: a number by which it can be forgotten
 */
guint64
shopcaisse_bridge_perform(ShopcaisseBridge *self,
                          ComptoirOperation operation,
                          GVariant *argument,
                          ShopcaisseAnswerFunc answer,
                          gpointer user_data)
{
  g_return_val_if_fail(!self->host_side.is_closing, 0);

  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_do_perform);
  guint64 id = wait_for(self, answer, user_data);
  parcel->id = id;
  parcel->kind = operation;
  parcel->value = g_variant_ref_sink(argument);
  shopcaisse_parcel_post(parcel, self->engine_context);
  return id;
}

/**
 * shopcaisse_bridge_fetch:
 * @self: the bridge, not closed
 * @window: which rows; copied
 * @answer: called once in this thread, never from inside, unless forgotten
 * @user_data: the data for @answer
 *
 * Asks the engine for rows of a list.
 *
 * Returns: a number by which it can be forgotten
 */
guint64
shopcaisse_bridge_fetch(ShopcaisseBridge *self,
                        const ShopcaisseWindow *window,
                        ShopcaisseAnswerFunc answer,
                        gpointer user_data)
{
  g_return_val_if_fail(!self->host_side.is_closing, 0);

  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_do_fetch);
  guint64 id = wait_for(self, answer, user_data);
  parcel->id = id;
  parcel->text = g_strdup(window->kind);
  parcel->value = g_variant_ref_sink(window->query);
  parcel->offset = window->offset;
  parcel->limit = window->limit;
  shopcaisse_parcel_post(parcel, self->engine_context);
  return id;
}

/**
 * shopcaisse_bridge_forget:
 * @self: the bridge
 * @id: of what was asked
 *
 * Makes sure that its answer is not heard any more. What was asked still happens.
 */
void
shopcaisse_bridge_forget(ShopcaisseBridge *self, guint64 id)
{
  g_hash_table_remove(self->host_side.waiting, &id);
}

/**
 * shopcaisse_bridge_take_answer: (skip)
 * @self: the bridge
 * @parcel: `id`, and `value` or `error`
 *
 * Answers who waits, if anybody still does.
 */
void
shopcaisse_bridge_take_answer(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  gpointer found = NULL;
  if (!g_hash_table_steal_extended(self->host_side.waiting, &parcel->id, NULL, &found))
    return;
  g_autofree Waiting *waiting = found;
  waiting->answer(parcel->value, parcel->error, waiting->user_data);
}

/**
 * shopcaisse_bridge_close:
 * @self: the bridge
 *
 * Ends the engine. The host is called no more; the owner hears `closed` when everything is
 * committed, and after `close_ms` in any case.
 */
void
shopcaisse_bridge_close(ShopcaisseBridge *self)
{
  ShopcaisseHostSide *side = &self->host_side;
  if (side->is_closing)
    return;
  side->is_closing = TRUE;
  shopcaisse_bridge_detach_host(self);

  side->deadline = g_timeout_source_new(self->close_ms);
  g_source_set_static_name(side->deadline, "shopcaisse close");
  g_source_set_callback(side->deadline, deadline_cb, shopcaisse_bridge_ref(self),
                        (GDestroyNotify)shopcaisse_bridge_unref);
  g_source_attach(side->deadline, self->host_context);

  shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_do_leave),
                         self->engine_context);
}

static gboolean
deadline_cb(gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  g_warning("the engine has not ended within %u ms, ignoring: it ends by itself", self->close_ms);
  finish_close(self);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_bridge_take_ended: (skip)
 * @self: the bridge
 * @parcel: `error`, if the engine did not open
 *
 * The engine's thread sent its last parcel and does nothing any more.
 */
void
shopcaisse_bridge_take_ended(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  g_clear_pointer(&self->host_side.thread, g_thread_join);
  /* What was posted too late holds the bridge: it goes with the context. */
  g_clear_pointer(&self->engine_context, g_main_context_unref);
  if (self->host_side.is_closing) {
    finish_close(self);
  } else {
    shopcaisse_bridge_detach_host(self);
    emit_opened(self, parcel->error);
  }
}

static void
finish_close(ShopcaisseBridge *self)
{
  ShopcaisseHostSide *side = &self->host_side;
  if (side->is_closed)
    return;
  side->is_closed = TRUE;
  g_source_destroy(side->deadline);
  g_clear_pointer(&side->deadline, g_source_unref);
  g_autoptr(GObject) owner = g_weak_ref_get(&self->owner);
  answer_all(self);
  if (owner != NULL)
    self->events->closed(owner);
}

static void
answer_all(ShopcaisseBridge *self)
{
  g_autoptr(GError) error = shopcaisse_parcel_closed_error();
  GHashTableIter iter;
  gpointer found = NULL;
  /* An answer may forget another, so each is looked for anew. */
  for (;;) {
    g_hash_table_iter_init(&iter, self->host_side.waiting);
    if (!g_hash_table_iter_next(&iter, NULL, &found))
      return;
    Waiting waiting = *(Waiting *)found;
    g_hash_table_iter_remove(&iter);
    waiting.answer(NULL, error, waiting.user_data);
  }
}

/**
 * shopcaisse_bridge_abandon:
 * @self: the bridge, from whatever thread
 *
 * Ends the engine for an owner that goes away without closing. Nobody hears of it.
 */
void
shopcaisse_bridge_abandon(ShopcaisseBridge *self)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, let_go);
  if (g_thread_self() != self->host_thread) {
    shopcaisse_parcel_post(parcel, self->host_context);
    return;
  }
  let_go(self, parcel);
  shopcaisse_parcel_free(parcel);
}

static void
let_go(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  shopcaisse_bridge_detach_host(self);
  if (!self->host_side.is_closing && self->engine_context != NULL) {
    self->host_side.is_closing = TRUE;
    self->host_side.is_closed = TRUE;
    shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_do_leave),
                           self->engine_context);
  }
  answer_all(self);
}

/**
 * shopcaisse_bridge_take_knock: (skip)
 * @self: the bridge
 * @parcel: empty
 *
 * The first parcel in the host's context; its answer proves that the context is iterated.
 */
void
shopcaisse_bridge_take_knock(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (self->engine_context != NULL)
    shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_do_heard),
                           self->engine_context);
}

/**
 * shopcaisse_bridge_ref:
 * @self: the bridge
 *
 * Takes a reference, in either thread.
 *
 * Returns: (transfer full): @self
 */
ShopcaisseBridge *
shopcaisse_bridge_ref(ShopcaisseBridge *self)
{
  g_atomic_int_inc(&self->references);
  return self;
}

/**
 * shopcaisse_bridge_unref:
 * @self: (transfer full): the bridge
 *
 * Drops a reference, in either thread. Closes nothing.
 */
void
shopcaisse_bridge_unref(ShopcaisseBridge *self)
{
  if (!g_atomic_int_dec_and_test(&self->references))
    return;
  g_clear_object(&self->host_side.host);
  g_clear_pointer(&self->host_side.thread, g_thread_unref);
  g_clear_pointer(&self->host_side.waiting, g_hash_table_unref);
  g_clear_pointer(&self->host_side.questions, g_ptr_array_unref);
  g_clear_pointer(&self->host_side.deadline, g_source_unref);
  shopcaisse_bridge_clear_face(self);
  g_clear_pointer(&self->engine_context, g_main_context_unref);
  g_clear_pointer(&self->host_context, g_main_context_unref);
  g_clear_pointer(&self->profile, shopcaisse_profile_free);
  g_weak_ref_clear(&self->owner);
  g_free(self);
}
