/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/exchange.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Hands @message to libsoup. Called with the session's context as the thread's default. */
void shopcaisse_soup_call_begin(ShopcaisseExchange *exchange,
                                SoupSession *session,
                                SoupMessage *message,
                                GCancellable *cancellable);

G_END_DECLS
