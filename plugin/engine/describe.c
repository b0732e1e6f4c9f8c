/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings as data: every one with its value and its choices; their words are the channel's. */
#include "engine/configuration-places.h"
#include "engine/reach.h"
#include "engine/setting.h"
#include "engine/vocabulary-settings.h"
#include "store/mirror.h"
#include "store/places.h"
#include "store/settings.h"

static GVariant *
build_choice(const char *value, const char *label)
{
  GVariantBuilder builder;

  g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&builder, "{sv}", "value", g_variant_new_string(value));
  g_variant_builder_add(&builder, "{sv}", "label", g_variant_new_string(label));
  return g_variant_builder_end(&builder);
}

/* What the token only sees is no choice, nor is a register that is switched off. */
static gboolean
is_usable(ShopcaisseConfiguration *self, const ShopcaissePlace *place)
{
  if (place->kind == SHOPCAISSE_PLACE_POS)
    return place->active || g_str_equal(place->id, self->pos_id);
  return shopcaisse_reach_has_store(self, place);
}

static void
add_place_choices(ShopcaisseConfiguration *self,
                  GVariantBuilder *choices,
                  ShopcaisseDatabase *database,
                  ShopcaissePlaceKind kind,
                  const char *parent_id)
{
  g_autoptr(GPtrArray) places = shopcaisse_mirror_list_places(database, kind, parent_id, NULL);

  for (guint i = 0; places != NULL && i < places->len; i++) {
    const ShopcaissePlace *place = places->pdata[i];
    g_autofree char *label = NULL;

    if (!is_usable(self, place))
      continue;
    label = place->city != NULL && *place->city != '\0'
                ? g_strdup_printf("%s (%s)", place->name, place->city)
                : g_strdup(place->name);
    g_variant_builder_add_value(choices, build_choice(place->id, label));
  }
}

static void
add_list_choices(GVariantBuilder *choices, ShopcaisseDatabase *database, const char *company_id)
{
  g_autoptr(GPtrArray) lists = shopcaisse_mirror_list_price_lists(database, company_id, NULL);

  /* None of them is a choice, too. */
  if (lists != NULL && lists->len > 0)
    g_variant_builder_add_value(choices, build_choice("", ""));
  for (guint i = 0; lists != NULL && i < lists->len; i++) {
    const ShopcaissePriceList *list = lists->pdata[i];

    g_variant_builder_add_value(choices, build_choice(list->id, list->name));
  }
}

/* Of settings whose choices are always the same; the channel has words for them. */
static void
add_fixed_choices(GVariantBuilder *choices, const char *key)
{
  static const struct {
    const char *key;
    const char *values[5];
  } settings[] = {
    { "till-of-record", { "shopcaisse", "host" } },
    { "link-by", { "any", "barcode", "reference", "hand" } },
    { "send-when", { "status", "paid" } },
    { "transport", { "auto", "soup", "curl" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
    if (!g_str_equal(settings[i].key, key))
      continue;
    for (gsize j = 0; settings[i].values[j] != NULL; j++)
      g_variant_builder_add_value(choices,
                                  build_choice(settings[i].values[j], settings[i].values[j]));
  }
}

static GVariant *
build_choices(ShopcaisseConfiguration *self, ShopcaisseDatabase *database, const char *key)
{
  GVariantBuilder choices;

  g_variant_builder_init(&choices, G_VARIANT_TYPE("aa{sv}"));
  if (g_str_equal(key, "store")) {
    add_place_choices(self, &choices, database, SHOPCAISSE_PLACE_STORE, NULL);
  } else if (g_str_equal(key, "pos")) {
    add_place_choices(self, &choices, database, SHOPCAISSE_PLACE_POS, self->store_id);
  } else if (g_str_equal(key, "price-list")) {
    add_list_choices(&choices, database, self->company_id);
  } else {
    add_fixed_choices(&choices, key);
  }
  return g_variant_builder_end(&choices);
}

/* Whether there is anything to choose or to confirm yet. */
static gboolean
is_sensitive(ShopcaisseConfiguration *self,
             ShopcaisseDatabase *database,
             const ShopcaisseSetting *setting,
             GVariant *choices)
{
  g_autofree char *stored_key =
      shopcaisse_configuration_dup_stored_key(self, database, setting->key);

  return stored_key != NULL && (choices == NULL || g_variant_n_children(choices) > 0);
}

static char *
dup_value(ShopcaisseConfiguration *self,
          ShopcaisseDatabase *database,
          const ShopcaisseSetting *setting,
          GVariant *all)
{
  g_autofree char *stored_key = NULL;

  if (setting->scope == SHOPCAISSE_SCOPE_PROFILE)
    return shopcaisse_setting_dup_value(all, setting->key);
  stored_key = shopcaisse_configuration_dup_stored_key(self, database, setting->key);
  return stored_key != NULL ? shopcaisse_setting_dup_value(all, stored_key) : g_strdup("");
}

static GVariant *
describe_setting(ShopcaisseConfiguration *self,
                 ShopcaisseDatabase *database,
                 const ShopcaisseSetting *setting,
                 GVariant *all)
{
  g_autofree char *value = dup_value(self, database, setting, all);
  g_autoptr(GVariant) choices = NULL;
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
  if (g_str_equal(setting->kind, "choice")) {
    choices = g_variant_ref_sink(build_choices(self, database, setting->key));
    g_variant_builder_add(&row, "{sv}", "choices", choices);
  }
  g_variant_builder_add(&row, "{sv}", "sensitive",
                        g_variant_new_boolean(is_sensitive(self, database, setting, choices)));
  if (g_str_equal(setting->key, "store") && self->store_fault != NULL)
    g_variant_builder_add(&row, "{sv}", "error", g_variant_new_string(self->store_fault));
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
  g_variant_builder_add(&row, "{sv}", "hint",
                        g_variant_new_string(self->token_hint != NULL ? self->token_hint : ""));
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
  const ShopcaisseSetting *settings = NULL;
  gsize n_settings = 0;
  GVariantBuilder rows;

  settings = shopcaisse_settings_list(&n_settings);
  if (all == NULL)
    all = g_variant_ref_sink(g_variant_new("a{ss}", NULL));
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(&rows, describe_token(self));
  for (gsize i = 0; i < n_settings; i++)
    g_variant_builder_add_value(&rows, describe_setting(self, database, &settings[i], all));
  shopcaisse_word_describe_settings(database, &rows);
  return g_variant_ref_sink(g_variant_builder_end(&rows));
}
