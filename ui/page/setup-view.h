/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/**
 * ShopcaisseStep:
 * @make: (transfer floating): makes what is asked in it
 * @update: shows what has changed
 *
 * One step of the guided set-up.
 */
typedef struct {
  GtkWidget *(*make)(ShopcaissePageContext *context);
  void (*update)(GtkWidget *step, ShopcaissePageTopics topics);
} ShopcaisseStep;

const ShopcaisseStep *shopcaisse_step_get(ShopcaissePageStep step);

/* The guided set-up: its steps on the left, what is asked on the right. */
GtkWidget *shopcaisse_setup_view_new(ShopcaissePageContext *context,
                                     ShopcaisseToolkitFunc finished,
                                     gpointer user_data);
void shopcaisse_setup_view_go_to_due(GtkWidget *view);
void shopcaisse_setup_view_update(GtkWidget *view, ShopcaissePageTopics topics);

G_END_DECLS
