/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "looks.h"

#include "window.h"

#include <math.h>

#define CONTRAST_MIN 4.5
#define TOLERANCE    1 /* pixels: sizes are rounded */

typedef struct {
  GtkWidget *window;
  cairo_surface_t *picture; /* (nullable) */
  guint n_found;
} Walk;

static gboolean
is_text(GtkWidget *widget)
{
  return GTK_IS_LABEL(widget) && gtk_widget_get_mapped(widget) &&
         *gtk_label_get_text(GTK_LABEL(widget)) != '\0';
}

static void
report(Walk *walk, GtkWidget *widget, const char *what)
{
  const char *text = GTK_IS_LABEL(widget) ? gtk_label_get_text(GTK_LABEL(widget)) : "";
  walk->n_found++;
  g_printerr("%s: %s %s \"%s\"\n", what, G_OBJECT_TYPE_NAME(widget), gtk_widget_get_name(widget),
             text);
}

/* Whether what is wider or higher than a widget can be scrolled to. */
static gboolean
scrolls(GtkWidget *widget, GtkOrientation orientation)
{
  GtkPolicyType across = GTK_POLICY_NEVER;
  GtkPolicyType down = GTK_POLICY_NEVER;
  if (!GTK_IS_SCROLLED_WINDOW(widget))
    return FALSE;
  gtk_scrolled_window_get_policy(GTK_SCROLLED_WINDOW(widget), &across, &down);
  GtkPolicyType policy = orientation == GTK_ORIENTATION_HORIZONTAL ? across : down;
  return policy == GTK_POLICY_AUTOMATIC || policy == GTK_POLICY_ALWAYS;
}

static gboolean
exceeds(GtkWidget *widget, GtkWidget *around, GtkOrientation orientation)
{
  GdkRectangle inner = { 0 };
  GdkRectangle outer = { 0 };
  if (!window_locate(widget, around, &inner) || !window_locate(around, around, &outer))
    return FALSE;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return inner.x < -TOLERANCE || inner.x + inner.width > outer.width + TOLERANCE;
  return inner.y < -TOLERANCE || inner.y + inner.height > outer.height + TOLERANCE;
}

/* Something around it shows less of it than there is. */
static gboolean
is_cut(GtkWidget *widget, GtkOrientation orientation)
{
  for (GtkWidget *around = gtk_widget_get_parent(widget); around != NULL;
       around = gtk_widget_get_parent(around)) {
    if (scrolls(around, orientation))
      return FALSE;
    if (!GTK_IS_SCROLLABLE(around) && exceeds(widget, around, orientation))
      return TRUE;
  }
  return FALSE;
}

static void
measure_text(GtkWidget *label, int *width, int *height)
{
  PangoLayout *layout = gtk_label_get_layout(GTK_LABEL(label));
  pango_layout_get_pixel_size(layout, width, height);
}

static gboolean
has_less_than_its_text(GtkWidget *label)
{
  GdkRectangle area = { 0 };
  int width = 0;
  int height = 0;
  window_locate(label, label, &area);
  measure_text(label, &width, &height);
  return area.width + TOLERANCE < width || area.height + TOLERANCE < height;
}

/* Its own words, or those of the control that it is on; who asks when it is shown answers. */
static gboolean
tells_all(GtkWidget *label)
{
  const char *text = gtk_label_get_text(GTK_LABEL(label));
  for (GtkWidget *widget = label; widget != NULL; widget = gtk_widget_get_parent(widget)) {
    g_autofree char *tooltip = window_dup_tooltip(widget);
    gboolean is_told = FALSE;
    if (tooltip != NULL)
      return strstr(tooltip, text) != NULL;
    if (!gtk_widget_get_has_tooltip(widget))
      continue;
    g_autoptr(GObject) empty = g_object_new(GTK_TYPE_TOOLTIP, NULL);
    g_signal_emit_by_name(widget, "query-tooltip", 0, 0, FALSE, empty, &is_told);
    return is_told;
  }
  return FALSE;
}

static void
visit_clipped(GtkWidget *widget, gpointer user_data)
{
  Walk *walk = user_data;
  if (!is_text(widget))
    return;
  if (pango_layout_is_ellipsized(gtk_label_get_layout(GTK_LABEL(widget)))) {
    if (!tells_all(widget))
      report(walk, widget, "shortened, and not told");
  } else if (has_less_than_its_text(widget)) {
    report(walk, widget, "clipped");
  }
}

guint
looks_count_clipped(GtkWidget *window)
{
  Walk walk = { .window = window };
  window_visit(window, visit_clipped, &walk);
  return walk.n_found;
}

static void
visit_outside(GtkWidget *widget, gpointer user_data)
{
  Walk *walk = user_data;
  if (!gtk_widget_get_mapped(widget) || widget == walk->window ||
      !(GTK_IS_LABEL(widget) || window_is_control(widget)))
    return;
  if (is_cut(widget, GTK_ORIENTATION_HORIZONTAL) || is_cut(widget, GTK_ORIENTATION_VERTICAL))
    report(walk, widget, "outside");
}

guint
looks_count_outside(GtkWidget *window)
{
  Walk walk = { .window = window };
  window_visit(window, visit_outside, &walk);
  return walk.n_found;
}

static double
get_channel(guint32 pixel, guint shift)
{
  double value = (double)((pixel >> shift) & 0xff) / 255;
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* As WCAG 2.1 defines relative luminance. */
static double
get_luminance(guint32 pixel)
{
  return 0.2126 * get_channel(pixel, 16) + 0.7152 * get_channel(pixel, 8) +
         0.0722 * get_channel(pixel, 0);
}

static double
get_contrast(guint32 one, guint32 other)
{
  double light = get_luminance(one) + 0.05;
  double dark = get_luminance(other) + 0.05;
  return light > dark ? light / dark : dark / light;
}

static guint32
get_pixel(cairo_surface_t *picture, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data(picture);
  return *(const guint32 *)(gconstpointer)(data + y * cairo_image_surface_get_stride(picture) +
                                           4 * x);
}

static gboolean
clip_to_picture(cairo_surface_t *picture, GdkRectangle *area)
{
  const GdkRectangle whole = { 0, 0, cairo_image_surface_get_width(picture),
                               cairo_image_surface_get_height(picture) };
  return gdk_rectangle_intersect(area, &whole, area);
}

/* The colour that most of the area has. */
static guint32
find_ground(cairo_surface_t *picture, const GdkRectangle *area)
{
  g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
  guint32 ground = 0;
  guint most = 0;
  for (int y = area->y; y < area->y + area->height; y++) {
    for (int x = area->x; x < area->x + area->width; x++) {
      guint32 pixel = get_pixel(picture, x, y);
      guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, GUINT_TO_POINTER(pixel))) + 1;
      g_hash_table_insert(counts, GUINT_TO_POINTER(pixel), GUINT_TO_POINTER(count));
      if (count > most)
        ground = pixel;
      most = MAX(most, count);
    }
  }
  return ground;
}

static double
find_contrast(cairo_surface_t *picture, const GdkRectangle *area)
{
  guint32 ground = find_ground(picture, area);
  double best = 1;
  for (int y = area->y; y < area->y + area->height; y++) {
    for (int x = area->x; x < area->x + area->width; x++)
      best = MAX(best, get_contrast(get_pixel(picture, x, y), ground));
  }
  return best;
}

/* What is scrolled away is not in the picture. */
static gboolean
is_in_sight(GtkWidget *label, GtkWidget *window)
{
  for (GtkWidget *around = gtk_widget_get_parent(label); around != NULL && around != window;
       around = gtk_widget_get_parent(around)) {
    if (exceeds(label, around, GTK_ORIENTATION_HORIZONTAL) ||
        exceeds(label, around, GTK_ORIENTATION_VERTICAL))
      return FALSE;
  }
  return TRUE;
}

/* What cannot be used now is paler, and may be. */
static void
visit_faint(GtkWidget *widget, gpointer user_data)
{
  Walk *walk = user_data;
  GdkRectangle area = { 0 };
  if (!is_text(widget) || !gtk_widget_is_sensitive(widget) || !is_in_sight(widget, walk->window) ||
      !window_locate(widget, walk->window, &area) || !clip_to_picture(walk->picture, &area))
    return;
  double contrast = find_contrast(walk->picture, &area);
  if (contrast >= CONTRAST_MIN)
    return;
  report(walk, widget, "faint");
  g_printerr("  %.2f at %d,%d %dx%d\n", contrast, area.x, area.y, area.width, area.height);
}

guint
looks_count_faint(GtkWidget *window)
{
  Walk walk = { .window = window, .picture = window_draw(window) };
  window_visit(window, visit_faint, &walk);
  cairo_surface_destroy(walk.picture);
  return walk.n_found;
}

double
looks_measure_brightness(GtkWidget *window)
{
  cairo_surface_t *picture = window_draw(window);
  const GdkRectangle whole = { 0, 0, cairo_image_surface_get_width(picture),
                               cairo_image_surface_get_height(picture) };
  double brightness = get_luminance(find_ground(picture, &whole));
  cairo_surface_destroy(picture);
  return brightness;
}
