/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

SimSwitches *sim_switches_new(void);
gboolean sim_switches_set(SimSwitches *self, const char *name, const char *value, GError **error);
const char *sim_switches_get(const SimSwitches *self, const char *name);
json_t *sim_switches_to_json(const SimSwitches *self);
char *sim_switches_list(void);
void sim_switches_free(SimSwitches *self);

gboolean sim_switch_is(const Simulator *sim, const char *name, const char *value);
gboolean sim_switch_is_on(const Simulator *sim, const char *name);
gint64 sim_switch_get_number(const Simulator *sim, const char *name);
