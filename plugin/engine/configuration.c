/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings as the engine uses them: read once, checked when they change. */
#include "engine/configuration.h"

#include "config.h"
#include "engine/configuration-places.h"
#include "engine/setting.h"
#include "store/places.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

/* docs/PROTOCOL.md 1 */
#define BASE_URL_PRODUCTION "https://api.shop-caisse.com"
#define BASE_URL_STAGING    "https://api-staging.shop-caisse.com"

#define UNIT_KEY_PREFIX "unit:"

static ShopcaisseUnit
parse_unit(const char *text)
{
  g_auto(GStrv) parts = g_strsplit(text, ":", 2);
  ShopcaisseUnit unit = { SHOPCAISSE_FORM_UNKNOWN, SHOPCAISSE_READING_UNKNOWN };

  if (g_strv_length(parts) == 2) {
    unit.form = shopcaisse_form_parse(parts[0]);
    unit.reading = shopcaisse_reading_parse(parts[1]);
  }
  return unit;
}

static void
clear_values(ShopcaisseConfiguration *self)
{
  g_clear_pointer(&self->api_url, g_free);
  g_clear_pointer(&self->store_id, g_free);
  g_clear_pointer(&self->company_id, g_free);
  g_clear_pointer(&self->pos_id, g_free);
  g_clear_pointer(&self->price_list, g_free);
  g_clear_pointer(&self->order_prefix, g_free);
  g_clear_pointer(&self->time_zone, g_free);
  g_clear_pointer(&self->transport, g_free);
  g_clear_pointer(&self->proxy, g_free);
  g_clear_pointer(&self->token_place, g_free);
  g_clear_pointer(&self->default_customer, g_free);
}

static void
read_places(ShopcaisseConfiguration *self, ShopcaisseDatabase *database, GVariant *all)
{
  g_autoptr(ShopcaissePlace) store = NULL;
  g_autofree char *unit_key = g_strconcat(UNIT_KEY_PREFIX, self->store_id, NULL);
  g_autofree char *unit = shopcaisse_setting_dup_value(all, unit_key);

  if (*self->store_id != '\0')
    store = shopcaisse_mirror_get_place(database, SHOPCAISSE_PLACE_STORE, self->store_id, NULL);
  self->company_id = g_strdup(store != NULL && store->parent_id != NULL ? store->parent_id : "");
  self->unit = parse_unit(unit);
}

static gboolean
get_boolean(GVariant *all, const char *key)
{
  g_autofree char *value = shopcaisse_setting_dup_value(all, key);

  return g_str_equal(value, "true");
}

static gboolean
is_send_when_paid(GVariant *all)
{
  g_autofree char *value = shopcaisse_setting_dup_value(all, "send-when");

  return g_str_equal(value, "paid");
}

static gint64
get_time(GVariant *all, const char *key)
{
  g_autofree char *value = shopcaisse_setting_dup_value(all, key);

  return g_ascii_strtoll(value, NULL, 10);
}

static ShopcaisseTillOfRecord
parse_till(const char *text)
{
  if (g_str_equal(text, "shopcaisse"))
    return SHOPCAISSE_TILL_SHOPCAISSE;
  return g_str_equal(text, "host") ? SHOPCAISSE_TILL_HOST : SHOPCAISSE_TILL_NOT_SAID;
}

/**
 * shopcaisse_configuration_reload:
 * @self: the configuration
 * @database: the store
 * @error: return location for an error
 *
 * Reads the settings again; the grant stays.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; nothing has changed then.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_configuration_reload(ShopcaisseConfiguration *self,
                                ShopcaisseDatabase *database,
                                GError **error)
{
  g_autoptr(GVariant) all = shopcaisse_settings_get_all(database, error);
  g_autofree char *till = NULL;
  g_autofree char *proxy = NULL;

  if (all == NULL)
    return FALSE;
  clear_values(self);
  self->api_url = shopcaisse_setting_dup_value(all, "api-url");
  self->store_id = shopcaisse_setting_dup_value(all, "store");
  self->pos_id = shopcaisse_setting_dup_value(all, "pos");
  self->price_list = shopcaisse_setting_dup_value(all, "price-list");
  self->order_prefix = shopcaisse_setting_dup_value(all, "order-prefix");
  self->time_zone = shopcaisse_setting_dup_value(all, "time-zone");
  self->token_place = shopcaisse_setting_dup_value(all, "token-place");
  self->transport = shopcaisse_setting_dup_value(all, "transport");
  proxy = shopcaisse_setting_dup_value(all, "proxy");
  if (g_str_equal(proxy, "none"))
    self->proxy = g_strdup("");
  else if (!g_str_equal(proxy, "system") && *proxy != '\0')
    self->proxy = g_steal_pointer(&proxy);
  till = shopcaisse_setting_dup_value(all, "till-of-record");
  self->till_of_record = parse_till(till);
  self->send_customer = get_boolean(all, "send-customer");
  self->default_customer = shopcaisse_setting_dup_value(all, "default-customer");
  self->is_automatic = get_boolean(all, "automatic");
  self->sends_when_paid = is_send_when_paid(all);
  self->debug = get_boolean(all, "debug");
  self->debug_until = get_time(all, SHOPCAISSE_DEBUG_UNTIL);
  self->connected_at = get_time(all, SHOPCAISSE_CONNECTED_AT);
  read_places(self, database, all);
  return TRUE;
}

/**
 * shopcaisse_configuration_load:
 * @database: the store
 * @error: return location for an error
 *
 * Reads the settings.
 *
 * Returns: (transfer full): the configuration, or %NULL with %COMPTOIR_ERROR_STORAGE
 */
ShopcaisseConfiguration *
shopcaisse_configuration_load(ShopcaisseDatabase *database, GError **error)
{
  ShopcaisseConfiguration *self = g_new0(ShopcaisseConfiguration, 1);

  if (!shopcaisse_configuration_reload(self, database, error))
    g_clear_pointer(&self, shopcaisse_configuration_free);
  return self;
}

/**
 * shopcaisse_configuration_free:
 * @self: (nullable): the configuration
 *
 * Releases it.
 */
void
shopcaisse_configuration_free(ShopcaisseConfiguration *self)
{
  if (self == NULL)
    return;
  clear_values(self);
  shopcaisse_grant_free(self->grant);
  g_free(self->token_hint);
  g_free(self->store_fault);
  g_free(self);
}

static char *
value_to_text(GVariant *value)
{
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return g_strstrip(g_variant_dup_string(value, NULL));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup(g_variant_get_boolean(value) ? "true" : "false");
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32))
    return g_strdup_printf("%u", g_variant_get_uint32(value));
  return NULL;
}

/* Another store has other registers and price lists: what was chosen for the old one goes. */
static gboolean
forget_choices(ShopcaisseConfiguration *self,
               ShopcaisseDatabase *database,
               GVariant *changes,
               GError **error)
{
  static const char *const dependent[] = { "pos", "price-list" };
  const char *store = NULL;

  if (!g_variant_lookup(changes, "store", "&s", &store) || g_str_equal(store, self->store_id))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(dependent); i++) {
    if (!g_variant_lookup(changes, dependent[i], "&s", NULL) &&
        !shopcaisse_settings_set(database, dependent[i], "", error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_change(ShopcaisseConfiguration *self,
             ShopcaisseDatabase *database,
             const char *key,
             const char *text,
             GError **error)
{
  g_autofree char *stored_key = NULL;

  if (!shopcaisse_setting_check(database, key, text, error))
    return FALSE;
  stored_key = shopcaisse_configuration_dup_stored_key(self, database, key);
  if (stored_key == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("setting %s: choose the store and the register first"), key);
    return FALSE;
  }
  /* Its time begins anew. */
  return shopcaisse_settings_set(database, stored_key, text, error) &&
         (!g_str_equal(key, "debug") ||
          shopcaisse_settings_set(database, SHOPCAISSE_DEBUG_UNTIL, NULL, error));
}

static gboolean
is_of_profile(const char *key)
{
  const ShopcaisseSetting *setting = shopcaisse_setting_find(key);

  return setting == NULL || setting->scope == SHOPCAISSE_SCOPE_PROFILE;
}

static gboolean
is_of_place(const char *key)
{
  return !is_of_profile(key);
}

typedef gboolean (*IsWanted)(const char *key);

static gboolean
write_changes(ShopcaisseConfiguration *self,
              ShopcaisseDatabase *database,
              GVariant *changes,
              IsWanted is_wanted,
              GError **error)
{
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  g_variant_iter_init(&iter, changes);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    g_autoptr(GVariant) owned = value;
    g_autofree char *text = value_to_text(owned);

    if (is_wanted(key) && !write_change(self, database, key, text, error))
      return FALSE;
  }
  return TRUE;
}

/* The store comes first: what is confirmed beside it is confirmed of that one. */
static gboolean
write_all(ShopcaisseConfiguration *self,
          ShopcaisseDatabase *database,
          GVariant *changes,
          GError **error)
{
  g_autofree char *former = g_strdup(self->company_id);

  return forget_choices(self, database, changes, error) &&
         write_changes(self, database, changes, is_of_profile, error) &&
         shopcaisse_configuration_reload(self, database, error) &&
         shopcaisse_configuration_choose_company(self, database, former, error) &&
         write_changes(self, database, changes, is_of_place, error);
}

/**
 * shopcaisse_configuration_change:
 * @self: the configuration
 * @database: the store
 * @changes: a{sv}: new values by key, texts, booleans or numbers
 * @error: return location for an error
 *
 * Checks and stores what a person changed, all of it or nothing.
 *
 * Fails with %COMPTOIR_ERROR_INVALID naming the setting, or %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_configuration_change(ShopcaisseConfiguration *self,
                                ShopcaisseDatabase *database,
                                GVariant *changes,
                                GError **error)
{
  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (!write_all(self, database, changes, error)) {
    shopcaisse_database_rollback(database);
    return FALSE;
  }
  return shopcaisse_database_commit(database, error) &&
         shopcaisse_configuration_reload(self, database, error);
}

/**
 * shopcaisse_configuration_get_unit:
 * @database: the store
 * @store_id: a Shopcaisse store
 *
 * Returns: what was found for it
 */
ShopcaisseUnit
shopcaisse_configuration_get_unit(ShopcaisseDatabase *database, const char *store_id)
{
  g_autofree char *key = g_strconcat(UNIT_KEY_PREFIX, store_id, NULL);
  g_autofree char *value = shopcaisse_settings_get(database, key, NULL);

  return parse_unit(value != NULL ? value : "");
}

/**
 * shopcaisse_configuration_set_unit:
 * @self: the configuration
 * @database: the store
 * @store_id: the Shopcaisse store it was found for
 * @unit: the unit of money on the wire, unknown to forget it
 * @error: return location for an error
 *
 * Records what a calibration found; docs/decisions/0004-unit-of-money.md.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_configuration_set_unit(ShopcaisseConfiguration *self,
                                  ShopcaisseDatabase *database,
                                  const char *store_id,
                                  ShopcaisseUnit unit,
                                  GError **error)
{
  g_autofree char *key = g_strconcat(UNIT_KEY_PREFIX, store_id, NULL);
  g_autofree char *value = NULL;

  if (unit.form != SHOPCAISSE_FORM_UNKNOWN)
    value = g_strconcat(shopcaisse_form_to_text(unit.form), ":",
                        shopcaisse_reading_to_text(unit.reading), NULL);
  return shopcaisse_settings_set(database, key, value != NULL ? value : "", error) &&
         shopcaisse_configuration_reload(self, database, error);
}

/**
 * shopcaisse_configuration_dup_register:
 * @self: the configuration
 * @database: the store
 * @pos_id: (out) (transfer full) (nullable): the register, %NULL when none is known
 *
 * Finds the register that orders go to: the chosen one, else the store's only active one. When none
 * is known the service takes the store's only one; docs/PROTOCOL.md 3.12.
 *
 * Returns: %FALSE when there are several and a person must choose
 */
gboolean
shopcaisse_configuration_dup_register(ShopcaisseConfiguration *self,
                                      ShopcaisseDatabase *database,
                                      char **pos_id)
{
  g_autoptr(GPtrArray) registers = NULL;
  const char *only = NULL;
  guint n_active = 0;

  *pos_id = NULL;
  if (*self->pos_id != '\0') {
    *pos_id = g_strdup(self->pos_id);
    return TRUE;
  }
  registers = shopcaisse_mirror_list_places(database, SHOPCAISSE_PLACE_POS, self->store_id, NULL);
  for (guint i = 0; registers != NULL && i < registers->len; i++) {
    const ShopcaissePlace *place = registers->pdata[i];

    if (!place->active)
      continue;
    only = place->id;
    n_active++;
  }
  if (n_active > 1)
    return FALSE;
  *pos_id = g_strdup(only);
  return TRUE;
}

/**
 * shopcaisse_configuration_get_base_url:
 * @self: the configuration
 *
 * Returns: (transfer none) (nullable): where requests go, %NULL before a token is known
 */
const char *
shopcaisse_configuration_get_base_url(ShopcaisseConfiguration *self)
{
  if (*self->api_url != '\0')
    return self->api_url;
  if (self->grant == NULL || self->grant->environment == NULL)
    return NULL;
  return g_str_equal(self->grant->environment, "staging") ? BASE_URL_STAGING : BASE_URL_PRODUCTION;
}

/**
 * shopcaisse_configuration_get_interval_min:
 * @database: the store
 * @key: a setting that is a number of minutes
 *
 * Returns: minutes, 0 for never
 */
guint
shopcaisse_configuration_get_interval_min(ShopcaisseDatabase *database, const char *key)
{
  g_autofree char *value = shopcaisse_settings_get(database, key, NULL);

  return (guint)g_ascii_strtoull(value != NULL ? value : shopcaisse_setting_get_fallback(key), NULL,
                                 10);
}
