/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether all of it can be read: on a small screen, with large text, in a dark theme; and in long
 * words, when LANGUAGE is the language that nobody speaks. */
#include "controls.h"
#include "looks.h"
#include "screens.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SMALL_WIDTH  1000
#define SMALL_HEIGHT 560
#define HIGH         2000 /* all of a tab at once */
#define DPI          96
#define XFT_UNIT     1024 /* of gtk-xft-dpi */

static const char journal[] =
    "[{'id': <int64 2>, 'at': <int64 1772359200000000>, 'level': <'error'>, 'flow': <'orders'>,"
    "  'subject': <'7f3c'>, 'subject_kind': <'order'>, 'subject_name': <'1001'>,"
    "  'text': <'Shopcaisse answers: the article of the third line is not known in this store.'>},"
    " {'id': <int64 1>, 'at': <int64 1772359100000000>, 'level': <'info'>,"
    "  'flow': <'pull-catalogue'>, 'subject': <''>, 'text': <'articles: 12 rows read'>}]";

static void
set_text_size(double factor)
{
  g_object_set(gtk_settings_get_default(), "gtk-xft-dpi", (int)(DPI * XFT_UNIT * factor), NULL);
}

static void
set_dark(gboolean is_dark)
{
  g_object_set(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", is_dark, NULL);
}

static Shop *
open_sized(int width, int height)
{
  Shop *shop = g_new0(Shop, 1);
  shop->channel = page_fixture_new_ready();
  scripted_channel_set_list(shop->channel, "journal", journal);
  shop->window = window_open(COMPTOIR_CHANNEL(shop->channel), width, height);
  return shop;
}

static void
close_sized(Shop *shop)
{
  void *state = shop;
  shop_close(&state);
}

static guint
count_on_all_screens(int width, int height, ScreensCount count)
{
  Shop *shop = open_sized(width, height);
  guint n_found = screens_sum(shop, count);
  close_sized(shop);
  return n_found;
}

static guint
count_outgrown(GtkWidget *window)
{
  GdkRectangle area = { 0 };
  window_locate(window, window, &area);
  if (area.width <= SMALL_WIDTH && area.height <= SMALL_HEIGHT)
    return 0;
  g_printerr("the window grew to %dx%d\n", area.width, area.height);
  return 1;
}

/* All that can be wrong with where things are. */
static guint
count_misplaced(GtkWidget *window)
{
  return looks_count_clipped(window) + looks_count_outside(window) + count_outgrown(window);
}

static void
text_is_whole_on_a_small_screen(void **state)
{
  assert_int_equal(count_on_all_screens(SMALL_WIDTH, SMALL_HEIGHT, count_misplaced), 0);
}

static void
text_is_whole_when_it_is_half_as_large_again(void **state)
{
  set_text_size(1.5);
  guint n_found = count_on_all_screens(SMALL_WIDTH, SMALL_HEIGHT, count_misplaced);
  set_text_size(1);
  assert_int_equal(n_found, 0);
}

static void
text_is_whole_when_it_is_twice_as_large(void **state)
{
  set_text_size(2);
  guint n_found = count_on_all_screens(SMALL_WIDTH, SMALL_HEIGHT, count_misplaced);
  set_text_size(1);
  assert_int_equal(n_found, 0);
}

static void
text_stands_out_in_a_light_theme(void **state)
{
  assert_int_equal(count_on_all_screens(SMALL_WIDTH, HIGH, looks_count_faint), 0);
}

static void
text_stands_out_in_a_dark_theme(void **state)
{
  set_dark(TRUE);
  Shop *shop = open_sized(SMALL_WIDTH, HIGH);
  double brightness = looks_measure_brightness(shop->window);
  guint n_found = screens_sum(shop, looks_count_faint);
  close_sized(shop);
  set_dark(FALSE);
  assert_true(brightness < 0.2);
  assert_int_equal(n_found, 0);
}

static void
every_control_of_every_screen_has_a_name(void **state)
{
  assert_int_equal(count_on_all_screens(SMALL_WIDTH, SMALL_HEIGHT, controls_count_nameless), 0);
}

static gboolean
is_in_long_words(void)
{
  return g_strcmp0(g_getenv("LANGUAGE"), "qps") == 0;
}

/* Else the long words would be the short ones. */
static void
words_are_those_of_the_language(void **state)
{
  Shop *shop = open_sized(SMALL_WIDTH, SMALL_HEIGHT);
  gboolean is_long = window_shows_text(shop->window, "~lorem");
  close_sized(shop);
  assert_int_equal(is_long, is_in_long_words());
}

/* What the walks above must find, or they would find nothing. */
static guint
count_in_sample(GtkWidget *sample, int width, ScreensCount count)
{
  GtkWidget *window = window_new(sample, width, 100);
  window_settle();
  guint n_found = count(window);
  window_close(window);
  return n_found;
}

static GtkWidget *
make_shortened(void)
{
  GtkWidget *label =
      gtk_label_new("A text that is far too long for the room that it is given here");
  g_object_set(label, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  return label;
}

static void
shortened_text_without_a_tooltip_is_found(void **state)
{
  assert_int_equal(count_in_sample(make_shortened(), 80, looks_count_clipped), 1);
}

static void
shortened_text_with_a_tooltip_is_right(void **state)
{
  GtkWidget *label = make_shortened();
  gtk_widget_set_tooltip_text(label, gtk_label_get_text(GTK_LABEL(label)));
  assert_int_equal(count_in_sample(label, 80, looks_count_clipped), 0);
}

/* A pane whose text is wider than it is. */
static GtkWidget *
make_pane(GtkPolicyType policy)
{
  GtkWidget *label = gtk_label_new("A text that is far too long for the pane that it stands in");
#if GTK_MAJOR_VERSION == 4
  GtkWidget *pane = gtk_scrolled_window_new();
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(pane), label);
#else
  GtkWidget *pane = gtk_scrolled_window_new(NULL, NULL);
  gtk_widget_show(label);
  gtk_container_add(GTK_CONTAINER(pane), label);
#endif
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(pane), policy, policy);
  return pane;
}

static void
text_that_cannot_be_scrolled_to_is_found(void **state)
{
  assert_int_equal(count_in_sample(make_pane(GTK_POLICY_EXTERNAL), 80, looks_count_outside), 1);
}

static void
text_that_can_be_scrolled_to_is_right(void **state)
{
  assert_int_equal(count_in_sample(make_pane(GTK_POLICY_AUTOMATIC), 80, looks_count_outside), 0);
}

/* A list whose column is narrower than its title. */
static GtkWidget *
make_narrow_column(void)
{
  const char *title = "A title that is far too long for its column";
#if GTK_MAJOR_VERSION == 4
  GtkWidget *list = gtk_column_view_new(NULL);
  g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new(title, NULL);
  gtk_column_view_column_set_fixed_width(column, 40);
  gtk_column_view_append_column(GTK_COLUMN_VIEW(list), column);
#else
  GtkWidget *list = gtk_tree_view_new();
  GtkTreeViewColumn *column = gtk_tree_view_column_new();
  gtk_tree_view_column_set_title(column, title);
  gtk_tree_view_column_set_sizing(column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width(column, 40);
  gtk_tree_view_append_column(GTK_TREE_VIEW(list), column);
  gtk_tree_view_append_column(GTK_TREE_VIEW(list), gtk_tree_view_column_new());
#endif
  return list;
}

static void
title_without_room_is_found(void **state)
{
  assert_in_range(count_in_sample(make_narrow_column(), 200, count_misplaced), 1, 2);
}

static void
window_that_grows_is_found(void **state)
{
  GtkWidget *label = gtk_label_new("wide");
  gtk_widget_set_size_request(label, SMALL_WIDTH + 10, -1);
  assert_int_equal(count_in_sample(label, SMALL_WIDTH, count_outgrown), 1);
}

/* @brightness: 0 to 1, of the text. */
static GtkWidget *
make_coloured(double brightness)
{
  GtkWidget *label = gtk_label_new("MMMMMM");
  guint16 part = (guint16)(brightness * G_MAXUINT16);
  PangoAttrList *attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_foreground_new(part, part, part));
  gtk_label_set_attributes(GTK_LABEL(label), attributes);
  pango_attr_list_unref(attributes);
  return label;
}

static void
faint_text_is_found(void **state)
{
  assert_int_equal(count_in_sample(make_coloured(0.7), 200, looks_count_faint), 1);
  assert_int_equal(count_in_sample(make_coloured(0.1), 200, looks_count_faint), 0);
}

static void
control_without_a_name_is_found(void **state)
{
  assert_int_equal(count_in_sample(gtk_button_new(), 200, controls_count_nameless), 1);
}

int
main(void)
{
  const struct CMUnitTest words[] = {
    cmocka_unit_test(words_are_those_of_the_language),
    cmocka_unit_test(text_is_whole_on_a_small_screen),
  };
  const struct CMUnitTest looks[] = {
    cmocka_unit_test(shortened_text_without_a_tooltip_is_found),
    cmocka_unit_test(shortened_text_with_a_tooltip_is_right),
    cmocka_unit_test(text_that_cannot_be_scrolled_to_is_found),
    cmocka_unit_test(text_that_can_be_scrolled_to_is_right),
    cmocka_unit_test(title_without_room_is_found),
    cmocka_unit_test(window_that_grows_is_found),
    cmocka_unit_test(faint_text_is_found),
    cmocka_unit_test(control_without_a_name_is_found),
    cmocka_unit_test(words_are_those_of_the_language),
    cmocka_unit_test(text_is_whole_on_a_small_screen),
    cmocka_unit_test(every_control_of_every_screen_has_a_name),
    cmocka_unit_test(text_is_whole_when_it_is_half_as_large_again),
    cmocka_unit_test(text_is_whole_when_it_is_twice_as_large),
    cmocka_unit_test(text_stands_out_in_a_light_theme),
    cmocka_unit_test(text_stands_out_in_a_dark_theme),
  };
  /* A theme that is named there has no dark half. */
  g_unsetenv("GTK_THEME");
  window_start();
  if (is_in_long_words())
    return cmocka_run_group_tests(words, NULL, NULL);
  return cmocka_run_group_tests(looks, NULL, NULL);
}
