/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Selling: articles on the left, the basket on the right, and two ways of paying. */

#include "sell-page.h"

#include "amounts.h"
#include "basket.h"
#include "sale-submission.h"

#include <glib/gi18n.h>

struct _SellPage {
  GtkBox parent_instance;

  GtkSearchEntry *search; /* (unowned) each: of the template */
  GtkStack *shelf_stack;
  GtkGridView *grid;
  GtkListBox *basket_box;
  GtkLabel *total;

  Session *session;            /* not owned: outlives the window */
  Shelf *shelf;                /* (owned) */
  GtkFilterListModel *found;   /* (owned) */
  Basket *basket;              /* (owned) */
  GSimpleActionGroup *actions; /* (owned) */
  char *wanted;                /* (owned): what is searched for, folded */
  gboolean takes_only_one;     /* Enter was pressed: once all is looked through */
};

enum {
  SIGNAL_SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void sold_cb(GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE(SellPage, sell_page, GTK_TYPE_BOX)

static void
say(SellPage *self, const char *text)
{
  g_signal_emit(self, signals[SIGNAL_SAID], 0, text);
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
  g_autofree char *name = comptoir_row_dup_text(row, COMPTOIR_KEY_NAME);
  g_autofree char *reference = comptoir_row_dup_text(row, "reference");
  g_autofree char *barcodes = comptoir_row_dup_text(row, "barcodes");

  return *self->wanted == '\0' || has_wanted(name, self->wanted) ||
         has_wanted(reference, self->wanted) || has_wanted(barcodes, self->wanted);
}

static void
show_found(SellPage *self)
{
  guint n_found = g_list_model_get_n_items(G_LIST_MODEL(self->found));

  gtk_stack_set_visible_child_name(self->shelf_stack, n_found > 0 ? "articles" : "empty");
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
  self->takes_only_one = FALSE;
  gtk_filter_changed(gtk_filter_list_model_get_filter(self->found), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
add_article(SellPage *self, guint position)
{
  g_autoptr(ComptoirRow) row = g_list_model_get_item(G_LIST_MODEL(self->found), position);
  g_autoptr(GError) error = NULL;

  if (row != NULL && !basket_add(self->basket, comptoir_row_get_values(row), &error))
    say(self, error->message);
}

static void
take_only_one_cb(gpointer user_data)
{
  g_autoptr(SellPage) self = user_data;

  if (!self->takes_only_one || self->found == NULL ||
      gtk_filter_list_model_get_pending(self->found) > 0)
    return;
  self->takes_only_one = FALSE;
  if (g_list_model_get_n_items(G_LIST_MODEL(self->found)) != 1)
    return;
  add_article(self, 0);
  gtk_editable_set_text(GTK_EDITABLE(self->search), "");
}

/* Later: the list stands no other search while it says that it has ended one. */
static void
looked_cb(SellPage *self)
{
  if (self->takes_only_one)
    (void)g_idle_add_once(take_only_one_cb, g_object_ref(self));
}

/* What a scanner types ends with Enter: the only article that is left goes into the basket. */
static void
search_activate_cb(SellPage *self)
{
  search_changed_cb(self);
  self->takes_only_one = TRUE;
  looked_cb(self);
}

static void
article_activate_cb(SellPage *self, guint position)
{
  add_article(self, position);
}

static void
set_up_article_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_label_new(NULL);
  GtkWidget *price = gtk_label_new(NULL);

  (void)factory;
  gtk_label_set_wrap(GTK_LABEL(name), TRUE);
  gtk_label_set_justify(GTK_LABEL(name), GTK_JUSTIFY_CENTER);
  gtk_label_set_lines(GTK_LABEL(name), 2);
  gtk_label_set_ellipsize(GTK_LABEL(name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars(GTK_LABEL(name), 14);
  gtk_label_set_max_width_chars(GTK_LABEL(name), 18);
  gtk_widget_add_css_class(price, "dim-label");
  gtk_widget_add_css_class(price, "numeric");
  gtk_widget_add_css_class(box, "article");
  gtk_widget_add_css_class(box, "card");
  gtk_widget_set_valign(price, GTK_ALIGN_END);
  gtk_widget_set_vexpand(price, TRUE);
  gtk_box_append(GTK_BOX(box), name);
  gtk_box_append(GTK_BOX(box), price);
  gtk_list_item_set_child(item, box);
}

static void
bind_article_cb(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  ComptoirRow *row = gtk_list_item_get_item(item);
  GtkWidget *name = gtk_widget_get_first_child(gtk_list_item_get_child(item));
  g_autofree char *name_text = comptoir_row_dup_text(row, COMPTOIR_KEY_NAME);
  g_autofree char *price_text = comptoir_row_dup_text(row, "price");
  g_autofree char *amount = NULL;
  gint64 cents = 0;

  (void)factory;
  if (price_text != NULL && amounts_parse_money(price_text, &cents))
    amount = basket_dup_amount(cents);
  gtk_label_set_text(GTK_LABEL(name), name_text != NULL ? name_text : "");
  gtk_label_set_text(GTK_LABEL(gtk_widget_get_next_sibling(name)), amount != NULL ? amount : "");
}

static void
quantity_changed_cb(GtkSpinButton *spin, BasketLine *line)
{
  GtkWidget *page = gtk_widget_get_ancestor(GTK_WIDGET(spin), TYPE_SELL_PAGE);
  guint quantity = (guint)gtk_spin_button_get_value_as_int(spin);

  if (page != NULL && quantity != basket_line_get_quantity(line))
    basket_set_quantity(TILL_SELL_PAGE(page)->basket, line, quantity);
}

static void
show_line_cb(BasketLine *line, GParamSpec *pspec, GtkWidget *box)
{
  GtkWidget *total = gtk_widget_get_last_child(box);
  GtkWidget *spin = gtk_widget_get_prev_sibling(total);
  g_autofree char *text = basket_line_dup_total(line);

  (void)pspec;
  gtk_label_set_text(GTK_LABEL(total), text);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), basket_line_get_quantity(line));
}

/* 0 takes the line away. */
static GtkWidget *
create_line(gpointer item, gpointer user_data)
{
  BasketLine *line = item;
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new(basket_line_get_name(line));
  GtkWidget *spin = gtk_spin_button_new_with_range(0, 999, 1);
  GtkWidget *total = gtk_label_new(NULL);

  (void)user_data;
  gtk_label_set_xalign(GTK_LABEL(name), 0);
  gtk_label_set_ellipsize(GTK_LABEL(name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand(name, TRUE);
  gtk_label_set_xalign(GTK_LABEL(total), 1);
  gtk_label_set_width_chars(GTK_LABEL(total), 9);
  gtk_widget_add_css_class(total, "numeric");
  gtk_widget_add_css_class(box, "basket-line");
  gtk_accessible_update_property(GTK_ACCESSIBLE(spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Quantity"),
                                 -1);
  gtk_box_append(GTK_BOX(box), name);
  gtk_box_append(GTK_BOX(box), spin);
  gtk_box_append(GTK_BOX(box), total);
  show_line_cb(line, NULL, box);
  g_signal_connect_object(line, "notify::quantity", G_CALLBACK(show_line_cb), box, 0);
  g_signal_connect_object(spin, "value-changed", G_CALLBACK(quantity_changed_cb), line, 0);
  return box;
}

static void
enable_actions(SellPage *self)
{
  static const char *const names[] = { "clear", "pay" };
  gboolean is_enabled = g_list_model_get_n_items(basket_get_lines(self->basket)) > 0;

  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(self->actions), names[i]);

    g_simple_action_set_enabled(G_SIMPLE_ACTION(action), is_enabled);
  }
}

static void
show_total_cb(SellPage *self)
{
  g_autofree char *text = basket_dup_amount(basket_get_total(self->basket));

  gtk_label_set_text(self->total, text);
  enable_actions(self);
}

static void
clear_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SellPage *self = user_data;

  (void)action;
  (void)parameter;
  basket_clear(self->basket);
}

/* The basket is emptied at once, so that a second press sells nothing twice; the sale is in the
 * books before the channel hears of it. */
static void
pay_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SellPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) sale =
      basket_build_sale(self->basket, g_variant_get_string(parameter, NULL), &error);

  (void)action;
  if (sale == NULL) {
    say(self, error->message);
    return;
  }
  basket_clear(self->basket);
  sale_submission_async(self->session, sale, SUBMISSION_TO_CHANNEL, NULL, sold_cb,
                        g_object_ref(self));
}

static void
sold_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(SellPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = sale_submission_finish(result, &error);
  g_autofree char *text = NULL;
  const char *number = "";
  const char *total = "";
  gint64 cents = 0;

  (void)source;
  if (answer == NULL) {
    say(self, error->message);
    return;
  }
  (void)g_variant_lookup(answer, "number", "&s", &number);
  (void)g_variant_lookup(answer, COMPTOIR_KEY_TOTAL, "&s", &total);
  if (amounts_parse_money(total, &cents)) {
    g_autofree char *amount = basket_dup_amount(cents);

    /* Translators: %1$s is the number of a sale, %2$s an amount. */
    text = g_strdup_printf(_("Sale %1$s, %2$s"), number, amount);
    say(self, text);
  }
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

static void
fill_shelf(SellPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkFilter *filter = GTK_FILTER(gtk_custom_filter_new(is_wanted_cb, self, NULL));

  self->shelf = shelf_new(self->session);
  self->found = gtk_filter_list_model_new(g_object_ref(G_LIST_MODEL(self->shelf)), filter);
  gtk_filter_list_model_set_incremental(self->found, TRUE);
  g_signal_connect(factory, "setup", G_CALLBACK(set_up_article_cb), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(bind_article_cb), NULL);
  gtk_grid_view_set_factory(self->grid, factory);
  g_object_unref(factory);

  GtkNoSelection *selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->found)));

  gtk_grid_view_set_model(self->grid, GTK_SELECTION_MODEL(selection));
  g_object_unref(selection);
  g_signal_connect_swapped(self->found, "items-changed", G_CALLBACK(show_found), self);
  g_signal_connect_swapped(self->found, "notify::pending", G_CALLBACK(looked_cb), self);
  show_found(self);
}

/**
 * sell_page_new:
 * @session: an open session
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
SellPage *
sell_page_new(Session *session)
{
  SellPage *self = g_object_new(TYPE_SELL_PAGE, NULL);

  self->session = session;
  fill_shelf(self);
  sell_page_refresh(self);
  return self;
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
  g_clear_object(&self->basket);
  g_clear_object(&self->actions);
  G_OBJECT_CLASS(sell_page_parent_class)->dispose(object);
}

static void
sell_page_finalize(GObject *object)
{
  g_free(TILL_SELL_PAGE(object)->wanted);
  G_OBJECT_CLASS(sell_page_parent_class)->finalize(object);
}

static void
sell_page_class_init(SellPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->dispose = sell_page_dispose;
  object_class->finalize = sell_page_finalize;
  signals[SIGNAL_SAID] = g_signal_new("said", TYPE_SELL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource(widget_class, "/org/comptoir/till/sell-page.ui");
  gtk_widget_class_bind_template_child(widget_class, SellPage, search);
  gtk_widget_class_bind_template_child(widget_class, SellPage, shelf_stack);
  gtk_widget_class_bind_template_child(widget_class, SellPage, grid);
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
  /* A scanner is a keyboard: what it types is searched for, wherever the focus is. */
  gtk_search_entry_set_key_capture_widget(self->search, GTK_WIDGET(self));
  self->wanted = g_strdup("");
  self->basket = basket_new();
  self->actions = g_simple_action_group_new();
  g_action_map_add_action_entries(G_ACTION_MAP(self->actions), entries, G_N_ELEMENTS(entries),
                                  self);
  gtk_widget_insert_action_group(GTK_WIDGET(self), "sell", G_ACTION_GROUP(self->actions));
  gtk_list_box_bind_model(self->basket_box, basket_get_lines(self->basket), create_line, self,
                          NULL);
  g_signal_connect_object(self->basket, "notify::total", G_CALLBACK(show_total_cb), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_swapped(self, "map", G_CALLBACK(gtk_widget_grab_focus), self->search);
  show_total_cb(self);
}
