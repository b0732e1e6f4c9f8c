/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"
#include "simulator.h"

/* Rows inside lists say less than one that is asked for alone. */
typedef enum {
  SIM_ROW_LISTED,
  SIM_ROW_ALONE
} SimRow;

json_t *sim_catalogue_build_item(Simulator *sim, const SimItem *item, SimRow place);
json_t *sim_catalogue_build_family(Simulator *sim, const SimFamily *family);
json_t *sim_catalogue_build_list(const SimPriceList *list);
json_t *sim_catalogue_build_entry(const SimPriceList *list, guint place, const SimItem *item);
json_t *sim_catalogue_build_stock(Simulator *sim, SimItem *item, guint store);
