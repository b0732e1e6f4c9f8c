/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every kind of row: a new exchange is one file and one line here. */
#include "engine/job.h"

static const ShopcaisseJobKind *const kinds[] = {
  &shopcaisse_job_authentication, &shopcaisse_job_places,    &shopcaisse_job_currency,
  &shopcaisse_job_families,       &shopcaisse_job_items,     &shopcaisse_job_price_lists,
  &shopcaisse_job_prices,         &shopcaisse_job_stocks,    &shopcaisse_job_order,
  &shopcaisse_job_cancel,         &shopcaisse_job_orders,    &shopcaisse_job_tickets,
  &shopcaisse_job_shifts,         &shopcaisse_job_calibrate, &shopcaisse_job_client,
};

/**
 * shopcaisse_job_kind_find:
 * @name: the kind of a row
 *
 * Returns: (transfer none) (nullable): what it does, %NULL when a newer version made the row
 */
const ShopcaisseJobKind *
shopcaisse_job_kind_find(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (g_str_equal(kinds[i]->name, name))
      return kinds[i];
  }
  return NULL;
}
