/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page: how the channel is, the bar that asks, and below either the guided set-up or the tabs.
 * It asks nothing of its channel that any host could not. */
#include "ui/page/page.h"

#include "config.h"
#include "ui/page/question.h"
#include "ui/page/setup-view.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define HEADER_GAP   6
#define HEADER_CHARS 32
#define REFRESH_S    30 /* ages grow old while they are looked at */

typedef struct {
  GtkBox parent_instance;

  ComptoirChannel *channel; /* (owned) (nullable): until the model has it */
  ShopcaissePageContext context;
  GtkWidget *status;     /* (not owned) */
  GtkWidget *last_error; /* (not owned) */
  GtkWidget *progress;   /* (not owned) */
  GtkWidget *stack;      /* (not owned) */
  GtkWidget *setup;      /* (not owned) (nullable): made when first shown */
  GtkWidget *tabs;       /* (not owned) (nullable): made when first shown */
  GtkCssProvider *style; /* (owned) (nullable) */
  GSource *refresh;      /* (owned) (nullable) */
} ShopcaissePage;
typedef GtkBoxClass ShopcaissePageClass;

enum {
  PROP_CHANNEL = 1
};

static void changed_cb(ShopcaissePageTopics topics, gpointer user_data);
static gboolean refresh_cb(gpointer user_data);
static void open_setup(gpointer user_data);
static void open_tabs(gpointer user_data);

G_DEFINE_TYPE(ShopcaissePage, shopcaisse_page, GTK_TYPE_BOX)

/* Colours are the theme's own, so that a dark one stays dark. Its red is too dark on that to be
 * read, and so are its paler texts on either: each keeps 4.5 to 1. */
static const char *const css = ".shopcaisse-error {"
                               "  color: mix(@error_color, @theme_fg_color, 0.6);"
                               "}"
                               ".shopcaisse-dim { opacity: 0.75; }"
                               ".shopcaisse-list header button {"
                               "  color: mix(@theme_fg_color, @theme_bg_color, 0.2);"
                               "}"
                               ".shopcaisse-list:selected, .shopcaisse-list row:selected {"
                               "  background-color: mix(@theme_selected_bg_color, black, 0.25);"
                               "}"
                               ".shopcaisse-current { font-weight: bold; }"
                               ".shopcaisse-question {"
                               "  border: 1px solid @borders;"
                               "  border-radius: 6px;"
                               "  padding: 6px;"
                               "}";

static GtkWidget *
make_header(ShopcaissePage *self)
{
  GtkWidget *column = shopcaisse_part_column_new();
  self->status = shopcaisse_part_heading_new(NULL);
  self->last_error = shopcaisse_part_text_new(NULL);
  self->progress = gtk_progress_bar_new();
  /* GTK 3 takes the height of the narrowest page for the least. */
  g_object_set(self->status, "width-chars", HEADER_CHARS, NULL);
  g_object_set(self->last_error, "width-chars", HEADER_CHARS, NULL);
  gtk_widget_set_margin_bottom(column, HEADER_GAP);
  shopcaisse_toolkit_set_name(self->progress, _("What is underway"));
  shopcaisse_toolkit_append(column, self->status);
  shopcaisse_toolkit_append(column, self->last_error);
  shopcaisse_toolkit_append(column, self->progress);
  return column;
}

/* What does not fit into a small window, or a large text into any, is scrolled to. */
static GtkWidget *
make_stack(ShopcaissePage *self)
{
  GtkWidget *closed = shopcaisse_part_text_new(
      _("The connection to Shopcaisse is not running in this program. What can be set is shown as "
        "soon as it does."));
  self->stack = gtk_stack_new();
  gtk_label_set_xalign(GTK_LABEL(closed), 0.5f);
  gtk_widget_show(closed);
  gtk_stack_add_named(GTK_STACK(self->stack), closed, "closed");
  return shopcaisse_toolkit_pane_new(self->stack);
}

static void
build(ShopcaissePage *self)
{
  GtkWidget *root = GTK_WIDGET(self);
  gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
  shopcaisse_toolkit_set_id(root, "shopcaisse-page");
  shopcaisse_toolkit_guard_page(root);
  self->style = shopcaisse_toolkit_style_new(css);
  self->context.question = shopcaisse_question_new();
  self->context.open_setup = open_setup;
  self->context.page = self;
  shopcaisse_toolkit_append(root, make_header(self));
  shopcaisse_toolkit_append(root, self->context.question);
  shopcaisse_question_withdraw(self->context.question);
  shopcaisse_toolkit_append(root, make_stack(self));
}

static void
start_refresh(ShopcaissePage *self)
{
  self->refresh = g_timeout_source_new_seconds(REFRESH_S);
  g_source_set_callback(self->refresh, refresh_cb, self, NULL);
  g_source_attach(self->refresh, g_main_context_get_thread_default());
}

static void
shopcaisse_page_constructed(GObject *object)
{
  ShopcaissePage *self = (ShopcaissePage *)object;
  G_OBJECT_CLASS(shopcaisse_page_parent_class)->constructed(object);
  build(self);
  if (self->channel == NULL)
    return;
  self->context.model = shopcaisse_page_model_new(self->channel);
  g_clear_object(&self->channel);
  shopcaisse_page_model_watch(self->context.model, changed_cb, self);
  shopcaisse_page_model_flush(self->context.model);
  start_refresh(self);
}

static void
show_progress(ShopcaissePage *self)
{
  double progress = shopcaisse_page_model_get_progress(self->context.model);
  gboolean is_busy = progress > SHOPCAISSE_PAGE_NOT_BUSY;
  gtk_widget_set_visible(self->progress, is_busy);
  if (is_busy && progress < 0)
    gtk_progress_bar_pulse(GTK_PROGRESS_BAR(self->progress));
  else if (is_busy)
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(self->progress), progress);
}

static void
show_header(ShopcaissePage *self)
{
  g_autofree char *status = shopcaisse_page_model_dup_status(self->context.model);
  g_autofree char *last_error = shopcaisse_page_model_dup_last_error(self->context.model);
  shopcaisse_part_show_text(self->status, status);
  shopcaisse_part_show_text(self->last_error, last_error);
  show_progress(self);
}

/* The first time something can be set: with what is missing, or with everything. */
static void
open_first(ShopcaissePage *self)
{
  g_auto(GStrv) groups =
      shopcaisse_page_settings_list_groups(shopcaisse_page_model_get_settings(self->context.model));
  ShopcaissePageSetup setup;
  if (!shopcaisse_page_model_is_open(self->context.model) || groups[0] == NULL)
    return;
  shopcaisse_page_model_get_setup(self->context.model, &setup);
  if (shopcaisse_page_setup_is_enough(&setup))
    open_tabs(self);
  else
    open_setup(self);
}

static void
changed_cb(ShopcaissePageTopics topics, gpointer user_data)
{
  ShopcaissePage *self = user_data;
  show_header(self);
  if (self->setup == NULL && self->tabs == NULL) {
    open_first(self); /* as all is now: there is nothing to follow */
    return;
  }
  if (self->setup != NULL)
    shopcaisse_setup_view_update(self->setup, topics);
  if (self->tabs != NULL)
    shopcaisse_tabs_update(self->tabs, topics);
}

static gboolean
refresh_cb(gpointer user_data)
{
  ShopcaissePage *self = user_data;
  if (gtk_widget_get_mapped(GTK_WIDGET(self)))
    changed_cb(SHOPCAISSE_PAGE_TOPIC_STATUS, self);
  return G_SOURCE_CONTINUE;
}

static void
open_setup(gpointer user_data)
{
  ShopcaissePage *self = user_data;
  if (self->setup == NULL) {
    self->setup = shopcaisse_setup_view_new(&self->context, open_tabs, self);
    gtk_widget_show(self->setup);
    gtk_stack_add_named(GTK_STACK(self->stack), self->setup, "setup");
  } else {
    shopcaisse_setup_view_go_to_due(self->setup);
  }
  gtk_stack_set_visible_child(GTK_STACK(self->stack), self->setup);
}

static void
open_tabs(gpointer user_data)
{
  ShopcaissePage *self = user_data;
  if (self->tabs == NULL) {
    self->tabs = shopcaisse_tabs_new(&self->context);
    gtk_widget_show(self->tabs);
    gtk_stack_add_named(GTK_STACK(self->stack), self->tabs, "tabs");
  }
  gtk_stack_set_visible_child(GTK_STACK(self->stack), self->tabs);
}

/* The model stays until the end: parts that die now may look at it, and are told nothing. */
static void
shopcaisse_page_dispose(GObject *object)
{
  ShopcaissePage *self = (ShopcaissePage *)object;
  if (self->refresh != NULL)
    g_source_destroy(self->refresh);
  g_clear_pointer(&self->refresh, g_source_unref);
  if (self->context.model != NULL)
    shopcaisse_page_model_close(self->context.model);
  g_clear_pointer(&self->style, shopcaisse_toolkit_style_free);
  g_clear_object(&self->channel);
  G_OBJECT_CLASS(shopcaisse_page_parent_class)->dispose(object);
}

static void
shopcaisse_page_finalize(GObject *object)
{
  ShopcaissePage *self = (ShopcaissePage *)object;
  g_clear_pointer(&self->context.model, shopcaisse_page_model_unref);
  G_OBJECT_CLASS(shopcaisse_page_parent_class)->finalize(object);
}

static void
shopcaisse_page_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ShopcaissePage *self = (ShopcaissePage *)object;
  if (id == PROP_CHANNEL)
    self->channel = g_value_dup_object(value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
shopcaisse_page_class_init(ShopcaissePageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  object_class->constructed = shopcaisse_page_constructed;
  object_class->dispose = shopcaisse_page_dispose;
  object_class->finalize = shopcaisse_page_finalize;
  object_class->set_property = shopcaisse_page_set_property;
  g_object_class_install_property(
      object_class, PROP_CHANNEL,
      g_param_spec_object("channel", NULL, NULL, COMPTOIR_TYPE_CHANNEL,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
shopcaisse_page_init(ShopcaissePage *self)
{
  (void)self; /* built when its channel is known */
}
