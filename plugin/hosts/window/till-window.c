/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window of a till: two pages, what a person should know above them, and the channel's own
 * settings page in a window of its own, as in any host. */

#include "till-window.h"

#include "orders-page.h"
#include "sell-page.h"

#include <glib/gi18n.h>

/* Less than a till's screen of 1024 x 600. */
#define SETTINGS_WIDTH  900
#define SETTINGS_HEIGHT 560

struct _TillWindow {
  AdwApplicationWindow parent_instance;

  GtkRevealer *banner; /* (unowned) each: of the template */
  GtkLabel *banner_label;
  AdwToastOverlay *toasts;
  AdwViewStack *stack;

  Session *session;      /* not owned */
  SellPage *sell;        /* (unowned): in the stack */
  GtkWindow *settings;   /* (nullable): a weak pointer: while it is open */
  GType page_type;       /* of the channel: G_TYPE_INVALID when it has none */
  GHashTable *notices;   /* (owned): id -> (owned) AdwToast */
  gboolean closes_later; /* once the sale that is underway is in the books */
};

G_DEFINE_FINAL_TYPE(TillWindow, till_window, ADW_TYPE_APPLICATION_WINDOW)

/* What a server or a host said is text, never markup. */
static AdwToast *
create_toast(const char *text)
{
  g_autofree char *escaped = g_markup_escape_text(text, -1);

  return adw_toast_new(escaped);
}

static void
show_toast(TillWindow *self, const char *text)
{
  adw_toast_overlay_add_toast(self->toasts, create_toast(text));
}

/* Until somebody has read it. (transfer none) */
static AdwToast *
show_complaint(TillWindow *self, const char *text)
{
  AdwToast *toast = create_toast(text);

  adw_toast_set_timeout(toast, 0);
  adw_toast_set_priority(toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast(self->toasts, toast);
  return toast;
}

static void
complained_cb(TillWindow *self, const char *text)
{
  (void)show_complaint(self, text);
}

/* The same id replaces what it said before; no text takes it back. */
static void
noticed_cb(TillWindow *self, GVariant *notice)
{
  const char *id = "";
  const char *text = "";
  AdwToast *former = NULL;

  (void)g_variant_lookup(notice, COMPTOIR_KEY_ID, "&s", &id);
  (void)g_variant_lookup(notice, "text", "&s", &text);
  former = g_hash_table_lookup(self->notices, id);
  if (former != NULL)
    adw_toast_dismiss(former);
  g_hash_table_remove(self->notices, id);
  if (*text != '\0')
    g_hash_table_insert(self->notices, g_strdup(id), g_object_ref(show_complaint(self, text)));
}

static const char *
find_sentence(ComptoirStatus status)
{
  switch (status) {
  case COMPTOIR_STATUS_NOT_CONFIGURED:
    return _("Orders go nowhere yet: the settings are not complete.");
  case COMPTOIR_STATUS_OFFLINE:
    return _("There is no connection. Sales are kept and sent later.");
  case COMPTOIR_STATUS_BLOCKED:
    return _("Orders are refused. Sales are kept; the settings say what to do.");
  case COMPTOIR_STATUS_CLOSED:
  case COMPTOIR_STATUS_READY:
  default:
    return NULL;
  }
}

/* The channel's own words come first: they say what to do. */
static void
show_status_cb(TillWindow *self)
{
  ComptoirChannel *channel = session_get_channel(self->session);
  const char *sentence = find_sentence(comptoir_channel_get_status(channel));
  g_autofree char *last_error = comptoir_channel_dup_last_error(channel);

  if (sentence != NULL)
    gtk_label_set_text(self->banner_label,
                       last_error != NULL && *last_error != '\0' ? last_error : sentence);
  gtk_revealer_set_reveal_child(self->banner, sentence != NULL);
}

/* Whatever has just ended may have changed articles. */
static void
busy_cb(TillWindow *self)
{
  if (!comptoir_channel_is_busy(session_get_channel(self->session)))
    sell_page_refresh(self->sell);
}

/* Without a page there is nothing to set, and no entry for it. */
static void
find_page(TillWindow *self)
{
  g_autoptr(GError) error = NULL;

  self->page_type = comptoir_find_settings_page(session_get_channel_name(self->session), &error);
  if (self->page_type == G_TYPE_INVALID)
    g_message("there are no settings: %s", error->message);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.settings",
                                self->page_type != G_TYPE_INVALID);
}

static void
settings_cb(GtkWidget *widget, const char *action, GVariant *parameter)
{
  TillWindow *self = TILL_WINDOW(widget);
  GtkWidget *page = NULL;

  (void)action;
  (void)parameter;
  if (self->settings == NULL) {
    page = g_object_new(self->page_type, "channel", session_get_channel(self->session), NULL);
    gtk_widget_set_vexpand(page, TRUE);
    g_set_weak_pointer(&self->settings, GTK_WINDOW(gtk_window_new()));
    gtk_window_set_titlebar(self->settings, adw_header_bar_new());
    gtk_window_set_title(self->settings, _("Settings"));
    gtk_window_set_default_size(self->settings, SETTINGS_WIDTH, SETTINGS_HEIGHT);
    gtk_window_set_application(self->settings, gtk_window_get_application(GTK_WINDOW(self)));
    gtk_window_set_transient_for(self->settings, GTK_WINDOW(self));
    gtk_window_set_destroy_with_parent(self->settings, TRUE);
    gtk_window_set_child(self->settings, page);
  }
  gtk_window_present(self->settings);
}

static void
fullscreen_cb(GtkWidget *widget, const char *action, GVariant *parameter)
{
  (void)action;
  (void)parameter;
  if (gtk_window_is_fullscreen(GTK_WINDOW(widget)))
    gtk_window_unfullscreen(GTK_WINDOW(widget));
  else
    gtk_window_fullscreen(GTK_WINDOW(widget));
}

static void
page_cb(GtkWidget *widget, const char *action, GVariant *parameter)
{
  (void)action;
  adw_view_stack_set_visible_child_name(TILL_WINDOW(widget)->stack,
                                        g_variant_get_string(parameter, NULL));
}

static void
selling_cb(TillWindow *self)
{
  if (self->closes_later && !sell_page_is_selling(self->sell))
    gtk_window_close(GTK_WINDOW(self));
}

/* A sale that was paid is in the books before the window goes. */
static gboolean
till_window_close_request(GtkWindow *window)
{
  TillWindow *self = TILL_WINDOW(window);

  if (sell_page_is_selling(self->sell)) {
    self->closes_later = TRUE;
    return GDK_EVENT_STOP;
  }
  return GTK_WINDOW_CLASS(till_window_parent_class)->close_request(window);
}

static void
follow_channel(TillWindow *self)
{
  ComptoirChannel *channel = session_get_channel(self->session);

  gtk_widget_insert_action_group(GTK_WIDGET(self), "channel", G_ACTION_GROUP(channel));
  g_signal_connect_object(channel, "notify::status", G_CALLBACK(show_status_cb), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(channel, "notify::last-error", G_CALLBACK(show_status_cb), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(channel, "notify::busy", G_CALLBACK(busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(session_get_host(self->session), "noticed", G_CALLBACK(noticed_cb), self,
                          G_CONNECT_SWAPPED);
  show_status_cb(self);
}

static void
add_page(TillWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  AdwViewStackPage *added = adw_view_stack_add_titled(self->stack, page, name, title);

  adw_view_stack_page_set_icon_name(added, icon);
}

/**
 * till_window_new:
 * @application: the program
 * @session: an open session, channel included
 *
 * Makes the window. Asked to close while a sale is on its way into the books, it does so
 * afterwards.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
TillWindow *
till_window_new(AdwApplication *application, Session *session)
{
  TillWindow *self = g_object_new(TYPE_TILL_WINDOW, "application", application, NULL);

  self->session = session;
  self->sell = sell_page_new(session);
  g_signal_connect_object(self->sell, "said", G_CALLBACK(show_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->sell, "complained", G_CALLBACK(complained_cb), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(self->sell, "notify::selling", G_CALLBACK(selling_cb), self,
                          G_CONNECT_SWAPPED);
  add_page(self, GTK_WIDGET(self->sell), "sell", _("Sell"), "view-grid-symbolic");
  add_page(self, GTK_WIDGET(orders_page_new(session_get_channel(session))), "orders", _("Orders"),
           "view-list-symbolic");
  follow_channel(self);
  find_page(self);
  return self;
}

static void
till_window_dispose(GObject *object)
{
  TillWindow *self = TILL_WINDOW(object);

  if (self->settings != NULL)
    gtk_window_destroy(self->settings);
  g_clear_weak_pointer(&self->settings);
  g_clear_pointer(&self->notices, g_hash_table_unref);
  gtk_widget_dispose_template(GTK_WIDGET(self), TYPE_TILL_WINDOW);
  G_OBJECT_CLASS(till_window_parent_class)->dispose(object);
}

static void
till_window_class_init(TillWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = till_window_dispose;
  GTK_WINDOW_CLASS(class)->close_request = till_window_close_request;
  gtk_widget_class_set_template_from_resource(widget_class, "/org/comptoir/till/till-window.ui");
  gtk_widget_class_bind_template_child(widget_class, TillWindow, banner);
  gtk_widget_class_bind_template_child(widget_class, TillWindow, banner_label);
  gtk_widget_class_bind_template_child(widget_class, TillWindow, toasts);
  gtk_widget_class_bind_template_child(widget_class, TillWindow, stack);
  gtk_widget_class_install_action(widget_class, "win.settings", NULL, settings_cb);
  gtk_widget_class_install_action(widget_class, "win.fullscreen", NULL, fullscreen_cb);
  gtk_widget_class_install_action(widget_class, "win.page", "s", page_cb);
}

static void
till_window_init(TillWindow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  self->notices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
}
