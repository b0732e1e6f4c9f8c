/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

char *sim_identity_derive(const char *salt, const char *kind, const char *name);
char *sim_identity_next(Simulator *sim, const char *kind);
