/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ended exchange means: status numbers and foreign errors become a reply kind and an error
 * of ours. Rules: docs/PROTOCOL.md 2.3 and docs/decisions/0003-outcomes.md. */

#include "net/soup/outcome.h"

#include "error.h"

#include <libsoup/soup.h>

#define REASON_CHARACTERS_MAX 80

typedef struct {
  GTlsCertificateFlags flag;
  const char *words;
} Flaw;

static const Flaw flaws_in_words[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "its authority is not known" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "it belongs to another name" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
  { G_TLS_CERTIFICATE_EXPIRED, "it has expired" },
  { G_TLS_CERTIFICATE_REVOKED, "it was revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "its algorithm is not safe" },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, "it could not be checked" },
};

/**
 * shopcaisse_outcome_classify_status:
 * @status: an HTTP status
 * @has_retry_after: whether the answer says when to come back
 *
 * Sorts a whole answer by its status alone.
 *
 * Returns: the kind; %SHOPCAISSE_REPLY_UNKNOWN for what has no meaning here
 */
ShopcaisseReplyKind
shopcaisse_outcome_classify_status(guint status, gboolean has_retry_after)
{
  if (status >= 200 && status <= 299)
    return SHOPCAISSE_REPLY_OK;
  if (status == 503 && has_retry_after)
    return SHOPCAISSE_REPLY_THROTTLED;
  if (status < 400 || status > 499)
    return SHOPCAISSE_REPLY_UNKNOWN;

  switch (status) {
  case 401:
    return SHOPCAISSE_REPLY_UNAUTHORIZED;
  case 403:
  case 407:
    return SHOPCAISSE_REPLY_FORBIDDEN;
  case 404:
    return SHOPCAISSE_REPLY_NOT_FOUND;
  case 408:
    return SHOPCAISSE_REPLY_UNKNOWN;
  case 409:
    return SHOPCAISSE_REPLY_CONFLICT;
  case 429:
    return SHOPCAISSE_REPLY_THROTTLED;
  default:
    return SHOPCAISSE_REPLY_REFUSED;
  }
}

/**
 * shopcaisse_outcome_describe_status:
 * @status: an HTTP status
 * @reason: (nullable): the text beside it, from a stranger
 *
 * Makes a status line fit for a message: valid, short, without control characters.
 *
 * Returns: (transfer full): such as `404 Not Found`
 */
char *
shopcaisse_outcome_describe_status(guint status, const char *reason)
{
  if (reason == NULL || *reason == '\0')
    return g_strdup_printf("%u", status);

  g_autofree char *valid = g_utf8_make_valid(reason, -1);
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_printf(text, "%u ", status);
  const char *c = valid;
  for (guint i = 0; *c != '\0' && i < REASON_CHARACTERS_MAX; c = g_utf8_next_char(c), i++) {
    gunichar character = g_utf8_get_char(c);
    g_string_append_unichar(text, g_unichar_isprint(character) ? character : '?');
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/**
 * shopcaisse_outcome_reply_broken:
 * @reach: how far the request can have come
 * @error: (transfer full): why there is no answer
 *
 * Makes the reply of an exchange that ended on its way.
 *
 * Returns: (transfer full): a reply that was not sent, or whose effect is unknown
 */
ShopcaisseReply *
shopcaisse_outcome_reply_broken(ShopcaisseReach reach, GError *error)
{
  ShopcaisseReply *reply = shopcaisse_reply_new(
      reach == SHOPCAISSE_REACH_NOTHING ? SHOPCAISSE_REPLY_NOT_SENT : SHOPCAISSE_REPLY_UNKNOWN);
  reply->error = error;
  return reply;
}

/* A handshake that broke off on the wire comes as "not TLS" or as an end of file; that is the
 * network's doing and says nothing about trust. */
static gboolean
is_lack_of_trust(const GError *foreign)
{
  return foreign->domain == G_TLS_ERROR && foreign->code != G_TLS_ERROR_EOF &&
         foreign->code != G_TLS_ERROR_NOT_TLS;
}

static GError *
describe_flaws(GTlsCertificateFlags flaws, const GError *foreign)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(flaws_in_words); i++) {
    if ((flaws & flaws_in_words[i].flag) != 0)
      g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", flaws_in_words[i].words);
  }
  if (text->len > 0)
    g_string_prepend(text, "certificate refused: ");
  else
    g_string_append_printf(text, "no trusted connection: %s", foreign->message);

  return g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, text->str);
}

/* The one translation of libsoup's and GIO's codes. Our own cancelling never comes through here. */
static GError *
translate_error(const GError *foreign)
{
  ComptoirError code = COMPTOIR_ERROR_UNREACHABLE;
  if (g_error_matches(foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
      g_error_matches(foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    code = COMPTOIR_ERROR_PROTOCOL;

  return g_error_new(COMPTOIR_ERROR, code, "service not reached: %s", foreign->message);
}

/**
 * shopcaisse_outcome_reply_failed:
 * @reach: how far the request can have come
 * @flaws: what is wrong with the service's certificate, 0 if nothing is known
 * @foreign: the library's error
 *
 * Makes the reply of an exchange that the library gave up.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_outcome_reply_failed(ShopcaisseReach reach,
                                GTlsCertificateFlags flaws,
                                const GError *foreign)
{
  if (reach != SHOPCAISSE_REACH_NOTHING || !is_lack_of_trust(foreign))
    return shopcaisse_outcome_reply_broken(reach, translate_error(foreign));

  ShopcaisseReply *reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_UNTRUSTED);
  reply->error = describe_flaws(flaws, foreign);
  return reply;
}
