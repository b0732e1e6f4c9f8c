/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whom "erase this customer" means. Recognised as in the store's file: by id, else by e-mail, else
 * by telephone; a name is never enough, since two people have the same. */
#include "model/person.h"

#include "config.h"
#include "model/client-match.h"
#include "model/row.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_LENGTH_MIN 5 /* characters: "Ana" stands in other people's texts */

struct ShopcaissePerson {
  GVariant *row;            /* (owned): a{sv} */
  ShopcaisseCustomer asked; /* id: the service's */
  char *host_id;            /* (owned) (nullable) */
  ShopcaisseMask *mask;     /* (owned) */
  ShopcaisseMask *traces;   /* (owned) */
};

/**
 * shopcaisse_person_free:
 * @self: (transfer full) (nullable): the person
 *
 * Frees it.
 */
void
shopcaisse_person_free(ShopcaissePerson *self)
{
  if (self == NULL)
    return;
  g_clear_pointer(&self->row, g_variant_unref);
  shopcaisse_customer_clear(&self->asked);
  g_free(self->host_id);
  shopcaisse_mask_free(self->mask);
  shopcaisse_mask_free(self->traces);
  g_free(self);
}

static gboolean
read_texts(GVariant *row, ShopcaissePerson *self, GError **error)
{
  return shopcaisse_row_get_text(row, "id", SHOPCAISSE_ROW_OPTIONAL, &self->host_id, error) &&
         shopcaisse_row_get_text(row, "external_id", SHOPCAISSE_ROW_OPTIONAL, &self->asked.id,
                                 error) &&
         shopcaisse_row_get_text(row, "email", SHOPCAISSE_ROW_OPTIONAL, &self->asked.email,
                                 error) &&
         shopcaisse_row_get_text(row, "phone", SHOPCAISSE_ROW_OPTIONAL, &self->asked.phone,
                                 error) &&
         shopcaisse_row_get_text(row, "name", SHOPCAISSE_ROW_OPTIONAL, &self->asked.name, error);
}

static gboolean
is_somebody(const ShopcaissePerson *self)
{
  return (self->host_id != NULL && *self->host_id != '\0') ||
         (shopcaisse_customer_can_be_found(&self->asked) &&
          (self->asked.id == NULL || *self->asked.id != '\0'));
}

/**
 * shopcaisse_person_parse:
 * @row: a dictionary with the keys of a customer in comptoir-rows.h
 * @error: return location for an error
 *
 * Reads who is meant.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when there is no id, address or telephone number in it.
 *
 * Returns: (transfer full): the person
 */
ShopcaissePerson *
shopcaisse_person_parse(GVariant *row, GError **error)
{
  g_autoptr(ShopcaissePerson) self = g_new0(ShopcaissePerson, 1);

  self->row = g_variant_ref_sink(row);
  self->mask = shopcaisse_mask_new();
  self->traces = shopcaisse_mask_new();
  if (!read_texts(row, self, error))
    return NULL;
  if (!is_somebody(self)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("say who is meant: an id, an e-mail address or a telephone number"));
    return NULL;
  }
  shopcaisse_person_learn(self, &self->asked);
  return g_steal_pointer(&self);
}

/**
 * shopcaisse_person_get_row:
 * @self: the person
 *
 * Returns: (transfer none): what was asked
 */
GVariant *
shopcaisse_person_get_row(const ShopcaissePerson *self)
{
  return self->row;
}

/**
 * shopcaisse_person_is:
 * @self: the person
 * @customer: the customer of a sale
 * @host_id: (nullable): what the host calls that customer
 *
 * Compares as a search in the store's file does: two that share a telephone and have different
 * addresses are two.
 *
 * Returns: whether they are one
 */
gboolean
shopcaisse_person_is(const ShopcaissePerson *self,
                     const ShopcaisseCustomer *customer,
                     const char *host_id)
{
  const ShopcaisseClient asked = {
    .id = self->asked.id,
    .email = self->asked.email,
    .mobile = self->asked.phone,
  };

  return (self->host_id != NULL && g_strcmp0(self->host_id, host_id) == 0) ||
         shopcaisse_client_match(&asked, customer) != SHOPCAISSE_CLIENT_STRANGER;
}

/**
 * shopcaisse_person_get_mask:
 * @self: the person
 *
 * Returns: (transfer none): finds what is this person's alone
 */
ShopcaisseMask *
shopcaisse_person_get_mask(ShopcaissePerson *self)
{
  return self->mask;
}

/**
 * shopcaisse_person_get_traces:
 * @self: the person
 *
 * Returns: (transfer none): finds all that was met of this person
 */
ShopcaisseMask *
shopcaisse_person_get_traces(ShopcaissePerson *self)
{
  return self->traces;
}

/**
 * shopcaisse_person_learn:
 * @self: the person
 * @customer: a customer that is the one
 *
 * Takes over what is known there.
 */
void
shopcaisse_person_learn(ShopcaissePerson *self, const ShopcaisseCustomer *customer)
{
  shopcaisse_mask_add(self->mask, customer->email);
  shopcaisse_mask_add(self->mask, customer->phone);
  if (customer->name != NULL && g_utf8_strlen(customer->name, -1) >= NAME_LENGTH_MIN)
    shopcaisse_mask_add(self->mask, customer->name);
  shopcaisse_mask_add(self->traces, customer->email);
  shopcaisse_mask_add(self->traces, customer->phone);
  shopcaisse_mask_add(self->traces, customer->name);
}
