/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Customers in a store's file; docs/PROTOCOL.md 3.15. */
#include "model/client.h"

/**
 * shopcaisse_client_address_free:
 * @self: (nullable) (transfer full): an address
 *
 * Frees an address.
 */
void
shopcaisse_client_address_free(ShopcaisseClientAddress *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_free(self->description);
  g_free(self->line1);
  g_free(self->line2);
  g_free(self->postal_code);
  g_free(self->city);
  g_free(self->country);
  g_free(self->extra);
  g_free(self);
}

/**
 * shopcaisse_client_free:
 * @self: (nullable) (transfer full): a client
 *
 * Frees a client with the addresses.
 */
void
shopcaisse_client_free(ShopcaisseClient *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->last_name);
  g_free(self->first_name);
  g_free(self->phone);
  g_free(self->mobile);
  g_free(self->email);
  g_free(self->note);
  g_free(self->date_of_birth);
  g_free(self->company);
  g_free(self->company_type);
  g_free(self->code_ape);
  g_free(self->siret);
  g_free(self->vat_number);
  g_clear_pointer(&self->addresses, g_ptr_array_unref);
  g_free(self);
}
