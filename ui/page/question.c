/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bar that asks. It takes the keyboard when it opens and gives it back when it closes. */
#include "ui/page/question.h"

#include "config.h"
#include "ui/page/parts.h"

#include <glib/gi18n-lib.h>

#define QUESTION_KEY "shopcaisse-question"
#define BUTTON_GAP   6
#define TEXT_CHARS   32 /* at least: GTK 3 takes the height of the narrowest for the least */

typedef struct {
  GtkWidget *revealer; /* (not owned): this */
  GtkWidget *text;     /* (not owned) */
  GtkWidget *buttons;  /* (not owned) */
  GtkWidget *owner;    /* (nullable): a weak pointer: who asked */
} Question;

static Question *
get_question(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), QUESTION_KEY);
}

static void
free_question(gpointer data)
{
  Question *self = data;
  g_clear_weak_pointer(&self->owner);
  g_free(self);
}

/**
 * shopcaisse_question_new:
 *
 * Makes the bar, closed.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
shopcaisse_question_new(void)
{
  Question *self = g_new0(Question, 1);
  GtkWidget *column = shopcaisse_part_column_new();
  self->revealer = gtk_revealer_new();
  self->text = shopcaisse_part_text_new(NULL);
  /* Below one another: side by side, large texts would be wider than a small screen. */
  self->buttons = gtk_box_new(GTK_ORIENTATION_VERTICAL, BUTTON_GAP);
  gtk_widget_set_halign(self->buttons, GTK_ALIGN_START);
  g_object_set(self->text, "width-chars", TEXT_CHARS, NULL);
  shopcaisse_toolkit_append(column, self->text);
  shopcaisse_toolkit_append(column, self->buttons);
  shopcaisse_toolkit_add_class(column, "shopcaisse-question");
  shopcaisse_toolkit_set_child(self->revealer, column);
  shopcaisse_toolkit_set_id(self->revealer, "shopcaisse-question");
  gtk_revealer_set_transition_type(GTK_REVEALER(self->revealer), GTK_REVEALER_TRANSITION_TYPE_NONE);
  g_object_set_data_full(G_OBJECT(self->revealer), QUESTION_KEY, self, free_question);
  return self->revealer;
}

typedef struct {
  ShopcaisseToolkitFunc chosen; /* (nullable): for the answer that does nothing */
  gpointer data;                /* of chosen */
  GtkWidget *revealer;          /* not owned: it owns the button */
} Chosen;

static void
chosen_cb(Chosen *chosen)
{
  ShopcaisseToolkitFunc func = chosen->chosen;
  gpointer data = chosen->data;
  gboolean has_owner = get_question(chosen->revealer)->owner != NULL;
  shopcaisse_question_withdraw(chosen->revealer);
  if (func != NULL && has_owner)
    func(data);
}

static void
append_answer(Question *self, const ShopcaisseQuestionAnswer *answer, gpointer data)
{
  GtkWidget *button = shopcaisse_part_button_new(answer->id, answer->label);
  Chosen *chosen = g_new0(Chosen, 1);
  chosen->chosen = answer->chosen;
  chosen->data = data;
  chosen->revealer = self->revealer;
  g_object_set_data_full(G_OBJECT(button), QUESTION_KEY, chosen, g_free);
  g_signal_connect_swapped(button, "clicked", G_CALLBACK(chosen_cb), chosen);
  shopcaisse_toolkit_append(self->buttons, button);
}

/**
 * shopcaisse_question_ask:
 * @question: the bar
 * @text: the question, translated
 * @answers: the answers; one that does nothing is added
 * @n_answers: how many
 * @owner: who asks; when it is gone nothing is called
 * @data: for what is chosen
 *
 * Asks; a question that was open is forgotten.
 */
void
shopcaisse_question_ask(GtkWidget *question,
                        const char *text,
                        const ShopcaisseQuestionAnswer *answers,
                        guint n_answers,
                        GtkWidget *owner,
                        gpointer data)
{
  Question *self = get_question(question);
  const ShopcaisseQuestionAnswer nothing = { "shopcaisse-answer-nothing", _("_Do nothing"), NULL };
  shopcaisse_toolkit_remove_all(self->buttons);
  g_set_weak_pointer(&self->owner, owner);
  shopcaisse_part_show_text(self->text, text);
  for (guint i = 0; i < n_answers; i++)
    append_answer(self, &answers[i], data);
  append_answer(self, &nothing, NULL);
  gtk_widget_set_visible(question, TRUE);
  gtk_revealer_set_reveal_child(GTK_REVEALER(question), TRUE);
  gtk_widget_child_focus(self->buttons, GTK_DIR_TAB_FORWARD);
}

/**
 * shopcaisse_question_withdraw:
 * @question: the bar
 *
 * Closes it; nothing is chosen.
 */
void
shopcaisse_question_withdraw(GtkWidget *question)
{
  Question *self = get_question(question);
  GtkWidget *owner = self->owner;
  gtk_revealer_set_reveal_child(GTK_REVEALER(question), FALSE);
  gtk_widget_set_visible(question, FALSE);
  if (owner != NULL)
    gtk_widget_child_focus(owner, GTK_DIR_TAB_FORWARD);
}
