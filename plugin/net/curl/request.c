/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A request as libcurl's options: what goes out, to whom, how safely, and nothing that libcurl
 * would add by itself. */

#include "net/curl/request.h"

#include "net/curl/way.h"

#include <string.h>
#include <sys/socket.h>

#define CONNECT_TIMEOUT_MS 10000 /* reaching the other side and the handshake together */

/* A host that starts programs must not hand our sockets to them. */
static curl_socket_t
open_socket_cb(G_GNUC_UNUSED void *user_data,
               G_GNUC_UNUSED curlsocktype purpose,
               struct curl_sockaddr *address)
{
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void
append_header(ShopcaisseCurlRequest *self, const char *line)
{
  self->headers = curl_slist_append(self->headers, line);
}

/* A name without a value takes away what libcurl would send by itself. */
static void
set_headers(ShopcaisseCurlRequest *self, CURL *easy, const ShopcaisseErrand *errand)
{
  if (errand->authorization != NULL) {
    char *line = g_strconcat("Authorization: ", errand->authorization, NULL);
    append_header(self, line);
    explicit_bzero(line, strlen(line));
    g_free(line);
  }
  append_header(self, "Accept: application/json");
  append_header(self, "Accept-Encoding: identity");
  append_header(self, self->body != NULL ? "Content-Type: application/json" : "Content-Type:");
  append_header(self, "Expect:");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, self->headers);
  curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
}

/* A request that changes something gets a connection of its own: on a kept one that turns out
 * stale, libcurl would repeat it by itself. */
static void
set_method(ShopcaisseCurlRequest *self, CURL *easy, const ShopcaisseErrand *errand)
{
  ShopcaisseMethod method = errand->request->method;

  if (self->body != NULL) {
    gsize size = 0;
    const char *bytes = g_bytes_get_data(self->body, &size);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, bytes != NULL ? bytes : "");
  } else if (method == SHOPCAISSE_METHOD_POST || method == SHOPCAISSE_METHOD_PUT) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)0);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, errand->method);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, method != SHOPCAISSE_METHOD_GET ? 1L : 0L);
}

/* The path is said apart from the address: it is sent as it is, and can lead nowhere else. */
static void
set_target(CURL *easy, GUri *uri)
{
  g_autofree char *host = shopcaisse_way_dup_host(uri);
  g_autofree char *origin = g_uri_join(G_URI_FLAGS_NONE, g_uri_get_scheme(uri), NULL, host,
                                       g_uri_get_port(uri), "/", NULL, NULL);
  const char *query = g_uri_get_query(uri);
  g_autofree char *path = g_strconcat(g_uri_get_path(uri), query != NULL ? "?" : "", query, NULL);
  curl_easy_setopt(easy, CURLOPT_URL, origin);
  curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, path);
}

/* No redirect, no password file, no other protocol, no signal; nothing from the environment. */
static void
set_limits(CURL *easy)
{
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)SHOPCAISSE_SILENCE_SECONDS);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)SHOPCAISSE_KEEP_OPEN_SECONDS);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket_cb);
}

/**
 * shopcaisse_curl_request_init:
 * @self: memory for it, which stays as long as @easy
 * @easy: the handle
 * @errand: (transfer none): copied or referenced as needed
 *
 * Tells @easy what to send, except for the way.
 */
void
shopcaisse_curl_request_init(ShopcaisseCurlRequest *self,
                             CURL *easy,
                             const ShopcaisseErrand *errand)
{
  GBytes *body = errand->request->body;
  *self = (ShopcaisseCurlRequest){ .body = body != NULL ? g_bytes_ref(body) : NULL };
  set_limits(easy);
  set_target(easy, errand->uri);
  set_method(self, easy, errand);
  set_headers(self, easy, errand);
}

/**
 * shopcaisse_curl_request_clear:
 * @self: what no handle points to any more
 *
 * Overwrites the headers and frees them.
 */
void
shopcaisse_curl_request_clear(ShopcaisseCurlRequest *self)
{
  for (struct curl_slist *line = self->headers; line != NULL; line = line->next)
    explicit_bzero(line->data, strlen(line->data));
  g_clear_pointer(&self->headers, curl_slist_free_all);
  g_clear_pointer(&self->body, g_bytes_unref);
}

/**
 * shopcaisse_curl_request_set_identity:
 * @easy: the handle
 * @user_agent: (nullable): who we are
 * @ca_file: (nullable): who says that the service is the service; %NULL is the system's authorities
 *
 * Tells @easy what is the same for every request.
 */
void
shopcaisse_curl_request_set_identity(CURL *easy, const char *user_agent, const char *ca_file)
{
  if (user_agent != NULL)
    curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent);
  if (ca_file == NULL)
    return;

  curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
  curl_easy_setopt(easy, CURLOPT_CAPATH, NULL); /* it would add the system's */
}
