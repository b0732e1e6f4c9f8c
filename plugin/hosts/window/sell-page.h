/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TYPE_SELL_PAGE (sell_page_get_type())
G_DECLARE_FINAL_TYPE(SellPage, sell_page, TILL, SELL_PAGE, GtkBox)

/* Articles, a basket, and how it is paid. The property "selling" is true while a sale is on its way
 * into the books; the signals "said" and "complained" have a sentence for the person, who has to
 * read the second. */
SellPage *sell_page_new(Session *session);
gboolean sell_page_is_selling(SellPage *self);
void sell_page_refresh(SellPage *self);

G_END_DECLS
