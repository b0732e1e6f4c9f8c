/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units of measure: Tryton's and the contract's, and how many digits a quantity has. */

#include "amount.h"
#include "catalogue-private.h"

typedef struct {
  const char *symbol;
  const char *unit;
} UnitWord;

static const UnitWord unit_words[] = {
  { "kg", "KILOGRAM" },   { "g", "GRAM" }, { "m", "METER" }, { "l", "LITER" },
  { "ml", "MILLILITER" }, { "h", "HOUR" }, { "u", "UNIT" },
};

static const char *
get_named(const GPtrArray *list, gint64 id)
{
  for (guint i = 0; i < list->len; i++) {
    const TrytonNamed *named = list->pdata[i];

    if (named->id == id)
      return named->text;
  }
  return NULL;
}

/**
 * tryton_catalogue_get_unit:
 * @self: a catalogue
 * @unit_id: a unit of measure
 *
 * Returns: the contract's word for it; one that it does not know is a piece
 */
const char *
tryton_catalogue_get_unit(TrytonCatalogue *self, gint64 unit_id)
{
  const char *symbol = get_named(self->units, unit_id);

  for (gsize i = 0; symbol != NULL && i < G_N_ELEMENTS(unit_words); i++) {
    if (g_ascii_strcasecmp(symbol, unit_words[i].symbol) == 0)
      return unit_words[i].unit;
  }
  return "UNIT";
}

/**
 * tryton_catalogue_round_quantity:
 * @self: a catalogue
 * @unit_id: a unit of measure
 * @quantity: in thousandths
 *
 * Tryton refuses more digits than a unit has.
 *
 * Returns: the quantity with those, in thousandths; never nothing instead of something
 */
gint64
tryton_catalogue_round_quantity(TrytonCatalogue *self, gint64 unit_id, gint64 quantity)
{
  gint64 step = TRYTON_PIECE;
  gint64 rounded = 0;

  for (guint i = 0; i < self->units->len; i++) {
    const TrytonNamed *unit = self->units->pdata[i];

    for (gint64 j = 0; unit->id == unit_id && j < unit->digits && step > 1; j++)
      step /= 10;
  }
  rounded = tryton_amount_divide(quantity, step) * step;
  if (rounded == 0 && quantity != 0)
    return quantity < 0 ? -step : step;
  return rounded;
}

/**
 * tryton_catalogue_find_unit:
 * @self: a catalogue
 * @unit: (nullable): the contract's word
 *
 * Returns: the oldest unit of measure that it means, a piece by default; 0 when there is none
 */
gint64
tryton_catalogue_find_unit(TrytonCatalogue *self, const char *unit)
{
  gint64 found = 0;

  for (guint i = 0; i < self->units->len; i++) {
    const TrytonNamed *named = self->units->pdata[i];
    const char *word = tryton_catalogue_get_unit(self, named->id);
    gboolean is_piece = named->text != NULL && g_ascii_strcasecmp(named->text, "u") == 0;

    if (!g_str_equal(word, unit == NULL ? "UNIT" : unit) || (found != 0 && found < named->id))
      continue;
    if (!g_str_equal(word, "UNIT") || is_piece)
      found = named->id;
  }
  return found;
}
