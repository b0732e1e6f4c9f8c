/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close on the page: its shifts, and its report as a file, in the toolkit that this was
 * compiled for. */
#include "shop.h"
#include "window.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* The tab, with a report on it. */
static void
compare_day(Shop *shop)
{
  window_show_tab(shop->window, 4);
  window_type(shop->window, "shopcaisse-day", "2026-03-01");
  scripted_channel_answer(shop->channel,
                          "{'differences': <uint32 0>, 'day': <'2026-03-01'>,"
                          " 'compared_at': <'2026-03-01T20:00:00Z'>,"
                          " 'stores': <[{'name': <'Rue Neuve'>, 'host_total': <'10.00'>,"
                          " 'provisional': <true>, 'reason': <'1 shift is open'>,"
                          " 'shifts': <[{'id': <'s-1'>, 'register': <'Caisse 1'>,"
                          " 'state': <'completed'>, 'sequence': <uint32 7>}]>}]>}");
  window_settle();
}

static void
nothing_can_be_saved_before_a_day_was_compared(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 4);
  assert_false(window_can_press(shop->window, "shopcaisse-day-save"));
  assert_false(window_can_press(shop->window, "shopcaisse-day-print"));
  compare_day(shop);
  assert_true(window_can_press(shop->window, "shopcaisse-day-save"));
}

static void
day_is_compared_and_its_difference_shown(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 4);
  window_type(shop->window, "shopcaisse-day", "2026-03-01");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "CLOSE_DAY {'day': <'2026-03-01'>}");
  scripted_channel_answer(shop->channel,
                          "{'differences': <uint32 0>, 'stores': <[{'name': <'Rue Neuve'>,"
                          " 'host_total': <'10.00'>}]>}");
  window_settle();
  assert_true(window_shows_text(shop->window, "agrees with the till to the cent"));
  assert_true(window_shows_text(shop->window, "Rue Neuve"));
}

static void
shifts_and_what_makes_the_day_provisional_are_shown(void **state)
{
  Shop *shop = *state;
  compare_day(shop);
  assert_true(window_shows_text(shop->window, "Caisse 1, shift 7"));
  assert_true(window_shows_text(shop->window, "1 shift is open."));
}

#define PAPER "<!DOCTYPE html><p>paper</p>"

static void
assert_asked(Shop *shop, const char *format)
{
  g_autofree char *wanted =
      g_strdup_printf("EXPORT {'kind': <'day'>, 'format': <'%s'>, 'day': <'2026-03-01'>,"
                      " 'compared_at': <'2026-03-01T20:00:00Z'>}",
                      format);
  assert_string_equal(scripted_channel_get_asked(shop->channel), wanted);
}

static void
assert_file(const char *path, const char *expected)
{
  g_autofree char *text = NULL;
  assert_true(g_file_get_contents(path, &text, NULL, NULL));
  assert_string_equal(text, expected);
}

static gboolean
shows_opened(gpointer user_data)
{
  return window_shows_text(user_data, "The page is open: print it there.");
}

static void
day_that_is_shown_is_printed_by_the_program_for_pages(void **state)
{
  Shop *shop = *state;
  g_autofree char *path = g_build_filename(g_get_user_cache_dir(), "shopcaisse", "day.html", NULL);
  compare_day(shop);
  window_press(shop->window, "shopcaisse-day-print");
  assert_asked(shop, "html");
  scripted_channel_answer(shop->channel, "{'name': <'day.html'>, 'text': <'" PAPER "'>}");
  assert_true(window_wait(shows_opened, shop->window));
  assert_file(path, PAPER);
}

static GtkWindow *
find_chooser(void)
{
#if GTK_MAJOR_VERSION == 3
  g_autoptr(GList) windows = gtk_window_list_toplevels();
  for (GList *l = windows; l != NULL; l = l->next) {
    if (GTK_IS_FILE_CHOOSER(l->data) && gtk_widget_get_mapped(l->data))
      return l->data;
  }
#else
  GListModel *windows = gtk_window_get_toplevels();
  for (guint i = 0; i < g_list_model_get_n_items(windows); i++) {
    g_autoptr(GtkWindow) window = g_list_model_get_item(windows, i);
    if (GTK_IS_FILE_CHOOSER(window) && gtk_widget_get_mapped(GTK_WIDGET(window)))
      return window;
  }
#endif
  return NULL;
}

static gboolean
has_chooser(gpointer user_data)
{
  (void)user_data;
  return find_chooser() != NULL;
}

static gboolean
was_asked(gpointer user_data)
{
  return scripted_channel_count_asked(user_data, COMPTOIR_OPERATION_EXPORT) > 0;
}

static gboolean
shows_saved(gpointer user_data)
{
  return window_shows_text(user_data, "Saved: ");
}

static void
day_is_saved_where_a_person_wants_it(void **state)
{
  Shop *shop = *state;
  g_autofree char *path = g_build_filename(g_get_user_cache_dir(), "my-day.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path(path);
  g_autoptr(GFile) folder = g_file_get_parent(file);
  GtkFileChooser *chooser = NULL;
  compare_day(shop);
  window_press(shop->window, "shopcaisse-day-save");
  assert_true(window_wait(has_chooser, NULL));
  chooser = GTK_FILE_CHOOSER(find_chooser());
#if GTK_MAJOR_VERSION == 3
  gtk_file_chooser_set_current_folder_file(chooser, folder, NULL);
#else
  gtk_file_chooser_set_current_folder(chooser, folder, NULL);
#endif
  gtk_file_chooser_set_current_name(chooser, "my-day.json");
  window_settle();
  gtk_dialog_response(GTK_DIALOG(chooser), GTK_RESPONSE_ACCEPT);
  assert_true(window_wait(was_asked, shop->channel));
  assert_asked(shop, "json");
  scripted_channel_answer(shop->channel, "{'name': <'day.json'>, 'text': <'{}'>}");
  assert_true(window_wait(shows_saved, shop->window));
  assert_file(path, "{}");
}

static void
day_that_cannot_be_written_says_why(void **state)
{
  Shop *shop = *state;
  compare_day(shop);
  window_press(shop->window, "shopcaisse-day-print");
  scripted_channel_fail(shop->channel, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                                                           "the disk is full"));
  window_settle();
  assert_true(window_shows_text(shop->window, "The disk is full"));
}

static void
put_file(const char *folder, const char *below, const char *name, const char *text)
{
  g_autofree char *where = g_build_filename(folder, below, NULL);
  g_autofree char *path = g_build_filename(where, name, NULL);
  assert_int_equal(g_mkdir_with_parents(where, 0700), 0);
  assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* A computer whose program for pages is true. */
static void
prepare_computer(const char *folder)
{
  static const char *const names[][2] = {
    { "XDG_CACHE_HOME", "cache" },
    { "XDG_CONFIG_HOME", "config" },
    { "XDG_DATA_HOME", "data" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(folder, names[i][1], NULL);
    assert_int_equal(g_mkdir_with_parents(path, 0700), 0);
    g_setenv(names[i][0], path, TRUE);
  }
  put_file(folder, "data/applications", "pages.desktop",
           "[Desktop Entry]\nType=Application\nName=Pages\nExec=true %u\nMimeType=text/html;\n");
  put_file(folder, "config", "mimeapps.list", "[Default Applications]\ntext/html=pages.desktop\n");
}

#define READY(name) cmocka_unit_test_setup_teardown(name, shop_open_ready, shop_close)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    READY(nothing_can_be_saved_before_a_day_was_compared),
    READY(day_is_compared_and_its_difference_shown),
    READY(shifts_and_what_makes_the_day_provisional_are_shown),
    READY(day_that_is_shown_is_printed_by_the_program_for_pages),
    READY(day_is_saved_where_a_person_wants_it),
    READY(day_that_cannot_be_written_says_why),
  };
  g_autofree char *folder = g_dir_make_tmp("shopcaisse-day-XXXXXX", NULL);
  prepare_computer(folder);
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
