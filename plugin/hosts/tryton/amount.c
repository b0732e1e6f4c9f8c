/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decimal numbers as whole numbers of a small part. No floating point holds an amount. */

#include "amount.h"

#define BASE          10
#define EXPONENT_MAX  40
#define LONG_FRACTION 18 /* digits that an intermediate number can take */

typedef struct {
  gint64 mantissa;
  gint64 exponent; /* of ten */
  gboolean is_negative;
} Number;

static gboolean
add_digit(gint64 *value, int digit)
{
  if (*value > (G_MAXINT64 - digit) / BASE)
    return FALSE;
  *value = *value * BASE + digit;
  return TRUE;
}

/* Python writes a Decimal as "12.50", "0E-8" or "1E+2". */
static gboolean
read_exponent(const char *text, Number *number)
{
  gint64 exponent = 0;

  if (!g_ascii_string_to_signed(text[0] == '+' ? text + 1 : text, BASE, -EXPONENT_MAX, EXPONENT_MAX,
                                &exponent, NULL))
    return FALSE;
  number->exponent += exponent;
  return TRUE;
}

static gboolean
read_number(const char *text, Number *number)
{
  gboolean is_fraction = FALSE;
  guint n_digits = 0;

  *number = (Number){ .is_negative = text[0] == '-' };
  if (text[0] == '-' || text[0] == '+')
    text++;
  for (; *text != '\0'; text++) {
    if (*text == '.' && !is_fraction) {
      is_fraction = TRUE;
    } else if (*text == 'E' || *text == 'e') {
      return n_digits > 0 && read_exponent(text + 1, number);
    } else if (!g_ascii_isdigit(*text)) {
      return FALSE;
    } else {
      n_digits++;
      /* What is behind the eighteenth digit rounds nothing that a shop sells. */
      if (is_fraction && number->exponent <= -LONG_FRACTION)
        continue;
      if (!add_digit(&number->mantissa, g_ascii_digit_value(*text)))
        return FALSE;
      number->exponent -= is_fraction ? 1 : 0;
    }
  }
  return n_digits > 0;
}

/**
 * tryton_amount_divide:
 * @numerator: what is divided
 * @denominator: by what; above 0
 *
 * Divides, and rounds half away from zero.
 *
 * Returns: the quotient
 */
gint64
tryton_amount_divide(gint64 numerator, gint64 denominator)
{
  gint64 quotient = numerator / denominator;
  gint64 rest = numerator % denominator;

  if (rest >= 0)
    return rest >= denominator - rest ? quotient + 1 : quotient;
  return -rest >= denominator + rest ? quotient - 1 : quotient;
}

/**
 * tryton_amount_multiply:
 * @a: a factor
 * @b: a factor
 * @divisor: what the product is divided by; above 0
 * @product: (out): where to put it, rounded half away from zero
 *
 * Multiplies two numbers of small parts.
 *
 * Returns: %FALSE when it does not fit
 */
gboolean
tryton_amount_multiply(gint64 a, gint64 b, gint64 divisor, gint64 *product)
{
  guint64 size_a = a < 0 ? -(guint64)a : (guint64)a;
  guint64 size_b = b < 0 ? -(guint64)b : (guint64)b;
  guint64 size = 0;

  if (!g_uint64_checked_mul(&size, size_a, size_b) || size > G_MAXINT64)
    return FALSE;
  *product = tryton_amount_divide((a < 0) == (b < 0) ? (gint64)size : -(gint64)size, divisor);
  return TRUE;
}

/**
 * tryton_amount_parse:
 * @text: a decimal number
 * @digits: how many digits behind the point are kept
 * @value: (out): the number, in parts of ten to the -@digits, rounded half away from zero
 *
 * Reads a decimal number as Tryton writes it.
 *
 * Returns: %FALSE when it is none, or too large
 */
gboolean
tryton_amount_parse(const char *text, guint digits, gint64 *value)
{
  Number number = { 0 };
  gint64 scaled = 0;

  if (text == NULL || !read_number(text, &number))
    return FALSE;
  scaled = number.mantissa;
  number.exponent += digits;
  for (; number.exponent > 0 && scaled != 0; number.exponent--) {
    if (!add_digit(&scaled, 0))
      return FALSE;
  }
  if (number.exponent < -LONG_FRACTION)
    scaled = 0;
  else if (number.exponent < 0) {
    gint64 divisor = 1;

    for (; number.exponent < 0; number.exponent++)
      divisor *= BASE;
    scaled = tryton_amount_divide(scaled, divisor);
  }
  *value = number.is_negative ? -scaled : scaled;
  return TRUE;
}

/**
 * tryton_amount_format:
 * @value: a number, in parts of ten to the -@digits
 * @digits: digits behind the point
 * @min_digits: how many of them are written even if they are zeros
 *
 * Writes a number as text.
 *
 * Returns: (transfer full): the text
 */
char *
tryton_amount_format(gint64 value, guint digits, guint min_digits)
{
  g_autofree char *plain = NULL;
  GString *text = g_string_new(NULL);
  gsize length = 0;

  plain = g_strdup_printf("%0*" G_GINT64_MODIFIER "u", (int)digits + 1,
                          value < 0 ? -(guint64)value : (guint64)value);
  g_string_append(text, plain);
  length = text->len;
  if (digits > 0)
    g_string_insert_c(text, (gssize)(length - digits), '.');
  for (guint i = digits; i > min_digits && text->str[text->len - 1] == '0'; i--)
    g_string_truncate(text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate(text, text->len - 1);
  if (value < 0)
    g_string_prepend_c(text, '-');
  return g_string_free(text, FALSE);
}
