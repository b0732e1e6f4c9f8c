/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>
#include <comptoir/comptoir.h>

G_BEGIN_DECLS

#define TYPE_ARTICLE_CARD (article_card_get_type())
G_DECLARE_FINAL_TYPE(ArticleCard, article_card, TILL, ARTICLE_CARD, GtkBox)

/* One article on the shelf. */
GtkWidget *article_card_new(void);
void article_card_show(ArticleCard *self, ComptoirRow *article);

G_END_DECLS
