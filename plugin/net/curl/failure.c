/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one translation of libcurl's codes. Our own cancelling never comes through here. */

#include "net/curl/failure.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  long result; /* CURLINFO_SSL_VERIFYRESULT: OpenSSL's X509_V_ERR_* */
  GTlsCertificateFlags flag;
} Flaw;

static const Flaw flaws[] = {
  { 0, G_TLS_CERTIFICATE_BAD_IDENTITY }, /* the chain is good, so it was the name */
  { 1, G_TLS_CERTIFICATE_BAD_IDENTITY }, /* the name is looked at before the result is noted */
  { 9, G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { 10, G_TLS_CERTIFICATE_EXPIRED },
  { 18, G_TLS_CERTIFICATE_UNKNOWN_CA }, /* signed by itself */
  { 19, G_TLS_CERTIFICATE_UNKNOWN_CA }, /* so is its authority */
  { 20, G_TLS_CERTIFICATE_UNKNOWN_CA }, /* the issuer is not to be found */
  { 21, G_TLS_CERTIFICATE_UNKNOWN_CA }, /* nor verified */
  { 23, G_TLS_CERTIFICATE_REVOKED },
  { 27, G_TLS_CERTIFICATE_UNKNOWN_CA }, /* the root is not trusted */
  { 62, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { 64, G_TLS_CERTIFICATE_BAD_IDENTITY }, /* an address instead of a name */
  { 66, G_TLS_CERTIFICATE_INSECURE },     /* its key is too short */
  { 67, G_TLS_CERTIFICATE_INSECURE },     /* so is its authority's */
  { 68, G_TLS_CERTIFICATE_INSECURE },     /* a weak digest */
};

static GTlsCertificateFlags
get_flaws(CURL *easy)
{
  long result = -1;
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
  for (gsize i = 0; i < G_N_ELEMENTS(flaws); i++) {
    if (flaws[i].result == result)
      return flaws[i].flag;
  }
  return G_TLS_CERTIFICATE_GENERIC_ERROR;
}

/* A handshake that broke off on the wire says nothing about trust. libcurl has one code for that
 * and for all else, and tells them apart in words alone. Words not known here count as lack of
 * trust. */
static gboolean
is_break_of_the_wire(const char *words)
{
  static const char *const marks[] = {
    "SSL_connect: ",  /* closed, or a system call failed, without a word of TLS */
    "Recv failure: ", /* reset */
    "Send failure: ", /* reset */
    "unexpected eof", /* closed half way */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (strstr(words, marks[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_lack_of_trust(CURLcode code, const char *words)
{
  switch (code) {
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_INVALIDCERTSTATUS:
  case CURLE_SSL_CIPHER:
    return TRUE;
  case CURLE_SSL_CONNECT_ERROR:
    return !is_break_of_the_wire(words);
  default:
    return FALSE;
  }
}

static GError *
translate_error(CURLcode code, const char *words)
{
  gboolean is_nonsense = code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL ||
                         code == CURLE_BAD_CONTENT_ENCODING;
  return g_error_new(COMPTOIR_ERROR,
                     is_nonsense ? COMPTOIR_ERROR_PROTOCOL : COMPTOIR_ERROR_UNREACHABLE,
                     _("the service was not reached: %s"), words);
}

/**
 * shopcaisse_curl_failure_is_of_the_way:
 * @code: libcurl's
 *
 * Tells whether another way to the same place may be better.
 *
 * Returns: %TRUE when there was no connection
 */
gboolean
shopcaisse_curl_failure_is_of_the_way(CURLcode code)
{
  return code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_RESOLVE_HOST ||
         code == CURLE_COULDNT_CONNECT || code == CURLE_PROXY;
}

/**
 * shopcaisse_curl_failure_build_reply:
 * @reach: how far the request can have come
 * @easy: the handle
 * @code: libcurl's
 * @words: libcurl's, of this failure; may be empty
 *
 * Makes the reply of an exchange that libcurl gave up.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_curl_failure_build_reply(ShopcaisseReach reach,
                                    CURL *easy,
                                    CURLcode code,
                                    const char *words)
{
  const char *reason = *words != '\0' ? words : curl_easy_strerror(code);
  if (reach != SHOPCAISSE_REACH_NOTHING || !is_lack_of_trust(code, reason))
    return shopcaisse_outcome_reply_broken(reach, translate_error(code, reason));

  GTlsCertificateFlags found = G_TLS_CERTIFICATE_NO_FLAGS;
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    found = get_flaws(easy);
  return shopcaisse_outcome_reply_untrusted(found, reason);
}
