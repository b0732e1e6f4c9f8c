/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"

G_BEGIN_DECLS

/* In the host's thread, first. */
gboolean shopcaisse_transport_prepare(GError **error);

/* @choice is the setting `transport`, NULL for "auto". */
ShopcaisseTransportOpenFunc shopcaisse_transport_load(const char *choice, GError **error);

G_END_DECLS
