/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An address, as a value: read from a host's row, written as its country writes it. Nothing of it
 * is ever logged. */
#include "model/address.h"

#include "config.h"
#include "model/row.h"

typedef struct {
  const char *key;
  gsize offset; /* of a char * in ShopcaisseAddress */
} AddressField;

static const AddressField fields[] = {
  { "street", G_STRUCT_OFFSET(ShopcaisseAddress, street) },
  { "number", G_STRUCT_OFFSET(ShopcaisseAddress, number) },
  { "postal_code", G_STRUCT_OFFSET(ShopcaisseAddress, postal_code) },
  { "city", G_STRUCT_OFFSET(ShopcaisseAddress, city) },
  { "country", G_STRUCT_OFFSET(ShopcaisseAddress, country) },
  { "extra", G_STRUCT_OFFSET(ShopcaisseAddress, extra) },
};

/**
 * shopcaisse_address_read:
 * @row: a customer of a sale row
 * @key: which of the customer's addresses
 * @self: (inout): an empty address, left so when the row has none
 * @error: return location for an error
 *
 * Reads an address.
 *
 * Fails with %COMPTOIR_ERROR_INVALID naming @key and what is wrong below it.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_address_read(GVariant *row, const char *key, ShopcaisseAddress *self, GError **error)
{
  g_autoptr(GVariant) inner = NULL;

  if (!shopcaisse_row_get_row(row, key, &inner, error))
    return FALSE;
  for (gsize i = 0; inner != NULL && i < G_N_ELEMENTS(fields); i++) {
    char **text = G_STRUCT_MEMBER_P(self, fields[i].offset);

    if (!shopcaisse_row_get_text(inner, fields[i].key, SHOPCAISSE_ROW_OPTIONAL, text, error)) {
      g_prefix_error(error, "%s: ", key);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * shopcaisse_address_clear:
 * @self: an address in the caller's memory
 *
 * Frees its texts.
 */
void
shopcaisse_address_clear(ShopcaisseAddress *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    char **text = G_STRUCT_MEMBER_P(self, fields[i].offset);

    g_clear_pointer(text, g_free);
  }
}

/**
 * shopcaisse_address_copy:
 * @self: an address
 * @copy: (out caller-allocates): filled; empty before
 *
 * Duplicates one.
 */
void
shopcaisse_address_copy(const ShopcaisseAddress *self, ShopcaisseAddress *copy)
{
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    char *const *from = (char *const *)((const char *)self + fields[i].offset);
    char **to = G_STRUCT_MEMBER_P(copy, fields[i].offset);

    *to = g_strdup(*from);
  }
}

static gboolean
has_text(const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * shopcaisse_address_is_empty:
 * @self: an address
 *
 * Returns: whether it says nothing
 */
gboolean
shopcaisse_address_is_empty(const ShopcaisseAddress *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    const char *const *text = (const char *const *)((const char *)self + fields[i].offset);

    if (has_text(*text))
      return FALSE;
  }
  return TRUE;
}

/* Belgium, Germany, the Netherlands and their neighbours write it behind the street. */
static gboolean
has_number_behind(const ShopcaisseAddress *self)
{
  static const char *const countries[] = { "BE", "NL", "DE", "AT", "CH", NULL };
  g_autofree char *country = self->country != NULL ? g_ascii_strup(self->country, -1) : NULL;

  return country != NULL && g_strv_contains(countries, country);
}

/**
 * shopcaisse_address_dup_street:
 * @self: an address
 *
 * Returns: (transfer full) (nullable): street and number, in the order of the country; %NULL when
 *   neither is known
 */
char *
shopcaisse_address_dup_street(const ShopcaisseAddress *self)
{
  if (!has_text(self->number))
    return has_text(self->street) ? g_strdup(self->street) : NULL;
  if (!has_text(self->street))
    return g_strdup(self->number);
  return has_number_behind(self) ? g_strconcat(self->street, " ", self->number, NULL)
                                 : g_strconcat(self->number, " ", self->street, NULL);
}

static void
add_part(GString *line, const char *separator, const char *text)
{
  if (!has_text(text))
    return;
  if (line->len > 0)
    g_string_append(line, separator);
  g_string_append(line, text);
}

/**
 * shopcaisse_address_to_line:
 * @self: an address
 *
 * Returns: (transfer full): what is known of it, in one line
 */
char *
shopcaisse_address_to_line(const ShopcaisseAddress *self)
{
  g_autofree char *street = shopcaisse_address_dup_street(self);
  GString *line = g_string_new(NULL);

  add_part(line, ", ", street);
  add_part(line, ", ", self->extra);
  add_part(line, ", ", self->postal_code);
  add_part(line, has_text(self->postal_code) ? " " : ", ", self->city);
  add_part(line, ", ", self->country);
  return g_string_free(line, FALSE);
}
