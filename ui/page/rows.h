/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShopcaisseRowsKind:
 * @list: which list of the channel
 * @title: (nullable): what stands above it, not translated
 * @empty: what to say when it has no rows, not translated
 * @make: (transfer floating): makes the widget of a row; its controls may be pressed
 * @fill: shows a row in it, again and again
 *
 * How a short list is shown: a widget each row, which stays while the row does.
 */
typedef struct {
  const char *list;
  const char *title;
  const char *empty;
  GtkWidget *(*make)(gpointer user_data, const char *id);
  void (*fill)(GtkWidget *widget, GVariant *row, gpointer user_data);
} ShopcaisseRowsKind;

GtkWidget *shopcaisse_rows_new(ShopcaissePageContext *context,
                               const ShopcaisseRowsKind *kind,
                               gpointer user_data);
void shopcaisse_rows_reload(GtkWidget *rows);
void shopcaisse_rows_update(GtkWidget *rows);
gboolean shopcaisse_rows_is_empty(GtkWidget *rows);

G_END_DECLS
