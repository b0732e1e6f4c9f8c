/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How wide a column is: known before there are rows, so that nothing moves when they come. */
#include "ui/column-width.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define CELL_GAP  16 /* pixels beside the text of a cell */
#define TITLE_GAP 32 /* the same in the line of titles, which is bolder */

static int
measure_text(GtkWidget *widget, const char *text)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(widget, text);
  int width = 0;
  pango_layout_get_pixel_size(layout, &width, NULL);
  return width;
}

static int
measure_char(GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context(widget);
  PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
  int width = MAX(pango_font_metrics_get_approximate_char_width(metrics),
                  pango_font_metrics_get_approximate_digit_width(metrics));
  pango_font_metrics_unref(metrics);
  return PANGO_PIXELS_CEIL(width);
}

/**
 * shopcaisse_column_measure:
 * @widget: the list
 * @column: one of its columns
 *
 * Finds the room for what a column always has to show: its title and its words in the language that
 * is spoken, and the characters that it wants.
 *
 * Returns: the width in pixels
 */
int
shopcaisse_column_measure(GtkWidget *widget, const ShopcaissePageColumn *column)
{
  int width = MAX(column->n_chars * measure_char(widget) + CELL_GAP,
                  measure_text(widget, _(column->title)) + TITLE_GAP);
  for (gsize i = 0; column->words[i] != NULL; i++)
    width = MAX(width, measure_text(widget, _(column->words[i])) + CELL_GAP);
  return width;
}
