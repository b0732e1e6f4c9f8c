/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * RowKind:
 * @ROW_ARTICLE: of list_articles
 * @ROW_SALE: of list_sales and submit_sale
 * @ROW_TAX: of list_taxes
 * @ROW_PAYMENT_METHOD: of list_payment_methods
 * @ROW_SALE_STATUS: of list_sale_statuses
 *
 * Whose keys a row is to have.
 */
typedef enum {
  ROW_ARTICLE,
  ROW_SALE,
  ROW_TAX,
  ROW_PAYMENT_METHOD,
  ROW_SALE_STATUS
} RowKind;

/**
 * RowAspect:
 * @ROW_TYPES: required keys, types, quantities, rates, times
 * @ROW_MONEY: amounts and currencies
 *
 * What to look at.
 */
typedef enum {
  ROW_TYPES,
  ROW_MONEY
} RowAspect;

char *row_find_fault(GVariant *row, RowKind kind, RowAspect aspect);
char *row_find_wrong_sum(GVariant *sale);
