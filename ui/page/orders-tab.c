/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The orders: how far the kitchen and the till have come, why one is held, sending and cancelling.
 */
#include "config.h"
#include "ui/list-view.h"
#include "ui/model/actions.h"
#include "ui/model/row.h"
#include "ui/page/filter-bar.h"
#include "ui/page/long-list.h"
#include "ui/page/order-history.h"
#include "ui/page/question.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY "shopcaisse-orders-tab"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *filters;             /* (not owned) */
  GtkWidget *list;                /* (not owned) */
  GtkWidget *details;             /* (not owned) */
  GtkWidget *send;                /* (not owned) */
  GtkWidget *cancel;              /* (not owned) */
  GtkWidget *send_all;            /* (not owned) */
  GtkWidget *open_history;        /* (not owned) */
  GtkWidget *history;             /* (not owned) */
  GtkWidget *send_line;           /* (not owned): of the selected order */
  GtkWidget *all_line;            /* (not owned) */
  GtkWidget *cancel_line;         /* (not owned) */
  char *asked;                    /* (owned) (nullable): the sale that the question is about */
} OrdersTab;

static const ShopcaisseFilter filters[] = {
  { "", N_("All") },      { "held", N_("Held") },        { "waiting", N_("Waiting") },
  { "sent", N_("Sent") }, { "parked", N_("Set aside") }, { "cancelled", N_("Cancelled") },
};

static const ShopcaisseLongListKind orders_kind = {
  .list = "orders",
  .table = SHOPCAISSE_PAGE_TABLE_ORDERS,
  .id = "shopcaisse-orders",
  .name = N_("Orders"),
  .empty = N_("There is no order here."),
  .search = N_("Search by number"),
};

static void select_cb(gpointer user_data);
static void send_cb(OrdersTab *self);
static void send_all_cb(OrdersTab *self);
static void cancel_cb(OrdersTab *self);
static void history_cb(OrdersTab *self);
static void cancel_agreed_cb(gpointer user_data);
static void filter_cb(gpointer user_data, const char *state);

static void
free_tab(gpointer data)
{
  OrdersTab *self = data;
  g_free(self->asked);
  g_free(self);
}

static GtkWidget *
append_button(OrdersTab *self, GtkWidget *bar, const char *id, const char *label, GCallback clicked)
{
  GtkWidget *button = shopcaisse_part_button_new(id, label);
  shopcaisse_toolkit_append(bar, button);
  shopcaisse_part_connect(self->root, button, "clicked", clicked, self);
  return button;
}

static void
append_actions(OrdersTab *self)
{
  GtkWidget *bar = shopcaisse_part_bar_new();
  self->send = append_button(self, bar, "shopcaisse-send", _("_Send now"), G_CALLBACK(send_cb));
  self->cancel =
      append_button(self, bar, "shopcaisse-cancel", _("Ca_ncel the order…"), G_CALLBACK(cancel_cb));
  self->send_all = append_button(self, bar, "shopcaisse-send-all", _("Send _all that wait"),
                                 G_CALLBACK(send_all_cb));
  self->open_history =
      append_button(self, bar, "shopcaisse-history", _("_History"), G_CALLBACK(history_cb));
  self->details = shopcaisse_part_detail_new("shopcaisse-order-details");
  self->send_line = shopcaisse_work_line_new();
  self->cancel_line = shopcaisse_work_line_new();
  self->all_line = shopcaisse_work_line_new();
  shopcaisse_toolkit_append(self->root, self->details);
  shopcaisse_toolkit_append(self->root, bar);
  shopcaisse_toolkit_append(self->root, self->send_line);
  shopcaisse_toolkit_append(self->root, self->cancel_line);
  shopcaisse_toolkit_append(self->root, self->all_line);
}

static GtkWidget *
make(ShopcaissePageContext *context)
{
  OrdersTab *self = g_new0(OrdersTab, 1);
  self->context = context;
  self->root = shopcaisse_part_column_new();
  g_object_set_data_full(G_OBJECT(self->root), TAB_KEY, self, free_tab);
  self->filters = shopcaisse_filter_bar_new("shopcaisse-orders-filter", filters,
                                            G_N_ELEMENTS(filters), filter_cb, self);
  self->list = shopcaisse_long_list_new(context, &orders_kind);
  shopcaisse_toolkit_append(self->root, self->filters);
  shopcaisse_toolkit_append(self->root, self->list);
  append_actions(self);
  self->history = shopcaisse_order_history_new(context);
  shopcaisse_toolkit_append(self->root, self->history);
  shopcaisse_long_list_watch(self->list, select_cb, NULL, self);
  shopcaisse_long_list_reload(self->list);
  select_cb(self);
  return self->root;
}

/* (nullable): the sale that is selected. */
static const char *
get_sale(GVariant *row)
{
  const char *id = shopcaisse_page_row_get_text(row, "id");
  return *id != '\0' ? id : NULL;
}

static GtkWidget *
get_rows(OrdersTab *self)
{
  return shopcaisse_list_view_get_focus(shopcaisse_long_list_get_view(self->list));
}

static void
show_order(OrdersTab *self)
{
  ShopcaissePageModel *model = self->context->model;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  const char *sale = get_sale(row);
  const ShopcaissePageWorkStatus *send =
      shopcaisse_page_model_get_work(model, SHOPCAISSE_PAGE_WORK_SEND, sale != NULL ? sale : "-");
  const ShopcaissePageWorkStatus *all =
      shopcaisse_page_model_get_work(model, SHOPCAISSE_PAGE_WORK_SEND, NULL);
  gboolean is_open = shopcaisse_page_model_is_open(model);
  ShopcaissePageActions actions = shopcaisse_page_actions_of_order(row, send->state);
  g_autofree char *label = shopcaisse_page_order_dup_send_label(row, send->state);
  g_autofree char *details = shopcaisse_page_order_dup_details(row);

  shopcaisse_part_set_label(self->send, label);
  shopcaisse_part_show_detail(self->details, get_rows(self), details);
  gtk_widget_set_sensitive(self->send, is_open && (actions & SHOPCAISSE_PAGE_CAN_SEND) != 0);
  gtk_widget_set_sensitive(self->cancel, is_open && (actions & SHOPCAISSE_PAGE_CAN_CANCEL) != 0);
  gtk_widget_set_sensitive(self->send_all, is_open && all->state != SHOPCAISSE_PAGE_RUNNING);
  gtk_widget_set_sensitive(self->open_history, is_open && sale != NULL);
  shopcaisse_work_line_show(self->send_line, send);
  shopcaisse_work_line_show(self->all_line, all);
  shopcaisse_work_line_show(self->cancel_line,
                            shopcaisse_page_model_get_work(model, SHOPCAISSE_PAGE_WORK_CANCEL,
                                                           sale != NULL ? sale : "-"));
}

static void
select_cb(gpointer user_data)
{
  OrdersTab *self = user_data;
  show_order(self);
  shopcaisse_filter_bar_set_counts(self->filters, shopcaisse_long_list_get_model(self->list));
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  OrdersTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  if ((topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0) {
    shopcaisse_long_list_reload(self->list);
    shopcaisse_order_history_update(self->history);
  }
  show_order(self);
}

static void
filter_cb(gpointer user_data, const char *state)
{
  OrdersTab *self = user_data;
  if (shopcaisse_page_query_set(&shopcaisse_long_list_get_query(self->list)->state, state))
    shopcaisse_long_list_reload(self->list);
}

static void
send_cb(OrdersTab *self)
{
  const char *sale = get_sale(shopcaisse_long_list_get_selected(self->list));
  if (sale != NULL)
    shopcaisse_page_model_send(self->context->model, sale);
  show_order(self);
}

static void
send_all_cb(OrdersTab *self)
{
  shopcaisse_page_model_send(self->context->model, NULL);
  show_order(self);
}

static void
history_cb(OrdersTab *self)
{
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  const char *sale = get_sale(row);
  if (sale != NULL)
    shopcaisse_order_history_open(self->history, sale, shopcaisse_page_row_get_text(row, "number"));
}

static void
cancel_cb(OrdersTab *self)
{
  const ShopcaisseQuestionAnswer answers[] = {
    { "shopcaisse-answer-cancel", _("_Cancel the order"), cancel_agreed_cb },
  };
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  const char *number = shopcaisse_page_row_get_text(row, "number");
  if (get_sale(row) == NULL)
    return;
  g_free(self->asked);
  self->asked = g_strdup(get_sale(row));
  g_autofree char *text = g_strdup_printf(_("Cancel the order %s? The kitchen is told."),
                                          *number != '\0' ? number : self->asked);
  shopcaisse_question_ask(self->context->question, text, answers, G_N_ELEMENTS(answers), self->root,
                          self);
}

static void
cancel_agreed_cb(gpointer user_data)
{
  OrdersTab *self = user_data;
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_CANCEL, self->asked,
                                g_variant_new_parsed("{'id': <%s>}", self->asked));
}

const ShopcaisseTab shopcaisse_orders_tab = {
  .id = "shopcaisse-tab-orders",
  .title = N_("_Orders"),
  .make = make,
  .update = update,
};
