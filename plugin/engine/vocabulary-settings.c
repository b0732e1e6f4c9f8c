/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person chooses for the host's words. The words name the settings, so what people read of
 * them is made here and not in a table of the channel. */
#include "engine/vocabulary-settings.h"

#include "config.h"
#include "engine/context.h"
#include "model/sale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const prefixes[] = {
  [SHOPCAISSE_WORD_STATUS] = "send-status:",
  [SHOPCAISSE_WORD_METHOD] = "payment:",
  [SHOPCAISSE_WORD_TYPE] = "order-type:",
};

/* docs/PROTOCOL.md 3.12: ONLINE or OTHER */
#define ONLINE "online"
#define OTHER  "other"

/**
 * shopcaisse_word_dup_key:
 * @kind: of which words
 * @id: a word
 *
 * Returns: (transfer full): the key of its setting
 */
char *
shopcaisse_word_dup_key(ShopcaisseWordKind kind, const char *id)
{
  return g_strconcat(prefixes[kind], id, NULL);
}

/**
 * shopcaisse_word_get_default:
 * @kind: of which words
 * @id: a word
 *
 * Returns: (transfer none): what the contract says it means, "" if nothing
 */
const char *
shopcaisse_word_get_default(ShopcaisseWordKind kind, const char *id)
{
  static const char *const others[] = { "cash", "card", OTHER };
  ShopcaisseOrderType type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;

  if (kind == SHOPCAISSE_WORD_STATUS)
    return "true";
  if (kind == SHOPCAISSE_WORD_TYPE)
    return shopcaisse_order_type_parse(id, &type) ? shopcaisse_order_type_to_text(type) : "";
  if (g_ascii_strcasecmp(id, ONLINE) == 0)
    return ONLINE;
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    if (g_ascii_strcasecmp(id, others[i]) == 0)
      return OTHER;
  }
  return "";
}

static gboolean
find_kind(const char *key, ShopcaisseWordKind *kind, const char **id)
{
  for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
    if (!g_str_has_prefix(key, prefixes[i]))
      continue;
    *kind = (ShopcaisseWordKind)i;
    *id = key + strlen(prefixes[i]);
    return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_word_owns_setting:
 * @key: a key
 *
 * Returns: whether it is the setting of a word
 */
gboolean
shopcaisse_word_owns_setting(const char *key)
{
  ShopcaisseWordKind kind = SHOPCAISSE_WORD_STATUS;
  const char *id = NULL;

  return find_kind(key, &kind, &id);
}

static gboolean
has_word(const GPtrArray *words, const char *id)
{
  for (guint i = 0; i < words->len; i++) {
    if (g_str_equal(((const ShopcaisseWord *)words->pdata[i])->id, id))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_value(ShopcaisseWordKind kind, const char *value)
{
  static const char *const answers[] = { "true", "false", NULL };
  static const char *const payments[] = { "", ONLINE, OTHER, NULL };
  ShopcaisseOrderType type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;

  if (kind == SHOPCAISSE_WORD_TYPE)
    return *value == '\0' || shopcaisse_order_type_parse(value, &type);
  return g_strv_contains(kind == SHOPCAISSE_WORD_STATUS ? answers : payments, value);
}

static gboolean
check_value(ShopcaisseWordKind kind, const char *key, const char *value, GError **error)
{
  if (has_value(kind, value))
    return TRUE;
  if (kind == SHOPCAISSE_WORD_STATUS)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("setting %1$s: \"%2$s\" is not \"true\" or \"false\""), key, value);
  else if (kind == SHOPCAISSE_WORD_METHOD)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("setting %1$s: \"%2$s\" is not \"online\" or \"other\""), key, value);
  else
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("setting %1$s: \"%2$s\" is not \"EAT_IN\", \"PICKUP\", \"DELIVERY\" or "
                  "\"UNKNOWN\""),
                key, value);
  return FALSE;
}

/**
 * shopcaisse_word_check_setting:
 * @database: the store
 * @key: the setting of a word
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
shopcaisse_word_check_setting(ShopcaisseDatabase *database,
                              const char *key,
                              const char *value,
                              GError **error)
{
  g_autoptr(GPtrArray) words = NULL;
  ShopcaisseWordKind kind = SHOPCAISSE_WORD_STATUS;
  const char *id = "";

  (void)find_kind(key, &kind, &id); /* the caller has asked */
  words = shopcaisse_vocabulary_list(database, kind, error);
  if (words == NULL)
    return FALSE;
  if (!has_word(words, id)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no setting \"%s\"", key);
    return FALSE;
  }
  if (value == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "setting %s: a text, a boolean or a number is wanted", key);
    return FALSE;
  }
  return check_value(kind, key, value, error);
}

static void
add_choice(GVariantBuilder *choices, const char *value, const char *label)
{
  g_auto(GVariantDict) choice = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&choice, "value", "s", value);
  g_variant_dict_insert(&choice, "label", "s", label);
  g_variant_builder_add_value(choices, g_variant_dict_end(&choice));
}

static void
insert_status(GVariantDict *row, const char *meaning)
{
  g_variant_dict_insert(row, "kind", "s", "boolean");
  g_variant_dict_insert(row, "value", "b", g_str_equal(meaning, "true"));
  /* Translators: a group of settings: a tick for each status that sales of this program have. */
  g_variant_dict_insert(row, "group", "s", _("Statuses in which a sale is sent"));
}

static void
insert_method(GVariantDict *row, const char *meaning)
{
  g_auto(GVariantBuilder) choices = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  if (*meaning == '\0')
    add_choice(&choices, "", _("Not said yet: its sales wait"));
  /* Translators: the kind of a payment at Shopcaisse: cash, a card, a voucher. */
  add_choice(&choices, OTHER, _("Paid at the counter or otherwise"));
  /* Translators: the kind of a payment at Shopcaisse. */
  add_choice(&choices, ONLINE, _("Paid online"));
  g_variant_dict_insert(row, "kind", "s", "choice");
  g_variant_dict_insert(row, "value", "s", meaning);
  g_variant_dict_insert_value(row, "choices", g_variant_builder_end(&choices));
  /* Translators: a group of settings: for each way of paying its kind at Shopcaisse. */
  g_variant_dict_insert(row, "group", "s", _("Ways of paying at Shopcaisse"));
}

/* What the host has not named stands as it is, unless it is a word of the contract's. */
static const char *
get_label(ShopcaisseWordKind kind, const ShopcaisseWord *word)
{
  static const struct {
    const char *id;
    const char *name;
  } names[] = {
    { "cash", NC_("way of paying", "Cash") },
    { "card", NC_("way of paying", "Card") },
    { ONLINE, NC_("way of paying", "Online") },
    { OTHER, NC_("way of paying", "Other") },
  };

  if (kind != SHOPCAISSE_WORD_METHOD || !g_str_equal(word->id, word->name))
    return word->name;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (g_ascii_strcasecmp(word->id, names[i].id) == 0)
      return g_dpgettext2(GETTEXT_PACKAGE, "way of paying", names[i].name);
  }
  return word->name;
}

static void
insert_type(GVariantDict *row, const char *meaning)
{
  g_auto(GVariantBuilder) choices = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  if (*meaning == '\0')
    add_choice(&choices, "", _("Not said yet: its sales wait"));
  /* Translators: kinds of orders at Shopcaisse; the VAT rate may follow from them. */
  add_choice(&choices, "EAT_IN", _("Eaten in"));
  add_choice(&choices, "PICKUP", _("Picked up"));
  add_choice(&choices, "DELIVERY", _("Delivered"));
  add_choice(&choices, "UNKNOWN", _("None of these"));
  g_variant_dict_insert(row, "kind", "s", "choice");
  g_variant_dict_insert(row, "value", "s", meaning);
  g_variant_dict_insert_value(row, "choices", g_variant_builder_end(&choices));
  /* Translators: a group of settings: for each kind of sale of this program its kind there. */
  g_variant_dict_insert(row, "group", "s", _("Kinds of orders at Shopcaisse"));
}

static GVariant *
describe_word(ShopcaisseDatabase *database, ShopcaisseWordKind kind, const ShopcaisseWord *word)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *key = shopcaisse_word_dup_key(kind, word->id);
  g_autofree char *meaning = shopcaisse_vocabulary_dup_meaning(database, kind, word->id);

  g_variant_dict_insert(&row, "key", "s", key);
  g_variant_dict_insert(&row, "label", "s", get_label(kind, word));
  g_variant_dict_insert(&row, "sensitive", "b", TRUE);
  if (kind == SHOPCAISSE_WORD_STATUS)
    insert_status(&row, meaning);
  else if (kind == SHOPCAISSE_WORD_TYPE)
    insert_type(&row, meaning);
  else
    insert_method(&row, meaning);
  return g_variant_dict_end(&row);
}

/**
 * shopcaisse_word_describe_settings:
 * @database: the store
 * @rows: (inout): setting rows, to which those of all words are added
 *
 * Tells what a person may choose for each word.
 */
void
shopcaisse_word_describe_settings(ShopcaisseDatabase *database, GVariantBuilder *rows)
{
  for (gsize kind = 0; kind < G_N_ELEMENTS(prefixes); kind++) {
    g_autoptr(GPtrArray) words =
        shopcaisse_vocabulary_list(database, (ShopcaisseWordKind)kind, NULL);

    for (guint i = 0; words != NULL && i < words->len; i++)
      g_variant_builder_add_value(
          rows, describe_word(database, (ShopcaisseWordKind)kind, words->pdata[i]));
  }
}
