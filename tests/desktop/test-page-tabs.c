/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tabs, in the toolkit that this was compiled for. */
#include "controls.h"
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

#define N_TABS 6
#define N_MANY 50000

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
every_control_of_every_tab_has_a_name(void **state)
{
  Shop *shop = *state;
  guint n_nameless = 0;
  for (int i = 0; i < N_TABS; i++) {
    window_show_tab(shop->window, i);
    n_nameless += controls_count_nameless(shop->window);
  }
  assert_int_equal(n_nameless, 0);
}

static void
keyboard_reaches_every_control_of_every_tab(void **state)
{
  Shop *shop = *state;
  guint n_unreached = 0;
  for (int i = 0; i < N_TABS; i++) {
    window_show_tab(shop->window, i);
    n_unreached += controls_count_unreached(shop->window);
  }
  assert_int_equal(n_unreached, 0);
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

#if GTK_MAJOR_VERSION == 3
static void
count_cb(GtkWidget *widget, gpointer user_data)
{
  if (gtk_widget_get_visible(widget))
    (*(guint *)user_data)++;
}

static guint
count_visible(GtkWidget *root)
{
  guint n_visible = 0;
  window_visit(root, count_cb, &n_visible);
  return n_visible;
}

/* As every dialog of GTK 3 does. */
static void
host_that_shows_everything_shows_nothing_that_is_hidden(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  guint n_visible = count_visible(shop->window);
  gtk_widget_show_all(shop->window);
  window_settle();
  assert_int_equal(count_visible(shop->window), n_visible);
}
#endif

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
held_order_says_why_and_can_be_sent(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  assert_false(window_can_press(shop->window, "shopcaisse-send"));
  window_select_first(shop->window, "shopcaisse-orders");
  assert_true(window_can_press(shop->window, "shopcaisse-send"));
  assert_true(window_shows_text(shop->window, "An article is not linked."));
}

static void
two_clicks_send_an_order_once(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  window_select_first(shop->window, "shopcaisse-orders");
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
  window_select_first(shop->window, "shopcaisse-orders");
  window_press(shop->window, "shopcaisse-send");
  scripted_channel_answer(shop->channel, "{}");
  scripted_channel_set_list(shop->channel, "orders",
                            "[{'id': <'S1'>, 'state': <'sent'>, 'can_send': <false>,"
                            "  'at': <'2026-03-01T11:02:00Z'>, 'external_id': <'X7'>}]");
  window_settle();
  window_select_first(shop->window, "shopcaisse-orders");
  GtkWidget *send = window_find(shop->window, "shopcaisse-send");
  assert_false(gtk_widget_get_sensitive(send));
  assert_non_null(strstr(gtk_button_get_label(GTK_BUTTON(send)), "X7"));
}

static void
history_of_an_order_is_shown_below_it(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 2);
  assert_false(window_can_press(shop->window, "shopcaisse-history"));
  window_select_first(shop->window, "shopcaisse-orders");
  window_press(shop->window, "shopcaisse-history");
  assert_true(window_shows_text(shop->window, "History of the order 1001"));
  assert_string_equal(scripted_channel_get_query(shop->channel, "timeline"), "{'sale': <'S1'>}");
  window_press(shop->window, "shopcaisse-history-close");
  assert_false(window_shows_text(shop->window, "History of the order 1001"));
}

static void
unlinked_article_can_be_linked_and_imported(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  window_select_first(shop->window, "shopcaisse-items");
  assert_true(window_can_press(shop->window, "shopcaisse-items-open"));
  assert_true(window_can_press(shop->window, "shopcaisse-items-import"));
  assert_false(window_can_press(shop->window, "shopcaisse-items-unlink"));
}

static void
article_is_linked_to_the_one_that_was_picked(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  window_select_first(shop->window, "shopcaisse-items");
  window_press(shop->window, "shopcaisse-items-open");
  window_select_first(shop->window, "shopcaisse-link-articles");
  window_press(shop->window, "shopcaisse-link");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "LINK {'rows': <[{'id': <'a1'>, 'external_id': <'i1'>}]>}");
}

static void
one_article_is_imported_by_a_plan_of_its_own(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 1);
  window_select_first(shop->window, "shopcaisse-items");
  window_press(shop->window, "shopcaisse-items-import");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "PLAN {'items': <['i1']>, 'refresh': <false>}");
  scripted_channel_answer(shop->channel, "{'plan': <'p8'>, 'create': <uint32 1>}");
  window_settle();
  assert_true(window_can_press(shop->window, "shopcaisse-apply"));
}

static void
open_plan(Shop *shop)
{
  window_show_tab(shop->window, 1);
  window_reveal(shop->window, "shopcaisse-compare");
}

static void
nothing_is_shown_of_a_plan_before_it_is_asked_for(void **state)
{
  Shop *shop = *state;
  open_plan(shop);
  assert_null(scripted_channel_get_query(shop->channel, "plan"));
  assert_false(window_can_press(shop->window, "shopcaisse-apply"));
}

static void
plan_that_is_shown_is_the_one_that_is_made(void **state)
{
  Shop *shop = *state;
  open_plan(shop);
  window_press(shop->window, "shopcaisse-compare");
  scripted_channel_answer(shop->channel, "{'plan': <'p7'>, 'create': <uint32 2>}");
  window_settle();
  assert_string_equal(scripted_channel_get_query(shop->channel, "plan"), "{'plan': <'p7'>}");
  window_press(shop->window, "shopcaisse-apply");
  assert_string_equal(scripted_channel_get_asked(shop->channel), "APPLY_PLAN {'plan': <'p7'>}");
}

static void
plan_that_was_made_can_be_taken_back(void **state)
{
  Shop *shop = *state;
  open_plan(shop);
  window_press(shop->window, "shopcaisse-compare");
  scripted_channel_answer(shop->channel, "{'plan': <'p7'>, 'create': <uint32 2>}");
  window_settle();
  window_press(shop->window, "shopcaisse-apply");
  scripted_channel_answer(shop->channel, "{'plan': <'p7'>, 'done': <uint32 2>}");
  window_settle();
  assert_false(window_can_press(shop->window, "shopcaisse-apply"));
  window_press(shop->window, "shopcaisse-undo");
  assert_string_equal(scripted_channel_get_asked(shop->channel), "UNDO {'plan': <'p7'>}");
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

/* In the host's words, beside what runs by itself. */
static void
status_that_is_ticked_is_sent(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, 3);
  assert_true(window_shows_text(shop->window, "Chèque-repas"));
  window_tick(shop->window, "shopcaisse-setting-send-status:quotation");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "CHANGE_SETTINGS {'send-status:quotation': <true>}");
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
after_sending_first_it_asks_again_of_what_is_left(void **state)
{
  Shop *shop = *state;
  window_press(shop->window, "shopcaisse-disconnect");
  window_press(shop->window, "shopcaisse-answer-send");
  assert_string_equal(scripted_channel_get_asked(shop->channel), "RUN {'task': <'send-orders'>}");
  scripted_channel_set_counts(shop->channel, "orders", "{'sent': 1}");
  scripted_channel_answer(shop->channel, "{}");
  window_settle();
  window_press(shop->window, "shopcaisse-answer-disconnect");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "DISCONNECT {'policy': <'keep-queue'>}");
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
  GtkWidget *window = window_open(COMPTOIR_CHANNEL(channel), SHOP_WIDTH, SHOP_HEIGHT);
  scripted_channel_set_status(channel, COMPTOIR_STATUS_CLOSED, NULL);
  g_object_add_weak_pointer(G_OBJECT(channel), (gpointer *)&channel);
  g_object_unref(channel);
  window_settle();
  window_close(window);
  assert_null(channel);
}

#define READY(name) cmocka_unit_test_setup_teardown(name, shop_open_ready, shop_close)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    READY(with_all_answered_the_tabs_open),
    READY(text_of_the_service_is_no_markup),
    READY(every_control_of_every_tab_has_a_name),
    READY(keyboard_reaches_every_control_of_every_tab),
    READY(page_fits_into_a_small_screen),
#if GTK_MAJOR_VERSION == 3
    READY(host_that_shows_everything_shows_nothing_that_is_hidden),
#endif
    READY(fifty_thousand_rows_are_read_in_windows),
    READY(rows_that_come_later_take_the_place_of_placeholders),
    READY(list_that_loads_says_so),
    READY(list_without_rows_says_so),
    READY(list_that_failed_says_why),
    READY(list_that_the_channel_has_not_got_is_not_shown),
    READY(held_order_says_why_and_can_be_sent),
    READY(two_clicks_send_an_order_once),
    READY(sent_order_greys_its_button),
    READY(history_of_an_order_is_shown_below_it),
    READY(unlinked_article_can_be_linked_and_imported),
    READY(article_is_linked_to_the_one_that_was_picked),
    READY(one_article_is_imported_by_a_plan_of_its_own),
    READY(nothing_is_shown_of_a_plan_before_it_is_asked_for),
    READY(plan_that_is_shown_is_the_one_that_is_made),
    READY(plan_that_was_made_can_be_taken_back),
    READY(flow_says_why_it_failed_and_runs_now),
    READY(typed_setting_is_saved),
    READY(status_that_is_ticked_is_sent),
    READY(refused_setting_says_why_beside_its_field),
    READY(ticked_confirmation_is_saved),
    READY(what_cannot_be_verified_says_so),
    READY(disconnecting_asks_what_becomes_of_orders),
    READY(after_sending_first_it_asks_again_of_what_is_left),
    READY(page_goes_away_in_the_middle_of_an_operation),
    cmocka_unit_test(channel_goes_away_before_the_page),
  };
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
