/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Organisations, companies, stores and registers; docs/PROTOCOL.md 3.1 to 3.4. */
#include "model/place.h"

/**
 * shopcaisse_place_free:
 * @self: (nullable) (transfer full): a place
 *
 * Frees a place.
 */
void
shopcaisse_place_free(ShopcaissePlace *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->parent_id);
  g_free(self->name);
  g_free(self->country);
  g_free(self->city);
  g_free(self);
}
