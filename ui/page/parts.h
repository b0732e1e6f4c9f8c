/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The small pieces that every part of the page is made of. */
#pragma once

#include "ui/model/page-model.h"
#include "ui/toolkit.h"

G_BEGIN_DECLS

/**
 * ShopcaissePageContext:
 * @model: (not owned): the page without its widgets
 * @question: (not owned): the bar that asks
 * @open_setup: shows the guided set-up
 * @page: (not owned): of @open_setup
 *
 * What every part of a page has; the page owns it and outlives its parts.
 */
typedef struct {
  ShopcaissePageModel *model;
  GtkWidget *question;
  ShopcaisseToolkitFunc open_setup;
  gpointer page;
} ShopcaissePageContext;

GtkWidget *shopcaisse_part_column_new(void);
GtkWidget *shopcaisse_part_bar_new(void);
GtkWidget *shopcaisse_part_text_new(const char *text);
GtkWidget *shopcaisse_part_heading_new(const char *text);
GtkWidget *shopcaisse_part_button_new(const char *id, const char *label);
GtkWidget *shopcaisse_part_entry_new(const char *id, GtkWidget *label, const char *name);
GtkWidget *shopcaisse_part_check_new(const char *id, const char *label);
void shopcaisse_part_set_label(GtkWidget *button, const char *label);
void shopcaisse_part_show_text(GtkWidget *label, const char *text);

/* What the columns of a list shorten, whole, for the row that is selected. */
GtkWidget *shopcaisse_part_detail_new(const char *id);
void shopcaisse_part_show_detail(GtkWidget *label, GtkWidget *list, const char *text);

/* Connects @callback(data, ...) for as long as @root lives. */
void shopcaisse_part_connect(
    GtkWidget *root, gpointer instance, const char *signal, GCallback callback, gpointer data);

GtkWidget *shopcaisse_work_line_new(void);
void shopcaisse_work_line_show(GtkWidget *line, const ShopcaissePageWorkStatus *status);

G_END_DECLS
