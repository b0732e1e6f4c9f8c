/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one translation of libsoup's and GIO's errors. Our own cancelling never comes through here.
 */

#include "net/soup/failure.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* A handshake that broke off on the wire comes as "not TLS" or as an end of file; that is the
 * network's doing and says nothing about trust. */
static gboolean
is_lack_of_trust(const GError *foreign)
{
  return foreign->domain == G_TLS_ERROR && foreign->code != G_TLS_ERROR_EOF &&
         foreign->code != G_TLS_ERROR_NOT_TLS;
}

static GError *
translate_error(const GError *foreign)
{
  ComptoirError code = COMPTOIR_ERROR_UNREACHABLE;
  if (g_error_matches(foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
      g_error_matches(foreign, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    code = COMPTOIR_ERROR_PROTOCOL;

  return g_error_new(COMPTOIR_ERROR, code, _("the service was not reached: %s"), foreign->message);
}

/**
 * shopcaisse_soup_failure_build_reply:
 * @reach: how far the request can have come
 * @flaws: what is wrong with the service's certificate, 0 if nothing is known
 * @foreign: the library's error
 *
 * Makes the reply of an exchange that the library gave up.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_soup_failure_build_reply(ShopcaisseReach reach,
                                    GTlsCertificateFlags flaws,
                                    const GError *foreign)
{
  if (reach == SHOPCAISSE_REACH_NOTHING && is_lack_of_trust(foreign))
    return shopcaisse_outcome_reply_untrusted(flaws, foreign->message);

  return shopcaisse_outcome_reply_broken(reach, translate_error(foreign));
}
