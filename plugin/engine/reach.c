/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which companies and stores a token may act on, by the resources it names. */
#include "engine/reach.h"

#include "config.h"
#include "engine/context.h"
#include "store/links.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define COMPANY "company."
#define STORE   "store."

static gboolean
names_any(const ShopcaisseGrant *grant, const char *type)
{
  for (gsize i = 0; grant->resources != NULL && grant->resources[i] != NULL; i++) {
    if (g_str_has_prefix(grant->resources[i], type))
      return TRUE;
  }
  return FALSE;
}

static gboolean
names(const ShopcaisseGrant *grant, const char *type, const char *id)
{
  for (gsize i = 0; grant->resources != NULL && grant->resources[i] != NULL; i++) {
    if (g_str_has_prefix(grant->resources[i], type) &&
        g_str_equal(grant->resources[i] + strlen(type), id))
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_reach_has_company:
 * @configuration: with the token's grant
 * @company_id: a company that the token sees
 *
 * Returns: whether the token may act on it, as far as it says
 */
gboolean
shopcaisse_reach_has_company(const ShopcaisseConfiguration *configuration, const char *company_id)
{
  const ShopcaisseGrant *grant = configuration->grant;

  return grant == NULL || !names_any(grant, COMPANY) || names(grant, COMPANY, company_id);
}

/**
 * shopcaisse_reach_has_store:
 * @configuration: with the token's grant
 * @store: a store that the token sees
 *
 * Returns: whether the token may act on it, as far as it says
 */
gboolean
shopcaisse_reach_has_store(const ShopcaisseConfiguration *configuration,
                           const ShopcaissePlace *store)
{
  const ShopcaisseGrant *grant = configuration->grant;

  if (grant == NULL)
    return TRUE;
  if (names_any(grant, STORE))
    return names(grant, STORE, store->id);
  return store->parent_id == NULL || shopcaisse_reach_has_company(configuration, store->parent_id);
}

/**
 * shopcaisse_reach_check_store:
 * @context: the engine's parts
 * @store_id: a store that was chosen, "" for none
 * @error: return location for an error
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a store that the token only sees, or
 * %COMPTOIR_ERROR_STORAGE. One that it does not even see is refused with the setting.
 *
 * Returns: %TRUE when it may be chosen
 */
gboolean
shopcaisse_reach_check_store(ShopcaisseContext *context, const char *store_id, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaissePlace) store = NULL;

  if (*store_id != '\0')
    store = shopcaisse_mirror_get_place(context->database, SHOPCAISSE_PLACE_STORE, store_id,
                                        &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (store == NULL || shopcaisse_reach_has_store(context->configuration, store))
    return TRUE;
  /* Translators: %s is the name of a store of Shopcaisse. */
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
              _("The token may see the store \"%s\", but not work with it: add the store to the "
                "application in the back office."),
              store->name);
  return FALSE;
}

/* (nullable): the name of a company that was read once, else its id. */
static char *
dup_company_name(ShopcaisseContext *context, const char *company_id)
{
  g_autoptr(ShopcaissePlace) company =
      shopcaisse_mirror_get_place(context->database, SHOPCAISSE_PLACE_COMPANY, company_id, NULL);

  return g_strdup(company != NULL && *company->name != '\0' ? company->name : company_id);
}

/* A store of the company is as good as the company itself. */
static gboolean
names_store_of(ShopcaisseContext *context, const ShopcaisseGrant *grant, const char *company_id)
{
  g_autoptr(GPtrArray) stores =
      shopcaisse_mirror_list_places(context->database, SHOPCAISSE_PLACE_STORE, company_id, NULL);

  for (guint i = 0; stores != NULL && i < stores->len; i++) {
    if (names(grant, STORE, ((const ShopcaissePlace *)stores->pdata[i])->id))
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_reach_check_token:
 * @context: the engine's parts
 * @grant: what a new token says
 * @error: return location for an error
 *
 * Looks whether a token can serve the catalogue that the links lead to.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when it names companies or stores and none of them is of the
 * linked company, or %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE when it can, as far as is known
 */
gboolean
shopcaisse_reach_check_token(ShopcaisseContext *context,
                             const ShopcaisseGrant *grant,
                             GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autofree char *company_id = shopcaisse_links_dup_company(context->database, &read_error);
  g_autofree char *name = NULL;

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (company_id == NULL || (!names_any(grant, COMPANY) && !names_any(grant, STORE)) ||
      names(grant, COMPANY, company_id) || names_store_of(context, grant, company_id))
    return TRUE;
  name = dup_company_name(context, company_id);
  /* Translators: %s is the name of a company. */
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
              _("This token belongs to another company than \"%s\", whose articles are linked "
                "here. Nothing was changed."),
              name);
  return FALSE;
}
