/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-channel.h>

G_BEGIN_DECLS

/* The channel that hosts see. */
#define SHOPCAISSE_TYPE_CHANNEL (shopcaisse_channel_get_type())
G_DECLARE_FINAL_TYPE(ShopcaisseChannel, shopcaisse_channel, SHOPCAISSE, CHANNEL, GObject)

G_END_DECLS
