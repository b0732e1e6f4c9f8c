/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In which unit the amounts of an order are, and how many cents a number of an answer is.
 * docs/PROTOCOL.md 3.12. */
#include "model/order-unit.h"

#define WIRE_MILLIONTHS        G_GINT64_CONSTANT(1000000)
#define MAX_DECIMAL_DIGITS     9
#define WIRE_UNITS_IN_ONE_CENT (WIRE_MILLIONTHS / 100)

static const char *const form_texts[] = {
  [SHOPCAISSE_FORM_UNKNOWN] = "unknown",
  [SHOPCAISSE_FORM_DECIMAL] = "decimal",
  [SHOPCAISSE_FORM_DECIMAL_DIGITS] = "decimal-digits",
  [SHOPCAISSE_FORM_MINOR] = "minor",
};

static const char *const reading_texts[] = {
  [SHOPCAISSE_READING_UNKNOWN] = "unknown",
  [SHOPCAISSE_READING_DECIMAL] = "decimal",
  [SHOPCAISSE_READING_MINOR] = "minor",
};

/**
 * shopcaisse_wire_amount_read:
 * @amount: a number of an answer, in millionths
 * @decimal_digits: the answer's decimalDigits; -1 when it has none
 * @reading: how numbers are to be understood
 * @minor: (out): cents
 *
 * Understands a number of an order's answer; docs/PROTOCOL.md 3.12. Nothing is rounded: what is not
 * whole cents is not an amount.
 *
 * Returns: %FALSE when the number is not whole cents in that reading; @minor is untouched then
 */
gboolean
shopcaisse_wire_amount_read(ShopcaisseWireAmount amount,
                            int decimal_digits,
                            ShopcaisseReading reading,
                            gint64 *minor)
{
  g_return_val_if_fail(minor != NULL, FALSE);

  gint64 one_cent = WIRE_UNITS_IN_ONE_CENT;

  if (reading == SHOPCAISSE_READING_UNKNOWN)
    return FALSE;
  if (reading == SHOPCAISSE_READING_MINOR) {
    if (decimal_digits < 0 || decimal_digits > MAX_DECIMAL_DIGITS)
      return FALSE;
    for (int i = 0; i < decimal_digits; i++)
      one_cent *= 10;
  }
  if (amount % one_cent != 0)
    return FALSE;

  gint64 value = amount / one_cent;

  if (value > SHOPCAISSE_MONEY_MAX_MINOR || value < -SHOPCAISSE_MONEY_MAX_MINOR)
    return FALSE;
  *minor = value;
  return TRUE;
}

/**
 * shopcaisse_form_to_text:
 * @form: a form
 *
 * Names a form, for the database and for people who look into it.
 *
 * Returns: (transfer none): the name
 */
const char *
shopcaisse_form_to_text(ShopcaisseForm form)
{
  g_return_val_if_fail((gsize)form < G_N_ELEMENTS(form_texts), form_texts[0]);
  return form_texts[form];
}

/**
 * shopcaisse_form_parse:
 * @text: (nullable): a name of [func@Shopcaisse.form_to_text]
 *
 * Finds a form by its name.
 *
 * Returns: the form; %SHOPCAISSE_FORM_UNKNOWN for any other text
 */
ShopcaisseForm
shopcaisse_form_parse(const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS(form_texts); i++) {
    if (g_strcmp0(text, form_texts[i]) == 0)
      return (ShopcaisseForm)i;
  }
  return SHOPCAISSE_FORM_UNKNOWN;
}

/**
 * shopcaisse_reading_to_text:
 * @reading: a reading
 *
 * Names a reading, for the database and for people who look into it.
 *
 * Returns: (transfer none): the name
 */
const char *
shopcaisse_reading_to_text(ShopcaisseReading reading)
{
  g_return_val_if_fail((gsize)reading < G_N_ELEMENTS(reading_texts), reading_texts[0]);
  return reading_texts[reading];
}

/**
 * shopcaisse_reading_parse:
 * @text: (nullable): a name of [func@Shopcaisse.reading_to_text]
 *
 * Finds a reading by its name.
 *
 * Returns: the reading; %SHOPCAISSE_READING_UNKNOWN for any other text
 */
ShopcaisseReading
shopcaisse_reading_parse(const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS(reading_texts); i++) {
    if (g_strcmp0(text, reading_texts[i]) == 0)
      return (ShopcaisseReading)i;
  }
  return SHOPCAISSE_READING_UNKNOWN;
}
