/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "basket.h"
#include "session.h"

G_BEGIN_DECLS

#define TYPE_CHECKOUT (checkout_get_type())
G_DECLARE_FINAL_TYPE(Checkout, checkout, TILL, CHECKOUT, GObject)

/* A basket and how it is paid. The property "selling" is true from the press of a button until the
 * sale is in the books or was refused by them; the signals "said" and "complained" have a sentence
 * for the person, who has to read the second. */
Checkout *checkout_new(Session *session);
Basket *checkout_get_basket(Checkout *self);
gboolean checkout_is_selling(Checkout *self);

void checkout_take(Checkout *self, GVariant *article);
void checkout_clear(Checkout *self);
void checkout_pay(Checkout *self, const char *method);

G_END_DECLS
