/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulator.h"

json_t *sim_shop_read(const char *name, GError **error);
gboolean sim_shop_load(Simulator *sim, const json_t *shop, GError **error);

gboolean sim_shop_load_items(Simulator *sim, const json_t *shop, GError **error);
