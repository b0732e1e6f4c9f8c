/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The detailed log: a transport around the transport. It tells how each exchange went, never what
 * was said: no token, no id, no body gets in, so that the log can be handed to anyone. */
#include "engine/trace.h"

#include "config.h"
#include "engine/context.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Long enough to wait for a fault of the day, short enough to be forgotten. */
#define DEBUG_LIMIT SHOPCAISSE_DAY

typedef struct {
  ShopcaisseTransport base;
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseTransport *inner; /* (owned) */
} Trace;

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  char *what;                 /* (owned): method and template */
  gsize n_sent;               /* bytes of body */
  gint64 sent_at;             /* monotonic */
  ShopcaisseReplyFunc callback;
  gpointer user_data;
} TracedExchange;

static void replied_cb(ShopcaisseReply *reply, gpointer user_data);

static const char *const method_words[] = {
  [SHOPCAISSE_METHOD_GET] = "GET",
  [SHOPCAISSE_METHOD_POST] = "POST",
  [SHOPCAISSE_METHOD_PUT] = "PUT",
  [SHOPCAISSE_METHOD_DELETE] = "DELETE",
};

/* Of an exchange that has no status line. */
static const char *const kind_words[] = {
  [SHOPCAISSE_REPLY_OK] = "ok",
  [SHOPCAISSE_REPLY_NOT_SENT] = "not sent",
  [SHOPCAISSE_REPLY_UNTRUSTED] = "not trusted",
  [SHOPCAISSE_REPLY_UNKNOWN] = "no answer",
  [SHOPCAISSE_REPLY_OVERSIZED] = "answer too large",
  [SHOPCAISSE_REPLY_THROTTLED] = "throttled",
  [SHOPCAISSE_REPLY_UNAUTHORIZED] = "unauthorized",
  [SHOPCAISSE_REPLY_FORBIDDEN] = "forbidden",
  [SHOPCAISSE_REPLY_NOT_FOUND] = "not found",
  [SHOPCAISSE_REPLY_CONFLICT] = "conflict",
  [SHOPCAISSE_REPLY_REFUSED] = "refused",
};

static gboolean
is_page_parameter(const char *parameter)
{
  return g_str_has_prefix(parameter, "page=") || g_str_has_prefix(parameter, "pageSize=");
}

/**
 * shopcaisse_trace_dup_template:
 * @path: a request's path and query
 *
 * Takes the ids out of a path: below the version, words and ids take turns; docs/PROTOCOL.md 2.1.
 *
 * Returns: (transfer full): the template
 */
char *
shopcaisse_trace_dup_template(const char *path)
{
  g_auto(GStrv) halves = g_strsplit(path, "?", 2);
  g_auto(GStrv) segments = g_strsplit(halves[0], "/", -1);
  g_auto(GStrv) parameters = g_strsplit(halves[1] != NULL ? halves[1] : "", "&", -1);
  GString *template = g_string_new(NULL);
  char separator = '?';

  /* Nothing, the version, a word, an id, a word, ... */
  for (guint i = 1; i < g_strv_length(segments); i++)
    g_string_append_printf(template, "/%s", i >= 3 && i % 2 == 1 ? "{id}" : segments[i]);
  for (guint i = 0; parameters[i] != NULL; i++) {
    if (!is_page_parameter(parameters[i]))
      continue;
    g_string_append_printf(template, "%c%s", separator, parameters[i]);
    separator = '&';
  }
  return g_string_free(template, FALSE);
}

static gboolean
switch_off(ShopcaisseContext *context, GError **error)
{
  return shopcaisse_settings_set(context->database, "debug", "false", error) &&
         shopcaisse_configuration_reload(context->configuration, context->database, error) &&
         shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "exchange", "",
                                    _("the detailed log was on for a day and is off again"), error);
}

/* The first exchange starts the time; a time that is too far away was set by another clock. */
static gboolean
start_time(ShopcaisseContext *context, GError **error)
{
  g_autofree char *until =
      g_strdup_printf("%" G_GINT64_FORMAT, shopcaisse_context_get_now(context) + DEBUG_LIMIT);

  return shopcaisse_settings_set(context->database, SHOPCAISSE_DEBUG_UNTIL, until, error) &&
         shopcaisse_configuration_reload(context->configuration, context->database, error);
}

static gboolean
write_line(ShopcaisseContext *context, const char *text, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 until = context->configuration->debug_until;

  if (until != 0 && until <= now)
    return switch_off(context, error);
  if ((until == 0 || until > now + DEBUG_LIMIT) && !start_time(context, error))
    return FALSE;
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "exchange", "", text, error);
}

static void
note(ShopcaisseContext *context, const char *text)
{
  g_autoptr(GError) error = NULL;

  g_debug("%s", text);
  if (!shopcaisse_database_begin(context->database, &error) || !write_line(context, text, &error) ||
      !shopcaisse_database_commit(context->database, &error)) {
    shopcaisse_database_rollback(context->database);
    g_warning("detailed log: %s, ignoring", error->message);
    return;
  }
  if (!context->configuration->debug)
    shopcaisse_context_tell_settings(context);
}

static char *
describe(const TracedExchange *exchange, const ShopcaisseReply *reply)
{
  ShopcaisseClock *clock = exchange->context->clock;
  gint64 duration_us = clock->get_monotonic(clock) - exchange->sent_at;

  return g_strdup_printf("%s: %s, %" G_GINT64_FORMAT " ms, %" G_GSIZE_FORMAT
                         " bytes sent, %" G_GSIZE_FORMAT " received",
                         exchange->what,
                         reply->status != NULL ? reply->status : kind_words[reply->kind],
                         duration_us / 1000, exchange->n_sent,
                         reply->body != NULL ? g_bytes_get_size(reply->body) : 0);
}

static void
send(ShopcaisseTransport *transport,
     const ShopcaisseRequest *request,
     GCancellable *cancellable,
     ShopcaisseReplyFunc callback,
     gpointer user_data)
{
  Trace *self = (Trace *)transport;
  ShopcaisseClock *clock = self->context->clock;
  g_autofree char *template = NULL;
  TracedExchange *exchange = NULL;

  if (!self->context->configuration->debug) {
    self->inner->send(self->inner, request, cancellable, callback, user_data);
    return;
  }
  template = shopcaisse_trace_dup_template(request->path);
  exchange = g_new0(TracedExchange, 1);
  exchange->context = self->context;
  exchange->what = g_strdup_printf("%s %s", method_words[request->method], template);
  exchange->n_sent = request->body != NULL ? g_bytes_get_size(request->body) : 0;
  exchange->sent_at = clock->get_monotonic(clock);
  exchange->callback = callback;
  exchange->user_data = user_data;
  self->inner->send(self->inner, request, cancellable, replied_cb, exchange);
}

/* The transport may be gone when the callback returns. */
static void
replied_cb(ShopcaisseReply *reply, gpointer user_data)
{
  g_autofree TracedExchange *exchange = user_data;
  g_autofree char *what = exchange->what;
  g_autofree char *text = describe(exchange, reply);

  if (exchange->context->configuration->debug)
    note(exchange->context, text);
  exchange->callback(reply, exchange->user_data);
}

static void
set_token(ShopcaisseTransport *transport, const char *token)
{
  Trace *self = (Trace *)transport;

  self->inner->set_token(self->inner, token);
}

static void
stop(ShopcaisseTransport *transport)
{
  Trace *self = (Trace *)transport;

  self->inner->stop(self->inner);
}

static guint
count_in_flight(ShopcaisseTransport *transport)
{
  Trace *self = (Trace *)transport;

  return self->inner->count_in_flight(self->inner);
}

static void
free_trace(ShopcaisseTransport *transport)
{
  Trace *self = (Trace *)transport;

  self->inner->free(self->inner);
  g_free(self);
}

/**
 * shopcaisse_trace_transport:
 * @context: the engine's parts
 * @inner: (transfer full): what carries the requests
 *
 * Makes a transport that hands everything to @inner and, while the setting "debug" is on, notes how
 * each exchange went. The setting goes off by itself after a day.
 *
 * Returns: (transfer full): the transport
 */
ShopcaisseTransport *
shopcaisse_trace_transport(ShopcaisseContext *context, ShopcaisseTransport *inner)
{
  Trace *self = g_new0(Trace, 1);

  self->base = (ShopcaisseTransport){
    .abi = inner->abi,
    .set_token = set_token,
    .send = send,
    .stop = stop,
    .count_in_flight = count_in_flight,
    .free = free_trace,
  };
  self->context = context;
  self->inner = inner;
  return &self->base;
}
