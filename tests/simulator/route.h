/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "call.h"

extern const SimRoute sim_routes_account[];
extern const SimRoute sim_routes_catalogue[];
extern const SimRoute sim_routes_customers[];
extern const SimRoute sim_routes_edge[];
extern const SimRoute sim_routes_orders[];
extern const SimRoute sim_routes_prices[];
extern const SimRoute sim_routes_sales[];
extern const SimRoute sim_routes_stores[];

const SimRoute *sim_route_find(const char *method, const char *path, GHashTable *parameters);
gboolean sim_route_guard(SimCall *call, const char *authorization);
