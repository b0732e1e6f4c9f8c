/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

#define BASKET_QUANTITY_MAX 999

#define TYPE_BASKET_LINE (basket_line_get_type())
G_DECLARE_FINAL_TYPE(BasketLine, basket_line, BASKET, LINE, GObject)

const char *basket_line_get_name(BasketLine *self);
guint basket_line_get_quantity(BasketLine *self);
gint64 basket_line_get_price(BasketLine *self);
gint64 basket_line_get_total(BasketLine *self);

#define TYPE_BASKET (basket_get_type())
G_DECLARE_FINAL_TYPE(Basket, basket, TILL, BASKET, GObject)

/* What a customer buys; the property "total" is in cents. */
Basket *basket_new(void);
GListModel *basket_get_lines(Basket *self);
gint64 basket_get_total(Basket *self);

gboolean basket_add(Basket *self, GVariant *article, GError **error);
void basket_set_quantity(Basket *self, BasketLine *line, guint quantity);
void basket_clear(Basket *self);

GVariant *basket_build_sale(Basket *self, const char *method, GError **error);

G_END_DECLS
