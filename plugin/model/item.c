/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items of the catalogue and what is compared when they are matched: types, barcodes, references.
 * docs/PROTOCOL.md 3.5, 3.6, 3.10, 3.11. */
#include "model/item.h"

#include <string.h>

#define GTIN_LENGTH     14
#define IN_STORE_PREFIX "in-store:"

typedef struct {
  ShopcaisseItemType type;
  const char *text;
} TypeName;

static const TypeName type_names[] = {
  { SHOPCAISSE_ITEM_SIMPLE, "SIMPLE" },       { SHOPCAISSE_ITEM_PACK, "PACK" },
  { SHOPCAISSE_ITEM_MENU, "MENU" },           { SHOPCAISSE_ITEM_MODIFIER, "MODIFIER" },
  { SHOPCAISSE_ITEM_VARIATION, "VARIATION" },
};

/* Families that the till makes for itself; docs/PROTOCOL.md 6.2 (10). */
static const char *const technical_families[] = { "System family", "Pas de famille" };

/**
 * shopcaisse_item_type_parse:
 * @text: (nullable): the type as on the wire
 *
 * Reads a type.
 *
 * Returns: the type; %SHOPCAISSE_ITEM_OTHER for a word that is not known
 */
ShopcaisseItemType
shopcaisse_item_type_parse(const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS(type_names); i++) {
    if (g_strcmp0(text, type_names[i].text) == 0)
      return type_names[i].type;
  }
  return SHOPCAISSE_ITEM_OTHER;
}

/**
 * shopcaisse_item_type_to_text:
 * @type: a type
 *
 * Prints a type as the wire has it.
 *
 * Returns: (transfer none): the word; "OTHER", which is no word of the wire, for a type not known
 */
const char *
shopcaisse_item_type_to_text(ShopcaisseItemType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS(type_names); i++) {
    if (type == type_names[i].type)
      return type_names[i].text;
  }
  return "OTHER";
}

/* Text without spaces at its ends and with single ones inside; invalid bytes are replaced. */
static char *
collapse_spaces(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  GString *collapsed = g_string_new(NULL);
  gboolean is_pending = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    if (g_unichar_isspace(character)) {
      is_pending = collapsed->len > 0;
      continue;
    }
    if (is_pending)
      g_string_append_c(collapsed, ' ');
    is_pending = FALSE;
    g_string_append_unichar(collapsed, character);
  }
  return g_string_free(collapsed, FALSE);
}

/**
 * shopcaisse_family_name_is_technical:
 * @name: (nullable): a family's name
 *
 * Tells whether the family is one of the till's own, which no shop shows; docs/PROTOCOL.md 6.2
 * (10).
 *
 * Returns: %TRUE when it is
 */
gboolean
shopcaisse_family_name_is_technical(const char *name)
{
  if (name == NULL)
    return FALSE;

  g_autofree char *collapsed = collapse_spaces(name);

  for (gsize i = 0; i < G_N_ELEMENTS(technical_families); i++) {
    if (g_ascii_strcasecmp(collapsed, technical_families[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_gtin(const char *text)
{
  gsize length = strlen(text);

  if (strspn(text, "0123456789") != length)
    return FALSE;
  return length == 8 || length == 12 || length == 13 || length == 14;
}

/**
 * shopcaisse_barcode_normalise:
 * @text: (nullable): a barcode as someone typed it
 *
 * Brings a barcode into the form in which two are compared. Codes of 8, 12, 13 and 14 digits become
 * 14 digits, whatever their check digit: docs/PROTOCOL.md 6.2 (11). Codes that a shop prints for
 * itself, with a weight or a price inside (EAN-13 from 02 and 20 to 29), are set apart by a prefix.
 * Other texts are opaque: trimmed, ASCII letters in upper case.
 *
 * Returns: (transfer full) (nullable): the form to compare; %NULL for an empty text
 */
char *
shopcaisse_barcode_normalise(const char *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *code = collapse_spaces(text);

  if (code[0] == '\0')
    return NULL;
  if (!is_gtin(code))
    return g_ascii_strup(code, -1);

  char gtin[GTIN_LENGTH + 1] = "00000000000000";
  gsize length = strlen(code);

  memcpy(gtin + GTIN_LENGTH - length, code, length);
  /* Behind a leading zero stand the 13 digits of an EAN. */
  if (gtin[0] == '0' && (gtin[1] == '2' || (gtin[1] == '0' && gtin[2] == '2')))
    return g_strconcat(IN_STORE_PREFIX, gtin + 1, NULL);
  return g_strdup(gtin);
}

/**
 * shopcaisse_reference_normalise:
 * @text: (nullable): a reference as someone typed it
 *
 * Brings a reference into the form in which two are compared: single spaces, case folded.
 *
 * Returns: (transfer full) (nullable): the form to compare; %NULL for an empty text, which matches
 *   nothing
 */
char *
shopcaisse_reference_normalise(const char *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *collapsed = collapse_spaces(text);

  return collapsed[0] == '\0' ? NULL : g_utf8_casefold(collapsed, -1);
}

/**
 * shopcaisse_item_free:
 * @self: (nullable) (transfer full): an item
 *
 * Frees an item.
 */
void
shopcaisse_item_free(ShopcaisseItem *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->company_id);
  g_free(self->name);
  g_free(self->type_text);
  g_free(self->unit);
  g_free(self->reference);
  g_strfreev(self->barcodes);
  g_free(self->family_id);
  g_free(self->family_name);
  g_free(self->parent_id);
  g_free(self->description);
  g_free(self);
}

/**
 * shopcaisse_family_free:
 * @self: (nullable) (transfer full): a family
 *
 * Frees a family.
 */
void
shopcaisse_family_free(ShopcaisseFamily *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_free(self);
}

/**
 * shopcaisse_price_list_free:
 * @self: (nullable) (transfer full): a price list
 *
 * Frees a price list.
 */
void
shopcaisse_price_list_free(ShopcaissePriceList *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_free(self->store_id);
  g_free(self);
}

/**
 * shopcaisse_price_free:
 * @self: (nullable) (transfer full): a price
 *
 * Frees a price.
 */
void
shopcaisse_price_free(ShopcaissePrice *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self);
}

/**
 * shopcaisse_stock_free:
 * @self: (nullable) (transfer full): a stock
 *
 * Frees a stock.
 */
void
shopcaisse_stock_free(ShopcaisseStock *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self);
}
