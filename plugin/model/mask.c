/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds a person in texts that others wrote: whole words, in either case, a telephone number in
 * each way of writing it. What it finds becomes an ellipsis, the rest of the text stays. */
#include "model/mask.h"

#include "model/client-match.h"

#define ELLIPSIS        "\342\200\246"
#define LENGTH_MIN      3 /* characters: shorter ones stand in everything */
#define PHONE_SEPARATOR "[ ./()\\-]*"
#define PHONE_PREFIX    "(?:(?:\\+|00)[0-9]{1,3}" PHONE_SEPARATOR ")?(?:\\(?0\\)?" PHONE_SEPARATOR ")?"

struct ShopcaisseMask {
  GPtrArray *patterns; /* (owned) (element-type utf8): each finds one thing */
  GRegex *in_text;     /* (owned) (nullable): of all patterns, until one is added */
  GRegex *in_bytes;    /* (owned) (nullable) */
};

/**
 * shopcaisse_mask_new:
 *
 * Makes one that finds nothing.
 *
 * Returns: (transfer full): the mask
 */
ShopcaisseMask *
shopcaisse_mask_new(void)
{
  ShopcaisseMask *self = g_new0(ShopcaisseMask, 1);

  self->patterns = g_ptr_array_new_with_free_func(g_free);
  return self;
}

/**
 * shopcaisse_mask_copy:
 * @self: a mask
 *
 * Duplicates it.
 *
 * Returns: (transfer full): one that finds the same
 */
ShopcaisseMask *
shopcaisse_mask_copy(const ShopcaisseMask *self)
{
  ShopcaisseMask *copy = shopcaisse_mask_new();

  for (guint i = 0; i < self->patterns->len; i++)
    g_ptr_array_add(copy->patterns, g_strdup(self->patterns->pdata[i]));
  return copy;
}

static void
forget_regexes(ShopcaisseMask *self)
{
  g_clear_pointer(&self->in_text, g_regex_unref);
  g_clear_pointer(&self->in_bytes, g_regex_unref);
}

/**
 * shopcaisse_mask_free:
 * @self: (transfer full) (nullable): the mask
 *
 * Frees it.
 */
void
shopcaisse_mask_free(ShopcaisseMask *self)
{
  if (self == NULL)
    return;
  forget_regexes(self);
  g_ptr_array_unref(self->patterns);
  g_free(self);
}

static void
add_pattern(ShopcaisseMask *self, char *pattern)
{
  g_autofree char *owned = pattern;

  if (g_ptr_array_find_with_equal_func(self->patterns, pattern, g_str_equal, NULL))
    return;
  g_ptr_array_add(self->patterns, g_steal_pointer(&owned));
  forget_regexes(self);
}

static void
add_phone(ShopcaisseMask *self, const char *digits)
{
  GString *pattern = g_string_new(PHONE_PREFIX);

  for (const char *at = digits; *at != '\0'; at++) {
    if (at != digits)
      g_string_append(pattern, PHONE_SEPARATOR);
    g_string_append_c(pattern, *at);
  }
  add_pattern(self, g_string_free(pattern, FALSE));
}

/**
 * shopcaisse_mask_add:
 * @self: the mask
 * @text: (nullable): what to find
 *
 * Finds @text as a whole from now on; a telephone number however it is written.
 */
void
shopcaisse_mask_add(ShopcaisseMask *self, const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip(g_strdup(text)) : NULL;
  g_autofree char *digits = shopcaisse_phone_dup_digits(stripped);

  if (stripped == NULL || g_utf8_strlen(stripped, -1) < LENGTH_MIN)
    return;
  if (digits != NULL)
    add_phone(self, digits);
  else
    add_pattern(self, g_regex_escape_string(stripped, -1));
}

/**
 * shopcaisse_mask_add_name:
 * @self: the mask
 * @name: (nullable): a name of several words
 *
 * Finds it as a whole, and each of its words, from now on.
 */
void
shopcaisse_mask_add_name(ShopcaisseMask *self, const char *name)
{
  g_auto(GStrv) words = NULL;

  if (name == NULL)
    return;
  shopcaisse_mask_add(self, name);
  words = g_strsplit_set(name, " \t,;'-", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    shopcaisse_mask_add(self, words[i]);
}

/* Street and door; a town is nobody. */
static void
add_address(ShopcaisseMask *self, const ShopcaisseAddress *address)
{
  g_autofree char *street = shopcaisse_address_dup_street(address);

  shopcaisse_mask_add(self, street);
  shopcaisse_mask_add(self, address->street);
  shopcaisse_mask_add(self, address->extra);
}

/**
 * shopcaisse_mask_add_customer:
 * @self: the mask
 * @customer: somebody
 *
 * Finds everything of @customer from now on; not the id, which says nothing by itself.
 */
void
shopcaisse_mask_add_customer(ShopcaisseMask *self, const ShopcaisseCustomer *customer)
{
  shopcaisse_mask_add(self, customer->email);
  shopcaisse_mask_add(self, customer->phone);
  shopcaisse_mask_add(self, customer->company);
  shopcaisse_mask_add_name(self, customer->name);
  add_address(self, &customer->billing);
  add_address(self, &customer->delivery);
}

/**
 * shopcaisse_mask_add_row:
 * @self: the mask
 * @row: (nullable): what a host says of a customer, whatever its keys
 *
 * Finds each text in @row from now on.
 */
void
shopcaisse_mask_add_row(ShopcaisseMask *self, GVariant *row)
{
  GVariantIter iter;
  GVariant *child = NULL;

  if (row == NULL)
    return;
  if (g_variant_is_of_type(row, G_VARIANT_TYPE_STRING)) {
    shopcaisse_mask_add(self, g_variant_get_string(row, NULL));
    return;
  }
  if (!g_variant_is_container(row))
    return;
  if (g_variant_is_of_type(row, G_VARIANT_TYPE("{sv}"))) {
    g_autoptr(GVariant) value = g_variant_get_child_value(row, 1);

    shopcaisse_mask_add_row(self, value);
    return;
  }
  g_variant_iter_init(&iter, row);
  while ((child = g_variant_iter_next_value(&iter)) != NULL) {
    shopcaisse_mask_add_row(self, child);
    g_variant_unref(child);
  }
}

/**
 * shopcaisse_mask_is_empty:
 * @self: the mask
 *
 * Returns: whether it finds nothing, wherever it looks
 */
gboolean
shopcaisse_mask_is_empty(const ShopcaisseMask *self)
{
  return self->patterns->len == 0;
}

/* The longest first: of "Zoé" and "Zoé Roux" the whole name is taken. */
static int
compare_length(gconstpointer a, gconstpointer b)
{
  const char *const *first = a;
  const char *const *second = b;

  return (int)g_utf8_strlen(*second, -1) - (int)g_utf8_strlen(*first, -1);
}

static char *
join_patterns(ShopcaisseMask *self)
{
  GString *all = g_string_new("(?:");

  g_ptr_array_sort(self->patterns, compare_length);
  for (guint i = 0; i < self->patterns->len; i++)
    g_string_append_printf(all, "%s%s", i > 0 ? "|" : "", (char *)self->patterns->pdata[i]);
  g_string_append_c(all, ')');
  return g_string_free(all, FALSE);
}

/* Each pattern is escaped or our own, so none of it is refused. */
static GRegex *
get_text_regex(ShopcaisseMask *self)
{
  if (self->in_text == NULL) {
    g_autofree char *all = join_patterns(self);
    g_autofree char *bounded = g_strconcat("(?<![\\p{L}\\p{N}])", all, "(?![\\p{L}\\p{N}])", NULL);

    self->in_text = g_regex_new(bounded, G_REGEX_CASELESS, 0, NULL);
  }
  return self->in_text;
}

static GRegex *
get_byte_regex(ShopcaisseMask *self)
{
  if (self->in_bytes == NULL) {
    g_autofree char *all = join_patterns(self);

    self->in_bytes = g_regex_new(all, G_REGEX_RAW | G_REGEX_CASELESS, 0, NULL);
  }
  return self->in_bytes;
}

/**
 * shopcaisse_mask_apply:
 * @self: the mask
 * @text: (nullable): a text that somebody wrote
 *
 * Takes what the mask finds out of a text.
 *
 * Returns: (transfer full) (nullable): the text with an ellipsis in each place; %NULL when it holds
 *   nothing of it
 */
char *
shopcaisse_mask_apply(ShopcaisseMask *self, const char *text)
{
  GRegex *regex = NULL;

  if (text == NULL || *text == '\0' || shopcaisse_mask_is_empty(self))
    return NULL;
  regex = get_text_regex(self);
  if (regex == NULL || !g_regex_match(regex, text, 0, NULL))
    return NULL;
  return g_regex_replace_literal(regex, text, -1, 0, ELLIPSIS, 0, NULL);
}

/**
 * shopcaisse_mask_is_in:
 * @self: the mask
 * @bytes: (array length=size): part of a file
 * @size: how many
 *
 * Returns: whether something that the mask finds is in it, as UTF-8
 */
gboolean
shopcaisse_mask_is_in(ShopcaisseMask *self, gconstpointer bytes, gsize size)
{
  GRegex *regex = shopcaisse_mask_is_empty(self) ? NULL : get_byte_regex(self);

  return regex != NULL && g_regex_match_full(regex, bytes, (gssize)size, 0, 0, NULL, NULL);
}

static GVariant *mask_value(ShopcaisseMask *self, const char *key, GVariant *value);

static GVariant *
mask_dictionary(ShopcaisseMask *self, GVariant *row)
{
  g_auto(GVariantBuilder) masked = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  g_variant_iter_init(&iter, row);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    g_autoptr(GVariant) owned = value;

    g_variant_builder_add(&masked, "{sv}", key, mask_value(self, key, owned));
  }
  return g_variant_builder_end(&masked);
}

static GVariant *
mask_rows(ShopcaisseMask *self, GVariant *rows)
{
  g_auto(GVariantBuilder) masked = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_variant_builder_add_value(&masked, mask_dictionary(self, row));
  }
  return g_variant_builder_end(&masked);
}

static GVariant *
mask_value(ShopcaisseMask *self, const char *key, GVariant *value)
{
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_VARDICT))
    return mask_dictionary(self, value);
  if (g_variant_is_of_type(value, G_VARIANT_TYPE("aa{sv}")))
    return mask_rows(self, value);
  if (g_str_equal(key, "note") && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING)) {
    g_autofree char *text = shopcaisse_mask_apply(self, g_variant_get_string(value, NULL));

    if (text != NULL)
      return g_variant_new_string(text);
  }
  return value;
}

/**
 * shopcaisse_mask_apply_notes:
 * @self: the mask
 * @row: a row of the contract
 *
 * Takes what the mask finds out of the notes of a sale and of its lines: "for Zoé, no nuts" stays a
 * warning.
 *
 * Returns: (transfer full): the row; equal to @row when nothing was found
 */
GVariant *
shopcaisse_mask_apply_notes(ShopcaisseMask *self, GVariant *row)
{
  return g_variant_ref_sink(mask_dictionary(self, row));
}
