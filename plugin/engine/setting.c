/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings: their keys, what they are when nobody has said, and what they may be. */
#include "engine/setting.h"

#include "config.h"
#include "engine/vocabulary-settings.h"
#include "model/text.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
refuse(GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, text);
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
  if (uri == NULL || g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0' ||
      g_uri_get_userinfo(uri) != NULL)
    return refuse(error, _("\"%s\" is not an address such as https://api.example.org"), value);
  if (g_str_equal(g_uri_get_scheme(uri), "https"))
    return TRUE;
  if (g_str_equal(g_uri_get_scheme(uri), "http") && is_loopback(g_uri_get_host(uri)))
    return TRUE;
  return refuse(error, _("\"%s\" is not https, and http is for this computer alone"), value);
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
    return refuse(error,
                  kind == SHOPCAISSE_PLACE_STORE ? _("\"%s\" is not a store of this token")
                                                 : _("\"%s\" is not a register of this token"),
                  value);
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
  return g_strv_contains(known, value) ||
         refuse(error, _("\"%s\" is not \"shopcaisse\" or \"host\""), value);
}

static gboolean
check_method(ShopcaisseDatabase *database, const char *value, GError **error)
{
  static const char *const known[] = { "any", "barcode", "reference", "hand", NULL };

  (void)database;
  return g_strv_contains(known, value) ||
         refuse(error, _("\"%s\" is not \"any\", \"barcode\", \"reference\" or \"hand\""), value);
}

static gboolean
check_transport(ShopcaisseDatabase *database, const char *value, GError **error)
{
  static const char *const known[] = { "auto", "soup", "curl", NULL };

  (void)database;
  return g_strv_contains(known, value) ||
         refuse(error, _("\"%s\" is not \"auto\", \"soup\" or \"curl\""), value);
}

static gboolean
check_prefix(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  if (g_utf8_strlen(value, -1) > 16)
    return refuse(error, _("\"%s\" is not at most 16 characters long"), value);
  return TRUE;
}

static gboolean
check_customer(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return *value == '\0' || shopcaisse_text_is_id(value) ||
         refuse(error, _("\"%s\" is not an e-mail address, a phone number or an id"), value);
}

static gboolean
check_boolean(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return g_str_equal(value, "true") || g_str_equal(value, "false") ||
         refuse(error, _("\"%s\" is not \"true\" or \"false\""), value);
}

static gboolean
check_minutes(ShopcaisseDatabase *database, const char *value, GError **error)
{
  guint64 minutes = 0;

  (void)database;
  return g_ascii_string_to_unsigned(value, 10, 0, 7 * 24 * 60, &minutes, NULL) ||
         refuse(error, _("\"%s\" is not a number of minutes, 0 for never"), value);
}

static gboolean
check_port(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT16, NULL, NULL) ||
         refuse(error, _("\"%s\" is not a port, 0 for any that is free"), value);
}

static gboolean
check_address(ShopcaisseDatabase *database, const char *value, GError **error)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(value);

  (void)database;
  return address != NULL || refuse(error, _("\"%s\" is not an address such as 127.0.0.1"), value);
}

static gboolean
check_path(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return g_regex_match_simple("^/[A-Za-z0-9._~/-]{0,127}$", value, G_REGEX_DOLLAR_ENDONLY, 0) ||
         refuse(error, _("\"%s\" is not a path such as /shopcaisse"), value);
}

static gboolean
check_header(ShopcaisseDatabase *database, const char *value, GError **error)
{
  /* What a request cannot do without, or the guard reads itself. */
  static const char *const taken[] = {
    "connection", "content-length",    "content-type",     "expect",
    "host",       "transfer-encoding", "content-encoding", NULL
  };
  g_autofree char *name = g_ascii_strdown(value, -1);

  (void)database;
  if (g_strv_contains(taken, name))
    return refuse(error, _("\"%s\" is not the name of a header that can carry a signature"), value);
  return g_regex_match_simple("^[A-Za-z0-9_-]{1,64}$", value, G_REGEX_DOLLAR_ENDONLY, 0) ||
         refuse(error, _("\"%s\" is not the name of a header"), value);
}

static gboolean
check_send_when(ShopcaisseDatabase *database, const char *value, GError **error)
{
  (void)database;
  return g_str_equal(value, "status") || g_str_equal(value, "paid") ||
         refuse(error, _("\"%s\" is not \"status\" or \"paid\""), value);
}

static gboolean
check_zone(ShopcaisseDatabase *database, const char *value, GError **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(value);

  (void)database;
  return zone != NULL ||
         refuse(error, _("\"%s\" is not a time zone such as Europe/Brussels"), value);
}

static const ShopcaisseSetting settings[] = {
  { "api-url", "url", "", check_url },
  { "store", "choice", "", check_store },
  { "pos", "choice", "", check_register },
  { "price-list", "choice", "", NULL },
  { "till-of-record", "choice", "", check_till },
  { "link-by", "choice", "any", check_method },
  { "order-prefix", "text", "", check_prefix },
  { "send-when", "choice", "status", check_send_when },
  { "automatic", "boolean", "true", check_boolean },
  { "send-customer", "boolean", "false", check_boolean },
  { "default-customer", "text", "", check_customer },
  /* What cannot be seen from here and a person has looked at. */
  { "confirmed-subscription", "boolean", "false", check_boolean },
  { "confirmed-module", "boolean", "false", check_boolean, SHOPCAISSE_SCOPE_REGISTER },
  { "confirmed-selling", "boolean", "false", check_boolean, SHOPCAISSE_SCOPE_REGISTER },
  { "confirmed-ipad", "boolean", "false", check_boolean, SHOPCAISSE_SCOPE_REGISTER },
  { "confirmed-menu", "boolean", "false", check_boolean, SHOPCAISSE_SCOPE_STORE },
  { "orders-interval", "number", "2", check_minutes },
  { "sales-interval", "number", "15", check_minutes },
  { "catalogue-interval", "number", "360", check_minutes },
  { "stock-interval", "number", "60", check_minutes },
  /* With its jitter below the 15 minutes after which a sale is asked about; engine/catch-up.c. */
  { "catch-up-interval", "number", "13", check_minutes },
  { "webhooks", "boolean", "false", check_boolean },
  { "webhook-url", "url", "", check_url },
  { "webhook-address", "text", "127.0.0.1", check_address },
  { "webhook-port", "number", "8421", check_port },
  { "webhook-path", "text", "/shopcaisse", check_path },
  /* docs/PROTOCOL.md 4 */
  { "webhook-header", "text", "x-server-authorization-hmac-sha256", check_header },
  { "time-zone", "text", "Europe/Paris", check_zone },
  { "transport", "choice", "auto", check_transport },
  { "proxy", "text", "system", NULL },
  { "debug", "boolean", "false", check_boolean },
};

/**
 * shopcaisse_setting_find:
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the setting, %NULL when there is none of that name
 */
const ShopcaisseSetting *
shopcaisse_setting_find(const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
    if (g_str_equal(settings[i].key, key))
      return &settings[i];
  }
  return NULL;
}

/**
 * shopcaisse_settings_list:
 * @n_settings: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_settings): the settings
 */
const ShopcaisseSetting *
shopcaisse_settings_list(gsize *n_settings)
{
  *n_settings = G_N_ELEMENTS(settings);
  return settings;
}

/**
 * shopcaisse_setting_get_fallback:
 * @key: a key
 *
 * Returns: (transfer none): what it is when nobody has said; "" for a key of our own
 */
const char *
shopcaisse_setting_get_fallback(const char *key)
{
  const ShopcaisseSetting *setting = shopcaisse_setting_find(key);

  return setting != NULL ? setting->fallback : "";
}

/**
 * shopcaisse_setting_dup_value:
 * @all: a{ss}: what is stored
 * @key: a key
 *
 * Returns: (transfer full): its value
 */
char *
shopcaisse_setting_dup_value(GVariant *all, const char *key)
{
  const char *value = NULL;

  if (g_variant_lookup(all, key, "&s", &value))
    return g_strdup(value);
  return g_strdup(shopcaisse_setting_get_fallback(key));
}

/**
 * shopcaisse_setting_check:
 * @database: the store, for choices
 * @key: a key
 * @value: (nullable): the new value, %NULL when it had no usable type
 * @error: return location for an error
 *
 * Checks one change.
 *
 * Fails with %COMPTOIR_ERROR_INVALID naming the setting, or %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE when it may be stored
 */
gboolean
shopcaisse_setting_check(ShopcaisseDatabase *database,
                         const char *key,
                         const char *value,
                         GError **error)
{
  const ShopcaisseSetting *setting = shopcaisse_setting_find(key);

  if (shopcaisse_word_owns_setting(key))
    return shopcaisse_word_check_setting(database, key, value, error);
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
    g_prefix_error(error, _("setting %s: "), key);
    return FALSE;
  }
  return TRUE;
}
