/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GTK 3 and GTK 4 call differently. The page is written once over this and is compiled twice;
 * a toolkit's own half is in gtk3/ or gtk4/. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*ShopcaisseToolkitFunc)(gpointer user_data);

/* Children; they are shown, unless somebody hides them afterwards. */
void shopcaisse_toolkit_append(GtkWidget *box, GtkWidget *child);
void shopcaisse_toolkit_attach(GtkWidget *grid, GtkWidget *child, int column, int row);
void shopcaisse_toolkit_set_child(GtkWidget *parent, GtkWidget *child);
void shopcaisse_toolkit_remove(GtkWidget *box, GtkWidget *child);
void shopcaisse_toolkit_remove_all(GtkWidget *box);
GtkWidget *shopcaisse_toolkit_scrolled_new(GtkWidget *child);
GtkWidget *shopcaisse_toolkit_pane_new(GtkWidget *child);
GtkWidget *shopcaisse_toolkit_get_child(GtkWidget *button);

/* What a host does to all of its own widgets leaves those of the page alone. */
void shopcaisse_toolkit_guard_page(GtkWidget *page);

/* Entries and check buttons. */
gboolean shopcaisse_toolkit_has_focus(GtkWidget *entry);
const char *shopcaisse_toolkit_get_text(GtkWidget *entry);
void shopcaisse_toolkit_set_text(GtkWidget *entry, const char *text);
gboolean shopcaisse_toolkit_is_active(GtkWidget *check);
void shopcaisse_toolkit_set_active(GtkWidget *check, gboolean is_active);
void shopcaisse_toolkit_watch_leave(GtkWidget *entry, ShopcaisseToolkitFunc left, gpointer data);

/* Who cannot see a control hears its name; programs find it by its id. */
void shopcaisse_toolkit_set_id(GtkWidget *widget, const char *id);
void shopcaisse_toolkit_set_name(GtkWidget *widget, const char *name);
void shopcaisse_toolkit_set_description(GtkWidget *widget, const char *description);

/* Looks: classes of our own, that no other part of the host has. */
void shopcaisse_toolkit_add_class(GtkWidget *widget, const char *name);
void shopcaisse_toolkit_remove_class(GtkWidget *widget, const char *name);
GtkCssProvider *shopcaisse_toolkit_style_new(const char *css);
void shopcaisse_toolkit_style_free(GtkCssProvider *style);

void shopcaisse_toolkit_copy(GtkWidget *widget, const char *text);

GtkFileChooserNative *shopcaisse_toolkit_save_dialog_new(GtkWidget *near, const char *title);

/* A sheet that opens at a button. */
GtkWidget *shopcaisse_toolkit_popover_new(GtkWidget *button, GtkWidget *child);
void shopcaisse_toolkit_popover_open(GtkWidget *popover);
void shopcaisse_toolkit_popover_close(GtkWidget *popover);

G_END_DECLS
