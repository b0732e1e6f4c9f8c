/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One request on its way, whichever library carries it: watches over deadlines, cancelling and the
 * first byte, and answers exactly once. It never touches the network. */

#include "net/exchange.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>

#define CONNECT_TIMEOUT_MS 10000 /* for each step of it that a library reports */

struct ShopcaisseExchange {
  ShopcaisseExchangePlan plan;       /* its callback is NULL once answered or abandoned */
  ShopcaisseExchangeLibrary library; /* its call is NULL unless the library works on it */
  GSource *deadline;                 /* (owned) (nullable) */
  GSource *connect_deadline;         /* (owned) (nullable) */
  GSource *cancel_watch;             /* (owned) (nullable) */
  GSource *settle;                   /* (owned) (nullable): answers with `verdict` in a moment */
  ShopcaisseReply *verdict; /* (owned) (nullable): decided, whatever the library says next */
  ShopcaisseReach reach;
  guint n_starts;
};

static gboolean deadline_cb(gpointer user_data);
static gboolean cancelled_cb(GCancellable *cancellable, gpointer user_data);
static gboolean connect_deadline_cb(gpointer user_data);
static gboolean settle_cb(gpointer user_data);

static void
drop_source(GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy(*source);
  g_clear_pointer(source, g_source_unref);
}

static void
stop_waiting(ShopcaisseExchange *self)
{
  drop_source(&self->deadline);
  drop_source(&self->connect_deadline);
  drop_source(&self->cancel_watch);
  drop_source(&self->settle);
}

static void
cut_library(ShopcaisseExchange *self)
{
  gpointer call = g_steal_pointer(&self->library.call);
  if (call != NULL)
    self->library.cut(call);
}

static void
drop_library(ShopcaisseExchange *self)
{
  gpointer call = g_steal_pointer(&self->library.call);
  if (call != NULL)
    self->library.drop(call);
}

static void
exchange_clear(gpointer data)
{
  ShopcaisseExchange *self = data;

  stop_waiting(self);
  g_clear_pointer(&self->verdict, shopcaisse_reply_free);
}

/**
 * shopcaisse_exchange_new:
 * @plan: (transfer none): copied
 *
 * Makes an exchange in which nothing happens yet.
 *
 * Returns: (transfer full): the exchange
 */
ShopcaisseExchange *
shopcaisse_exchange_new(const ShopcaisseExchangePlan *plan)
{
  ShopcaisseExchange *self = g_atomic_rc_box_new0(ShopcaisseExchange);
  self->plan = *plan;
  return self;
}

ShopcaisseExchange *
shopcaisse_exchange_ref(ShopcaisseExchange *self)
{
  return g_atomic_rc_box_acquire(self);
}

/**
 * shopcaisse_exchange_unref:
 * @self: (nullable) (transfer full): the exchange
 *
 * Gives one reference back.
 */
void
shopcaisse_exchange_unref(ShopcaisseExchange *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full(self, exchange_clear);
}

static void
unref_exchange(gpointer data)
{
  shopcaisse_exchange_unref(data);
}

static void
attach_source(ShopcaisseExchange *self, GSource **field, GSource *source, GSourceFunc function)
{
  drop_source(field);
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, function, shopcaisse_exchange_ref(self), unref_exchange);
  (void)g_source_attach(source, self->plan.context); /* destroyed by pointer */
  *field = source;
}

/**
 * shopcaisse_exchange_begin:
 * @self: the exchange
 * @library: (transfer full): what works on it from now on
 * @cancellable: (nullable): watched until the answer
 *
 * Starts the total deadline.
 */
void
shopcaisse_exchange_begin(ShopcaisseExchange *self,
                          const ShopcaisseExchangeLibrary *library,
                          GCancellable *cancellable)
{
  self->library = *library;
  attach_source(self, &self->deadline, g_timeout_source_new(self->plan.timeout_ms), deadline_cb);
  if (cancellable != NULL) {
    GSource *watch = g_cancellable_source_new(cancellable);
    attach_source(self, &self->cancel_watch, watch, G_SOURCE_FUNC(cancelled_cb));
  }
}

/**
 * shopcaisse_exchange_connecting:
 * @self: the exchange
 *
 * Notes that a step towards the other side begins; it has a deadline of its own.
 */
void
shopcaisse_exchange_connecting(ShopcaisseExchange *self)
{
  if (!shopcaisse_exchange_is_over(self))
    attach_source(self, &self->connect_deadline, g_timeout_source_new(CONNECT_TIMEOUT_MS),
                  connect_deadline_cb);
}

void
shopcaisse_exchange_connected(ShopcaisseExchange *self)
{
  drop_source(&self->connect_deadline);
}

/**
 * shopcaisse_exchange_starting:
 * @self: the exchange
 *
 * Notes that the next thing the library does is to write: from here on the service may have seen
 * the request.
 *
 * Returns: how often the library has begun, this time included
 */
guint
shopcaisse_exchange_starting(ShopcaisseExchange *self)
{
  drop_source(&self->connect_deadline);
  self->reach = SHOPCAISSE_REACH_SERVICE;
  return ++self->n_starts;
}

ShopcaisseReach
shopcaisse_exchange_get_reach(const ShopcaisseExchange *self)
{
  return self->reach;
}

gsize
shopcaisse_exchange_get_max_answer(const ShopcaisseExchange *self)
{
  return self->plan.max_answer;
}

/**
 * shopcaisse_exchange_is_over:
 * @self: the exchange
 *
 * Tells whether it was answered, decided or abandoned, so that nobody waits for the library.
 *
 * Returns: %TRUE when nothing is to be done any more
 */
gboolean
shopcaisse_exchange_is_over(const ShopcaisseExchange *self)
{
  return self->plan.callback == NULL || self->verdict != NULL;
}

static void
tell(ShopcaisseExchange *self, ShopcaisseReply *reply)
{
  g_autoptr(ShopcaisseExchange) alive = shopcaisse_exchange_ref(self);
  ShopcaisseReplyFunc callback = alive->plan.callback;
  alive->plan.callback = NULL;
  stop_waiting(alive);
  drop_library(alive);
  alive->plan.ended(alive, alive->plan.owner);
  callback(reply, alive->plan.user_data);
}

/**
 * shopcaisse_exchange_answer:
 * @self: the exchange
 * @reply: (transfer full): how it ended
 *
 * Answers now, from the context, outside of the library. Does nothing when it is over.
 */
void
shopcaisse_exchange_answer(ShopcaisseExchange *self, ShopcaisseReply *reply)
{
  if (shopcaisse_exchange_is_over(self))
    shopcaisse_reply_free(reply);
  else
    tell(self, reply);
}

/**
 * shopcaisse_exchange_decide:
 * @self: the exchange
 * @verdict: (transfer full): how it ends
 *
 * Decides the outcome now and tells it from the context: the caller may be inside `send`. The
 * library is stopped at once.
 */
void
shopcaisse_exchange_decide(ShopcaisseExchange *self, ShopcaisseReply *verdict)
{
  if (shopcaisse_exchange_is_over(self)) {
    shopcaisse_reply_free(verdict);
    return;
  }

  g_autoptr(ShopcaisseExchange) alive = shopcaisse_exchange_ref(self);
  alive->verdict = verdict;
  attach_source(alive, &alive->settle, g_idle_source_new(), settle_cb);
  cut_library(alive);
}

static gboolean
settle_cb(gpointer user_data)
{
  ShopcaisseExchange *self = user_data;
  tell(self, g_steal_pointer(&self->verdict));
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_exchange_break:
 * @self: the exchange
 * @error: (transfer full): why
 *
 * Ends the exchange as far as it has come. The answer follows from the context.
 */
void
shopcaisse_exchange_break(ShopcaisseExchange *self, GError *error)
{
  shopcaisse_exchange_decide(self, shopcaisse_outcome_reply_broken(self->reach, error));
}

/**
 * shopcaisse_exchange_abandon:
 * @self: the exchange
 *
 * Ends the exchange without an answer: the owner goes away.
 */
void
shopcaisse_exchange_abandon(ShopcaisseExchange *self)
{
  g_autoptr(ShopcaisseExchange) alive = shopcaisse_exchange_ref(self);
  alive->plan.callback = NULL;
  stop_waiting(alive);
  cut_library(alive);
}

static gboolean
deadline_cb(gpointer user_data)
{
  ShopcaisseExchange *self = user_data;
  shopcaisse_exchange_break(self,
                            g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                        _("no whole answer within %u ms"), self->plan.timeout_ms));
  return G_SOURCE_REMOVE;
}

static gboolean
connect_deadline_cb(gpointer user_data)
{
  shopcaisse_exchange_break(user_data,
                            g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                        _("no connection within %d ms"), CONNECT_TIMEOUT_MS));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb(G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  shopcaisse_exchange_break(
      user_data, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "request cancelled"));
  return G_SOURCE_REMOVE;
}
