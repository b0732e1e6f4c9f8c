/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A line of the basket: the article, what one costs, how many, what they cost. */

#include "basket-row.h"

#include "local-text.h"

#include <glib/gi18n.h>

typedef struct {
  Basket *basket;   /* (owned) */
  BasketLine *line; /* (owned) */
  GtkSpinButton *spin;
  GtkLabel *total;
} Row;

static void
free_row(gpointer data)
{
  Row *row = data;

  g_object_unref(row->basket);
  g_object_unref(row->line);
  g_free(row);
}

/* 0 takes the line away. */
static void
quantity_typed_cb(GtkSpinButton *spin, gpointer data)
{
  Row *row = data;
  guint quantity = (guint)gtk_spin_button_get_value_as_int(spin);

  if (quantity != basket_line_get_quantity(row->line))
    basket_set_quantity(row->basket, row->line, quantity);
}

static void
show_row(Row *row)
{
  g_autofree char *total = local_text_format_amount(basket_line_get_total(row->line));

  gtk_label_set_text(row->total, total);
  gtk_spin_button_set_value(row->spin, basket_line_get_quantity(row->line));
}

static void
quantity_changed_cb(GtkWidget *box)
{
  show_row(g_object_get_data(G_OBJECT(box), "row"));
}

static GtkWidget *
create_name(BasketLine *line)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new(basket_line_get_name(line));
  g_autofree char *price_text = local_text_format_amount(basket_line_get_price(line));
  GtkWidget *price = gtk_label_new(price_text);

  gtk_label_set_xalign(GTK_LABEL(name), 0);
  gtk_label_set_ellipsize(GTK_LABEL(name), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap(GTK_LABEL(name), TRUE);
  gtk_label_set_lines(GTK_LABEL(name), 2);
  gtk_widget_set_tooltip_text(name, basket_line_get_name(line));
  gtk_label_set_xalign(GTK_LABEL(price), 0);
  gtk_widget_add_css_class(price, "dim-label");
  gtk_widget_add_css_class(price, "caption");
  gtk_widget_add_css_class(price, "numeric");
  gtk_widget_set_hexpand(box, TRUE);
  gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(box), name);
  gtk_box_append(GTK_BOX(box), price);
  return box;
}

static GtkWidget *
create_spin(BasketLine *line)
{
  GtkWidget *spin = gtk_spin_button_new_with_range(0, BASKET_QUANTITY_MAX, 1);
  /* Translators: the field says how many of this article are sold. */
  g_autofree char *label = g_strdup_printf(_("Quantity of %s"), basket_line_get_name(line));

  gtk_editable_set_width_chars(GTK_EDITABLE(spin), 2);
  gtk_editable_set_max_width_chars(GTK_EDITABLE(spin), 3);
  gtk_widget_set_valign(spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property(GTK_ACCESSIBLE(spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return spin;
}

static GtkWidget *
create_total(void)
{
  GtkWidget *total = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(total), 1);
  gtk_label_set_width_chars(GTK_LABEL(total), 8);
  gtk_widget_add_css_class(total, "numeric");
  return total;
}

/**
 * basket_row_new:
 * @basket: the basket
 * @line: a line of it
 *
 * Makes what shows a line and changes its quantity.
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *
basket_row_new(Basket *basket, BasketLine *line)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
  Row *row = g_new0(Row, 1);

  row->basket = g_object_ref(basket);
  row->line = g_object_ref(line);
  row->spin = GTK_SPIN_BUTTON(create_spin(line));
  row->total = GTK_LABEL(create_total());
  g_object_set_data_full(G_OBJECT(box), "row", row, free_row);
  gtk_widget_add_css_class(box, "basket-line");
  gtk_box_append(GTK_BOX(box), create_name(line));
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(row->spin));
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(row->total));
  show_row(row);
  g_signal_connect_object(line, "notify::quantity", G_CALLBACK(quantity_changed_cb), box,
                          G_CONNECT_SWAPPED);
  g_signal_connect(row->spin, "value-changed", G_CALLBACK(quantity_typed_cb), row);
  return box;
}
