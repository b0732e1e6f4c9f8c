/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

#include <libsoup/soup.h>

SimWaits *sim_waits_new(void);
void sim_waits_add(Simulator *sim, SoupServerMessage *message, GHashTable *query);
void sim_waits_check(Simulator *sim);
void sim_waits_free(SimWaits *self);
