/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window.h"

#define WATCHDOG_S 60

#if GTK_MAJOR_VERSION == 4
#define CHILD(widget) gtk_window_get_child(GTK_WINDOW(widget))
#else
#define CHILD(widget) gtk_bin_get_child(GTK_BIN(widget))
#endif

void
window_start(void)
{
#if GTK_MAJOR_VERSION == 4
  gtk_init();
#else
  gtk_init(NULL, NULL);
#endif
}

GtkWidget *
window_new(GtkWidget *child, int width, int height)
{
#if GTK_MAJOR_VERSION == 4
  GtkWidget *window = gtk_window_new();
  gtk_window_set_child(GTK_WINDOW(window), child);
#else
  GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_widget_show(child);
  gtk_container_add(GTK_CONTAINER(window), child);
#endif
  gtk_window_set_default_size(GTK_WINDOW(window), width, height);
  gtk_window_present(GTK_WINDOW(window));
  return window;
}

GtkWidget *
window_make_page(ComptoirChannel *channel)
{
  g_autoptr(GError) error = NULL;
  GType type = comptoir_find_settings_page("shopcaisse", &error);
  if (type == G_TYPE_INVALID)
    g_error("%s", error->message);
  return g_object_new(type, "channel", channel, NULL);
}

GtkWidget *
window_open(ComptoirChannel *channel, int width, int height)
{
  GtkWidget *window = window_new(window_make_page(channel), width, height);
  window_settle();
  return window;
}

static void
painted_cb(GdkFrameClock *clock, gpointer is_painted)
{
  *(gboolean *)is_painted = TRUE;
}

static gboolean
is_true(gpointer user_data)
{
  return *(gboolean *)user_data;
}

/* What was asked for until now is drawn. */
gboolean
window_wait_frame(GtkWidget *window)
{
  gboolean is_painted = FALSE;
  GdkFrameClock *clock = gtk_widget_get_frame_clock(window);
  gulong handler = g_signal_connect(clock, "after-paint", G_CALLBACK(painted_cb), &is_painted);
  gtk_widget_queue_draw(window);
  gboolean has_come = window_wait(is_true, &is_painted);
  g_signal_handler_disconnect(clock, handler);
  return has_come;
}

void
window_close(GtkWidget *window)
{
#if GTK_MAJOR_VERSION == 4
  gtk_window_destroy(GTK_WINDOW(window));
#else
  gtk_widget_destroy(window);
#endif
  window_settle();
}

GtkWidget *
window_get_page(GtkWidget *window)
{
  return CHILD(window);
}

static gboolean
end_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Frames come from a clock, so there is never nothing to do for good: a moment without is enough.
 */
void
window_settle(void)
{
  gboolean has_ended = FALSE;
  g_autoptr(GSource) source = g_timeout_source_new(60);
  g_source_set_priority(source, G_PRIORITY_LOW);
  g_source_set_callback(source, end_cb, &has_ended, NULL);
  g_source_attach(source, NULL);
  while (!has_ended)
    g_main_context_iteration(NULL, TRUE);
}

gboolean
window_wait(gboolean (*is_so)(gpointer user_data), gpointer user_data)
{
  gboolean has_ended = FALSE;
  g_autoptr(GSource) source = g_timeout_source_new_seconds(WATCHDOG_S);
  g_source_set_callback(source, end_cb, &has_ended, NULL);
  g_source_attach(source, NULL);
  while (!has_ended && !is_so(user_data))
    g_main_context_iteration(NULL, TRUE);
  g_source_destroy(source);
  return !has_ended;
}

#if GTK_MAJOR_VERSION == 4
void
window_visit(GtkWidget *root, WindowVisit visit, gpointer user_data)
{
  visit(root, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child(root); child != NULL;
       child = gtk_widget_get_next_sibling(child))
    window_visit(child, visit, user_data);
}
#else
typedef struct {
  WindowVisit visit;
  gpointer user_data;
} Walk;

static void
walk_cb(GtkWidget *widget, gpointer user_data)
{
  const Walk *walk = user_data;
  window_visit(widget, walk->visit, walk->user_data);
}

void
window_visit(GtkWidget *root, WindowVisit visit, gpointer user_data)
{
  Walk walk = { visit, user_data };
  visit(root, user_data);
  if (GTK_IS_CONTAINER(root))
    gtk_container_forall(GTK_CONTAINER(root), walk_cb, &walk);
}
#endif

typedef struct {
  const char *text;
  GtkWidget *found;
} Search;

static void
match_id(GtkWidget *widget, gpointer user_data)
{
  Search *search = user_data;
  if (search->found == NULL && g_strcmp0(gtk_widget_get_name(widget), search->text) == 0)
    search->found = widget;
}

GtkWidget *
window_find(GtkWidget *root, const char *id)
{
  Search search = { id, NULL };
  window_visit(root, match_id, &search);
  return search.found;
}

static void
match_text(GtkWidget *widget, gpointer user_data)
{
  Search *search = user_data;
  if (search->found == NULL && GTK_IS_LABEL(widget) && gtk_widget_get_mapped(widget) &&
      strstr(gtk_label_get_text(GTK_LABEL(widget)), search->text) != NULL)
    search->found = widget;
}

gboolean
window_shows_text(GtkWidget *root, const char *text)
{
  Search search = { text, NULL };
  window_visit(root, match_text, &search);
  return search.found != NULL;
}

gboolean
window_has_name(GtkWidget *widget)
{
#if GTK_MAJOR_VERSION == 4
  /* The inner part of an entry speaks for the entry. */
  for (GtkWidget *named = widget; named != NULL; named = gtk_widget_get_parent(named)) {
    if (gtk_test_accessible_has_property(GTK_ACCESSIBLE(named), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
        gtk_test_accessible_has_relation(GTK_ACCESSIBLE(named),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY))
      return TRUE;
    if (!GTK_IS_TEXT(named))
      return FALSE;
  }
  return FALSE;
#else
  const char *name = atk_object_get_name(gtk_widget_get_accessible(widget));
  return name != NULL && *name != '\0';
#endif
}

/* Something that takes the keyboard now. */
gboolean
window_is_control(GtkWidget *widget)
{
  if (!gtk_widget_get_mapped(widget) || !gtk_widget_is_sensitive(widget) || GTK_IS_WINDOW(widget))
    return FALSE;
#if GTK_MAJOR_VERSION == 4
  return gtk_widget_get_focusable(widget) && gtk_widget_get_can_focus(widget);
#else
  return gtk_widget_get_can_focus(widget);
#endif
}

void
window_press(GtkWidget *root, const char *id)
{
  GtkWidget *button = window_find(root, id);
  g_assert_true(GTK_IS_BUTTON(button));
  g_assert_true(gtk_widget_is_sensitive(button));
  g_signal_emit_by_name(button, "clicked");
  window_settle();
}

void
window_tick(GtkWidget *root, const char *id)
{
  GtkWidget *check = window_find(root, id);
  g_assert_true(GTK_IS_CHECK_BUTTON(check));
  g_assert_true(gtk_widget_is_sensitive(check));
  g_object_set(check, "active", TRUE, NULL);
  window_settle();
}

void
window_type(GtkWidget *root, const char *id, const char *text)
{
  GtkWidget *entry = window_find(root, id);
  g_assert_true(GTK_IS_EDITABLE(entry));
  g_object_set(entry, "text", text, NULL);
  g_signal_emit_by_name(entry, GTK_IS_SEARCH_ENTRY(entry) ? "search-changed" : "activate");
  window_settle();
}

gboolean
window_can_press(GtkWidget *root, const char *id)
{
  GtkWidget *button = window_find(root, id);
  return button != NULL && gtk_widget_get_mapped(button) && gtk_widget_is_sensitive(button);
}

void
window_show_tab(GtkWidget *root, int index)
{
  GtkWidget *tabs = window_find(root, "shopcaisse-tabs");
  g_assert_true(GTK_IS_NOTEBOOK(tabs));
  gtk_notebook_set_current_page(GTK_NOTEBOOK(tabs), index);
  window_settle();
}

/* Whichever sheets of stacks it lies on come to the front. */
void
window_reveal(GtkWidget *root, const char *id)
{
  for (GtkWidget *widget = window_find(root, id); widget != NULL;
       widget = gtk_widget_get_parent(widget)) {
    GtkWidget *parent = gtk_widget_get_parent(widget);
    if (GTK_IS_STACK(parent))
      gtk_stack_set_visible_child(GTK_STACK(parent), widget);
  }
  window_settle();
}

void
window_select_first(GtkWidget *root, const char *id)
{
  GtkWidget *list = window_find(root, id);
#if GTK_MAJOR_VERSION == 4
  GtkSelectionModel *model = gtk_column_view_get_model(GTK_COLUMN_VIEW(list));
  gtk_selection_model_select_item(model, 0, TRUE);
#else
  g_autoptr(GtkTreePath) path = gtk_tree_path_new_first();
  gtk_tree_selection_select_path(gtk_tree_view_get_selection(GTK_TREE_VIEW(list)), path);
#endif
  window_settle();
}

GtkWidget *
window_get_focus(GtkWidget *window)
{
  return gtk_window_get_focus(GTK_WINDOW(window));
}

void
window_measure(GtkWidget *widget, int *width, int *height)
{
#if GTK_MAJOR_VERSION == 4
  gtk_widget_measure(widget, GTK_ORIENTATION_HORIZONTAL, -1, width, NULL, NULL, NULL);
  gtk_widget_measure(widget, GTK_ORIENTATION_VERTICAL, *width, height, NULL, NULL, NULL);
#else
  gtk_widget_get_preferred_width(widget, width, NULL);
  gtk_widget_get_preferred_height_for_width(widget, *width, height, NULL);
#endif
}

/* GTK 3 can draw what fits on the screen alone. */
cairo_surface_t *
window_draw(GtkWidget *window)
{
#if GTK_MAJOR_VERSION == 4
  int width = gtk_widget_get_width(window);
  int height = gtk_widget_get_height(window);
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  window_wait_frame(window); /* before its first one there is nothing */
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new(window);
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new();
  gdk_paintable_snapshot(paintable, GDK_SNAPSHOT(snapshot), width, height);
  g_autoptr(GskRenderNode) node = gtk_snapshot_to_node(snapshot);
  GskRenderer *renderer = gtk_native_get_renderer(GTK_NATIVE(window));
  const graphene_rect_t area = GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height);
  g_autoptr(GdkTexture) texture = gsk_renderer_render_texture(renderer, node, &area);
  gdk_texture_download(texture, cairo_image_surface_get_data(surface),
                       (gsize)cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  return surface;
#else
  /* From the screen: drawn elsewhere, a tree view has no titles. */
  int width = gtk_widget_get_allocated_width(window);
  int height = gtk_widget_get_allocated_height(window);
  window_wait_frame(window);
  g_autoptr(GdkPixbuf) picture =
      gdk_pixbuf_get_from_window(gtk_widget_get_window(window), 0, 0, width, height);
  g_assert_nonnull(picture);
  return gdk_cairo_surface_create_from_pixbuf(picture, 1, NULL);
#endif
}

gboolean
window_save(GtkWidget *window, const char *path)
{
  cairo_surface_t *surface = window_draw(window);
  cairo_status_t status = cairo_surface_write_to_png(surface, path);
  cairo_surface_destroy(surface);
  return status == CAIRO_STATUS_SUCCESS;
}

char *
window_dup_tooltip(GtkWidget *widget)
{
#if GTK_MAJOR_VERSION == 4
  return g_strdup(gtk_widget_get_tooltip_text(widget));
#else
  return gtk_widget_get_tooltip_text(widget);
#endif
}

/* Where a widget is in a widget around it; FALSE when it is not. */
gboolean
window_locate(GtkWidget *widget, GtkWidget *around, GdkRectangle *area)
{
#if GTK_MAJOR_VERSION == 4
  double x = 0;
  double y = 0;
  if (!gtk_widget_translate_coordinates(widget, around, 0, 0, &x, &y))
    return FALSE;
  *area =
      (GdkRectangle){ (int)x, (int)y, gtk_widget_get_width(widget), gtk_widget_get_height(widget) };
  return TRUE;
#else
  area->width = gtk_widget_get_allocated_width(widget);
  area->height = gtk_widget_get_allocated_height(widget);
  return gtk_widget_translate_coordinates(widget, around, 0, 0, &area->x, &area->y);
#endif
}
