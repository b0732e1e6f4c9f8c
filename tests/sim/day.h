/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "till.h"

G_BEGIN_DECLS

/* Plays one day from midnight to midnight: customers, the kitchen, and all that goes wrong. */
void day_play(World *world);

/* Lets everything become well, and does what only a person can: sends what is held. */
void day_mend(World *world);

G_END_DECLS
