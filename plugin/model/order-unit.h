/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/money.h"

G_BEGIN_DECLS

/* The unit of money in orders is not known for sure: docs/PROTOCOL.md 3.12. A form is a way to
 * write amounts, a reading a way to understand the echo. */
typedef enum {
  SHOPCAISSE_FORM_UNKNOWN,
  SHOPCAISSE_FORM_DECIMAL,        /* decimal euros, no decimalDigits */
  SHOPCAISSE_FORM_DECIMAL_DIGITS, /* decimal euros and decimalDigits 2 */
  SHOPCAISSE_FORM_MINOR           /* integer cents and decimalDigits 2 */
} ShopcaisseForm;

typedef enum {
  SHOPCAISSE_READING_UNKNOWN,
  SHOPCAISSE_READING_DECIMAL, /* the echo is in decimal euros */
  SHOPCAISSE_READING_MINOR    /* the echo is an integer, to divide by ten to the decimalDigits */
} ShopcaisseReading;

typedef struct {
  ShopcaisseForm form;
  ShopcaisseReading reading;
} ShopcaisseUnit;

/* A number as the wire had it, in millionths of whatever unit that is. */
typedef gint64 ShopcaisseWireAmount;

gboolean shopcaisse_wire_amount_read(ShopcaisseWireAmount amount,
                                     int decimal_digits,
                                     ShopcaisseReading reading,
                                     gint64 *minor);

const char *shopcaisse_form_to_text(ShopcaisseForm form);
ShopcaisseForm shopcaisse_form_parse(const char *text);
const char *shopcaisse_reading_to_text(ShopcaisseReading reading);
ShopcaisseReading shopcaisse_reading_parse(const char *text);

G_END_DECLS
