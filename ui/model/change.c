/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a line of a plan would change, field by field, before and after. */
#include "ui/model/change.h"

#include "config.h"
#include "ui/format.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *word;
  const char *name;
} Word;

static const Word changes[] = {
  { "create", N_("New") }, { "update", N_("Changed") },      { "delete", N_("Removed") },
  { "link", N_("Link") },  { "ambiguous", N_("Ambiguous") }, { "unmatched", N_("No match") },
};

static const Word states[] = {
  { "planned", N_("Proposed") }, { "skipped", N_("Skipped") }, { "done", N_("Done") },
  { "failed", N_("Failed") },    { "undone", N_("Undone") },
};

/* What an article was found by, or what is another. */
static const Word reasons[] = {
  { "new", N_("New in Shopcaisse") }, { "price", N_("Another price") },
  { "stock", N_("Another stock") },   { "id", N_("Same id") },
  { "barcode", N_("Same barcode") },  { "reference", N_("Same reference") },
};

/* In the order in which they are told. */
static const Word fields[] = {
  { "name", N_("name") },        { "variant", N_("variant") }, { "reference", N_("reference") },
  { "price", N_("price") },      { "vat_rate", N_("VAT") },    { "stock", N_("stock") },
  { "barcodes", N_("barcode") }, { "family", N_("family") },
};

static char *
dup_word(const Word *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words; i++) {
    if (g_str_equal(words[i].word, word))
      return g_strdup(_(words[i].name));
  }
  return g_strdup(word);
}

/**
 * shopcaisse_page_change_dup_name:
 * @row: a line of a plan
 *
 * Returns: (transfer full): what kind of change it is, translated
 */
char *
shopcaisse_page_change_dup_name(GVariant *row)
{
  return dup_word(changes, G_N_ELEMENTS(changes), shopcaisse_page_row_get_text(row, "change"));
}

/**
 * shopcaisse_page_change_dup_state:
 * @row: a line of a plan
 *
 * Returns: (transfer full): how far it has come, translated
 */
char *
shopcaisse_page_change_dup_state(GVariant *row)
{
  return dup_word(states, G_N_ELEMENTS(states), shopcaisse_page_row_get_text(row, "state"));
}

/**
 * shopcaisse_page_change_dup_reason:
 * @row: a line of a plan
 *
 * Returns: (transfer full): why it is planned, or why it was not done, translated
 */
char *
shopcaisse_page_change_dup_reason(GVariant *row)
{
  const char *message = shopcaisse_page_row_get_text(row, "message");
  if (*message != '\0')
    return shopcaisse_page_sentence_dup(message);
  return dup_word(reasons, G_N_ELEMENTS(reasons), shopcaisse_page_row_get_text(row, "reason"));
}

static char *
dup_list(GVariant *values)
{
  g_autofree const char **texts = g_variant_get_strv(values, NULL);
  return g_strjoinv(", ", (char **)texts);
}

/* (nullable): a field as people write it. */
static char *
dup_field(GVariant *values, const char *key)
{
  g_autoptr(GVariant) value = g_variant_lookup_value(values, key, NULL);
  if (value == NULL)
    return NULL;
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY))
    return dup_list(value);
  if (!g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return NULL;
  const char *text = g_variant_get_string(value, NULL);
  if (g_str_equal(key, "price"))
    return shopcaisse_format_money(text, shopcaisse_page_row_get_text(values, "currency"));
  if (g_str_equal(key, "vat_rate"))
    return shopcaisse_format_rate(text);
  if (g_str_equal(key, "stock"))
    return shopcaisse_format_quantity(text);
  return g_strdup(text);
}

/* What is new has its name beside its fields already. */
static gboolean
is_title(GVariant *row, const char *field, const char *former)
{
  return former == NULL && g_str_equal(field, "name") &&
         g_str_equal(shopcaisse_page_row_get_text(row, "change"), "create");
}

static char *
dup_difference(const char *name, const char *before, const char *after)
{
  if (before == NULL || *before == '\0')
    /* Translators: a field and its new value, as in "price 1.70". */
    return g_strdup_printf(_("%1$s %2$s"), name, after);
  /* Translators: a field, its former and its new value, as in "price 1.50 → 1.70". */
  return g_strdup_printf(_("%1$s %2$s → %3$s"), name, before, after);
}

/**
 * shopcaisse_page_change_dup_fields:
 * @row: a line of a plan
 *
 * Returns: (transfer full): each field that changes, with its former and its new value
 */
char *
shopcaisse_page_change_dup_fields(GVariant *row)
{
  g_autoptr(GVariant) before = shopcaisse_page_row_dup_fields(row, "before");
  g_autoptr(GVariant) after = shopcaisse_page_row_dup_fields(row, "after");
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *former = dup_field(before, fields[i].word);
    g_autofree char *wanted = dup_field(after, fields[i].word);
    if (wanted == NULL || g_strcmp0(former, wanted) == 0 || is_title(row, fields[i].word, former))
      continue;
    g_autofree char *part = dup_difference(_(fields[i].name), former, wanted);
    g_strv_builder_add(parts, part);
  }
  g_auto(GStrv) texts = g_strv_builder_end(parts);
  return g_strjoinv("; ", texts);
}
