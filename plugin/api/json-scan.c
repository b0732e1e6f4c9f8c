/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A look over a JSON text before memory is spent on it: depth, count, exponents. The parser's own
 * limit of depth is 2048, and it reads 1e-999 as 0 without a word. */
#include "api/json-scan.h"

#define MAX_EXPONENT_DIGITS 2

typedef struct {
  const char *data;
  gsize size;
  gsize at;
  guint depth;
  guint n_values;
} Scan;

/* Stands on the opening quote; ends on the closing one or behind the text. */
static void
skip_string(Scan *scan)
{
  for (scan->at++; scan->at < scan->size && scan->data[scan->at] != '"'; scan->at++) {
    if (scan->data[scan->at] == '\\')
      scan->at++;
  }
}

/* Stands on an "e"; only one that follows a digit is an exponent, as in 1.5e3. */
static gboolean
has_long_exponent(const Scan *scan)
{
  gsize at = scan->at + 1;
  guint n_digits = 0;

  if (scan->at == 0 || !g_ascii_isdigit(scan->data[scan->at - 1]))
    return FALSE;
  if (at < scan->size && (scan->data[at] == '+' || scan->data[at] == '-'))
    at++;
  for (; at < scan->size && g_ascii_isdigit(scan->data[at]); at++)
    n_digits++;
  return n_digits > MAX_EXPONENT_DIGITS;
}

/**
 * shopcaisse_json_scan:
 * @data: a text that may be JSON
 * @size: its length in bytes
 * @max_depth: how deep objects and arrays may be nested
 * @max_values: how many values there may be
 *
 * Looks for what must not reach the parser. What is not JSON at all is left to the parser.
 *
 * Returns: (transfer none) (nullable): what is wrong, or %NULL
 */
const char *
shopcaisse_json_scan(const char *data, gsize size, guint max_depth, guint max_values)
{
  Scan scan = { .data = data, .size = size };

  for (; scan.at < size; scan.at++) {
    switch (data[scan.at]) {
    case '"':
      skip_string(&scan);
      break;
    case '[':
    case '{':
      scan.depth++;
      scan.n_values++;
      break;
    case ']':
    case '}':
      scan.depth -= scan.depth > 0;
      break;
    case ',':
      scan.n_values++;
      break;
    case 'e':
    case 'E':
      if (has_long_exponent(&scan))
        return "a number is out of range";
      break;
    default:
      break;
    }
    if (scan.depth > max_depth)
      return "it is nested too deeply";
    if (scan.n_values > max_values)
      return "it holds too many values";
  }
  return NULL;
}
