/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bare window with the page in it, and what a person does in it; for GTK 3 and GTK 4. */
#pragma once

#include <comptoir/comptoir.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*WindowVisit)(GtkWidget *widget, gpointer user_data);

void window_start(void);
GtkWidget *window_make_page(ComptoirChannel *channel);
GtkWidget *window_new(GtkWidget *child, int width, int height);
GtkWidget *window_open(ComptoirChannel *channel, int width, int height);
void window_close(GtkWidget *window);
GtkWidget *window_get_page(GtkWidget *window);

/* One turn after another until nothing is left to do, or, with a watchdog, until it is so. */
void window_settle(void);
gboolean window_wait(gboolean (*is_so)(gpointer user_data), gpointer user_data);
gboolean window_wait_frame(GtkWidget *window);

void window_visit(GtkWidget *root, WindowVisit visit, gpointer user_data);
GtkWidget *window_find(GtkWidget *root, const char *id);
gboolean window_shows_text(GtkWidget *root, const char *text);
gboolean window_has_name(GtkWidget *widget);
gboolean window_is_control(GtkWidget *widget);

void window_press(GtkWidget *root, const char *id);
void window_tick(GtkWidget *root, const char *id);
void window_type(GtkWidget *root, const char *id, const char *text);
gboolean window_can_press(GtkWidget *root, const char *id);
void window_show_tab(GtkWidget *root, int index);
void window_reveal(GtkWidget *root, const char *id);
void window_select_first(GtkWidget *root, const char *id);
GtkWidget *window_get_focus(GtkWidget *window);
void window_measure(GtkWidget *widget, int *width, int *height);
char *window_dup_tooltip(GtkWidget *widget);
gboolean window_locate(GtkWidget *widget, GtkWidget *around, GdkRectangle *area);

/* As it is drawn: 32 bits a pixel, to be destroyed. */
cairo_surface_t *window_draw(GtkWidget *window);
gboolean window_save(GtkWidget *window, const char *path);

G_END_DECLS
