/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values as text, as fields show them: a boolean is "true" or "false". The channel has the last
 * word on each; what is no number is not even sent. */
#include "ui/model/settings.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"

#include <glib/gi18n-lib.h>

struct ShopcaissePageSettings {
  GVariant *rows;      /* (owned): aa{sv}, as described last */
  GHashTable *drafts;  /* (owned) (element-type utf8 utf8): edited, to be sent */
  GHashTable *sending; /* (owned) (element-type utf8 utf8): under way */
  GHashTable *refused; /* (owned) (element-type utf8 utf8): edited, and the channel said no */
  GHashTable *errors;  /* (owned) (element-type utf8 utf8): key -> sentence */
};

static GHashTable *
make_texts(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * shopcaisse_page_settings_new:
 *
 * Returns: (transfer full): no settings yet
 */
ShopcaissePageSettings *
shopcaisse_page_settings_new(void)
{
  ShopcaissePageSettings *self = g_new0(ShopcaissePageSettings, 1);
  self->rows = g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
  self->drafts = make_texts();
  self->sending = make_texts();
  self->refused = make_texts();
  self->errors = make_texts();
  return self;
}

/**
 * shopcaisse_page_settings_free:
 * @self: (nullable): the settings
 *
 * Releases them; what was not saved is lost.
 */
void
shopcaisse_page_settings_free(ShopcaissePageSettings *self)
{
  if (self == NULL)
    return;
  g_variant_unref(self->rows);
  g_hash_table_unref(self->drafts);
  g_hash_table_unref(self->sending);
  g_hash_table_unref(self->refused);
  g_hash_table_unref(self->errors);
  g_free(self);
}

/**
 * shopcaisse_page_settings_set_rows:
 * @self: the settings
 * @rows: (transfer none): setting rows, `aa{sv}`
 *
 * Takes what the channel describes. What is edited stays edited.
 *
 * Returns: %TRUE if something is another than before
 */
gboolean
shopcaisse_page_settings_set_rows(ShopcaissePageSettings *self, GVariant *rows)
{
  if (!g_variant_is_of_type(rows, G_VARIANT_TYPE("aa{sv}")) || g_variant_equal(self->rows, rows))
    return FALSE;
  g_variant_ref_sink(rows);
  g_variant_unref(self->rows);
  self->rows = rows;
  return TRUE;
}

/* A secret has a place of its own. */
static gboolean
is_shown(GVariant *row)
{
  return *shopcaisse_page_row_get_text(row, "key") != '\0' &&
         !g_str_equal(shopcaisse_page_row_get_text(row, "kind"), "secret");
}

/**
 * shopcaisse_page_settings_list_groups:
 * @self: the settings
 *
 * Lists the groups that have something to show.
 *
 * Returns: (transfer full): their names, in the channel's order
 */
char **
shopcaisse_page_settings_list_groups(ShopcaissePageSettings *self)
{
  g_autoptr(GPtrArray) groups = g_ptr_array_new();
  for (gsize i = 0; i < g_variant_n_children(self->rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->rows, i);
    const char *group = shopcaisse_page_row_get_text(row, "group");
    if (is_shown(row) && !g_ptr_array_find_with_equal_func(groups, group, g_str_equal, NULL))
      g_ptr_array_add(groups, (gpointer)group);
  }
  g_ptr_array_add(groups, NULL);
  return g_strdupv((char **)groups->pdata);
}

/**
 * shopcaisse_page_settings_list_keys:
 * @self: the settings
 * @group: a group
 *
 * Returns: (transfer full): the keys of its settings, in the channel's order
 */
char **
shopcaisse_page_settings_list_keys(ShopcaissePageSettings *self, const char *group)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new();
  for (gsize i = 0; i < g_variant_n_children(self->rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->rows, i);
    if (is_shown(row) && g_str_equal(shopcaisse_page_row_get_text(row, "group"), group))
      g_strv_builder_add(keys, shopcaisse_page_row_get_text(row, "key"));
  }
  return g_strv_builder_end(keys);
}

/**
 * shopcaisse_page_settings_dup_row:
 * @self: the settings
 * @key: a key
 *
 * Returns: (transfer full) (nullable): its row
 */
GVariant *
shopcaisse_page_settings_dup_row(ShopcaissePageSettings *self, const char *key)
{
  for (gsize i = 0; i < g_variant_n_children(self->rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->rows, i);
    if (g_str_equal(shopcaisse_page_row_get_text(row, "key"), key))
      return g_steal_pointer(&row);
  }
  return NULL;
}

static char *
dup_text(GVariant *value)
{
  if (value == NULL)
    return g_strdup("");
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup(g_variant_get_boolean(value) ? "true" : "false");
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32))
    return g_strdup_printf("%u", g_variant_get_uint32(value));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string(value, NULL);
  return g_strdup("");
}

/**
 * shopcaisse_page_settings_dup_value:
 * @self: the settings
 * @key: a key
 *
 * Gives what a field shows: what was edited last, else what the channel has.
 *
 * Returns: (transfer full): the value as text, "" if there is none
 */
char *
shopcaisse_page_settings_dup_value(ShopcaissePageSettings *self, const char *key)
{
  GHashTable *const edited[] = { self->drafts, self->sending, self->refused };
  for (gsize i = 0; i < G_N_ELEMENTS(edited); i++) {
    const char *value = g_hash_table_lookup(edited[i], key);
    if (value != NULL)
      return g_strdup(value);
  }
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(self, key);
  g_autoptr(GVariant) value = row != NULL ? g_variant_lookup_value(row, "value", NULL) : NULL;
  g_autoptr(GVariant) inner = value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT)
                                  ? g_variant_get_variant(value)
                                  : NULL;
  return dup_text(inner != NULL ? inner : value);
}

/**
 * shopcaisse_page_settings_dup_choice:
 * @self: the settings
 * @key: the key of a choice
 *
 * Returns: (transfer full): the label of the value; the value itself when no choice has it
 */
char *
shopcaisse_page_settings_dup_choice(ShopcaissePageSettings *self, const char *key)
{
  g_autofree char *value = shopcaisse_page_settings_dup_value(self, key);
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(self, key);
  g_autoptr(GVariant) choices = shopcaisse_page_row_dup_rows(row, "choices");
  for (gsize i = 0; i < g_variant_n_children(choices); i++) {
    g_autoptr(GVariant) choice = g_variant_get_child_value(choices, i);
    if (g_str_equal(shopcaisse_page_row_get_text(choice, "value"), value))
      return g_strdup(shopcaisse_page_row_get_text(choice, "label"));
  }
  return g_steal_pointer(&value);
}

/**
 * shopcaisse_page_settings_count_choices:
 * @self: the settings
 * @key: the key of a choice
 *
 * Returns: how many there are, "not chosen" aside
 */
guint
shopcaisse_page_settings_count_choices(ShopcaissePageSettings *self, const char *key)
{
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(self, key);
  g_autoptr(GVariant) choices = shopcaisse_page_row_dup_rows(row, "choices");
  guint n_choices = 0;
  for (gsize i = 0; i < g_variant_n_children(choices); i++) {
    g_autoptr(GVariant) choice = g_variant_get_child_value(choices, i);
    n_choices += *shopcaisse_page_row_get_text(choice, "value") != '\0' ? 1 : 0;
  }
  return n_choices;
}

/**
 * shopcaisse_page_settings_dup_error:
 * @self: the settings
 * @key: a key
 *
 * Gives what stands beside a field: why its value was not saved, else what the channel says of it.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL if all is well
 */
char *
shopcaisse_page_settings_dup_error(ShopcaissePageSettings *self, const char *key)
{
  const char *error = g_hash_table_lookup(self->errors, key);
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(self, key);
  if (error == NULL)
    error = shopcaisse_page_row_get_text(row, "error");
  return *error != '\0' ? shopcaisse_page_sentence_dup(error) : NULL;
}

/**
 * shopcaisse_page_settings_is_sending:
 * @key: a key
 *
 * Tells whether a setting says when a sale is sent and what its payments are: those stand together.
 *
 * Returns: %TRUE if so
 */
gboolean
shopcaisse_page_settings_is_sending(const char *key)
{
  return g_str_equal(key, "automatic") || g_str_equal(key, "send-when") ||
         g_str_has_prefix(key, "send-status:") || g_str_has_prefix(key, "payment:") ||
         g_str_has_prefix(key, "order-type:");
}

static gboolean
is_number(const char *text)
{
  return g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, NULL, NULL);
}

static gboolean
is_kind(ShopcaissePageSettings *self, const char *key, const char *kind)
{
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(self, key);
  return g_str_equal(shopcaisse_page_row_get_text(row, "kind"), kind);
}

/**
 * shopcaisse_page_settings_edit:
 * @self: the settings
 * @key: a key
 * @value: the new value, as text
 *
 * Takes what somebody entered. The same value as before is no change, and what is no number where
 * one is wanted stays in its field with an error.
 */
void
shopcaisse_page_settings_edit(ShopcaissePageSettings *self, const char *key, const char *value)
{
  g_autofree char *former = shopcaisse_page_settings_dup_value(self, key);
  if (g_str_equal(former, value))
    return;
  g_hash_table_remove(self->drafts, key);
  g_hash_table_remove(self->refused, key);
  g_hash_table_remove(self->errors, key);
  if (is_kind(self, key, "number") && !is_number(value)) {
    g_hash_table_insert(self->refused, g_strdup(key), g_strdup(value));
    g_hash_table_insert(self->errors, g_strdup(key), g_strdup(_("This is not a number.")));
    return;
  }
  g_autofree char *known = shopcaisse_page_settings_dup_value(self, key);
  if (!g_str_equal(known, value))
    g_hash_table_insert(self->drafts, g_strdup(key), g_strdup(value));
}

/**
 * shopcaisse_page_settings_is_dirty:
 * @self: the settings
 *
 * Returns: %TRUE if there is something to be sent
 */
gboolean
shopcaisse_page_settings_is_dirty(ShopcaissePageSettings *self)
{
  return g_hash_table_size(self->drafts) > 0;
}

static GVariant *
build_value(ShopcaissePageSettings *self, const char *key, const char *text)
{
  if (is_kind(self, key, "boolean"))
    return g_variant_new_boolean(g_str_equal(text, "true"));
  if (is_kind(self, key, "number"))
    return g_variant_new_uint32((guint32)g_ascii_strtoull(text, NULL, 10));
  return g_variant_new_string(text);
}

/**
 * shopcaisse_page_settings_begin:
 * @self: the settings
 *
 * Takes what is to be sent now. Call [func@page_settings_end] with the outcome before the next.
 *
 * Returns: (transfer floating) (nullable): an `a{sv}`, %NULL if there is nothing to send now
 */
GVariant *
shopcaisse_page_settings_begin(ShopcaissePageSettings *self)
{
  if (g_hash_table_size(self->drafts) == 0 || g_hash_table_size(self->sending) > 0)
    return NULL;
  g_autoptr(GHashTable) former = self->sending;
  self->sending = self->drafts;
  self->drafts = make_texts();

  g_auto(GVariantBuilder) change = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  g_autoptr(GList) keys = g_hash_table_get_keys(self->sending);
  keys = g_list_sort(keys, (GCompareFunc)g_strcmp0);
  for (GList *link = keys; link != NULL; link = link->next) {
    const char *text = g_hash_table_lookup(self->sending, link->data);
    g_variant_builder_add(&change, "{sv}", link->data, build_value(self, link->data, text));
  }
  return g_variant_builder_end(&change);
}

/**
 * shopcaisse_page_settings_end:
 * @self: the settings
 * @error: (nullable): why the channel did not take them
 *
 * Ends a saving. What was refused stays in its field, with the channel's sentence beside it, unless
 * it has been edited again meanwhile.
 */
void
shopcaisse_page_settings_end(ShopcaissePageSettings *self, const GError *error)
{
  g_autoptr(GHashTable) sent = self->sending;
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  self->sending = make_texts();
  g_hash_table_iter_init(&iter, sent);
  while (g_hash_table_iter_next(&iter, &key, &value)) {
    if (error == NULL || g_hash_table_contains(self->drafts, key))
      continue;
    g_hash_table_insert(self->refused, g_strdup(key), g_strdup(value));
    g_hash_table_insert(self->errors, g_strdup(key), g_strdup(error->message));
  }
}
