/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one exported symbol of soup.so. It looks at the process before libsoup is touched: libsoup 3
 * next to libsoup 2 aborts or hangs the host. */

#include "error.h"
#include "net/soup/transport.h"

#include <dlfcn.h>
#include <gmodule.h>

#define RIVAL_LIBRARY "libsoup-2.4.so.1"

G_MODULE_EXPORT ShopcaisseTransport *shopcaisse_net_open(const ShopcaisseTransportConfig *config,
                                                         GError **error);

/**
 * shopcaisse_net_open:
 * @config: (transfer none): copied or referenced as needed, the context excepted
 * @error: return location for an error
 *
 * Opens the libsoup transport. It touches the process's default resolvers, so it belongs on the
 * host's thread; everything else happens in @config's context, which must be its thread's default.
 *
 * Fails with %COMPTOIR_ERROR_VERSION where libsoup 2 is loaded and with %COMPTOIR_ERROR_INVALID for
 * an address that is not acceptable.
 *
 * Returns: (transfer full): free with its own `free`
 */
G_MODULE_EXPORT ShopcaisseTransport *
shopcaisse_net_open(const ShopcaisseTransportConfig *config, GError **error)
{
  g_return_val_if_fail(config != NULL, NULL);

  void *rival = dlopen(RIVAL_LIBRARY, RTLD_LAZY | RTLD_NOLOAD);
  if (rival != NULL) {
    (void)dlclose(rival); /* only the count that the question added */
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION,
                        "libsoup 2 is in this process, libsoup 3 cannot be used");
    return NULL;
  }

  return shopcaisse_soup_transport_open(config, error);
}
