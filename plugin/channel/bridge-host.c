/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The real host, in its own thread: calls its functions, measures what they cost it, and sends its
 * answers and signals over. After detach nothing of it is called. */
#include "channel/bridge-private.h"

#include <comptoir/comptoir-rows.h>

/* A host may ask its own server; longer than this nobody waits. */
#define HOST_DEADLINE_MS 30000

typedef struct {
  ShopcaisseBridge *bridge; /* (owned) */
  GWeakRef request;         /* to be failed when the host is left */
  guint64 id;
  gint64 cost_us;
} Question;

static void answered_cb(GVariant *answer, const GError *error, gpointer user_data);
static void articles_changed_cb(ComptoirHost *host, gpointer user_data);
static void sales_changed_cb(ComptoirHost *host, gpointer user_data);
static void closing_cb(ComptoirHost *host, gpointer user_data);

static gulong
connect(ShopcaisseBridge *self, const char *signal, GCallback callback)
{
  return g_signal_connect_data(self->host_side.host, signal, callback, shopcaisse_bridge_ref(self),
                               (GClosureNotify)(GCallback)shopcaisse_bridge_unref, 0);
}

/**
 * shopcaisse_bridge_attach_host: (skip)
 * @self: the bridge
 * @host: the host
 *
 * Keeps the host and listens to it.
 */
void
shopcaisse_bridge_attach_host(ShopcaisseBridge *self, ComptoirHost *host)
{
  ShopcaisseHostSide *side = &self->host_side;
  side->host = g_object_ref(host);
  side->handlers[0] = connect(self, "articles-changed", G_CALLBACK(articles_changed_cb));
  side->handlers[1] = connect(self, "sales-changed", G_CALLBACK(sales_changed_cb));
  side->handlers[2] = connect(self, "closing", G_CALLBACK(closing_cb));
}

/* What the host was asked is answered by us; its own answer will be ignored. */
static void
fail_questions(ShopcaisseBridge *self)
{
  for (guint i = 0; i < self->host_side.questions->len; i++) {
    Question *question = self->host_side.questions->pdata[i];
    g_autoptr(ComptoirRequest) request = g_weak_ref_get(&question->request);
    if (request != NULL)
      comptoir_request_fail(request, COMPTOIR_ERROR_UNREACHABLE, "the channel was closed");
  }
}

/**
 * shopcaisse_bridge_detach_host: (skip)
 * @self: the bridge
 *
 * Lets go of the host.
 */
void
shopcaisse_bridge_detach_host(ShopcaisseBridge *self)
{
  ShopcaisseHostSide *side = &self->host_side;
  if (side->host == NULL)
    return;
  g_autoptr(ComptoirHost) host = g_steal_pointer(&side->host);
  for (gsize i = 0; i < G_N_ELEMENTS(side->handlers); i++)
    g_clear_signal_handler(&side->handlers[i], host);
  fail_questions(self);
}

/* Takes @parcel. */
static void
post_host_answer(ShopcaisseBridge *self, guint64 id, gint64 cost_us, ShopcaisseParcel *parcel)
{
  parcel->id = id;
  parcel->cost_us = cost_us;
  if (self->engine_context != NULL)
    shopcaisse_parcel_post(parcel, self->engine_context);
  else
    shopcaisse_parcel_free(parcel);
}

static void
post_gone(ShopcaisseBridge *self, guint64 id)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_do_host_answered);
  parcel->error = shopcaisse_parcel_closed_error();
  post_host_answer(self, id, 0, parcel);
}

/* Borrowed from @row, or NULL. */
static const char *
get_text(GVariant *row, const char *key)
{
  const char *text = NULL;
  return g_variant_lookup(row, key, "&s", &text) ? text : NULL;
}

static void
call_host(ComptoirHost *host,
          ShopcaisseQuestion question,
          GVariant *argument,
          ComptoirRequest *request)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(argument, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  switch (question) {
  case SHOPCAISSE_ASK_LIST_ARTICLES:
    comptoir_host_list_articles(host, argument, request);
    break;
  case SHOPCAISSE_ASK_LIST_SALES:
    comptoir_host_list_sales(host, argument, request);
    break;
  case SHOPCAISSE_ASK_APPLY_ARTICLES:
    comptoir_host_apply_articles(host, rows, request);
    break;
  case SHOPCAISSE_ASK_RECORD_SALES:
    comptoir_host_record_sales(host, rows, request);
    break;
  case SHOPCAISSE_ASK_LOOKUP_SECRET:
    comptoir_host_lookup_secret(host, get_text(argument, COMPTOIR_KEY_NAME), request);
    break;
  case SHOPCAISSE_ASK_STORE_SECRET:
    comptoir_host_store_secret(host, get_text(argument, COMPTOIR_KEY_NAME),
                               get_text(argument, "secret"), request);
    break;
  case SHOPCAISSE_ASK_LIST_STATUSES:
    comptoir_host_list_sale_statuses(host, argument, request);
    break;
  case SHOPCAISSE_ASK_LIST_METHODS:
    comptoir_host_list_payment_methods(host, argument, request);
    break;
  case SHOPCAISSE_ASK_LIST_SHIPMENTS:
    comptoir_host_list_shipments(host, argument, request);
    break;
  default:
    comptoir_request_fail(request, COMPTOIR_ERROR_NOT_SUPPORTED, "no such question");
  }
}

/**
 * shopcaisse_bridge_take_question: (skip)
 * @self: the bridge
 * @parcel: `id`, `kind` the question, `value` its argument
 *
 * Asks the host.
 */
void
shopcaisse_bridge_take_question(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (self->host_side.host == NULL) {
    post_gone(self, parcel->id);
    return;
  }
  Question *question = g_new0(Question, 1);
  question->bridge = shopcaisse_bridge_ref(self);
  question->id = parcel->id;
  g_ptr_array_add(self->host_side.questions, question);

  /* The request answers in the context that is the thread's default now. */
  g_main_context_push_thread_default(self->host_context);
  ComptoirRequest *request = comptoir_request_new(HOST_DEADLINE_MS, answered_cb, question);
  g_weak_ref_init(&question->request, request);
  g_autoptr(ComptoirHost) host = g_object_ref(self->host_side.host);
  gint64 started_at = g_get_monotonic_time();
  call_host(host, (ShopcaisseQuestion)parcel->kind, parcel->value, request);
  question->cost_us = g_get_monotonic_time() - started_at;
  g_object_unref(request);
  g_main_context_pop_thread_default(self->host_context);
}

static void
answered_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(ShopcaisseBridge) self = question->bridge;
  g_weak_ref_clear(&question->request);
  g_ptr_array_remove_fast(self->host_side.questions, question);

  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_do_host_answered);
  parcel->value = answer != NULL ? g_variant_ref(answer) : NULL;
  parcel->error = error != NULL ? g_error_copy(error) : NULL;
  post_host_answer(self, question->id, question->cost_us, parcel);
}

/**
 * shopcaisse_bridge_take_tale: (skip)
 * @self: the bridge
 * @parcel: `id`, `kind` the news, `value` the row
 *
 * Tells the host.
 */
void
shopcaisse_bridge_take_tale(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (self->host_side.host == NULL) {
    post_gone(self, parcel->id);
    return;
  }
  g_autoptr(ComptoirHost) host = g_object_ref(self->host_side.host);
  gint64 started_at = g_get_monotonic_time();
  if (parcel->kind == SHOPCAISSE_TELL_PROGRESS)
    comptoir_host_sale_progressed(host, parcel->value);
  else
    comptoir_host_show_notice(host, parcel->value);
  gint64 cost_us = g_get_monotonic_time() - started_at;
  post_host_answer(self, parcel->id, cost_us,
                   shopcaisse_parcel_new(self, shopcaisse_bridge_do_host_answered));
}

static void
post_changed(ShopcaisseBridge *self, ShopcaisseQuestion question)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_do_host_changed);
  parcel->kind = question;
  if (self->engine_context != NULL)
    shopcaisse_parcel_post(parcel, self->engine_context);
  else
    shopcaisse_parcel_free(parcel);
}

/* Opens a parcel of the host's thread: now if this is that thread. */
static void
bring_home(ShopcaisseBridge *self, ShopcaisseParcelFunc open)
{
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, open);
  if (g_thread_self() != self->host_thread) {
    shopcaisse_parcel_post(parcel, self->host_context);
    return;
  }
  open(self, parcel);
  shopcaisse_parcel_free(parcel);
}

static void
take_articles_changed(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  post_changed(self, SHOPCAISSE_ASK_LIST_ARTICLES);
}

static void
take_sales_changed(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  post_changed(self, SHOPCAISSE_ASK_LIST_SALES);
}

static void
take_closing(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  g_autoptr(GObject) owner = g_weak_ref_get(&self->owner);
  if (owner != NULL && !self->host_side.is_closing)
    self->events->closing(owner);
}

static void
articles_changed_cb(ComptoirHost *host, gpointer user_data)
{
  bring_home(user_data, take_articles_changed);
}

static void
sales_changed_cb(ComptoirHost *host, gpointer user_data)
{
  bring_home(user_data, take_sales_changed);
}

static void
closing_cb(ComptoirHost *host, gpointer user_data)
{
  bring_home(user_data, take_closing);
}
