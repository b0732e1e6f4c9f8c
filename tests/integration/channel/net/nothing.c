/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A transport module that opens nothing and says its name: the tests of the bridge look no further.
 */
#include "net/transport.h"

#include <gmodule.h>

G_MODULE_EXPORT ShopcaisseTransport *shopcaisse_net_open(const ShopcaisseTransportConfig *config,
                                                         GError **error);

ShopcaisseTransport *
shopcaisse_net_open(const ShopcaisseTransportConfig *config, GError **error)
{
  g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                      "there is no network in " TRANSPORT);
  return NULL;
}
