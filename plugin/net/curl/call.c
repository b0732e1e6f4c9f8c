/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libcurl's side of an exchange: the ways, the names on the way, the transfer, and the last moment
 * in which nothing was sent. */

#include "net/curl/call.h"

#include "config.h"
#include "error.h"
#include "net/curl/answer.h"
#include "net/curl/failure.h"
#include "net/curl/request.h"
#include "net/curl/way.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  ShopcaisseExchange *exchange; /* (owned) */
  ShopcaissePump *pump;         /* (not owned): there as long as the exchange is not over */
  ShopcaisseGuide *guide;       /* (owned) */
  GCancellable *operation;      /* (owned): of the guide's questions */
  GUri *target;                 /* (owned) */
  gboolean is_repeatable;       /* what libcurl may send again on its own: a GET */

  char **ways; /* (owned) (nullable): proxies, or none */
  guint i_way;
  GPtrArray *names; /* (owned) (nullable) (element-type ShopcaisseWayName): names to look up */
  guint i_name;

  CURL *easy; /* (owned) (nullable): until the exchange lets go of this */
  gboolean is_in_pump;
  ShopcaisseCurlRequest request;
  ShopcaisseCurlAnswer answer;
  struct curl_slist *addresses; /* (owned) (nullable): of the names */
  char words[CURL_ERROR_SIZE];  /* of a failure */
} Call;

static void ways_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void try_way(Call *self);
static void address_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static int
prereq_cb(void *user_data, char *to_address, char *from_address, int to_port, int from_port);

static void
call_clear(gpointer data)
{
  Call *self = data;

  g_clear_pointer(&self->exchange, shopcaisse_exchange_unref);
  g_clear_pointer(&self->guide, shopcaisse_guide_unref);
  g_clear_object(&self->operation);
  g_clear_pointer(&self->target, g_uri_unref);
  g_clear_pointer(&self->ways, g_strfreev);
  g_clear_pointer(&self->names, g_ptr_array_unref);
}

static void
call_unref(Call *self)
{
  g_rc_box_release_full(self, call_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Call, call_unref)

static void
drop(gpointer call)
{
  g_autoptr(Call) self = call;

  g_clear_pointer(&self->easy, curl_easy_cleanup);
  g_clear_pointer(&self->addresses, curl_slist_free_all);
  shopcaisse_curl_request_clear(&self->request);
  shopcaisse_curl_answer_clear(&self->answer);
}

static void
cut(gpointer call)
{
  Call *self = call;

  if (self->is_in_pump)
    shopcaisse_pump_remove(self->pump, self->easy);
  self->is_in_pump = FALSE;
  g_autoptr(GCancellable) operation = g_object_ref(self->operation);
  drop(self);
  g_cancellable_cancel(operation);
}

/**
 * shopcaisse_curl_call_begin:
 * @exchange: the exchange
 * @means: (transfer none): what the transport has
 * @errand: (transfer none): copied as needed
 *
 * Takes up the work. Called with the exchange's context as the thread's default.
 */
void
shopcaisse_curl_call_begin(ShopcaisseExchange *exchange,
                           const ShopcaisseCurlMeans *means,
                           const ShopcaisseErrand *errand)
{
  g_autoptr(Call) self = g_rc_box_new0(Call);
  self->exchange = shopcaisse_exchange_ref(exchange);
  self->pump = means->pump;
  self->guide = shopcaisse_guide_ref(means->guide);
  self->operation = g_cancellable_new();
  self->target = g_uri_ref(errand->uri);
  self->is_repeatable = errand->request->method == SHOPCAISSE_METHOD_GET;

  self->easy = curl_easy_init();
  curl_easy_setopt(self->easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt(self->easy, CURLOPT_ERRORBUFFER, self->words);
  curl_easy_setopt(self->easy, CURLOPT_PREREQFUNCTION, prereq_cb);
  curl_easy_setopt(self->easy, CURLOPT_PREREQDATA, self);
  shopcaisse_curl_request_init(&self->request, self->easy, errand);
  shopcaisse_curl_request_set_identity(self->easy, means->user_agent, means->ca_file);
  shopcaisse_curl_answer_init(&self->answer, self->easy,
                              shopcaisse_exchange_get_max_answer(exchange));

  shopcaisse_exchange_begin(
      exchange,
      &(ShopcaisseExchangeLibrary){ .cut = cut, .drop = drop, .call = g_rc_box_acquire(self) },
      errand->cancellable);
  shopcaisse_exchange_connecting(exchange);
  shopcaisse_guide_list_ways_async(self->guide, self->target, self->operation, ways_cb,
                                   g_rc_box_acquire(self));
}

static void
fail(Call *self, const GError *error)
{
  GError *copy = g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                             _("the service was not reached: %s"), error->message);
  shopcaisse_exchange_answer(self->exchange,
                             shopcaisse_outcome_reply_broken(SHOPCAISSE_REACH_NOTHING, copy));
}

static void
ways_cb(G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Call) self = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ways = shopcaisse_guide_list_ways_finish(result, &error);

  if (shopcaisse_exchange_is_over(self->exchange))
    return;
  if (ways == NULL) {
    fail(self, error);
    return;
  }

  self->ways = g_steal_pointer(&ways);
  try_way(self);
}

static gboolean
has_another_way(const Call *self)
{
  return self->ways[self->i_way] != NULL && self->ways[self->i_way + 1] != NULL;
}

static void
fail_way(Call *self, const GError *error)
{
  if (!has_another_way(self)) {
    fail(self, error);
    return;
  }

  self->i_way++;
  try_way(self);
}

static void
start_transfer(Call *self)
{
  shopcaisse_exchange_connected(self->exchange); /* libcurl's own limit takes over */
  curl_easy_setopt(self->easy, CURLOPT_RESOLVE, self->addresses);
  self->is_in_pump = TRUE;
  shopcaisse_pump_add(self->pump, self->easy);
}

static void
look_up_next(Call *self)
{
  if (self->i_name == self->names->len) {
    start_transfer(self);
    return;
  }

  const ShopcaisseWayName *name = self->names->pdata[self->i_name];
  shopcaisse_guide_find_host_async(self->guide, name->host, self->operation, address_cb,
                                   g_rc_box_acquire(self));
}

static void
try_way(Call *self)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer(&self->names, g_ptr_array_unref);
  self->i_name = 0;
  shopcaisse_exchange_connecting(self->exchange);
  const char *way = self->ways[self->i_way] != NULL ? self->ways[self->i_way] : "direct://";
  self->names = shopcaisse_way_apply(self->easy, way, self->target, &error);
  if (self->names == NULL)
    fail_way(self, error);
  else
    look_up_next(self);
}

static void
append_addresses(Call *self, const ShopcaisseWayName *name, const char *addresses)
{
  g_autofree char *line = g_strdup_printf("%s:%d:%s", name->host, name->port, addresses);
  self->addresses = curl_slist_append(self->addresses, line);
}

static void
address_cb(G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Call) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *addresses = shopcaisse_guide_find_host_finish(result, &error);

  if (shopcaisse_exchange_is_over(self->exchange))
    return;
  if (addresses == NULL) {
    fail_way(self, error);
    return;
  }

  append_addresses(self, self->names->pdata[self->i_name], addresses);
  self->i_name++;
  look_up_next(self);
}

/* The next thing libcurl does is to write. It starts again by itself when a kept connection was
 * stale; only a GET may be repeated behind our back. */
static int
prereq_cb(void *user_data,
          G_GNUC_UNUSED char *to_address,
          G_GNUC_UNUSED char *from_address,
          G_GNUC_UNUSED int to_port,
          G_GNUC_UNUSED int from_port)
{
  Call *self = user_data;

  guint n_starts = shopcaisse_exchange_starting(self->exchange);
  if (n_starts == 1 || self->is_repeatable)
    return CURL_PREREQFUNC_OK;

  if (self->answer.refusal == NULL)
    self->answer.refusal = shopcaisse_outcome_reply_broken(
        SHOPCAISSE_REACH_SERVICE, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                                      "the request would have been sent again"));
  return CURL_PREREQFUNC_ABORT;
}

static ShopcaisseReply *
build_failure(Call *self, CURLcode code)
{
  ShopcaisseReach reach = shopcaisse_exchange_get_reach(self->exchange);
  long tunnel_status = 0;
  curl_easy_getinfo(self->easy, CURLINFO_HTTP_CONNECTCODE, &tunnel_status);
  if (reach == SHOPCAISSE_REACH_NOTHING && tunnel_status != 0 && tunnel_status / 100 != 2)
    return shopcaisse_outcome_reply_tunnel((guint)tunnel_status, self->answer.reason);

  return shopcaisse_curl_failure_build_reply(reach, self->easy, code, self->words);
}

/**
 * shopcaisse_curl_call_done:
 * @call: the call
 * @code: libcurl's
 *
 * Turns the end of a transfer into an answer, or goes the next way.
 */
void
shopcaisse_curl_call_done(gpointer call, CURLcode code)
{
  g_autoptr(Call) self = g_rc_box_acquire(call);

  self->is_in_pump = FALSE;
  if (self->answer.refusal != NULL) {
    shopcaisse_exchange_answer(self->exchange, g_steal_pointer(&self->answer.refusal));
    return;
  }
  if (code == CURLE_OK) {
    shopcaisse_exchange_answer(self->exchange, shopcaisse_curl_answer_take_reply(&self->answer));
    return;
  }
  gboolean is_unsent = shopcaisse_exchange_get_reach(self->exchange) == SHOPCAISSE_REACH_NOTHING;
  if (is_unsent && shopcaisse_curl_failure_is_of_the_way(code) && has_another_way(self)) {
    self->i_way++;
    try_way(self);
    return;
  }
  shopcaisse_exchange_answer(self->exchange, build_failure(self, code));
}
