/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connection: what is known of it, the token, the shop, the settings few people need. What
 * stands first is made first; the rest follows below it, a part with each turn of the main loop. */
#include "config.h"
#include "ui/model/list-state.h"
#include "ui/page/fact-rows.h"
#include "ui/page/question.h"
#include "ui/page/setting-field.h"
#include "ui/page/tabs.h"
#include "ui/page/token-box.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY "shopcaisse-connection-tab"
#define N_ROWS  4

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *column;              /* (not owned): what is in it, one below the other */
  GSource *making;                /* (owned) (nullable): while parts are missing */
  guint n_parts;                  /* that are made */
  GtkWidget *rows[N_ROWS];        /* (not owned) (nullable): facts, rights, companies, checklist */
  GtkWidget *test;                /* (not owned) */
  GtkWidget *test_line;           /* (not owned) */
  GtkWidget *token;               /* (not owned) */
  GtkWidget *form;                /* (not owned) (nullable): made later, as all below */
  GtkWidget *saved;               /* (not owned) (nullable) */
  GtkWidget *disconnect;          /* (not owned) (nullable) */
  GtkWidget *disconnected;        /* (not owned) (nullable) */
  GtkWidget *sent;                /* (not owned) (nullable): what became of sending them first */
  GListModel *orders;             /* (owned) (nullable): its counts, for the question */
  gboolean is_sending;            /* somebody wants to disconnect after that */
  gboolean is_counting;           /* what is left of it */
} ConnectionTab;

static void setup_cb(ConnectionTab *self);
static void test_cb(ConnectionTab *self);
static void disconnect_cb(ConnectionTab *self);
static void counted_cb(ConnectionTab *self);
static void send_first_cb(gpointer user_data);
static void keep_cb(gpointer user_data);
static void park_cb(gpointer user_data);

static void
free_tab(gpointer data)
{
  ConnectionTab *self = data;
  if (self->making != NULL)
    g_source_destroy(self->making);
  g_clear_pointer(&self->making, g_source_unref);
  if (self->orders != NULL)
    g_signal_handlers_disconnect_by_data(self->orders, self);
  g_clear_object(&self->orders);
  g_free(self);
}

static void
count_orders(ConnectionTab *self)
{
  if (self->orders != NULL)
    g_signal_handlers_disconnect_by_data(self->orders, self);
  g_clear_object(&self->orders);
  self->orders = shopcaisse_page_model_list(self->context->model, "orders", NULL);
  g_signal_connect_swapped(self->orders, "notify", G_CALLBACK(counted_cb), self);
}

/* Others have a place of their own: the checklist, the schedule, when an order is sent. */
static gboolean
is_here(const char *key)
{
  return !g_str_has_prefix(key, "confirmed-") && !g_str_has_suffix(key, "-interval") &&
         !shopcaisse_page_settings_is_sending(key);
}

static void
append_first(ConnectionTab *self)
{
  GtkWidget *bar = shopcaisse_part_bar_new();
  GtkWidget *setup = shopcaisse_part_button_new("shopcaisse-open-setup", _("_Guided set-up"));
  self->rows[0] = shopcaisse_facts_new(self->context);
  self->test = shopcaisse_part_button_new("shopcaisse-test", _("_Test the connection"));
  self->test_line = shopcaisse_work_line_new();
  self->token = shopcaisse_token_box_new(self->context);
  shopcaisse_toolkit_append(bar, self->test);
  shopcaisse_toolkit_append(bar, setup);
  shopcaisse_toolkit_append(self->column, self->rows[0]);
  shopcaisse_toolkit_append(self->column, bar);
  shopcaisse_toolkit_append(self->column, self->test_line);
  shopcaisse_toolkit_append(self->column, self->token);
  shopcaisse_part_connect(self->root, setup, "clicked", G_CALLBACK(setup_cb), self);
  shopcaisse_part_connect(self->root, self->test, "clicked", G_CALLBACK(test_cb), self);
}

static void
append_settings(ConnectionTab *self)
{
  self->form = shopcaisse_settings_form_new(self->context, is_here);
  self->saved = shopcaisse_work_line_new();
  shopcaisse_toolkit_append(self->column, self->form);
  shopcaisse_toolkit_append(self->column, self->saved);
}

static void
append_checklist(ConnectionTab *self)
{
  self->rows[3] = shopcaisse_checklist_new(self->context);
  shopcaisse_toolkit_append(self->column, shopcaisse_part_heading_new(_("Before the first order")));
  shopcaisse_toolkit_append(self->column, self->rows[3]);
}

static void
append_rights(ConnectionTab *self)
{
  self->rows[2] = shopcaisse_companies_new(self->context);
  self->rows[1] = shopcaisse_rights_new(self->context);
  shopcaisse_toolkit_append(self->column, self->rows[2]);
  shopcaisse_toolkit_append(self->column, self->rows[1]);
}

static void
append_disconnect(ConnectionTab *self)
{
  self->disconnect = shopcaisse_part_button_new("shopcaisse-disconnect", _("_Disconnect…"));
  self->disconnected = shopcaisse_work_line_new();
  self->sent = shopcaisse_work_line_new();
  gtk_widget_set_halign(self->disconnect, GTK_ALIGN_START);
  shopcaisse_toolkit_append(self->column, shopcaisse_part_heading_new(_("Disconnect")));
  shopcaisse_toolkit_append(
      self->column, shopcaisse_part_text_new(
                        _("The token is forgotten. Articles and links stay; nothing is updated any "
                          "more until you connect again.")));
  shopcaisse_toolkit_append(self->column, self->disconnect);
  shopcaisse_toolkit_append(self->column, self->sent);
  shopcaisse_toolkit_append(self->column, self->disconnected);
  shopcaisse_part_connect(self->root, self->disconnect, "clicked", G_CALLBACK(disconnect_cb), self);
  count_orders(self);
}

/* In their order. */
static void (*const parts[])(ConnectionTab *self) = { append_first, append_settings,
                                                      append_checklist, append_rights,
                                                      append_disconnect };

static void update(GtkWidget *tab, ShopcaissePageTopics topics);

static void
make_part(ConnectionTab *self)
{
  parts[self->n_parts](self);
  self->n_parts++;
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
}

static gboolean
make_part_cb(gpointer user_data)
{
  ConnectionTab *self = user_data;
  if (!shopcaisse_page_model_is_closed(self->context->model))
    make_part(self);
  if (self->n_parts < G_N_ELEMENTS(parts) && !shopcaisse_page_model_is_closed(self->context->model))
    return G_SOURCE_CONTINUE;
  g_clear_pointer(&self->making, g_source_unref);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
make(ShopcaissePageContext *context)
{
  ConnectionTab *self = g_new0(ConnectionTab, 1);
  self->context = context;
  self->column = shopcaisse_part_column_new();
  self->root = shopcaisse_toolkit_scrolled_new(self->column);
  g_object_set_data_full(G_OBJECT(self->root), TAB_KEY, self, free_tab);
  shopcaisse_toolkit_set_name(self->root, _("Connection"));
  make_part(self);
  self->making = g_idle_source_new();
  g_source_set_callback(self->making, make_part_cb, self, NULL);
  g_source_attach(self->making, g_main_context_get_thread_default());
  return self->root;
}

static void
reload(ConnectionTab *self)
{
  for (guint i = 0; i < N_ROWS; i++) {
    if (self->rows[i] != NULL)
      shopcaisse_rows_reload(self->rows[i]);
  }
  if (self->disconnect != NULL)
    count_orders(self);
}

/* What could be sent is sent: the question is asked once more, of what is left. */
static void
follow_sending(ConnectionTab *self)
{
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_SEND, NULL);
  if (!self->is_sending)
    return;
  shopcaisse_work_line_show(self->sent, status);
  if (status->state == SHOPCAISSE_PAGE_RUNNING)
    return;
  self->is_sending = FALSE;
  self->is_counting = status->state == SHOPCAISSE_PAGE_DONE;
  count_orders(self);
  counted_cb(self);
}

static void
update_settings(ConnectionTab *self)
{
  shopcaisse_settings_form_update(self->form);
  shopcaisse_work_line_show(
      self->saved,
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_SETTINGS, NULL));
}

static void
update_disconnect(ConnectionTab *self)
{
  ShopcaissePageModel *model = self->context->model;
  g_autofree char *token =
      shopcaisse_page_settings_dup_value(shopcaisse_page_model_get_settings(model), "token");
  shopcaisse_work_line_show(self->disconnected, shopcaisse_page_model_get_work(
                                                    model, SHOPCAISSE_PAGE_WORK_DISCONNECT, NULL));
  follow_sending(self);
  gtk_widget_set_sensitive(self->disconnect,
                           shopcaisse_page_model_is_open(model) && g_str_equal(token, "true"));
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  ConnectionTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  ShopcaissePageModel *model = self->context->model;
  const ShopcaissePageWorkStatus *test =
      shopcaisse_page_model_get_work(model, SHOPCAISSE_PAGE_WORK_TASK, "test-connection");

  if ((topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0)
    reload(self);
  shopcaisse_token_box_update(self->token);
  shopcaisse_work_line_show(self->test_line, test);
  gtk_widget_set_sensitive(self->test, shopcaisse_page_model_is_open(model) &&
                                           test->state != SHOPCAISSE_PAGE_RUNNING);
  if (self->form != NULL)
    update_settings(self);
  if (self->disconnect != NULL)
    update_disconnect(self);
}

static void
setup_cb(ConnectionTab *self)
{
  self->context->open_setup(self->context->page);
}

static void
test_cb(ConnectionTab *self)
{
  shopcaisse_page_model_run(self->context->model, "test-connection");
}

static guint
count_waiting(ConnectionTab *self)
{
  static const char *const states[] = { "held", "waiting", "sending" };
  guint n_waiting = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
    n_waiting += shopcaisse_page_list_get_count(self->orders, states[i]);
  return n_waiting;
}

static void
counted_cb(ConnectionTab *self)
{
  if (!self->is_counting || !shopcaisse_page_list_has_begun(self->orders))
    return;
  self->is_counting = FALSE;
  disconnect_cb(self);
}

static void
disconnect_cb(ConnectionTab *self)
{
  const ShopcaisseQuestionAnswer simple[] = {
    { "shopcaisse-answer-disconnect", _("_Disconnect"), keep_cb },
  };
  const ShopcaisseQuestionAnswer waiting[] = {
    { "shopcaisse-answer-send", _("_Send them first"), send_first_cb },
    { "shopcaisse-answer-keep", _("_Keep them for the next connection"), keep_cb },
    { "shopcaisse-answer-park", _("Set them _aside"), park_cb },
  };
  guint n_waiting = count_waiting(self);
  if (n_waiting == 0) {
    shopcaisse_question_ask(self->context->question,
                            _("Disconnect from Shopcaisse? Articles and links stay."), simple,
                            G_N_ELEMENTS(simple), self->root, self);
    return;
  }
  g_autofree char *text = g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%u order has not been sent yet. What is to become of it?",
                  "%u orders have not been sent yet. What is to become of them?", n_waiting),
      n_waiting);
  shopcaisse_question_ask(self->context->question, text, waiting, G_N_ELEMENTS(waiting), self->root,
                          self);
}

static void
send_first_cb(gpointer user_data)
{
  ConnectionTab *self = user_data;
  self->is_sending = TRUE;
  shopcaisse_page_model_send(self->context->model, NULL);
}

static void
keep_cb(gpointer user_data)
{
  ConnectionTab *self = user_data;
  shopcaisse_page_model_disconnect(self->context->model, COMPTOIR_DISCONNECT_KEEP_QUEUE);
}

static void
park_cb(gpointer user_data)
{
  ConnectionTab *self = user_data;
  shopcaisse_page_model_disconnect(self->context->model, COMPTOIR_DISCONNECT_PARK_QUEUE);
}

const ShopcaisseTab shopcaisse_connection_tab = {
  .id = "shopcaisse-tab-connection",
  .title = N_("Co_nnection"),
  .make = make,
  .update = update,
};
