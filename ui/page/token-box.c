/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The token: pasted, tried at once, and never shown again but for its last letters. */
#include "ui/page/token-box.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/question.h"

#include <comptoir/comptoir-error.h>
#include <glib/gi18n-lib.h>

#define BOX_KEY "shopcaisse-token-box"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *known;               /* (not owned) */
  GtkWidget *entry;               /* (not owned) */
  GtkWidget *button;              /* (not owned) */
  GtkWidget *line;                /* (not owned) */
  ShopcaissePageWorkState former; /* what was shown of it last */
} Box;

static void connect_cb(Box *self);
static void other_cb(gpointer user_data);

static void
make_entry(Box *self)
{
  GtkWidget *bar = shopcaisse_part_bar_new();
  GtkWidget *label = gtk_label_new_with_mnemonic(_("Access _token"));
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  self->entry = shopcaisse_part_entry_new("shopcaisse-token", label, _("Access token"));
  gtk_entry_set_visibility(GTK_ENTRY(self->entry), FALSE);
  gtk_entry_set_input_purpose(GTK_ENTRY(self->entry), GTK_INPUT_PURPOSE_PASSWORD);
  self->button = shopcaisse_part_button_new("shopcaisse-connect", _("_Connect"));
  shopcaisse_toolkit_append(self->root, label);
  shopcaisse_toolkit_append(bar, self->entry);
  shopcaisse_toolkit_append(bar, self->button);
  shopcaisse_toolkit_append(self->root, bar);
  shopcaisse_part_connect(self->root, self->entry, "activate", G_CALLBACK(connect_cb), self);
  shopcaisse_part_connect(self->root, self->button, "clicked", G_CALLBACK(connect_cb), self);
}

static void
make_help(Box *self)
{
  GtkWidget *help = shopcaisse_part_text_new(
      _("In the Shopcaisse back office the token is under Features > Integrations > Connectors & "
        "API > Public API > Configure > Your External Applications: create an application with +, "
        "tick the company and the store, save, and copy the key from its card. The key on the "
        "page of the WooCommerce module works too."));
  GtkWidget *advice = shopcaisse_part_text_new(
      _("One token for each store keeps their limits apart; one token for several stores works "
        "as well."));
  shopcaisse_toolkit_add_class(help, "shopcaisse-dim");
  shopcaisse_toolkit_add_class(advice, "shopcaisse-dim");
  shopcaisse_toolkit_set_description(self->entry, gtk_label_get_text(GTK_LABEL(help)));
  shopcaisse_toolkit_append(self->root, help);
  shopcaisse_toolkit_append(self->root, advice);
}

/**
 * shopcaisse_token_box_new:
 * @context: the page's
 *
 * Makes the place for a token.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
shopcaisse_token_box_new(ShopcaissePageContext *context)
{
  Box *self = g_new0(Box, 1);
  self->context = context;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full(G_OBJECT(self->root), BOX_KEY, self, g_free);
  self->known = shopcaisse_part_text_new(NULL);
  shopcaisse_toolkit_append(self->root, self->known);
  make_entry(self);
  self->line = shopcaisse_work_line_new();
  shopcaisse_toolkit_append(self->root, self->line);
  make_help(self);
  shopcaisse_token_box_update(self->root);
  return self->root;
}

static char *
dup_known(Box *self)
{
  ShopcaissePageSettings *settings = shopcaisse_page_model_get_settings(self->context->model);
  g_autoptr(GVariant) row = shopcaisse_page_settings_dup_row(settings, "token");
  const char *hint = shopcaisse_page_row_get_text(row, "hint");
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, "token");
  if (error != NULL)
    return g_steal_pointer(&error);
  if (!shopcaisse_page_row_is_true(row, "value"))
    return g_strdup(_("No token is set."));
  if (*hint == '\0')
    return g_strdup(_("A token is set. Paste another one to replace it; links and orders stay."));
  /* Translators: the last letters of a token, as in "…wxyz". */
  return g_strdup_printf(
      _("The token %s is set. Paste another one to replace it; links and orders stay."), hint);
}

static void
ask_for_company(Box *self, const char *text)
{
  const ShopcaisseQuestionAnswer answers[] = {
    { "shopcaisse-answer-company", _("Connect to the _other company"), other_cb },
  };
  shopcaisse_question_ask(self->context->question, text, answers, G_N_ELEMENTS(answers), self->root,
                          self);
}

/* What was refused stays in the entry, what is in use does not. */
static void
follow(Box *self, const ShopcaissePageWorkStatus *status)
{
  if (status->state == self->former)
    return;
  gboolean has_ended = self->former == SHOPCAISSE_PAGE_RUNNING;
  self->former = status->state;
  if (has_ended && status->state == SHOPCAISSE_PAGE_DONE)
    shopcaisse_toolkit_set_text(self->entry, "");
  if (has_ended && status->code == COMPTOIR_ERROR_CONFLICT)
    ask_for_company(self, status->text);
}

/**
 * shopcaisse_token_box_update:
 * @box: the box
 *
 * Shows how the token is.
 */
void
shopcaisse_token_box_update(GtkWidget *box)
{
  Box *self = g_object_get_data(G_OBJECT(box), BOX_KEY);
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_TOKEN, NULL);
  gboolean can_ask = shopcaisse_page_model_is_open(self->context->model) &&
                     status->state != SHOPCAISSE_PAGE_RUNNING;
  g_autofree char *known = dup_known(self);
  shopcaisse_part_show_text(self->known, known);
  shopcaisse_work_line_show(self->line, status);
  gtk_widget_set_sensitive(self->button, can_ask);
  if (status->state == SHOPCAISSE_PAGE_FAILED) {
    shopcaisse_toolkit_add_class(self->entry, "error");
    shopcaisse_toolkit_set_description(self->entry, status->text);
  } else {
    shopcaisse_toolkit_remove_class(self->entry, "error");
  }
  follow(self, status);
}

static void
connect_cb(Box *self)
{
  shopcaisse_page_model_set_token(self->context->model, shopcaisse_toolkit_get_text(self->entry));
}

static void
other_cb(gpointer user_data)
{
  Box *self = user_data;
  shopcaisse_page_model_set_other_token(self->context->model,
                                        shopcaisse_toolkit_get_text(self->entry));
}
