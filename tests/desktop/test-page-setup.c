/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guided set-up, and the page of a channel that is closed; in the toolkit that this was
 * compiled for. */
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

#define TOKEN "aaaa.bbbb.cccc"

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
  GtkWidget *window = window_open(COMPTOIR_CHANNEL(channel), SHOP_WIDTH, SHOP_HEIGHT);
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
  assert_true(window_shows_text(shop->window, "One store belongs to one set of books."));
  window_type(shop->window, "shopcaisse-stores-search", "liege");
  assert_string_equal(scripted_channel_get_query(shop->channel, "stores"), "{'search': <'liege'>}");
}

static void
every_control_of_the_setup_has_a_name(void **state)
{
  Shop *shop = *state;
  guint n_nameless = 0;
  window_press(shop->window, "shopcaisse-open-setup");
  while (window_can_press(shop->window, "shopcaisse-back"))
    window_press(shop->window, "shopcaisse-back");
  n_nameless += controls_count_nameless(shop->window);
  while (window_can_press(shop->window, "shopcaisse-next")) {
    window_press(shop->window, "shopcaisse-next");
    n_nameless += controls_count_nameless(shop->window);
  }
  assert_int_equal(n_nameless, 0);
}

static void
keyboard_reaches_every_control_of_the_setup(void **state)
{
  Shop *shop = *state;
  assert_int_equal(controls_count_unreached(shop->window), 0);
}

#define BLANK(name) cmocka_unit_test_setup_teardown(name, shop_open_blank, shop_close)
#define READY(name) cmocka_unit_test_setup_teardown(name, shop_open_ready, shop_close)

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
    READY(every_control_of_the_setup_has_a_name),
    BLANK(keyboard_reaches_every_control_of_the_setup),
  };
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
