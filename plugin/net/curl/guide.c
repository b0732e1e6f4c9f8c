/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Proxies and addresses, asked of GIO: the same answers as the other transport gets, never waited
 * for, and given up as soon as nobody wants them. libcurl's own look at the environment and its own
 * resolver are never used. */

#include "net/curl/guide.h"

#include "net/front.h"

#include <string.h>

#define DIRECTLY "direct://"

struct ShopcaisseGuide {
  GProxyResolver *proxy; /* (owned) (nullable): NULL is directly */
  GHashTable *hosts;     /* (owned) (element-type utf8 Host) */
};

/* Kept as long as a connection would be: a kept one should not need a name service. */
typedef struct {
  char *addresses;
  gint64 good_until; /* microseconds, monotonic */
} Host;

typedef struct {
  ShopcaisseGuide *guide; /* (owned) */
  char *host;             /* (owned) */
} Question;

static void ways_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void host_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_host(gpointer data)
{
  Host *self = data;
  g_free(self->addresses);
  g_free(self);
}

static void
free_question(gpointer data)
{
  Question *self = data;
  shopcaisse_guide_unref(self->guide);
  g_free(self->host);
  g_free(self);
}

/**
 * shopcaisse_guide_new:
 * @proxy: (nullable): who knows the proxies; %NULL when there are none
 *
 * Makes a guide that has not asked anything yet.
 *
 * Returns: (transfer full): the guide
 */
ShopcaisseGuide *
shopcaisse_guide_new(GProxyResolver *proxy)
{
  ShopcaisseGuide *self = g_rc_box_new0(ShopcaisseGuide);
  g_set_object(&self->proxy, proxy);
  self->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_host);
  return self;
}

ShopcaisseGuide *
shopcaisse_guide_ref(ShopcaisseGuide *self)
{
  return g_rc_box_acquire(self);
}

static void
guide_clear(gpointer data)
{
  ShopcaisseGuide *self = data;

  g_clear_object(&self->proxy);
  g_hash_table_unref(self->hosts);
}

void
shopcaisse_guide_unref(ShopcaisseGuide *self)
{
  if (self != NULL)
    g_rc_box_release_full(self, guide_clear);
}

/**
 * shopcaisse_guide_list_ways_async:
 * @self: the guide
 * @uri: where to
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called from the thread's default context
 * @user_data: for @callback
 *
 * Asks for the proxies on the way to @uri.
 */
void
shopcaisse_guide_list_ways_async(ShopcaisseGuide *self,
                                 GUri *uri,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  static const char *const direct[] = { DIRECTLY, NULL };

  g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, user_data);
  g_task_set_source_tag(task, shopcaisse_guide_list_ways_async);
  if (self->proxy == NULL) {
    g_task_return_pointer(task, g_strdupv((char **)direct), (GDestroyNotify)g_strfreev);
    return;
  }

  g_autofree char *text = g_uri_to_string(uri);
  g_proxy_resolver_lookup_async(self->proxy, text, cancellable, ways_cb, g_object_ref(task));
}

static void
ways_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  char **ways = g_proxy_resolver_lookup_finish(G_PROXY_RESOLVER(source), result, &error);
  if (ways == NULL)
    g_task_return_error(task, error);
  else
    g_task_return_pointer(task, ways, (GDestroyNotify)g_strfreev);
}

/**
 * shopcaisse_guide_list_ways_finish:
 * @result: as it came
 * @error: return location for an error
 *
 * Fails with the resolver's error or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): proxies as URIs, `direct://` for none, the best first
 */
char **
shopcaisse_guide_list_ways_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static const char *
find_known(ShopcaisseGuide *self, const char *host)
{
  const Host *known = g_hash_table_lookup(self->hosts, host);
  return known != NULL && g_get_monotonic_time() < known->good_until ? known->addresses : NULL;
}

/**
 * shopcaisse_guide_find_host_async:
 * @self: the guide
 * @host: a name
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called from the thread's default context
 * @user_data: for @callback
 *
 * Asks for the addresses of @host, unless it was asked a moment ago.
 */
void
shopcaisse_guide_find_host_async(ShopcaisseGuide *self,
                                 const char *host,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Question *question = g_new(Question, 1);
  *question = (Question){ .guide = shopcaisse_guide_ref(self), .host = g_strdup(host) };
  g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, user_data);
  g_task_set_source_tag(task, shopcaisse_guide_find_host_async);
  g_task_set_task_data(task, question, free_question);

  const char *known = find_known(self, host);
  if (known != NULL) {
    g_task_return_pointer(task, g_strdup(known), g_free);
    return;
  }
  g_autoptr(GResolver) resolver = g_resolver_get_default();
  g_resolver_lookup_by_name_async(resolver, host, cancellable, host_cb, g_object_ref(task));
}

static char *
join_addresses(GList *addresses)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (GList *link = addresses; link != NULL; link = link->next) {
    g_autofree char *address = g_inet_address_to_string(link->data);
    gboolean is_ipv6 = strchr(address, ':') != NULL;
    g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? "," : "", is_ipv6 ? "[" : "", address,
                           is_ipv6 ? "]" : "");
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
host_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Question *question = g_task_get_task_data(task);
  GError *error = NULL;

  GList *addresses = g_resolver_lookup_by_name_finish(G_RESOLVER(source), result, &error);
  if (addresses == NULL) {
    g_task_return_error(task, error);
    return;
  }

  Host *host = g_new(Host, 1);
  *host = (Host){ .addresses = join_addresses(addresses),
                  .good_until =
                      g_get_monotonic_time() + SHOPCAISSE_KEEP_OPEN_SECONDS * G_TIME_SPAN_SECOND };
  g_resolver_free_addresses(addresses);
  (void)g_hash_table_replace(question->guide->hosts, g_strdup(question->host), host);
  g_task_return_pointer(task, g_strdup(host->addresses), g_free);
}

/**
 * shopcaisse_guide_find_host_finish:
 * @result: as it came
 * @error: return location for an error
 *
 * Fails with the resolver's error or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): addresses with commas between them, those of IPv6 in brackets
 */
char *
shopcaisse_guide_find_host_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}
