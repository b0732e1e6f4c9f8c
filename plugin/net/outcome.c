/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ended exchange means, whichever library it went through: statuses and flaws become a kind
 * of reply and words of ours. Rules: docs/PROTOCOL.md 2.3 and docs/decisions/0003-outcomes.md. */

#include "net/outcome.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REASON_CHARACTERS_MAX 80

typedef struct {
  GTlsCertificateFlags flag;
  const char *words;
} Flaw;

/* Translators: what is wrong with the certificate of the service, after "certificate refused". */
static const Flaw flaws_in_words[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("its authority is not known") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it belongs to another name") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
  { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked") },
  { G_TLS_CERTIFICATE_INSECURE, N_("its algorithm is not safe") },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, N_("it could not be checked") },
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
 * shopcaisse_outcome_is_json:
 * @content_type: (nullable): a Content-Type, with or without parameters
 *
 * Tells whether an answer calls itself JSON.
 *
 * Returns: %TRUE for `application/json` and for what ends in `+json`
 */
gboolean
shopcaisse_outcome_is_json(const char *content_type)
{
  if (content_type == NULL)
    return FALSE;

  g_autofree char *bare = g_strndup(content_type, strcspn(content_type, ";"));
  g_autofree char *lower = g_ascii_strdown(g_strstrip(bare), -1);
  return g_str_equal(lower, "application/json") || g_str_has_suffix(lower, "+json");
}

/**
 * shopcaisse_outcome_is_plain_coding:
 * @content_coding: (nullable): a Content-Encoding
 *
 * Tells whether the bytes of a body are the body. Nothing is ever unpacked: nobody asked for it,
 * and a small answer could become a large one.
 *
 * Returns: %TRUE without a coding
 */
gboolean
shopcaisse_outcome_is_plain_coding(const char *content_coding)
{
  return content_coding == NULL || g_ascii_strcasecmp(content_coding, "identity") == 0;
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

/**
 * shopcaisse_outcome_reply_untrusted:
 * @flaws: what is wrong with the service's certificate, 0 if nothing is known
 * @reason: the library's words, for when nothing is known
 *
 * Makes the reply of an exchange whose other side is not known to be the service.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_outcome_reply_untrusted(GTlsCertificateFlags flaws, const char *reason)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(flaws_in_words); i++) {
    if ((flaws & flaws_in_words[i].flag) != 0)
      g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", _(flaws_in_words[i].words));
  }

  ShopcaisseReply *reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_UNTRUSTED);
  if (text->len > 0)
    /* Translators: one or several of the next reasons follow. */
    reply->error = g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                               _("certificate refused: %s"), text->str);
  else
    reply->error = g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                               _("no trusted connection: %s"), reason);
  return reply;
}

/**
 * shopcaisse_outcome_reply_tunnel:
 * @status: the proxy's HTTP status
 * @reason: (nullable): the text beside it, from a stranger
 *
 * Makes the reply of an exchange for which a proxy opened no tunnel.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_outcome_reply_tunnel(guint status, const char *reason)
{
  ShopcaisseReply *reply =
      shopcaisse_reply_new(status == 407 ? SHOPCAISSE_REPLY_FORBIDDEN : SHOPCAISSE_REPLY_NOT_SENT);
  reply->status = shopcaisse_outcome_describe_status(status, reason);
  reply->error = g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, _("the proxy answered %s"),
                             reply->status);
  return reply;
}
