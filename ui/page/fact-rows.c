/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of the connection, which rights the token has, what a person must confirm. Signs
 * stand beside words; nothing is told by colour alone. */
#include "ui/page/fact-rows.h"

#include "config.h"
#include "ui/model/row.h"

#include <glib/gi18n-lib.h>

#define FACT_KEY   "shopcaisse-fact"
#define SIGN_CHARS 2
#define NAME_CHARS 12 /* at least */
#define GAP        6
#define SHARES     4 /* of the width; the name has one of them */

typedef struct {
  GtkWidget *sign;  /* (not owned): a label */
  GtkWidget *name;  /* (not owned): a label */
  GtkWidget *text;  /* (not owned): a label */
  GtkWidget *rest;  /* (not owned): the box in which it is */
  GtkWidget *check; /* (not owned) (nullable): of a line of the checklist */
  ShopcaissePageContext *context;
  char *setting; /* (owned): what @check changes, "" for nothing */
  gboolean is_filling;
} Fact;

static void confirm_cb(Fact *self);

static void
free_fact(gpointer data)
{
  Fact *self = data;
  g_free(self->setting);
  g_free(self);
}

/* Names and texts stand in line, however long some of them are: shares do not depend on that. */
static void
append_shares(Fact *self, GtkWidget *box)
{
  GtkWidget *grid = gtk_grid_new();
  self->rest = shopcaisse_part_bar_new();
  gtk_grid_set_column_homogeneous(GTK_GRID(grid), TRUE);
  gtk_grid_set_column_spacing(GTK_GRID(grid), GAP);
  gtk_widget_set_hexpand(grid, TRUE);
  shopcaisse_toolkit_append(self->rest, self->text);
  shopcaisse_toolkit_attach(grid, self->name, 0, 0);
  gtk_widget_show(self->rest);
  gtk_grid_attach(GTK_GRID(grid), self->rest, 1, 0, SHARES - 1, 1);
  shopcaisse_toolkit_append(box, grid);
}

static GtkWidget *
make_fact(gpointer user_data, const char *id)
{
  GtkWidget *box = shopcaisse_part_bar_new();
  Fact *self = g_new0(Fact, 1);
  self->context = user_data;
  self->setting = g_strdup("");
  self->sign = gtk_label_new(NULL);
  self->name = shopcaisse_part_text_new(NULL);
  self->text = shopcaisse_part_text_new(NULL);
  g_object_set(self->sign, "width-chars", SIGN_CHARS, "xalign", 0.5f, "valign", GTK_ALIGN_START,
               NULL);
  g_object_set(self->name, "width-chars", NAME_CHARS, "valign", GTK_ALIGN_START, NULL);
  gtk_widget_set_valign(self->text, GTK_ALIGN_START);
  shopcaisse_toolkit_append(box, self->sign);
  append_shares(self, box);
  shopcaisse_toolkit_set_id(box, id);
  g_object_set_data_full(G_OBJECT(box), FACT_KEY, self, free_fact);
  return box;
}

static const char *
get_sign(const char *level)
{
  static const char *const signs[][2] = {
    { "ok", "✓" },      { "granted", "✓" }, { "warning", "!" }, { "unused", "–" },
    { "missing", "✗" }, { "error", "✗" },   { "unknown", "?" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
    if (g_str_equal(signs[i][0], level))
      return signs[i][1];
  }
  return "";
}

static void
fill(Fact *self, const char *level, const char *name, const char *text)
{
  gboolean is_wrong = g_str_equal(level, "error") || g_str_equal(level, "missing");
  gtk_label_set_text(GTK_LABEL(self->sign), get_sign(level));
  gtk_label_set_text(GTK_LABEL(self->name), name);
  shopcaisse_part_show_text(self->text, text);
  if (is_wrong)
    shopcaisse_toolkit_add_class(self->sign, "shopcaisse-error");
  else
    shopcaisse_toolkit_remove_class(self->sign, "shopcaisse-error");
}

static Fact *
get_fact(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), FACT_KEY);
}

static void
fill_fact(GtkWidget *widget, GVariant *row, gpointer user_data)
{
  fill(get_fact(widget), shopcaisse_page_row_get_text(row, "level"),
       shopcaisse_page_row_get_text(row, "name"), shopcaisse_page_row_get_text(row, "text"));
}

static void
fill_right(GtkWidget *widget, GVariant *row, gpointer user_data)
{
  const char *state = shopcaisse_page_row_get_text(row, "state");
  const char *text = shopcaisse_page_row_get_text(row, "text");
  if (*text == '\0' && g_str_equal(state, "unused"))
    text = _("Not needed");
  fill(get_fact(widget), state, shopcaisse_page_row_get_text(row, "name"), text);
}

static void
fill_company(GtkWidget *widget, GVariant *row, gpointer user_data)
{
  fill(get_fact(widget), "", shopcaisse_page_row_get_text(row, "name"), "");
}

static GtkWidget *
make_check(gpointer user_data, const char *id)
{
  GtkWidget *box = make_fact(user_data, id);
  Fact *self = get_fact(box);
  g_autofree char *check_id = g_strdup_printf("shopcaisse-confirm-%s", id);
  self->check = shopcaisse_part_check_new(check_id, _("Confirmed"));
  gtk_widget_set_valign(self->check, GTK_ALIGN_START);
  shopcaisse_part_connect(box, self->check, "toggled", G_CALLBACK(confirm_cb), self);
  shopcaisse_toolkit_append(self->rest, self->check);
  return box;
}

static void
fill_check(GtkWidget *widget, GVariant *row, gpointer user_data)
{
  Fact *self = get_fact(widget);
  const char *state = shopcaisse_page_row_get_text(row, "state");
  const char *name = shopcaisse_page_row_get_text(row, "name");
  const char *setting = shopcaisse_page_row_get_text(row, "setting");
  g_autofree char *text =
      g_str_equal(state, "unknown") && *setting != '\0'
          ? g_strdup_printf("%s\n%s", shopcaisse_page_row_get_text(row, "text"),
                            _("This cannot be verified from here. Please confirm it."))
          : g_strdup(shopcaisse_page_row_get_text(row, "text"));
  fill(self, state, name, text);
  self->is_filling = TRUE;
  g_free(self->setting);
  self->setting = g_strdup(setting);
  gtk_widget_set_visible(self->check, *setting != '\0');
  shopcaisse_toolkit_set_active(self->check, g_str_equal(state, "ok"));
  /* Translators: a box to tick, read aloud with what is confirmed by it. */
  g_autofree char *spoken = g_strdup_printf(_("Confirmed: %s"), name);
  shopcaisse_toolkit_set_name(self->check, spoken);
  self->is_filling = FALSE;
}

static void
confirm_cb(Fact *self)
{
  if (!self->is_filling && *self->setting != '\0')
    shopcaisse_page_model_change(self->context->model, self->setting,
                                 shopcaisse_toolkit_is_active(self->check) ? "true" : "false");
}

static const ShopcaisseRowsKind facts = { "facts", NULL, N_("Nothing is known yet."), make_fact,
                                          fill_fact };
static const ShopcaisseRowsKind rights = { "rights", N_("Rights of the token"),
                                           N_("No rights are known yet."), make_fact, fill_right };
static const ShopcaisseRowsKind companies = { "companies", N_("Companies"),
                                              N_("No company is known yet."), make_fact,
                                              fill_company };
static const ShopcaisseRowsKind checklist = { "checklist", NULL, N_("There is nothing to confirm."),
                                              make_check, fill_check };

/**
 * shopcaisse_facts_new:
 * @context: the page's
 *
 * Returns: (transfer floating): what is known of the connection
 */
GtkWidget *
shopcaisse_facts_new(ShopcaissePageContext *context)
{
  return shopcaisse_rows_new(context, &facts, context);
}

/**
 * shopcaisse_rights_new:
 * @context: the page's
 *
 * Returns: (transfer floating): the rights of the token, each with what it serves
 */
GtkWidget *
shopcaisse_rights_new(ShopcaissePageContext *context)
{
  return shopcaisse_rows_new(context, &rights, context);
}

/**
 * shopcaisse_companies_new:
 * @context: the page's
 *
 * Returns: (transfer floating): the companies that the token opens
 */
GtkWidget *
shopcaisse_companies_new(ShopcaissePageContext *context)
{
  return shopcaisse_rows_new(context, &companies, context);
}

/**
 * shopcaisse_checklist_new:
 * @context: the page's
 *
 * Returns: (transfer floating): what must be so in Shopcaisse, and who says that it is
 */
GtkWidget *
shopcaisse_checklist_new(ShopcaissePageContext *context)
{
  return shopcaisse_rows_new(context, &checklist, context);
}
