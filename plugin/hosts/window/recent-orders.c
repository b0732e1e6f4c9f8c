/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last orders below the shelf: number, amount, and a mark that moves as the kitchen does. */

#include "recent-orders.h"

#include "order-cell.h"

#include <glib/gi18n.h>

#define N_SHOWN 20

struct _RecentOrders {
  GtkBox parent_instance;

  GtkListView *view;  /* (unowned): a child */
  GListModel *orders; /* (owned) (nullable): once a channel is followed */
};

G_DEFINE_FINAL_TYPE(RecentOrders, recent_orders, GTK_TYPE_BOX)

/* Of one order on the screen; the labels belong to the item's widget. */
typedef struct {
  GtkLabel *number;
  GtkLabel *total;
  GtkLabel *mark;
} Labels;

static GtkLabel *
add_label(GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_widget_add_css_class(label, style);
  gtk_box_append(GTK_BOX(box), label);
  return GTK_LABEL(label);
}

static void
set_up_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *top = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
  Labels *labels = g_new0(Labels, 1);

  (void)factory;
  gtk_widget_add_css_class(box, "card");
  gtk_widget_add_css_class(box, "recent-order");
  gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(box), top);
  labels->number = add_label(top, "heading");
  gtk_label_set_xalign(labels->number, 0);
  gtk_widget_set_hexpand(GTK_WIDGET(labels->number), TRUE);
  labels->total = add_label(top, "numeric");
  labels->mark = add_label(box, "caption");
  gtk_widget_set_halign(GTK_WIDGET(labels->mark), GTK_ALIGN_START);
  g_object_set_data_full(G_OBJECT(item), "labels", labels, g_free);
  gtk_list_item_set_activatable(item, FALSE);
  gtk_list_item_set_child(item, box);
}

/* What the kitchen does says more than that the order was sent. */
static char *
dup_mark(ComptoirRow *order)
{
  g_autofree char *kitchen = order_cell_dup_text(order, ORDER_COLUMN_KITCHEN);

  if (*kitchen != '\0')
    return g_steal_pointer(&kitchen);
  return order_cell_dup_text(order, ORDER_COLUMN_STATE);
}

static void
show_order(GtkListItem *item)
{
  const Labels *labels = g_object_get_data(G_OBJECT(item), "labels");
  ComptoirRow *order = gtk_list_item_get_item(item);
  g_autofree char *number = order_cell_dup_text(order, ORDER_COLUMN_NUMBER);
  g_autofree char *total = order_cell_dup_text(order, ORDER_COLUMN_TOTAL);
  g_autofree char *mark = dup_mark(order);

  gtk_label_set_text(labels->number, number);
  gtk_label_set_text(labels->total, total);
  order_cell_show_mark(labels->mark, order, mark);
}

/* A row is a placeholder until its window has come. */
static void
row_changed_cb(ComptoirRow *order, GParamSpec *pspec, GtkListItem *item)
{
  (void)pspec;
  if (gtk_list_item_get_item(item) == order)
    show_order(item);
}

static void
bind_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  (void)factory;
  g_signal_connect_object(gtk_list_item_get_item(item), "notify::values",
                          G_CALLBACK(row_changed_cb), item, 0);
  show_order(item);
}

static void
unbind_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  (void)factory;
  g_signal_handlers_disconnect_by_func(gtk_list_item_get_item(item), row_changed_cb, item);
}

static void
show_or_hide_cb(RecentOrders *self)
{
  gtk_widget_set_visible(GTK_WIDGET(self), g_list_model_get_n_items(self->orders) > 0);
}

/**
 * recent_orders_follow:
 * @self: the line of orders
 * @channel: an open channel
 *
 * Shows the channel's last orders, the newest first.
 */
void
recent_orders_follow(RecentOrders *self, ComptoirChannel *channel)
{
  g_return_if_fail(self->orders == NULL);

  self->orders =
      comptoir_channel_list(channel, "orders", g_variant_new_parsed("{'sort': <'-sold_at'>}"));

  GtkSliceListModel *last = gtk_slice_list_model_new(g_object_ref(self->orders), 0, N_SHOWN);
  g_autoptr(GtkNoSelection) selection = gtk_no_selection_new(G_LIST_MODEL(last));

  gtk_list_view_set_model(self->view, GTK_SELECTION_MODEL(selection));
  g_signal_connect_object(self->orders, "items-changed", G_CALLBACK(show_or_hide_cb), self,
                          G_CONNECT_SWAPPED);
  show_or_hide_cb(self);
}

static void
recent_orders_dispose(GObject *object)
{
  g_clear_object(&TILL_RECENT_ORDERS(object)->orders);
  G_OBJECT_CLASS(recent_orders_parent_class)->dispose(object);
}

static void
recent_orders_class_init(RecentOrdersClass *class)
{
  G_OBJECT_CLASS(class)->dispose = recent_orders_dispose;
}

static GtkListView *
create_view(void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkWidget *view = gtk_list_view_new(NULL, factory);

  g_signal_connect(factory, "setup", G_CALLBACK(set_up_cb), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(bind_cb), NULL);
  g_signal_connect(factory, "unbind", G_CALLBACK(unbind_cb), NULL);
  gtk_orientable_set_orientation(GTK_ORIENTABLE(view), GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class(view, "recent-orders");
  gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 _("Last orders"), -1);
  return GTK_LIST_VIEW(view);
}

static void
recent_orders_init(RecentOrders *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new();

  self->view = create_view();
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_AUTOMATIC,
                                 GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), GTK_WIDGET(self->view));
  gtk_widget_set_hexpand(scrolled, TRUE);
  gtk_box_append(GTK_BOX(self), scrolled);
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}
