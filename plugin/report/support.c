/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the support bundle together. Whoever adds to it sees to it that no customer is in what he
 * adds; that no address carries a password is seen to here. Its headings stay English: those who
 * read it speak many languages. */
#include "report/support.h"

#include <string.h>

struct ShopcaisseSupport {
  GString *text; /* (owned) */
};

/**
 * shopcaisse_support_new:
 *
 * Returns: (transfer full): an empty bundle
 */
ShopcaisseSupport *
shopcaisse_support_new(void)
{
  ShopcaisseSupport *self = g_new0(ShopcaisseSupport, 1);

  self->text = g_string_new(NULL);
  return self;
}

/**
 * shopcaisse_support_free:
 * @self: (transfer full) (nullable): the bundle
 *
 * Frees it.
 */
void
shopcaisse_support_free(ShopcaisseSupport *self)
{
  if (self == NULL)
    return;
  if (self->text != NULL)
    g_string_free(self->text, TRUE);
  g_free(self);
}

/**
 * shopcaisse_support_clean:
 * @text: a text
 *
 * Takes user and password out of every address in it.
 *
 * Returns: (transfer full): the text without them
 */
char *
shopcaisse_support_clean(const char *text)
{
  g_autoptr(GString) clean = g_string_new(NULL);
  const char *at = text;
  const char *host = NULL;

  while ((host = strstr(at, "://")) != NULL) {
    gsize length = strcspn(host + 3, "/?# \t\n\"");
    const char *end = g_strrstr_len(host + 3, (gssize)length, "@");

    g_string_append_len(clean, at, host + 3 - at);
    if (end != NULL)
      g_string_append(clean, "***");
    at = end != NULL ? end : host + 3;
  }
  g_string_append(clean, at);
  return g_string_free(g_steal_pointer(&clean), FALSE);
}

/**
 * shopcaisse_support_begin:
 * @self: the bundle
 * @heading: of what follows
 *
 * Begins a part.
 */
void
shopcaisse_support_begin(ShopcaisseSupport *self, const char *heading)
{
  if (self->text->len > 0)
    g_string_append_c(self->text, '\n');
  g_string_append_printf(self->text, "== %s\n", heading);
}

/* On one line, whatever is in it. */
static void
append_value(ShopcaisseSupport *self, const char *value)
{
  g_autofree char *clean = shopcaisse_support_clean(value);

  g_strdelimit(clean, "\r\n\t", ' ');
  g_string_append(self->text, clean);
}

/**
 * shopcaisse_support_add_line:
 * @self: the bundle
 * @name: what it is
 * @value: its value
 *
 * Adds a line.
 */
void
shopcaisse_support_add_line(ShopcaisseSupport *self, const char *name, const char *value)
{
  g_string_append_printf(self->text, "%s: ", name);
  append_value(self, value);
  g_string_append_c(self->text, '\n');
}

static char *
print_value(GVariant *value)
{
  g_autoptr(GDateTime) time = NULL;

  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string(value, NULL);
  /* A time of the journal. */
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_INT64))
    time = g_date_time_new_from_unix_utc(g_variant_get_int64(value) / G_USEC_PER_SEC);
  return time != NULL ? g_date_time_format_iso8601(time) : g_variant_print(value, FALSE);
}

static void
add_row(ShopcaisseSupport *self, GVariant *row, const char *const *keys)
{
  const char *separator = "";

  for (gsize i = 0; keys[i] != NULL; i++) {
    g_autoptr(GVariant) value = g_variant_lookup_value(row, keys[i], NULL);
    g_autofree char *text = value != NULL ? print_value(value) : NULL;

    if (text == NULL || *text == '\0')
      continue;
    g_string_append(self->text, separator);
    append_value(self, text);
    separator = " | ";
  }
  g_string_append_c(self->text, '\n');
}

/**
 * shopcaisse_support_add_rows:
 * @self: the bundle
 * @rows: aa{sv}
 * @keys: (array zero-terminated=1): what of each row, in which order
 *
 * Adds a line for each row.
 */
void
shopcaisse_support_add_rows(ShopcaisseSupport *self, GVariant *rows, const char *const *keys)
{
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    add_row(self, row, keys);
  }
}

static char *
print_setting(GVariant *row)
{
  g_autoptr(GVariant) value = g_variant_lookup_value(row, "value", NULL);
  const char *kind = "";
  const char *key = "";

  g_variant_lookup(row, "kind", "&s", &kind);
  g_variant_lookup(row, "key", "&s", &key);
  if (value == NULL)
    return g_strdup("");
  /* Somebody's address: a bundle is without customers. */
  if (g_str_equal(key, "default-customer"))
    return g_strdup(*g_variant_get_string(value, NULL) != '\0' ? "set" : "not set");
  if (!g_str_equal(kind, "secret"))
    return print_value(value);
  return g_strdup(g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) &&
                          g_variant_get_boolean(value)
                      ? "set"
                      : "not set");
}

/**
 * shopcaisse_support_add_settings:
 * @self: the bundle
 * @rows: aa{sv} as settings are described
 *
 * Adds a line for each setting; of a secret only whether it is set.
 */
void
shopcaisse_support_add_settings(ShopcaisseSupport *self, GVariant *rows)
{
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *text = print_setting(row);
    const char *key = "";

    g_variant_lookup(row, "key", "&s", &key);
    shopcaisse_support_add_line(self, key, text);
  }
}

/**
 * shopcaisse_support_add_counts:
 * @self: the bundle
 * @name: what is counted
 * @counts: a{su}: by state
 *
 * Adds a line for each state.
 */
void
shopcaisse_support_add_counts(ShopcaisseSupport *self, const char *name, GVariant *counts)
{
  GVariantIter iter;
  const char *state = NULL;
  guint32 count = 0;

  g_variant_iter_init(&iter, counts);
  while (g_variant_iter_next(&iter, "{&su}", &state, &count)) {
    g_autofree char *label = g_strdup_printf("%s, %s", name, state);
    g_autofree char *text = g_strdup_printf("%u", count);

    shopcaisse_support_add_line(self, label, text);
  }
}

/**
 * shopcaisse_support_take_text:
 * @self: the bundle; nothing is added any more
 *
 * Returns: (transfer full): all of it
 */
char *
shopcaisse_support_take_text(ShopcaisseSupport *self)
{
  GString *text = g_steal_pointer(&self->text);

  return g_string_free(text, FALSE);
}
