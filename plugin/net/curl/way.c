/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One way to the service, directly or through a proxy, said to libcurl option by option: it is
 * never left to look for one itself. */

#include "net/curl/way.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>

#define WAY_URI_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE)
#define DIRECT_SCHEME "direct"

typedef struct {
  const char *scheme;
  long type; /* of curl_proxytype */
  int port;  /* where the URI names none */
  gboolean needs_target_address;
} Kind;

static const Kind kinds[] = {
  { "http", CURLPROXY_HTTP, 80, FALSE },
  { "https", CURLPROXY_HTTPS, 443, FALSE },
  { "socks", CURLPROXY_SOCKS5_HOSTNAME, 1080, FALSE },
  { "socks4", CURLPROXY_SOCKS4, 1080, TRUE },
  { "socks4a", CURLPROXY_SOCKS4A, 1080, FALSE },
  { "socks5", CURLPROXY_SOCKS5_HOSTNAME, 1080, FALSE },
};

/**
 * shopcaisse_way_name_free:
 * @self: (nullable) (transfer full): the name
 *
 * Releases @self.
 */
void
shopcaisse_way_name_free(ShopcaisseWayName *self)
{
  if (self == NULL)
    return;

  g_free(self->host);
  g_free(self);
}

static const Kind *
find_kind(const char *scheme)
{
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (g_str_equal(kinds[i].scheme, scheme))
      return &kinds[i];
  }
  return NULL;
}

/* Numbers need no name service. */
static void
append_name(GPtrArray *names, const char *host, int port)
{
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string(host);
  if (number != NULL)
    return;

  ShopcaisseWayName *name = g_new(ShopcaisseWayName, 1);
  *name = (ShopcaisseWayName){ .host = g_strdup(host), .port = port };
  g_ptr_array_add(names, name);
}

/**
 * shopcaisse_way_dup_host:
 * @target: the service
 *
 * Names the host as it goes over the wire: a name in other letters is spelt in ASCII.
 *
 * Returns: (transfer full): the host, without brackets
 */
char *
shopcaisse_way_dup_host(GUri *target)
{
  char *host = g_hostname_to_ascii(g_uri_get_host(target));
  return host != NULL ? host : g_strdup(g_uri_get_host(target));
}

static void
append_target(GPtrArray *names, GUri *target)
{
  int port = g_uri_get_port(target);
  if (port < 0)
    port = g_str_equal(g_uri_get_scheme(target), "https") ? 443 : 80;
  g_autofree char *host = shopcaisse_way_dup_host(target);
  append_name(names, host, port);
}

static void
apply_proxy(CURL *easy, const Kind *kind, GUri *uri, int port)
{
  const char *host = g_uri_get_host(uri);
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string(host);
  gboolean is_ipv6 = number != NULL && g_inet_address_get_family(number) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *bracketed = is_ipv6 ? g_strdup_printf("[%s]", host) : g_strdup(host);

  curl_easy_setopt(easy, CURLOPT_PROXYTYPE, kind->type);
  curl_easy_setopt(easy, CURLOPT_PROXY, bracketed);
  curl_easy_setopt(easy, CURLOPT_PROXYPORT, (long)port);
  curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, g_uri_get_user(uri));
  curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, g_uri_get_password(uri));
}

/**
 * shopcaisse_way_apply:
 * @easy: the handle
 * @way: a proxy's URI, or `direct://`
 * @target: the service
 * @error: return location for an error
 *
 * Makes @easy go this way and no other.
 *
 * Fails with %COMPTOIR_ERROR_UNREACHABLE when @way is of an unknown kind.
 *
 * Returns: (transfer full) (element-type ShopcaisseWayName): the names to look up before
 */
GPtrArray *
shopcaisse_way_apply(CURL *easy, const char *way, GUri *target, GError **error)
{
  g_autoptr(GUri) uri = g_uri_parse(way, WAY_URI_FLAGS, NULL);
  gboolean is_direct = uri != NULL && g_str_equal(g_uri_get_scheme(uri), DIRECT_SCHEME);
  const Kind *kind = uri != NULL ? find_kind(g_uri_get_scheme(uri)) : NULL;
  if (!is_direct && (kind == NULL || g_uri_get_host(uri) == NULL)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                        _("the service was not reached: the proxy is of a kind that is not known"));
    return NULL;
  }

  g_autoptr(GPtrArray) names =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_way_name_free);
  if (is_direct) {
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    append_target(names, target);
    return g_steal_pointer(&names);
  }

  int port = g_uri_get_port(uri) >= 0 ? g_uri_get_port(uri) : kind->port;
  apply_proxy(easy, kind, uri, port);
  append_name(names, g_uri_get_host(uri), port);
  if (kind->needs_target_address)
    append_target(names, target);
  return g_steal_pointer(&names);
}
