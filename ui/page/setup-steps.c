/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each step of the set-up asks. */
#include "config.h"
#include "ui/page/fact-rows.h"
#include "ui/page/plan-view.h"
#include "ui/page/setting-field.h"
#include "ui/page/setup-view.h"
#include "ui/page/store-picker.h"
#include "ui/page/token-box.h"

#include <glib/gi18n-lib.h>

#define STEP_KEY "shopcaisse-step"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *column;              /* (not owned) */
  GtkWidget *parts[3];            /* (not owned) (nullable) each */
  GtkWidget *line;                /* (not owned) (nullable) */
} Step;

static Step *
step_new(ShopcaissePageContext *context, const char *name)
{
  Step *self = g_new0(Step, 1);
  self->context = context;
  self->column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
  self->root = shopcaisse_toolkit_scrolled_new(self->column);
  shopcaisse_toolkit_set_name(self->root, name);
  g_object_set_data_full(G_OBJECT(self->root), STEP_KEY, self, g_free);
  return self;
}

static Step *
get_step(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), STEP_KEY);
}

static void
append_text(Step *self, const char *text)
{
  shopcaisse_toolkit_append(self->column, shopcaisse_part_text_new(text));
}

static void
append_part(Step *self, guint i, GtkWidget *part)
{
  self->parts[i] = part;
  shopcaisse_toolkit_append(self->column, part);
}

static GtkWidget *
make_token(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Access token"));
  append_text(self, _("Paste the token that Shopcaisse gave you. It is tried at once, and what it "
                      "opens is shown before anything is done."));
  append_part(self, 0, shopcaisse_token_box_new(context));
  return self->root;
}

static void
update_token(GtkWidget *step, ShopcaissePageTopics topics)
{
  shopcaisse_token_box_update(get_step(step)->parts[0]);
}

static GtkWidget *
make_connection(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("What the token opens"));
  append_part(self, 0, shopcaisse_facts_new(context));
  append_part(self, 1, shopcaisse_companies_new(context));
  append_part(self, 2, shopcaisse_rights_new(context));
  return self->root;
}

static void
reload_rows(Step *self, ShopcaissePageTopics topics)
{
  for (gsize i = 0; i < G_N_ELEMENTS(self->parts); i++) {
    if (self->parts[i] != NULL && (topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0)
      shopcaisse_rows_reload(self->parts[i]);
  }
}

static void
update_rows(GtkWidget *step, ShopcaissePageTopics topics)
{
  reload_rows(get_step(step), topics);
}

static GtkWidget *
make_store(ShopcaissePageContext *context)
{
  return shopcaisse_store_picker_new(context);
}

static void
update_store(GtkWidget *step, ShopcaissePageTopics topics)
{
  shopcaisse_store_picker_update(step);
}

static gboolean
is_register(const char *key)
{
  return g_str_equal(key, "pos") || g_str_equal(key, "price-list");
}

static GtkWidget *
make_register(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Register and prices"));
  append_text(self, _("Orders arrive on one register of the store. A store with one register needs "
                      "no choice; with several, orders are held until one is chosen."));
  append_part(self, 0, shopcaisse_settings_form_new(context, is_register));
  self->line = shopcaisse_work_line_new();
  shopcaisse_toolkit_append(self->column, self->line);
  return self->root;
}

static gboolean
is_till(const char *key)
{
  return g_str_equal(key, "till-of-record");
}

static GtkWidget *
make_till(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Till of record"));
  append_text(self, _("A sale counts for the tax office once. If Shopcaisse is the till, the sales "
                      "of this program are sent to it as orders and recorded there. If this "
                      "program is the till itself, no sale is sent."));
  append_part(self, 0, shopcaisse_settings_form_new(context, is_till));
  self->line = shopcaisse_work_line_new();
  shopcaisse_toolkit_append(self->column, self->line);
  return self->root;
}

static void
update_form(GtkWidget *step, ShopcaissePageTopics topics)
{
  Step *self = get_step(step);
  shopcaisse_settings_form_update(self->parts[0]);
  shopcaisse_work_line_show(
      self->line,
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_SETTINGS, NULL));
}

static GtkWidget *
make_checklist(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Before the first order"));
  append_text(self, _("Shopcaisse does not tell these things, and without one of them orders stay "
                      "unseen. Look at each, and confirm what is so."));
  append_part(self, 0, shopcaisse_checklist_new(context));
  return self->root;
}

static GtkWidget *
make_articles(ShopcaissePageContext *context)
{
  GtkWidget *view = shopcaisse_plan_view_new(context);
  return view;
}

static void
update_articles(GtkWidget *step, ShopcaissePageTopics topics)
{
  shopcaisse_plan_view_update(step);
}

static void
calibrate_cb(Step *self)
{
  shopcaisse_page_model_run(self->context->model, "calibrate");
}

static void update_calibration(GtkWidget *step, ShopcaissePageTopics topics);

static GtkWidget *
make_calibration(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Test order"));
  append_text(self, _("One test order finds out how this store writes amounts, to the cent. It is "
                      "marked as a test, appears on the register for a moment and is taken back. "
                      "No real order is sent before."));
  append_part(self, 0,
              shopcaisse_part_button_new("shopcaisse-calibrate", _("Send the _test order")));
  self->line = shopcaisse_work_line_new();
  gtk_widget_set_halign(self->parts[0], GTK_ALIGN_START);
  shopcaisse_toolkit_append(self->column, self->line);
  shopcaisse_part_connect(self->root, self->parts[0], "clicked", G_CALLBACK(calibrate_cb), self);
  update_calibration(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
  return self->root;
}

static void
update_calibration(GtkWidget *step, ShopcaissePageTopics topics)
{
  Step *self = get_step(step);
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_TASK, "calibrate");
  shopcaisse_work_line_show(self->line, status);
  gtk_widget_set_sensitive(self->parts[0], shopcaisse_page_model_is_open(self->context->model) &&
                                               status->state != SHOPCAISSE_PAGE_RUNNING);
}

static GtkWidget *
make_done(ShopcaissePageContext *context)
{
  Step *self = step_new(context, _("Done"));
  self->line = shopcaisse_part_text_new(NULL);
  shopcaisse_toolkit_append(self->column, self->line);
  shopcaisse_step_get(SHOPCAISSE_PAGE_STEP_DONE)->update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
  return self->root;
}

static void
update_done(GtkWidget *step, ShopcaissePageTopics topics)
{
  Step *self = get_step(step);
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  const char *text =
      shopcaisse_page_setup_is_done(&setup, SHOPCAISSE_PAGE_STEP_DONE)
          ? _("All is set up. From now on everything runs by itself; the tabs show how it is.")
          : _("Something is still open: the list on the left shows what. You can come back to "
              "it at any time.");
  shopcaisse_part_show_text(self->line, text);
}

static const ShopcaisseStep steps[] = {
  [SHOPCAISSE_PAGE_STEP_TOKEN] = { make_token, update_token },
  [SHOPCAISSE_PAGE_STEP_CONNECTION] = { make_connection, update_rows },
  [SHOPCAISSE_PAGE_STEP_STORE] = { make_store, update_store },
  [SHOPCAISSE_PAGE_STEP_REGISTER] = { make_register, update_form },
  [SHOPCAISSE_PAGE_STEP_TILL] = { make_till, update_form },
  [SHOPCAISSE_PAGE_STEP_CHECKLIST] = { make_checklist, update_rows },
  [SHOPCAISSE_PAGE_STEP_ARTICLES] = { make_articles, update_articles },
  [SHOPCAISSE_PAGE_STEP_CALIBRATION] = { make_calibration, update_calibration },
  [SHOPCAISSE_PAGE_STEP_DONE] = { make_done, update_done },
};
G_STATIC_ASSERT(G_N_ELEMENTS(steps) == SHOPCAISSE_PAGE_N_STEPS);

/**
 * shopcaisse_step_get:
 * @step: which
 *
 * Returns: (transfer none): how it is made and followed
 */
const ShopcaisseStep *
shopcaisse_step_get(ShopcaissePageStep step)
{
  return &steps[step];
}
