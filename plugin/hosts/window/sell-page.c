/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Selling: articles on the left, the basket on the right, two ways of paying, the last orders. */

#include "sell-page.h"

#include "article-card.h"
#include "basket-row.h"
#include "checkout.h"
#include "local-text.h"
#include "recent-orders.h"

#include <string.h>

struct _SellPage {
  GtkBox parent_instance;

  GtkSearchEntry *search; /* (unowned) each: of the template */
  GtkStack *shelf_stack;
  GtkGridView *grid;
  RecentOrders *recent;
  GtkListBox *basket_box;
  GtkLabel *total;

  Shelf *shelf;                /* (owned) */
  GtkFilterListModel *found;   /* (owned) */
  Checkout *checkout;          /* (owned) */
  GSimpleActionGroup *actions; /* (owned) */
  char *wanted;                /* (owned): what is searched for, folded */
  gboolean takes_found;        /* Enter was pressed: once all is looked through */
};

enum {
  PROP_SELLING = 1
};

enum {
  SIGNAL_SAID,
  SIGNAL_COMPLAINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(SellPage, sell_page, GTK_TYPE_BOX)

static void
say_cb(SellPage *self, const char *text)
{
  g_signal_emit(self, signals[SIGNAL_SAID], 0, text);
}

static void
complain_cb(SellPage *self, const char *text)
{
  g_signal_emit(self, signals[SIGNAL_COMPLAINED], 0, text);
}

static char *
dup_folded(const char *text)
{
  g_autofree char *plain = g_str_to_ascii(text, NULL);

  return g_utf8_casefold(plain, -1);
}

static gboolean
has_wanted(const char *text, const char *wanted)
{
  g_autofree char *folded = text != NULL ? dup_folded(text) : NULL;

  return folded != NULL && strstr(folded, wanted) != NULL;
}

static gboolean
is_wanted_cb(gpointer item, gpointer user_data)
{
  SellPage *self = user_data;
  ComptoirRow *row = item;
  g_autofree char *name = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *barcodes = NULL;

  if (*self->wanted == '\0')
    return TRUE;
  name = local_text_dup_name(comptoir_row_get_values(row));
  reference = comptoir_row_dup_text(row, "reference");
  barcodes = comptoir_row_dup_text(row, "barcodes");
  return has_wanted(name, self->wanted) || has_wanted(reference, self->wanted) ||
         has_wanted(barcodes, self->wanted);
}

/* Not read yet, nothing there, nothing found: each looks otherwise. While it is looked for, what
 * was shown stays. */
static void
show_found_cb(SellPage *self)
{
  gboolean has_found = g_list_model_get_n_items(G_LIST_MODEL(self->found)) > 0;
  gboolean is_looking = gtk_filter_list_model_get_pending(self->found) > 0;
  const char *name = has_found ? "articles" : "nothing";

  if (!shelf_is_read(self->shelf))
    name = "reading";
  else if (g_list_model_get_n_items(G_LIST_MODEL(self->shelf)) == 0)
    name = "empty";
  else if (is_looking && !has_found)
    return;
  gtk_stack_set_visible_child_name(self->shelf_stack, name);
}

/* Also called a little after the last letter; Enter may have come before. */
static void
search_changed_cb(SellPage *self)
{
  g_autofree char *wanted = dup_folded(gtk_editable_get_text(GTK_EDITABLE(self->search)));

  if (g_str_equal(wanted, self->wanted))
    return;
  g_free(self->wanted);
  self->wanted = g_steal_pointer(&wanted);
  self->takes_found = FALSE;
  gtk_filter_changed(gtk_filter_list_model_get_filter(self->found), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
article_activate_cb(SellPage *self, guint position)
{
  g_autoptr(ComptoirRow) row = g_list_model_get_item(G_LIST_MODEL(self->found), position);

  if (row != NULL)
    checkout_take(self->checkout, comptoir_row_get_values(row));
}

/* One that is left goes into the basket; among several the arrow keys choose. */
static void
take_found_cb(gpointer user_data)
{
  g_autoptr(SellPage) self = user_data;
  guint n_found = 0;

  if (!self->takes_found || self->found == NULL ||
      gtk_filter_list_model_get_pending(self->found) > 0)
    return;
  self->takes_found = FALSE;
  n_found = g_list_model_get_n_items(G_LIST_MODEL(self->found));
  if (n_found > 1) {
    gtk_widget_grab_focus(GTK_WIDGET(self->grid));
    gtk_window_set_focus_visible(GTK_WINDOW(gtk_widget_get_root(GTK_WIDGET(self))), TRUE);
  }
  if (n_found != 1)
    return;
  article_activate_cb(self, 0);
  gtk_editable_set_text(GTK_EDITABLE(self->search), "");
}

/* Later: the list stands no other search while it says that it has ended one. */
static void
looked_cb(SellPage *self)
{
  show_found_cb(self);
  if (self->takes_found)
    (void)g_idle_add_once(take_found_cb, g_object_ref(self));
}

/* What a scanner types ends with Enter, and the next code may be behind it already: a code is taken
 * at once, words are looked for. */
static void
search_activate_cb(SellPage *self)
{
  ComptoirRow *row = shelf_find(self->shelf, gtk_editable_get_text(GTK_EDITABLE(self->search)));

  if (row != NULL) {
    checkout_take(self->checkout, comptoir_row_get_values(row));
    gtk_editable_set_text(GTK_EDITABLE(self->search), "");
    return;
  }
  search_changed_cb(self);
  self->takes_found = TRUE;
  looked_cb(self);
}

static void
set_up_article_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  (void)factory;
  gtk_list_item_set_child(item, article_card_new());
}

static void
bind_article_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  (void)factory;
  article_card_show(TILL_ARTICLE_CARD(gtk_list_item_get_child(item)), gtk_list_item_get_item(item));
}

static GtkWidget *
create_basket_row(gpointer item, gpointer user_data)
{
  SellPage *self = user_data;

  return basket_row_new(checkout_get_basket(self->checkout), item);
}

/* What is being sold is not changed any more. */
static void
show_basket(SellPage *self)
{
  static const char *const names[] = { "clear", "pay" };
  Basket *basket = checkout_get_basket(self->checkout);
  gboolean is_selling = checkout_is_selling(self->checkout);
  gboolean is_ready = !is_selling && g_list_model_get_n_items(basket_get_lines(basket)) > 0;
  g_autofree char *text = local_text_format_amount(basket_get_total(basket));

  gtk_label_set_text(self->total, text);
  gtk_widget_set_sensitive(GTK_WIDGET(self->basket_box), !is_selling);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(self->actions), names[i]);

    g_simple_action_set_enabled(G_SIMPLE_ACTION(action), is_ready);
  }
}

static void
selling_cb(SellPage *self)
{
  show_basket(self);
  g_object_notify(G_OBJECT(self), "selling");
}

static void
clear_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SellPage *self = user_data;

  (void)action;
  (void)parameter;
  checkout_clear(self->checkout);
}

static void
pay_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SellPage *self = user_data;

  (void)action;
  checkout_pay(self->checkout, g_variant_get_string(parameter, NULL));
}

/**
 * sell_page_refresh:
 * @self: the page
 *
 * Reads the articles again.
 */
void
sell_page_refresh(SellPage *self)
{
  shelf_read(self->shelf);
}

/**
 * sell_page_is_selling:
 * @self: the page
 *
 * Tells whether a sale is on its way into the books; the property `selling`.
 *
 * Returns: %TRUE until they have answered
 */
gboolean
sell_page_is_selling(SellPage *self)
{
  return checkout_is_selling(self->checkout);
}

static void
fill_shelf(SellPage *self, Session *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkFilter *filter = GTK_FILTER(gtk_custom_filter_new(is_wanted_cb, self, NULL));

  self->shelf = shelf_new(session);
  self->found = gtk_filter_list_model_new(g_object_ref(G_LIST_MODEL(self->shelf)), filter);
  gtk_filter_list_model_set_incremental(self->found, TRUE);
  g_signal_connect(factory, "setup", G_CALLBACK(set_up_article_cb), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(bind_article_cb), NULL);
  gtk_grid_view_set_factory(self->grid, factory);
  g_object_unref(factory);

  g_autoptr(GtkNoSelection) selection =
      gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->found)));

  gtk_grid_view_set_model(self->grid, GTK_SELECTION_MODEL(selection));
  g_signal_connect_swapped(self->found, "items-changed", G_CALLBACK(show_found_cb), self);
  g_signal_connect_swapped(self->found, "notify::pending", G_CALLBACK(looked_cb), self);
  g_signal_connect_object(self->shelf, "items-changed", G_CALLBACK(show_found_cb), self,
                          G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_found_cb(self);
}

static void
fill_basket(SellPage *self, Session *session)
{
  Basket *basket = NULL;

  self->checkout = checkout_new(session);
  basket = checkout_get_basket(self->checkout);
  gtk_list_box_bind_model(self->basket_box, basket_get_lines(basket), create_basket_row, self,
                          NULL);
  g_signal_connect_object(basket, "notify::total", G_CALLBACK(show_basket), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(self->checkout, "notify::selling", G_CALLBACK(selling_cb), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(self->checkout, "said", G_CALLBACK(say_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->checkout, "complained", G_CALLBACK(complain_cb), self,
                          G_CONNECT_SWAPPED);
  show_basket(self);
}

/**
 * sell_page_new:
 * @session: an open session, channel included
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
SellPage *
sell_page_new(Session *session)
{
  SellPage *self = g_object_new(TYPE_SELL_PAGE, NULL);

  fill_basket(self, session);
  fill_shelf(self, session);
  recent_orders_follow(self->recent, session_get_channel(session));
  sell_page_refresh(self);
  return self;
}

/* A scanner is a keyboard: what it types is searched for, wherever the focus is, if anywhere. */
static void
map_cb(SellPage *self)
{
  gtk_search_entry_set_key_capture_widget(self->search,
                                          GTK_WIDGET(gtk_widget_get_root(GTK_WIDGET(self))));
  gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

static void
sell_page_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELLING)
    g_value_set_boolean(value, sell_page_is_selling(TILL_SELL_PAGE(object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
sell_page_dispose(GObject *object)
{
  SellPage *self = TILL_SELL_PAGE(object);

  if (self->found != NULL)
    g_signal_handlers_disconnect_by_data(self->found, self);
  gtk_widget_dispose_template(GTK_WIDGET(self), TYPE_SELL_PAGE);
  g_clear_object(&self->found);
  g_clear_object(&self->shelf);
  g_clear_object(&self->checkout);
  g_clear_object(&self->actions);
  G_OBJECT_CLASS(sell_page_parent_class)->dispose(object);
}

static void
sell_page_finalize(GObject *object)
{
  g_free(TILL_SELL_PAGE(object)->wanted);
  G_OBJECT_CLASS(sell_page_parent_class)->finalize(object);
}

static guint
add_signal(const char *name)
{
  return g_signal_new(name, TYPE_SELL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                      G_TYPE_STRING);
}

static void
sell_page_class_init(SellPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = sell_page_get_property;
  object_class->dispose = sell_page_dispose;
  object_class->finalize = sell_page_finalize;
  g_object_class_install_property(
      object_class, PROP_SELLING,
      g_param_spec_boolean("selling", NULL, NULL, FALSE,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  signals[SIGNAL_SAID] = add_signal("said");
  signals[SIGNAL_COMPLAINED] = add_signal("complained");
  g_type_ensure(TYPE_RECENT_ORDERS);
  gtk_widget_class_set_template_from_resource(widget_class, "/org/comptoir/till/sell-page.ui");
  gtk_widget_class_bind_template_child(widget_class, SellPage, search);
  gtk_widget_class_bind_template_child(widget_class, SellPage, shelf_stack);
  gtk_widget_class_bind_template_child(widget_class, SellPage, grid);
  gtk_widget_class_bind_template_child(widget_class, SellPage, recent);
  gtk_widget_class_bind_template_child(widget_class, SellPage, basket_box);
  gtk_widget_class_bind_template_child(widget_class, SellPage, total);
  gtk_widget_class_bind_template_callback(widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback(widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback(widget_class, article_activate_cb);
}

static void
sell_page_init(SellPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "clear", .activate = clear_cb },
    { .name = "pay", .activate = pay_cb, .parameter_type = "s" },
  };

  gtk_widget_init_template(GTK_WIDGET(self));
  self->wanted = g_strdup("");
  self->actions = g_simple_action_group_new();
  g_action_map_add_action_entries(G_ACTION_MAP(self->actions), entries, G_N_ELEMENTS(entries),
                                  self);
  gtk_widget_insert_action_group(GTK_WIDGET(self), "sell", G_ACTION_GROUP(self->actions));
  g_signal_connect(self, "map", G_CALLBACK(map_cb), NULL);
}
