/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"

G_BEGIN_DECLS

ShopcaisseTransport *shopcaisse_curl_transport_open(const ShopcaisseTransportConfig *config,
                                                    GError **error);

G_END_DECLS
