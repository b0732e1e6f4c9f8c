/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One order's way: when it was taken over, each try, how the kitchen and the till went on. */
#include "ui/page/order-history.h"

#include "config.h"
#include "ui/page/long-list.h"

#include <glib/gi18n-lib.h>

#define HISTORY_KEY "shopcaisse-order-history"

typedef struct {
  GtkWidget *root;    /* (not owned): this */
  GtkWidget *heading; /* (not owned) */
  GtkWidget *list;    /* (not owned) */
} History;

static const ShopcaisseLongListKind kind = {
  .list = "timeline",
  .table = SHOPCAISSE_PAGE_TABLE_TIMELINE,
  .id = "shopcaisse-timeline",
  .name = N_("History of the order"),
  .empty = N_("Nothing is known of this order."),
};

static void close_cb(History *self);

/**
 * shopcaisse_order_history_new:
 * @context: the page's
 *
 * Makes the history, closed.
 *
 * Returns: (transfer floating): the history
 */
GtkWidget *
shopcaisse_order_history_new(ShopcaissePageContext *context)
{
  History *self = g_new0(History, 1);
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = shopcaisse_part_bar_new();
  GtkWidget *close = shopcaisse_part_button_new("shopcaisse-history-close", _("_Close"));
  self->root = gtk_revealer_new();
  g_object_set_data_full(G_OBJECT(self->root), HISTORY_KEY, self, g_free);
  self->heading = shopcaisse_part_heading_new(NULL);
  self->list = shopcaisse_long_list_new(context, &kind);
  shopcaisse_toolkit_append(column, self->heading);
  shopcaisse_toolkit_append(column, self->list);
  shopcaisse_toolkit_append(bar, close);
  shopcaisse_toolkit_append(column, bar);
  gtk_revealer_set_transition_type(GTK_REVEALER(self->root), GTK_REVEALER_TRANSITION_TYPE_NONE);
  shopcaisse_toolkit_set_child(self->root, column);
  shopcaisse_part_connect(self->root, close, "clicked", G_CALLBACK(close_cb), self);
  gtk_widget_set_visible(self->root, FALSE);
  return self->root;
}

/**
 * shopcaisse_order_history_open:
 * @history: the history
 * @sale: the host's id of the sale
 * @number: what people call it, or ""
 *
 * Shows what became of an order.
 */
void
shopcaisse_order_history_open(GtkWidget *history, const char *sale, const char *number)
{
  History *self = g_object_get_data(G_OBJECT(history), HISTORY_KEY);
  /* Translators: the number of an order. */
  g_autofree char *text =
      g_strdup_printf(_("History of the order %s"), *number != '\0' ? number : sale);
  (void)shopcaisse_page_query_set(&shopcaisse_long_list_get_query(self->list)->sale, sale);
  shopcaisse_part_show_text(self->heading, text);
  shopcaisse_long_list_reload(self->list);
  gtk_widget_set_visible(history, TRUE);
  gtk_revealer_set_reveal_child(GTK_REVEALER(history), TRUE);
}

/**
 * shopcaisse_order_history_close:
 * @history: the history
 *
 * Hides it.
 */
void
shopcaisse_order_history_close(GtkWidget *history)
{
  gtk_revealer_set_reveal_child(GTK_REVEALER(history), FALSE);
  gtk_widget_set_visible(history, FALSE);
}

/**
 * shopcaisse_order_history_update:
 * @history: the history
 *
 * Reads it again, if it is open.
 */
void
shopcaisse_order_history_update(GtkWidget *history)
{
  History *self = g_object_get_data(G_OBJECT(history), HISTORY_KEY);
  if (gtk_widget_get_visible(history))
    shopcaisse_long_list_reload(self->list);
}

static void
close_cb(History *self)
{
  shopcaisse_order_history_close(self->root);
}
