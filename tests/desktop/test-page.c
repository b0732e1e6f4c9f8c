/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person meets on the page, in a window of the toolkit that this was compiled for. */
#include "page-fixture.h"
#include "window.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define WIDTH   1024
#define HEIGHT  600
#define N_TABS  6
#define TOKEN   "aaaa.bbbb.cccc"
#define N_MANY  50000
#define N_STEPS 200 /* more controls than a tab has */

typedef struct {
  ScriptedChannel *channel;
  GtkWidget *window;
} Shop;

static int
open_shop(void **state, ScriptedChannel *channel)
{
  Shop *shop = g_new0(Shop, 1);
  shop->channel = channel;
  shop->window = window_open(COMPTOIR_CHANNEL(channel), WIDTH, HEIGHT);
  *state = shop;
  return 0;
}

static int
open_blank(void **state)
{
  return open_shop(state, page_fixture_new_blank());
}

static int
open_ready(void **state)
{
  return open_shop(state, page_fixture_new_ready());
}

static int
close_shop(void **state)
{
  Shop *shop = *state;
  if (shop->window != NULL)
    window_close(shop->window);
  scripted_channel_fail_all(shop->channel);
  window_settle();
  g_assert_finalize_object(shop->channel);
  g_free(shop);
  return 0;
}

static void
closed_channel_is_said(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_status(shop->channel, COMPTOIR_STATUS_CLOSED, NULL);
  window_settle();
  assert_true(window_shows_text(shop->window, "Not running"));
}

static void
channel_that_opens_later_is_shown(void **state)
{
  g_autoptr(ScriptedChannel) channel = page_fixture_new_ready();
  scripted_channel_set_status(channel, COMPTOIR_STATUS_CLOSED, NULL);
  GtkWidget *window = window_open(COMPTOIR_CHANNEL(channel), WIDTH, HEIGHT);
  assert_null(window_find(window, "shopcaisse-tabs"));
  scripted_channel_set_status(channel, COMPTOIR_STATUS_READY, NULL);
  window_settle();
  assert_non_null(window_find(window, "shopcaisse-tabs"));
  window_close(window);
}

static void
without_a_token_the_setup_opens_where_it_is_pasted(void **state)
{
  Shop *shop = *state;
  assert_true(window_can_press(shop->window, "shopcaisse-connect"));
  assert_false(window_can_press(shop->window, "shopcaisse-next"));
}

static void
help_says_the_true_menu_path(void **state)
{
  Shop *shop = *state;
  assert_true(window_shows_text(shop->window, "Features > Integrations > Connectors & API > "
                                              "Public API > Configure > Your External "
                                              "Applications"));
  assert_false(window_shows_text(shop->window, "Settings > External Applications"));
}

static void
cut_token_is_refused_without_asking(void **state)
{
  Shop *shop = *state;
  window_type(shop->window, "shopcaisse-token", "aaaa.bbbb");
  assert_true(window_shows_text(shop->window, "2 parts instead of 3"));
  assert_int_equal(scripted_channel_count_waiting(shop->channel), 0);
}

static void
pasted_token_is_sent_once_and_cleaned(void **state)
{
  Shop *shop = *state;
  window_type(shop->window, "shopcaisse-token", " Bearer aaaa.bbbb.cccc\n");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "SET_TOKEN {'token': <'" TOKEN "'>}");
  assert_false(window_can_press(shop->window, "shopcaisse-connect"));
}

static void
accepted_token_shows_what_it_opens_at_once(void **state)
{
  Shop *shop = *state;
  window_type(shop->window, "shopcaisse-token", TOKEN);
  scripted_channel_set_setting(shop->channel, "token", "true");
  scripted_channel_answer(shop->channel, "{'stores': <uint32 1>}");
  window_settle();
  assert_true(window_shows_text(shop->window, "Rights of the token"));
}

static void
refused_token_says_why_and_stays(void **state)
{
  Shop *shop = *state;
  window_type(shop->window, "shopcaisse-token", TOKEN);
  scripted_channel_fail(shop->channel,
                        g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNAUTHORIZED,
                                            "Shopcaisse has revoked it."));
  window_settle();
  assert_true(window_shows_text(shop->window, "Shopcaisse has revoked it."));
}

static void
token_of_another_company_is_asked_about(void **state)
{
  Shop *shop = *state;
  window_type(shop->window, "shopcaisse-token", TOKEN);
  scripted_channel_fail(shop->channel, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                                                           "It belongs to another company."));
  window_settle();
  window_press(shop->window, "shopcaisse-answer-company");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "SET_TOKEN {'token': <'" TOKEN "'>, 'other_company': <true>}");
}

static void
store_is_picked_from_a_list(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_list(
      shop->channel, "stores",
      "[{'id': <'s1'>, 'name': <'Lille'>}, {'id': <'s2'>, 'name': <'Liège'>}]");
  scripted_channel_set_setting(shop->channel, "token", "true");
  window_settle();
  window_press(shop->window, "shopcaisse-next");
  window_press(shop->window, "shopcaisse-next");
  assert_non_null(window_find(shop->window, "shopcaisse-stores"));
  window_type(shop->window, "shopcaisse-stores-search", "liege");
  assert_string_equal(scripted_channel_get_query(shop->channel, "stores"), "{'search': <'liege'>}");
}

static void
with_all_answered_the_tabs_open(void **state)
{
  Shop *shop = *state;
  GtkWidget *tabs = window_find(shop->window, "shopcaisse-tabs");
  assert_true(GTK_IS_NOTEBOOK(tabs) && gtk_widget_get_mapped(tabs));
}

static void
find_markup(GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_LABEL(widget) && gtk_label_get_use_markup(GTK_LABEL(widget)))
    *(guint *)user_data += 1;
}

static void
text_of_the_service_is_no_markup(void **state)
{
  Shop *shop = *state;
  guint n_markup = 0;
  assert_true(window_shows_text(shop->window, "<b>Shop & Co</b>"));
  window_visit(window_get_page(shop->window), find_markup, &n_markup);
  assert_int_equal(n_markup, 0);
}

static void
print_nameless(GtkWidget *widget, gpointer user_data)
{
  if (!window_is_control(widget) || window_has_name(widget))
    return;
  *(guint *)user_data += 1;
  print_message("no name: %s %s\n", G_OBJECT_TYPE_NAME(widget), gtk_widget_get_name(widget));
}

static void
every_control_of_every_tab_has_a_name(void **state)
{
  Shop *shop = *state;
  guint n_nameless = 0;
  for (int i = 0; i < N_TABS; i++) {
    window_show_tab(shop->window, i);
    window_visit(shop->window, print_nameless, &n_nameless);
  }
  assert_int_equal(n_nameless, 0);
}

static void
every_control_of_the_setup_has_a_name(void **state)
{
  Shop *shop = *state;
  guint n_nameless = 0;
  window_press(shop->window, "shopcaisse-open-setup");
  while (window_can_press(shop->window, "shopcaisse-back"))
    window_press(shop->window, "shopcaisse-back");
  window_visit(shop->window, print_nameless, &n_nameless);
  while (window_can_press(shop->window, "shopcaisse-next")) {
    window_press(shop->window, "shopcaisse-next");
    window_visit(shop->window, print_nameless, &n_nameless);
  }
  assert_int_equal(n_nameless, 0);
}

static void
collect_buttons(GtkWidget *widget, gpointer user_data)
{
  if (window_is_control(widget) && (GTK_IS_BUTTON(widget) || GTK_IS_ENTRY(widget)) &&
      g_str_has_prefix(gtk_widget_get_name(widget), "shopcaisse-"))
    g_hash_table_add(user_data, (gpointer)gtk_widget_get_name(widget));
}

/* Tab after Tab, and what was not reached at the end. */
static guint
count_unreached(GtkWidget *window)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
  window_visit(window, collect_buttons, wanted);
  for (guint i = 0; i < N_STEPS; i++) {
    gtk_widget_child_focus(window, GTK_DIR_TAB_FORWARD);
    for (GtkWidget *widget = window_get_focus(window); widget != NULL;
         widget = gtk_widget_get_parent(widget))
      g_hash_table_remove(wanted, gtk_widget_get_name(widget));
  }
  GHashTableIter iter;
  gpointer name = NULL;
  g_hash_table_iter_init(&iter, wanted);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    print_message("not reached: %s\n", (const char *)name);
  return g_hash_table_size(wanted);
}

static void
keyboard_reaches_every_control_of_every_tab(void **state)
{
  Shop *shop = *state;
  guint n_unreached = 0;
  for (int i = 0; i < N_TABS; i++) {
    window_show_tab(shop->window, i);
    n_unreached += count_unreached(shop->window);
  }
  assert_int_equal(n_unreached, 0);
}

static void
keyboard_reaches_every_control_of_the_setup(void **state)
{
  Shop *shop = *state;
  assert_int_equal(count_unreached(shop->window), 0);
}

static void
page_fits_into_a_small_screen(void **state)
{
  Shop *shop = *state;
  for (int i = 0; i < N_TABS; i++) {
    int width = 0;
    int height = 0;
    window_show_tab(shop->window, i);
    window_measure(window_get_page(shop->window), &width, &height);
    assert_in_range(width, 1, 900);
    assert_in_range(height, 1, 480);
  }
}

static GtkWidget *
open_many(Shop *shop)
{
  scripted_channel_set_long_list(shop->channel, "items", N_MANY);
  window_show_tab(shop->window, 1);
  GtkWidget *list = window_find(shop->window, "shopcaisse-items");
  assert_non_null(list);
  return list;
}

static GtkAdjustment *
get_adjustment(GtkWidget *list)
{
  return gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(list));
}

static void
scroll_to_end(GtkWidget *list)
{
  GtkAdjustment *adjustment = get_adjustment(list);
  for (guint i = 0; i < 3; i++) {
    gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment));
    window_settle();
  }
}

static void
fifty_thousand_rows_are_read_in_windows(void **state)
{
  Shop *shop = *state;
  GtkWidget *list = open_many(shop);
  scroll_to_end(list);
  assert_in_range(scripted_channel_count_windows(shop->channel, "items"), 2, 12);
}

static void
rows_that_come_later_take_the_place_of_placeholders(void **state)
{
  Shop *shop = *state;
  scroll_to_end(open_many(shop));
  window_settle();
#if GTK_MAJOR_VERSION == 4
  assert_true(window_shows_text(shop->window, "Article 49999"));
#else
  assert_in_range(scripted_channel_count_windows(shop->channel, "items"), 2, 12);
#endif
}

static void
list_that_loads_says_so(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_loading(shop->channel, "journal");
  window_show_tab(shop->window, 5);
  assert_true(window_shows_text(shop->window, "Loading…"));
}

static void
list_without_rows_says_so(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 5);
  assert_true(window_shows_text(shop->window, "Nothing has happened yet."));
}

static void
list_that_failed_says_why(void **state)
{
  Shop *shop = *state;
  g_autoptr(GError) error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "The disk is full.");
  scripted_channel_fail_list(shop->channel, "journal", error);
  window_show_tab(shop->window, 5);
  assert_true(window_shows_text(shop->window, "The disk is full."));
}

static void
list_that_the_channel_has_not_got_is_not_shown(void **state)
{
  Shop *shop = *state;
  g_autoptr(GError) error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "There is no such list.");
  scripted_channel_fail_list(shop->channel, "rights", error);
  window_settle();
  assert_false(window_shows_text(shop->window, "Rights of the token"));
}

static void
select_first(GtkWidget *window, const char *id)
{
  GtkWidget *list = window_find(window, id);
#if GTK_MAJOR_VERSION == 4
  GtkSelectionModel *model = gtk_column_view_get_model(GTK_COLUMN_VIEW(list));
  gtk_selection_model_select_item(model, 0, TRUE);
#else
  g_autoptr(GtkTreePath) path = gtk_tree_path_new_first();
  gtk_tree_selection_select_path(gtk_tree_view_get_selection(GTK_TREE_VIEW(list)), path);
#endif
  window_settle();
}

static void
held_order_says_why_and_can_be_sent(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  assert_false(window_can_press(shop->window, "shopcaisse-send"));
  select_first(shop->window, "shopcaisse-orders");
  assert_true(window_can_press(shop->window, "shopcaisse-send"));
  assert_true(window_shows_text(shop->window, "An article is not linked."));
}

static void
two_clicks_send_an_order_once(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  select_first(shop->window, "shopcaisse-orders");
  GtkWidget *send = window_find(shop->window, "shopcaisse-send");
  g_signal_emit_by_name(send, "clicked");
  g_signal_emit_by_name(send, "clicked");
  window_settle();
  assert_int_equal(scripted_channel_count_asked(shop->channel, COMPTOIR_OPERATION_RUN), 1);
  assert_false(gtk_widget_get_sensitive(send));
}

static void
sent_order_greys_its_button(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  select_first(shop->window, "shopcaisse-orders");
  window_press(shop->window, "shopcaisse-send");
  scripted_channel_answer(shop->channel, "{}");
  scripted_channel_set_list(shop->channel, "orders",
                            "[{'id': <'S1'>, 'state': <'sent'>, 'can_send': <false>,"
                            "  'at': <'2026-03-01T11:02:00Z'>, 'external_id': <'X7'>}]");
  window_settle();
  select_first(shop->window, "shopcaisse-orders");
  GtkWidget *send = window_find(shop->window, "shopcaisse-send");
  assert_false(gtk_widget_get_sensitive(send));
  assert_non_null(strstr(gtk_button_get_label(GTK_BUTTON(send)), "X7"));
}

static void
unlinked_article_can_be_linked_and_imported(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  select_first(shop->window, "shopcaisse-items");
  assert_true(window_can_press(shop->window, "shopcaisse-items-open"));
  assert_true(window_can_press(shop->window, "shopcaisse-items-import"));
  assert_false(window_can_press(shop->window, "shopcaisse-items-unlink"));
}

static void
article_is_linked_to_the_one_that_was_picked(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  select_first(shop->window, "shopcaisse-items");
  window_press(shop->window, "shopcaisse-items-open");
  select_first(shop->window, "shopcaisse-link-articles");
  window_press(shop->window, "shopcaisse-link");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "LINK {'rows': <[{'id': <'a1'>, 'external_id': <'i1'>}]>}");
}

static void
flow_says_why_it_failed_and_runs_now(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 3);
  assert_true(window_shows_text(shop->window, "No network."));
  window_press(shop->window, "shopcaisse-run-poll-orders");
  assert_string_equal(scripted_channel_get_asked(shop->channel), "RUN {'task': <'poll-orders'>}");
}

static void
typed_setting_is_saved(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 3);
  window_type(shop->window, "shopcaisse-setting-orders-interval", "5");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "CHANGE_SETTINGS {'orders-interval': <uint32 5>}");
}

static void
refused_setting_says_why_beside_its_field(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 3);
  window_type(shop->window, "shopcaisse-setting-orders-interval", "5");
  scripted_channel_fail(shop->channel, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                                                           "It is too often."));
  window_settle();
  assert_true(window_shows_text(shop->window, "It is too often."));
}

static void
ticked_confirmation_is_saved(void **state)
{
  Shop *shop = *state;
  GtkWidget *check = window_find(shop->window, "shopcaisse-confirm-ipad");
  assert_non_null(check);
  g_object_set(check, "active", TRUE, NULL);
  window_settle();
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "CHANGE_SETTINGS {'confirmed-ipad': <true>}");
}

static void
what_cannot_be_verified_says_so(void **state)
{
  Shop *shop = *state;
  assert_true(window_shows_text(shop->window, "This cannot be verified from here."));
}

static void
disconnecting_asks_what_becomes_of_orders(void **state)
{
  Shop *shop = *state;
  window_press(shop->window, "shopcaisse-disconnect");
  assert_true(window_shows_text(shop->window, "1 order has not been sent yet."));
  window_press(shop->window, "shopcaisse-answer-park");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "DISCONNECT {'policy': <'park-queue'>}");
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
page_goes_away_in_the_middle_of_an_operation(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 5);
  window_press(shop->window, "shopcaisse-support");
  window_close(g_steal_pointer(&shop->window));
  scripted_channel_answer(shop->channel, "{'text': <'bundle'>}");
  window_settle();
  assert_int_equal(scripted_channel_count_waiting(shop->channel), 0);
}

static void
channel_goes_away_before_the_page(void **state)
{
  ScriptedChannel *channel = page_fixture_new_ready();
  GtkWidget *window = window_open(COMPTOIR_CHANNEL(channel), WIDTH, HEIGHT);
  scripted_channel_set_status(channel, COMPTOIR_STATUS_CLOSED, NULL);
  g_object_add_weak_pointer(G_OBJECT(channel), (gpointer *)&channel);
  g_object_unref(channel);
  window_settle();
  window_close(window);
  assert_null(channel);
}

static void
dark_theme_and_large_text_are_drawn(void **state)
{
  Shop *shop = *state;
  GtkSettings *settings = gtk_settings_get_default();
  int width = 0;
  int height = 0;
  g_object_set(settings, "gtk-application-prefer-dark-theme", TRUE, "gtk-xft-dpi", 144 * 1024,
               NULL);
  window_settle();
  window_measure(window_get_page(shop->window), &width, &height);
  g_object_set(settings, "gtk-application-prefer-dark-theme", FALSE, "gtk-xft-dpi", 96 * 1024,
               NULL);
  assert_in_range(width, 1, WIDTH);
}

#define BLANK(name) cmocka_unit_test_setup_teardown(name, open_blank, close_shop)
#define READY(name) cmocka_unit_test_setup_teardown(name, open_ready, close_shop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    BLANK(closed_channel_is_said),
    cmocka_unit_test(channel_that_opens_later_is_shown),
    BLANK(without_a_token_the_setup_opens_where_it_is_pasted),
    BLANK(help_says_the_true_menu_path),
    BLANK(cut_token_is_refused_without_asking),
    BLANK(pasted_token_is_sent_once_and_cleaned),
    BLANK(accepted_token_shows_what_it_opens_at_once),
    BLANK(refused_token_says_why_and_stays),
    BLANK(token_of_another_company_is_asked_about),
    BLANK(store_is_picked_from_a_list),
    READY(with_all_answered_the_tabs_open),
    READY(text_of_the_service_is_no_markup),
    READY(every_control_of_every_tab_has_a_name),
    READY(every_control_of_the_setup_has_a_name),
    READY(keyboard_reaches_every_control_of_every_tab),
    BLANK(keyboard_reaches_every_control_of_the_setup),
    READY(page_fits_into_a_small_screen),
    READY(fifty_thousand_rows_are_read_in_windows),
    READY(rows_that_come_later_take_the_place_of_placeholders),
    READY(list_that_loads_says_so),
    READY(list_without_rows_says_so),
    READY(list_that_failed_says_why),
    READY(list_that_the_channel_has_not_got_is_not_shown),
    READY(held_order_says_why_and_can_be_sent),
    READY(two_clicks_send_an_order_once),
    READY(sent_order_greys_its_button),
    READY(unlinked_article_can_be_linked_and_imported),
    READY(article_is_linked_to_the_one_that_was_picked),
    READY(flow_says_why_it_failed_and_runs_now),
    READY(typed_setting_is_saved),
    READY(refused_setting_says_why_beside_its_field),
    READY(ticked_confirmation_is_saved),
    READY(what_cannot_be_verified_says_so),
    READY(disconnecting_asks_what_becomes_of_orders),
    READY(day_is_compared_and_its_difference_shown),
    READY(page_goes_away_in_the_middle_of_an_operation),
    cmocka_unit_test(channel_goes_away_before_the_page),
    READY(dark_theme_and_large_text_are_drawn),
  };
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
