/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known, or was said, of one company, one store or one register. */
#include "engine/configuration-places.h"

#include "engine/setting.h"
#include "store/mirror.h"
#include "store/settings.h"

#define CURRENCY_KEY_PREFIX "currency:"

/**
 * shopcaisse_configuration_dup_stored_key:
 * @self: the configuration
 * @database: the store
 * @key: a setting
 *
 * Tells under which name its value lies: what was confirmed of one register says nothing of
 * another.
 *
 * Returns: (transfer full) (nullable): the name; %NULL when the store or the register it speaks of
 *   has not been chosen
 */
char *
shopcaisse_configuration_dup_stored_key(ShopcaisseConfiguration *self,
                                        ShopcaisseDatabase *database,
                                        const char *key)
{
  const ShopcaisseSetting *setting = shopcaisse_setting_find(key);
  g_autofree char *pos_id = NULL;

  if (setting == NULL || setting->scope == SHOPCAISSE_SCOPE_PROFILE)
    return g_strdup(key);
  if (*self->store_id == '\0')
    return NULL;
  if (setting->scope == SHOPCAISSE_SCOPE_STORE)
    return g_strjoin(":", key, self->store_id, NULL);
  if (!shopcaisse_configuration_dup_register(self, database, &pos_id))
    return NULL;
  /* Of the only one that nobody can name, too. */
  return g_strjoin(":", key, self->store_id, pos_id != NULL ? pos_id : "", NULL);
}

/**
 * shopcaisse_configuration_is_confirmed:
 * @self: the configuration
 * @database: the store
 * @key: a setting that is yes or no
 *
 * Returns: whether a person has said yes, of the store and register that are chosen
 */
gboolean
shopcaisse_configuration_is_confirmed(ShopcaisseConfiguration *self,
                                      ShopcaisseDatabase *database,
                                      const char *key)
{
  g_autofree char *stored_key = shopcaisse_configuration_dup_stored_key(self, database, key);
  g_autofree char *value =
      stored_key != NULL ? shopcaisse_settings_get(database, stored_key, NULL) : NULL;

  return g_strcmp0(value, "true") == 0;
}

/**
 * shopcaisse_configuration_dup_currency:
 * @database: the store
 * @company_id: a company
 *
 * Returns: (transfer full): the ISO 4217 code of what it sells in, "" before it was asked
 */
char *
shopcaisse_configuration_dup_currency(ShopcaisseDatabase *database, const char *company_id)
{
  g_autofree char *key = g_strconcat(CURRENCY_KEY_PREFIX, company_id, NULL);
  char *currency = shopcaisse_settings_get(database, key, NULL);

  return currency != NULL ? currency : g_strdup("");
}

/**
 * shopcaisse_configuration_set_currency:
 * @database: the store
 * @company_id: a company
 * @currency: what the service says it sells in
 * @error: return location for an error
 *
 * Notes it; writes nothing when it is known.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_configuration_set_currency(ShopcaisseDatabase *database,
                                      const char *company_id,
                                      const char *currency,
                                      GError **error)
{
  g_autofree char *key = g_strconcat(CURRENCY_KEY_PREFIX, company_id, NULL);
  g_autofree char *known = shopcaisse_configuration_dup_currency(database, company_id);

  return g_str_equal(known, currency) || shopcaisse_settings_set(database, key, currency, error);
}

/**
 * shopcaisse_configuration_choose_company:
 * @self: the configuration, with the store that was just chosen
 * @database: the store
 * @former: the company before
 * @error: return location for an error
 *
 * Works with the catalogue of the chosen store's company alone. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_configuration_choose_company(ShopcaisseConfiguration *self,
                                        ShopcaisseDatabase *database,
                                        const char *former,
                                        GError **error)
{
  return *self->company_id == '\0' || g_str_equal(self->company_id, former) ||
         shopcaisse_mirror_choose_company(database, self->company_id, error);
}
