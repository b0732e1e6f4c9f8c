/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one exported symbol of curl.so. */

#include "error.h"
#include "net/curl/transport.h"

#include <curl/curl.h>
#include <gmodule.h>

#define OLDEST_LIBCURL 0x075500 /* 7.85.0: thread-safe initialisation, protocols by name */

G_MODULE_EXPORT ShopcaisseTransport *shopcaisse_net_open(const ShopcaisseTransportConfig *config,
                                                         GError **error);

/**
 * shopcaisse_net_open:
 * @config: (transfer none): copied or referenced as needed
 * @error: return location for an error
 *
 * Opens the libcurl transport. It touches the process's default resolvers, so it belongs on the
 * host's thread; everything else happens in @config's context.
 *
 * Fails with %COMPTOIR_ERROR_VERSION where the host has brought a libcurl that is too old, and
 * otherwise as the transport itself.
 *
 * Returns: (transfer full): free with its own `free`
 */
G_MODULE_EXPORT ShopcaisseTransport *
shopcaisse_net_open(const ShopcaisseTransportConfig *config, GError **error)
{
  g_return_val_if_fail(config != NULL, NULL);

  const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
  if (version->version_num < OLDEST_LIBCURL || (version->features & CURL_VERSION_SSL) == 0) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, "libcurl %s cannot be used",
                version->version);
    return NULL;
  }
  return shopcaisse_curl_transport_open(config, error);
}
