/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "till.h"

G_BEGIN_DECLS

/* The service tells each computer that listens that something changed ("store.orders",
 * "store.sales"): perhaps late, twice, or never. Somebody else tells them lies. */
void events_tell(World *world, const char *event);

G_END_DECLS
