/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/toolkit.h"

G_BEGIN_DECLS

/**
 * ShopcaisseQuestionAnswer:
 * @id: its button's name for programs
 * @label: what is on the button, translated, with a mnemonic
 * @chosen: called when it is chosen
 *
 * One answer to a question.
 */
typedef struct {
  const char *id;
  const char *label;
  ShopcaisseToolkitFunc chosen;
} ShopcaisseQuestionAnswer;

/* A bar inside the page, no window: it asks before what cannot be taken back. */
GtkWidget *shopcaisse_question_new(void);
void shopcaisse_question_ask(GtkWidget *question,
                             const char *text,
                             const ShopcaisseQuestionAnswer *answers,
                             guint n_answers,
                             GtkWidget *owner,
                             gpointer data);
void shopcaisse_question_withdraw(GtkWidget *question);

G_END_DECLS
