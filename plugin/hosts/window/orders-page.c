/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The orders, as the channel lists them; it says when one moves. */

#include "orders-page.h"

#include "order-cell.h"

#include <glib/gi18n.h>

struct _OrdersPage {
  GtkBox parent_instance;

  GtkStack *stack; /* (unowned) each: of the template */
  GtkColumnView *view;

  GListModel *orders; /* (owned) */
};

G_DEFINE_FINAL_TYPE(OrdersPage, orders_page, GTK_TYPE_BOX)

typedef struct {
  const char *title; /* to be translated */
  OrderColumn column;
  gboolean is_wide;
} Column;

static const Column columns[] = {
  { .title = N_("Number"), .column = ORDER_COLUMN_NUMBER },
  { .title = N_("Sold"), .column = ORDER_COLUMN_SOLD },
  { .title = N_("Total"), .column = ORDER_COLUMN_TOTAL },
  { .title = N_("Order"), .column = ORDER_COLUMN_STATE },
  { .title = N_("Kitchen"), .column = ORDER_COLUMN_KITCHEN },
  { .title = N_("Till"), .column = ORDER_COLUMN_TILL },
  { .title = N_("Note"), .column = ORDER_COLUMN_NOTE, .is_wide = TRUE },
};

static void
set_up_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column *column = data;
  GtkWidget *label = gtk_label_new(NULL);
  gboolean is_amount = column->column == ORDER_COLUMN_TOTAL;

  (void)factory;
  gtk_label_set_xalign(GTK_LABEL(label), is_amount ? 1 : 0);
  gtk_widget_set_halign(label, is_amount ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_label_set_ellipsize(GTK_LABEL(label),
                          column->is_wide ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (is_amount)
    gtk_widget_add_css_class(label, "numeric");
  gtk_list_item_set_child(item, label);
}

static void
show_cell(GtkListItem *item, const Column *column)
{
  ComptoirRow *order = gtk_list_item_get_item(item);
  g_autofree char *text = order_cell_dup_text(order, column->column);
  GtkWidget *label = gtk_list_item_get_child(item);

  if (column->column == ORDER_COLUMN_STATE)
    order_cell_show_mark(GTK_LABEL(label), order, text);
  else
    gtk_label_set_text(GTK_LABEL(label), text);
  gtk_widget_set_tooltip_text(label, column->is_wide ? text : NULL);
}

/* A row is a placeholder until its window has come. */
static void
row_changed_cb(ComptoirRow *row, GParamSpec *pspec, GtkListItem *item)
{
  (void)pspec;
  if (gtk_list_item_get_item(item) == row)
    show_cell(item, g_object_get_data(G_OBJECT(item), "column"));
}

static void
bind_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  (void)factory;
  g_object_set_data(G_OBJECT(item), "column", column);
  g_signal_connect_object(gtk_list_item_get_item(item), "notify::values",
                          G_CALLBACK(row_changed_cb), item, 0);
  show_cell(item, column);
}

static void
unbind_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  (void)factory;
  (void)column;
  g_signal_handlers_disconnect_by_func(gtk_list_item_get_item(item), row_changed_cb, item);
}

static void
add_column(OrdersPage *self, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_autoptr(GtkColumnViewColumn) view_column =
      gtk_column_view_column_new(_(column->title), factory);

  g_signal_connect(factory, "setup", G_CALLBACK(set_up_cb), (gpointer)column);
  g_signal_connect(factory, "bind", G_CALLBACK(bind_cb), (gpointer)column);
  g_signal_connect(factory, "unbind", G_CALLBACK(unbind_cb), (gpointer)column);
  gtk_column_view_column_set_expand(view_column, column->is_wide);
  gtk_column_view_column_set_resizable(view_column, TRUE);
  gtk_column_view_append_column(self->view, view_column);
}

static void
show_orders(OrdersPage *self)
{
  guint n_orders = g_list_model_get_n_items(self->orders);

  gtk_stack_set_visible_child_name(self->stack, n_orders > 0 ? "orders" : "empty");
}

/**
 * orders_page_new:
 * @channel: an open channel
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
OrdersPage *
orders_page_new(ComptoirChannel *channel)
{
  OrdersPage *self = g_object_new(TYPE_ORDERS_PAGE, NULL);

  self->orders =
      comptoir_channel_list(channel, "orders", g_variant_new_parsed("{'sort': <'-sold_at'>}"));

  g_autoptr(GtkNoSelection) selection = gtk_no_selection_new(g_object_ref(self->orders));

  gtk_column_view_set_model(self->view, GTK_SELECTION_MODEL(selection));
  g_signal_connect_object(self->orders, "items-changed", G_CALLBACK(show_orders), self,
                          G_CONNECT_SWAPPED);
  show_orders(self);
  return self;
}

static void
orders_page_dispose(GObject *object)
{
  OrdersPage *self = TILL_ORDERS_PAGE(object);

  gtk_widget_dispose_template(GTK_WIDGET(self), TYPE_ORDERS_PAGE);
  g_clear_object(&self->orders);
  G_OBJECT_CLASS(orders_page_parent_class)->dispose(object);
}

static void
orders_page_class_init(OrdersPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = orders_page_dispose;
  gtk_widget_class_set_template_from_resource(widget_class, "/org/comptoir/till/orders-page.ui");
  gtk_widget_class_bind_template_child(widget_class, OrdersPage, stack);
  gtk_widget_class_bind_template_child(widget_class, OrdersPage, view);
}

static void
orders_page_init(OrdersPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
    add_column(self, &columns[i]);
}
