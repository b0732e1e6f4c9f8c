/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>
#include <comptoir/comptoir.h>

G_BEGIN_DECLS

/**
 * OrderColumn:
 * @ORDER_COLUMN_NUMBER: what people call the sale
 * @ORDER_COLUMN_SOLD: when
 * @ORDER_COLUMN_TOTAL: what it cost
 * @ORDER_COLUMN_STATE: how far it is on its way, as a mark
 * @ORDER_COLUMN_KITCHEN: how far the kitchen is
 * @ORDER_COLUMN_TILL: whether the till has it in its books
 * @ORDER_COLUMN_NOTE: why it is held
 *
 * What is told of an order.
 */
typedef enum {
  ORDER_COLUMN_NUMBER,
  ORDER_COLUMN_SOLD,
  ORDER_COLUMN_TOTAL,
  ORDER_COLUMN_STATE,
  ORDER_COLUMN_KITCHEN,
  ORDER_COLUMN_TILL,
  ORDER_COLUMN_NOTE
} OrderColumn;

char *order_cell_dup_text(ComptoirRow *order, OrderColumn column);
void order_cell_show_mark(GtkLabel *label, ComptoirRow *order, const char *text);

G_END_DECLS
