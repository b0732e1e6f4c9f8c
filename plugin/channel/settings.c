/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes rows for people out of the engine's: adds label, group and help in the language of the
 * process, and sees to it that no secret leaves. */
#include "channel/settings.h"

#include "channel/settings-words.h"
#include "config.h"

#include <glib/gi18n-lib.h>

static const char *
get_text(GVariant *row, const char *key, const char *fallback)
{
  const char *text = NULL;
  return g_variant_lookup(row, key, "&s", &text) ? text : fallback;
}

/* The row's value, out of the variant it may come in. */
static GVariant *
dup_value(GVariant *row)
{
  g_autoptr(GVariant) value = g_variant_lookup_value(row, "value", NULL);
  while (value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT)) {
    g_autoptr(GVariant) outer = g_steal_pointer(&value);
    value = g_variant_get_variant(outer);
  }
  return g_steal_pointer(&value);
}

static const char *
guess_kind(GVariant *value)
{
  if (value == NULL || g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return "text";
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    return "boolean";
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY))
    return "choices";
  return "number";
}

/* Only whether there is a secret. */
static GVariant *
hide(GVariant *value)
{
  gboolean is_set = FALSE;
  if (value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    is_set = g_variant_get_boolean(value);
  else if (value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    is_set = *g_variant_get_string(value, NULL) != '\0';
  return g_variant_new_boolean(is_set);
}

static const char *
find_choice_label(const ShopcaisseSettingWords *words, const char *value)
{
  for (gsize i = 0; words != NULL && i < SHOPCAISSE_CHOICES_MAX; i++) {
    if (words->choices[i].value != NULL && g_str_equal(words->choices[i].value, value))
      return _(words->choices[i].label);
  }
  return NULL;
}

static GVariant *
build_choice(const char *value, const char *label)
{
  g_auto(GVariantDict) choice = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert(&choice, "value", "s", value);
  g_variant_dict_insert(&choice, "label", "s", label);
  return g_variant_dict_end(&choice);
}

static GVariant *
build_own_choices(const ShopcaisseSettingWords *words)
{
  g_auto(GVariantBuilder) choices = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < SHOPCAISSE_CHOICES_MAX && words->choices[i].value != NULL; i++)
    g_variant_builder_add_value(&choices,
                                build_choice(words->choices[i].value, _(words->choices[i].label)));
  return g_variant_builder_end(&choices);
}

static GVariant *
build_choices(const ShopcaisseSettingWords *words, GVariant *given)
{
  g_auto(GVariantBuilder) choices = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(given); i++) {
    g_autoptr(GVariant) choice = g_variant_get_child_value(given, i);
    const char *value = get_text(choice, "value", "");
    const char *label = find_choice_label(words, value);
    g_variant_builder_add_value(
        &choices, build_choice(value, label != NULL ? label : get_text(choice, "label", value)));
  }
  return g_variant_builder_end(&choices);
}

static void
add_choices(GVariantDict *dict, const ShopcaisseSettingWords *words, GVariant *row)
{
  g_autoptr(GVariant) given = g_variant_lookup_value(row, "choices", G_VARIANT_TYPE("aa{sv}"));
  if (given != NULL && g_variant_n_children(given) > 0)
    g_variant_dict_insert_value(dict, "choices", build_choices(words, given));
  else if (words != NULL && words->choices[0].value != NULL)
    g_variant_dict_insert_value(dict, "choices", build_own_choices(words));
}

static void
add_words(GVariantDict *dict, const ShopcaisseSettingWords *words)
{
  g_variant_dict_insert(dict, "label", "s", _(words->label));
  g_variant_dict_insert(dict, "group", "s", _(words->group));
  if (words->help != NULL)
    g_variant_dict_insert(dict, "help", "s", _(words->help));
}

/* What the engine has and this table has not: shown as it is. */
static void
add_own_words(GVariantDict *dict, GVariant *row, const char *key)
{
  g_variant_dict_insert(dict, "label", "s", get_text(row, "label", key));
  g_variant_dict_insert(dict, "group", "s", get_text(row, "group", _("Advanced")));
}

static GVariant *
label_row(GVariant *row)
{
  const char *key = get_text(row, "key", "");
  const ShopcaisseSettingWords *words = shopcaisse_setting_words_find(key);
  g_autoptr(GVariant) value = dup_value(row);
  const char *kind = words != NULL ? words->kind : get_text(row, "kind", guess_kind(value));

  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(row);
  g_variant_dict_insert(&dict, "kind", "s", kind);
  g_variant_dict_remove(&dict, "value");
  if (g_str_equal(kind, "secret"))
    g_variant_dict_insert_value(&dict, "value", hide(value));
  else if (value != NULL)
    g_variant_dict_insert_value(&dict, "value", value);
  if (words != NULL)
    add_words(&dict, words);
  else
    add_own_words(&dict, row, key);
  add_choices(&dict, words, row);
  const char *error = get_text(row, "error", "");
  g_variant_dict_remove(&dict, "error");
  if (*error != '\0')
    g_variant_dict_insert(&dict, "error", "s", shopcaisse_setting_words_find_error(error));
  return g_variant_dict_end(&dict);
}

/**
 * shopcaisse_settings_label:
 * @rows: (transfer none): the engine's setting rows, `aa{sv}`
 *
 * Adds the words for people. A row whose key is not known keeps what it has and is labelled by its
 * key. Of a secret only stays whether it is set.
 *
 * Returns: (transfer full): setting rows as [method@Comptoir.Channel.describe_settings] gives them
 */
GVariant *
shopcaisse_settings_label(GVariant *rows)
{
  g_return_val_if_fail(g_variant_is_of_type(rows, G_VARIANT_TYPE("aa{sv}")), NULL);

  g_auto(GVariantBuilder) labelled = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_variant_builder_add_value(&labelled, label_row(row));
  }
  return g_variant_ref_sink(g_variant_builder_end(&labelled));
}
