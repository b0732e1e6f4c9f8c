/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "till.h"

G_BEGIN_DECLS

#define DAY_OPENS_AT  (8 * SHOPCAISSE_HOUR)
#define DAY_CLOSES_AT (20 * SHOPCAISSE_HOUR)

/* Draws what goes wrong from now until midnight; it falls out of the world's clock at its time. */
void troubles_plan(World *world);

/* Nothing is wrong any more, and the user of a restored host says that it was. */
void troubles_end(World *world);

G_END_DECLS
