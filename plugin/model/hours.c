/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening hours and slots for orders; docs/PROTOCOL.md 3.16. */
#include "model/hours.h"

/**
 * shopcaisse_holiday_free:
 * @self: (nullable) (transfer full): a holiday
 *
 * Frees a holiday.
 */
void
shopcaisse_holiday_free(ShopcaisseHoliday *self)
{
  if (self == NULL)
    return;
  g_free(self->from);
  g_free(self->to);
  g_free(self);
}

/**
 * shopcaisse_hours_free:
 * @self: (nullable) (transfer full): the hours of a store
 *
 * Frees the hours of a store.
 */
void
shopcaisse_hours_free(ShopcaisseHours *self)
{
  if (self == NULL)
    return;
  g_clear_pointer(&self->openings, g_array_unref);
  g_clear_pointer(&self->holidays, g_ptr_array_unref);
  g_free(self->time_zone);
  g_free(self);
}

/**
 * shopcaisse_slot_free:
 * @self: (nullable) (transfer full): a slot
 *
 * Frees a slot.
 */
void
shopcaisse_slot_free(ShopcaisseSlot *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->store_id);
  g_free(self);
}
