/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one place that a transport talks to, and the way there: which base URL is acceptable, which
 * request path is, which proxy applies. It opens nothing. */

#include "net/origin.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>

#define ORIGIN_URI_FLAGS                                                                           \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY |               \
   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

static const char *const proxy_schemes[] = { "http", "socks", "socks4", "socks4a", "socks5", NULL };

/* Names and addresses that cannot leave the machine; a name that merely resolves there is none. */
static gboolean
is_loopback_host(const char *host)
{
  if (g_ascii_strcasecmp(host, "localhost") == 0)
    return TRUE;

  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);
  return address != NULL && g_inet_address_get_is_loopback(address);
}

/* Scheme, host and port and nothing else. The URL is not repeated in messages: it may be a secret
 * pasted into the wrong field. */
static GUri *
parse_bare_url(const char *text, GError **error)
{
  g_autoptr(GUri) uri = g_uri_parse(text, ORIGIN_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("not a URL with a host"));
    return NULL;
  }
  if (g_uri_get_userinfo(uri) != NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("a URL must not carry a user"));
    return NULL;
  }
  const char *path = g_uri_get_path(uri);
  if ((*path != '\0' && !g_str_equal(path, "/")) || g_uri_get_query(uri) != NULL ||
      g_uri_get_fragment(uri) != NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("a URL has only scheme, host and port here"));
    return NULL;
  }
  return g_steal_pointer(&uri);
}

/**
 * shopcaisse_origin_parse:
 * @base_url: scheme, host and port
 * @error: return location for an error
 *
 * Reads @base_url. Plain http is for a loopback host alone.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for everything else.
 *
 * Returns: (transfer full): the origin
 */
ShopcaisseOrigin *
shopcaisse_origin_parse(const char *base_url, GError **error)
{
  g_return_val_if_fail(base_url != NULL, NULL);

  g_autoptr(GUri) uri = parse_bare_url(base_url, error);
  if (uri == NULL) {
    g_prefix_error(error, "%s", _("address of the service: "));
    return NULL;
  }

  const char *scheme = g_uri_get_scheme(uri);
  gboolean is_loopback = is_loopback_host(g_uri_get_host(uri));
  if (!g_str_equal(scheme, "https") && !(g_str_equal(scheme, "http") && is_loopback)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("address of the service: it must begin with https, or with http for this "
                          "computer itself"));
    return NULL;
  }

  ShopcaisseOrigin *self = g_new(ShopcaisseOrigin, 1);
  *self = (ShopcaisseOrigin){ .scheme = g_strdup(scheme),
                              .host = g_strdup(g_uri_get_host(uri)),
                              .port = g_uri_get_port(uri),
                              .is_loopback = is_loopback };
  return self;
}

/**
 * shopcaisse_origin_free:
 * @self: (nullable) (transfer full): the origin
 *
 * Releases @self.
 */
void
shopcaisse_origin_free(ShopcaisseOrigin *self)
{
  if (self == NULL)
    return;

  g_free(self->scheme);
  g_free(self->host);
  g_free(self);
}

/* Printable ASCII as a request line may hold it; no fragment, since it would be dropped silently.
 */
static gboolean
is_request_path(const char *path)
{
  if (path == NULL || *path != '/')
    return FALSE;

  for (const char *c = path; *c != '\0'; c++) {
    if (!g_ascii_isgraph(*c) || *c == '#')
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_origin_build_uri:
 * @self: the origin
 * @path: from the root, query included, already escaped
 * @error: return location for an error
 *
 * Joins the two by parts, so that no @path can lead to another host.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @path cannot stand in a request line.
 *
 * Returns: (transfer full): the whole URI
 */
GUri *
shopcaisse_origin_build_uri(const ShopcaisseOrigin *self, const char *path, GError **error)
{
  g_return_val_if_fail(self != NULL, NULL);

  if (!is_request_path(path)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "request path cannot be sent");
    return NULL;
  }

  g_auto(GStrv) parts = g_strsplit(path, "?", 2);
  return g_uri_build(ORIGIN_URI_FLAGS, self->scheme, NULL, self->host, self->port, parts[0],
                     parts[1], NULL);
}

/**
 * shopcaisse_origin_build_proxy:
 * @self: the origin
 * @proxy: (nullable): %NULL the system's, "" none, else a proxy URL
 * @resolver: (out) (nullable) (transfer full): who finds the way; %NULL means directly
 * @error: return location for an error
 *
 * Decides the way to @self. A loopback origin is always reached directly.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @proxy is not such a URL.
 *
 * Returns: %TRUE once @resolver is set
 */
gboolean
shopcaisse_origin_build_proxy(const ShopcaisseOrigin *self,
                              const char *proxy,
                              GProxyResolver **resolver,
                              GError **error)
{
  g_return_val_if_fail(self != NULL && resolver != NULL, FALSE);

  g_autoptr(GUri) uri = NULL;
  if (proxy != NULL && *proxy != '\0') {
    uri = parse_bare_url(proxy, error);
    if (uri == NULL) {
      g_prefix_error(error, "%s", _("proxy server: "));
      return FALSE;
    }
    if (!g_strv_contains(proxy_schemes, g_uri_get_scheme(uri))) {
      g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                          _("proxy server: its address must begin with http or socks"));
      return FALSE;
    }
  }

  if (self->is_loopback)
    *resolver = NULL;
  else if (uri != NULL) {
    g_autofree char *text = g_uri_to_string(uri);
    *resolver = g_simple_proxy_resolver_new(text, NULL);
  } else
    *resolver = proxy == NULL ? g_object_ref(g_proxy_resolver_get_default()) : NULL;
  return TRUE;
}
