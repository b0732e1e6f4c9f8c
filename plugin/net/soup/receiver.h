/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/receiver.h"

G_BEGIN_DECLS

ShopcaisseReceiver *shopcaisse_soup_receiver_open(const ShopcaisseReceiverConfig *config,
                                                  GError **error);

G_END_DECLS
