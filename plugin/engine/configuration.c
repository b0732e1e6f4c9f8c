/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings: their keys, defaults and checks. Their words for people are in channel/settings.c.
 */
#include "engine/configuration.h"

#include "store/mirror.h"
#include "store/places.h"
#include "store/settings.h"

#include <string.h>

/* docs/PROTOCOL.md 1 */
#define BASE_URL_PRODUCTION "https://api.shop-caisse.com"
#define BASE_URL_STAGING    "https://api-staging.shop-caisse.com"

#define UNIT_KEY_PREFIX "unit:"

typedef gboolean (*CheckFunc)(ShopcaisseDatabase *database, const char *value, GError **error);

typedef struct {
  const char *key;
  const char *kind;
  const char *fallback;
  CheckFunc check; /* (nullable): any text will do */
} Setting;

static gboolean check_url(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_store(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_register(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_till(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_prefix(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_boolean(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_minutes(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_zone(ShopcaisseDatabase *database, const char *value, GError **error);
static gboolean check_transport(ShopcaisseDatabase *database, const char *value, GError **error);

static const Setting settings[] = {
  { "api-url", "url", "", check_url },
  { "store", "choice", "", check_store },
  { "pos", "choice", "", check_register },
  { "price-list", "choice", "", NULL },
  { "till-of-record", "choice", "", check_till },
  { "order-prefix", "text", "", check_prefix },
  { "send-customer", "boolean", "false", check_boolean },
  { "orders-interval", "number", "2", check_minutes },
  { "sales-interval", "number", "15", check_minutes },
  { "catalogue-interval", "number", "360", check_minutes },
  { "stock-interval", "number", "60", check_minutes },
  { "catch-up-interval", "number", "15", check_minutes },
  { "time-zone", "text", "Europe/Paris", check_zone },
  { "transport", "choice", "auto", check_transport },
  { "proxy", "text", "system", NULL },
  { "debug", "boolean", "false", check_boolean },
};

static const Setting *
find_setting(const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
    if (g_str_equal(settings[i].key, key))
      return &settings[i];
  }
  return NULL;
}

static gboolean
refuse(GError **error, const char *value, const char *wanted)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "\"%s\" is not %s", value, wanted);
  return FALSE;
}

static gboolean
is_loopback(const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);

  if (address != NULL)
    return g_inet_address_get_is_loopback(address);
  return g_ascii_strcasecmp(host, "localhost") == 0;
}

static gboolean
check_url(ShopcaisseDatabase *database, const char *value, GError **error)
{
  g_autoptr(GUri) uri = NULL;

  (void)database;
  if (*value == '\0')
    return TRUE;
  uri = g_uri_parse(value, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host(uri) == NULL || g_uri_get_userinfo(uri) != NULL)
    return refuse(error, value, "an address such as https://api.example.org");
  if (g_str_equal(g_uri_get_scheme(uri), "https"))
    return TRUE;
  if (g_str_equal(g_uri_get_scheme(uri), "http") && is_loopback(g_uri_get_host(uri)))
    return TRUE;
  return refuse(error, value, "https, and http is for this computer alone");
}

static gboolean
check_place(ShopcaisseDatabase *database,
            ShopcaissePlaceKind kind,
            const char *value,
            GError **error)
{
  g_autoptr(ShopcaissePlace) place = NULL;
  g_autoptr(GError) read_error = NULL;

  if (*value == '\0')
    return TRUE;
  place = shopcaisse_mirror_get_place(database, kind, value, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (place == NULL)
    return refuse(error, value,
                  kind == SHOPCAISSE_PLACE_STORE ? "a store of this token"
                                                 : "a register of this token");
  return TRUE;
}

static gboolean
check_store(ShopcaisseDatabase *database, const char *value, GError **error)
{
  return check_place(database, SHOPCAISSE_PLACE_STORE, value, error);
}

static gboolean
check_register(ShopcaisseDatabase *database, const char *value, GError **error)
{
  return check_place(database, SHOPCAISSE_PLACE_POS, value, error);
}

static gboolean
check_till(ShopcaisseDatabase *database, const char *value, GError **error)
{
  static const char *const known[] = { "", "shopcaisse", "host", NULL };

  (void)database;
  return g_strv_contains(known, value) || refuse(error, value, "\"shopcaisse\" or \"host\"");
}

static gboolean
check_transport(ShopcaisseDatabase *database, const char *value, GError **error)
{
  static const char *const known[] = { "auto", "soup", NULL };

  (void)database;
  return g_strv_contains(known, value) || refuse(error, value, "\"auto\" or \"soup\"");
}

static gboolean
check_prefix(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  if (g_utf8_strlen(value, -1) > 16)
    return refuse(error, value, "at most 16 characters long");
  return TRUE;
}

static gboolean
check_boolean(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return g_str_equal(value, "true") || g_str_equal(value, "false") ||
         refuse(error, value, "\"true\" or \"false\"");
}

static gboolean
check_minutes(ShopcaisseDatabase *database, const char *value, GError **error)
{
  guint64 minutes = 0;

  (void)database;
  return g_ascii_string_to_unsigned(value, 10, 0, 7 * 24 * 60, &minutes, NULL) ||
         refuse(error, value, "a number of minutes, 0 for never");
}

static gboolean
check_zone(ShopcaisseDatabase *database, const char *value, GError **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(value);

  (void)database;
  return zone != NULL || refuse(error, value, "a time zone such as Europe/Brussels");
}

static char *
dup_value(GVariant *all, const char *key)
{
  const Setting *setting = find_setting(key);
  const char *value = NULL;

  if (g_variant_lookup(all, key, "&s", &value))
    return g_strdup(value);
  return g_strdup(setting != NULL ? setting->fallback : "");
}

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
  g_clear_pointer(&self->proxy, g_free);
  g_clear_pointer(&self->token_place, g_free);
}

static void
read_places(ShopcaisseConfiguration *self, ShopcaisseDatabase *database, GVariant *all)
{
  g_autoptr(ShopcaissePlace) store = NULL;
  g_autofree char *unit_key = g_strconcat(UNIT_KEY_PREFIX, self->store_id, NULL);
  g_autofree char *unit = dup_value(all, unit_key);

  if (*self->store_id != '\0')
    store = shopcaisse_mirror_get_place(database, SHOPCAISSE_PLACE_STORE, self->store_id, NULL);
  self->company_id = g_strdup(store != NULL && store->parent_id != NULL ? store->parent_id : "");
  self->unit = parse_unit(unit);
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
  g_autofree char *customer = NULL;
  g_autofree char *connected = NULL;
  g_autofree char *proxy = NULL;

  if (all == NULL)
    return FALSE;
  clear_values(self);
  self->api_url = dup_value(all, "api-url");
  self->store_id = dup_value(all, "store");
  self->pos_id = dup_value(all, "pos");
  self->price_list = dup_value(all, "price-list");
  self->order_prefix = dup_value(all, "order-prefix");
  self->time_zone = dup_value(all, "time-zone");
  self->token_place = dup_value(all, "token-place");
  proxy = dup_value(all, "proxy");
  if (g_str_equal(proxy, "none"))
    self->proxy = g_strdup("");
  else if (!g_str_equal(proxy, "system") && *proxy != '\0')
    self->proxy = g_steal_pointer(&proxy);
  till = dup_value(all, "till-of-record");
  self->till_of_record = parse_till(till);
  customer = dup_value(all, "send-customer");
  self->send_customer = g_str_equal(customer, "true");
  connected = dup_value(all, "connected-at");
  self->connected_at = g_ascii_strtoll(connected, NULL, 10);
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

static gboolean
check_change(ShopcaisseDatabase *database, const char *key, const char *value, GError **error)
{
  const Setting *setting = find_setting(key);

  if (setting == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no setting \"%s\"", key);
    return FALSE;
  }
  if (value == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "setting %s: a text, a boolean or a number is wanted", key);
    return FALSE;
  }
  if (setting->check != NULL && !setting->check(database, value, error)) {
    g_prefix_error(error, "setting %s: ", key);
    return FALSE;
  }
  return TRUE;
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
write_changes(ShopcaisseConfiguration *self,
              ShopcaisseDatabase *database,
              GVariant *changes,
              GError **error)
{
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  if (!forget_choices(self, database, changes, error))
    return FALSE;
  g_variant_iter_init(&iter, changes);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    g_autoptr(GVariant) owned = value;
    g_autofree char *text = value_to_text(owned);

    if (!check_change(database, key, text, error) ||
        !shopcaisse_settings_set(database, key, text, error))
      return FALSE;
  }
  return TRUE;
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
  if (!write_changes(self, database, changes, error)) {
    shopcaisse_database_rollback(database);
    return FALSE;
  }
  return shopcaisse_database_commit(database, error) &&
         shopcaisse_configuration_reload(self, database, error);
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

static GVariant *
build_choice(const char *value, const char *label)
{
  GVariantBuilder builder;

  g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&builder, "{sv}", "value", g_variant_new_string(value));
  g_variant_builder_add(&builder, "{sv}", "label", g_variant_new_string(label));
  return g_variant_builder_end(&builder);
}

static void
add_place_choices(GVariantBuilder *choices,
                  ShopcaisseDatabase *database,
                  ShopcaissePlaceKind kind,
                  const char *parent_id)
{
  g_autoptr(GPtrArray) places = shopcaisse_mirror_list_places(database, kind, parent_id, NULL);

  for (guint i = 0; places != NULL && i < places->len; i++) {
    const ShopcaissePlace *place = places->pdata[i];
    g_autofree char *label = place->city != NULL && *place->city != '\0'
                                 ? g_strdup_printf("%s (%s)", place->name, place->city)
                                 : g_strdup(place->name);

    g_variant_builder_add_value(choices, build_choice(place->id, label));
  }
}

static void
add_list_choices(GVariantBuilder *choices, ShopcaisseDatabase *database, const char *company_id)
{
  g_autoptr(GPtrArray) lists = shopcaisse_mirror_list_price_lists(database, company_id, NULL);

  for (guint i = 0; lists != NULL && i < lists->len; i++) {
    const ShopcaissePriceList *list = lists->pdata[i];

    g_variant_builder_add_value(choices, build_choice(list->id, list->name));
  }
}

static GVariant *
build_choices(ShopcaisseConfiguration *self, ShopcaisseDatabase *database, const char *key)
{
  GVariantBuilder choices;

  g_variant_builder_init(&choices, G_VARIANT_TYPE("aa{sv}"));
  if (g_str_equal(key, "store")) {
    add_place_choices(&choices, database, SHOPCAISSE_PLACE_STORE, NULL);
  } else if (g_str_equal(key, "pos")) {
    add_place_choices(&choices, database, SHOPCAISSE_PLACE_POS, self->store_id);
  } else if (g_str_equal(key, "price-list")) {
    add_list_choices(&choices, database, self->company_id);
  } else if (g_str_equal(key, "till-of-record")) {
    g_variant_builder_add_value(&choices, build_choice("shopcaisse", "shopcaisse"));
    g_variant_builder_add_value(&choices, build_choice("host", "host"));
  } else if (g_str_equal(key, "transport")) {
    g_variant_builder_add_value(&choices, build_choice("auto", "auto"));
    g_variant_builder_add_value(&choices, build_choice("soup", "soup"));
  }
  return g_variant_builder_end(&choices);
}

static GVariant *
describe_setting(ShopcaisseConfiguration *self,
                 ShopcaisseDatabase *database,
                 const Setting *setting,
                 GVariant *all)
{
  g_autofree char *value = dup_value(all, setting->key);
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&row, "{sv}", "key", g_variant_new_string(setting->key));
  g_variant_builder_add(&row, "{sv}", "kind", g_variant_new_string(setting->kind));
  if (g_str_equal(setting->kind, "boolean"))
    g_variant_builder_add(&row, "{sv}", "value", g_variant_new_boolean(g_str_equal(value, "true")));
  else if (g_str_equal(setting->kind, "number"))
    g_variant_builder_add(&row, "{sv}", "value",
                          g_variant_new_uint32((guint32)g_ascii_strtoull(value, NULL, 10)));
  else
    g_variant_builder_add(&row, "{sv}", "value", g_variant_new_string(value));
  if (g_str_equal(setting->kind, "choice"))
    g_variant_builder_add(&row, "{sv}", "choices", build_choices(self, database, setting->key));
  return g_variant_builder_end(&row);
}

static GVariant *
describe_token(ShopcaisseConfiguration *self)
{
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&row, "{sv}", "key", g_variant_new_string("token"));
  g_variant_builder_add(&row, "{sv}", "kind", g_variant_new_string("secret"));
  g_variant_builder_add(&row, "{sv}", "value", g_variant_new_boolean(*self->token_place != '\0'));
  return g_variant_builder_end(&row);
}

/**
 * shopcaisse_configuration_describe:
 * @self: the configuration
 * @database: the store
 *
 * Tells every setting with its value and its choices. Of the token only whether there is one.
 *
 * Returns: (transfer full): aa{sv}
 */
GVariant *
shopcaisse_configuration_describe(ShopcaisseConfiguration *self, ShopcaisseDatabase *database)
{
  g_autoptr(GVariant) all = shopcaisse_settings_get_all(database, NULL);
  GVariantBuilder rows;

  if (all == NULL)
    all = g_variant_ref_sink(g_variant_new("a{ss}", NULL));
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(&rows, describe_token(self));
  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
    g_variant_builder_add_value(&rows, describe_setting(self, database, &settings[i], all));
  return g_variant_ref_sink(g_variant_builder_end(&rows));
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
  const Setting *setting = find_setting(key);

  g_return_val_if_fail(setting != NULL, 0);
  return (guint)g_ascii_strtoull(value != NULL ? value : setting->fallback, NULL, 10);
}
