/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An article as it lies on the shelf: its family, which gives it its colour, its name, its price.
 */

#include "article-card.h"

#include "amounts.h"
#include "local-text.h"

#define N_SHADES   8 /* as in style.css */
#define SHADE_BITS 5 /* the last bits of a hash are its last letters, and many end alike */

struct _ArticleCard {
  GtkBox parent_instance;

  GtkLabel *family; /* (unowned) each: a child */
  GtkLabel *name;
  GtkLabel *price;
  char *shade; /* (owned) (nullable): the class of its colour */
};

G_DEFINE_FINAL_TYPE(ArticleCard, article_card, GTK_TYPE_BOX)

/**
 * article_card_new:
 *
 * Makes an empty card.
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
article_card_new(void)
{
  return g_object_new(TYPE_ARTICLE_CARD, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 3,
                      NULL);
}

static void
show_shade(ArticleCard *self, const char *family)
{
  if (self->shade != NULL)
    gtk_widget_remove_css_class(GTK_WIDGET(self), self->shade);
  g_free(self->shade);
  self->shade = g_strdup_printf("shade-%u", (g_str_hash(family) >> SHADE_BITS) % N_SHADES);
  gtk_widget_add_css_class(GTK_WIDGET(self), self->shade);
}

/**
 * article_card_show:
 * @self: a card
 * @article: what it shows
 *
 * Fills the card.
 */
void
article_card_show(ArticleCard *self, ComptoirRow *article)
{
  g_autofree char *name = local_text_dup_name(comptoir_row_get_values(article));
  g_autofree char *family = comptoir_row_dup_text(article, "family");
  g_autofree char *price = comptoir_row_dup_text(article, "price");
  g_autofree char *amount = NULL;
  gint64 cents = 0;

  if (price != NULL && amounts_parse_money(price, &cents))
    amount = local_text_format_amount(cents);
  gtk_label_set_text(self->family, family != NULL ? family : "");
  gtk_label_set_text(self->name, name);
  gtk_label_set_text(self->price, amount != NULL ? amount : "");
  show_shade(self, family != NULL ? family : "");
}

static void
article_card_finalize(GObject *object)
{
  g_free(TILL_ARTICLE_CARD(object)->shade);
  G_OBJECT_CLASS(article_card_parent_class)->finalize(object);
}

static void
article_card_class_init(ArticleCardClass *class)
{
  G_OBJECT_CLASS(class)->finalize = article_card_finalize;
}

static GtkLabel *
add_label(ArticleCard *self, const char *style)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class(label, style);
  gtk_box_append(GTK_BOX(self), label);
  return GTK_LABEL(label);
}

static void
article_card_init(ArticleCard *self)
{
  gtk_widget_add_css_class(GTK_WIDGET(self), "article");
  gtk_widget_add_css_class(GTK_WIDGET(self), "card");
  self->family = add_label(self, "article-family");
  self->name = add_label(self, "article-name");
  gtk_label_set_wrap(self->name, TRUE);
  gtk_label_set_wrap_mode(self->name, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines(self->name, 2);
  gtk_label_set_width_chars(self->name, 12);
  gtk_label_set_max_width_chars(self->name, 16);
  gtk_label_set_yalign(self->name, 0);
  gtk_widget_set_vexpand(GTK_WIDGET(self->name), TRUE);
  gtk_widget_set_valign(GTK_WIDGET(self->name), GTK_ALIGN_START);
  self->price = add_label(self, "article-price");
}
