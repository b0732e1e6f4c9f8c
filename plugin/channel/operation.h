/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/bridge.h"

G_BEGIN_DECLS

/* One operation that somebody waits for, in the host's thread. */

void shopcaisse_operation_start(ShopcaisseBridge *bridge,
                                GTask *task,
                                ComptoirOperation operation,
                                GVariant *argument);

G_END_DECLS
