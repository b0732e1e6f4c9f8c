/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modifiers, their groups, and what a store has not got; docs/PROTOCOL.md 3.7, 3.8. */
#include "model/modifier.h"

/**
 * shopcaisse_modifier_free:
 * @self: (nullable) (transfer full): a modifier
 *
 * Frees a modifier.
 */
void
shopcaisse_modifier_free(ShopcaisseModifier *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->item_id);
  g_free(self->name);
  g_free(self);
}

/**
 * shopcaisse_modifier_group_free:
 * @self: (nullable) (transfer full): a group
 *
 * Frees a group with its modifiers.
 */
void
shopcaisse_modifier_group_free(ShopcaisseModifierGroup *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_clear_pointer(&self->modifiers, g_ptr_array_unref);
  g_free(self);
}

/**
 * shopcaisse_unavailability_free:
 * @self: (nullable) (transfer full): what a store has not got
 *
 * Frees it.
 */
void
shopcaisse_unavailability_free(ShopcaisseUnavailability *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self->store_id);
  g_strfreev(self->types);
  g_free(self);
}
