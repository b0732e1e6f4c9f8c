/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person may do with the row that is selected, and where the whole of it is read; in the
 * toolkit that this was compiled for. */
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

#define ARTICLES_TAB 1
#define ORDERS_TAB   2
#define LONG_REASON                                                                                \
  "An article is not linked to one of Shopcaisse: Rillettes of Arras, 180 g. Link or import it, "  \
  "and the order is sent by itself."

#if GTK_MAJOR_VERSION == 3
#define gtk_label_get_wrap gtk_label_get_line_wrap
#endif

/* One order alone, selected. */
static void
show_order(Shop *shop, const char *values)
{
  g_autofree char *rows = g_strdup_printf("[{'id': <'S1'>, 'number': <'1001'>, %s}]", values);
  scripted_channel_set_list(shop->channel, "orders", rows);
  window_settle();
  window_select_first(shop->window, "shopcaisse-orders");
}

static GtkWidget *
open_reason(Shop *shop)
{
  window_show_tab(shop->window, ORDERS_TAB);
  show_order(shop, "'state': <'held'>, 'can_send': <true>, 'message': <'" LONG_REASON "'>");
  GtkWidget *details = window_find(shop->window, "shopcaisse-order-details");
  assert_true(GTK_IS_LABEL(details) && gtk_widget_get_mapped(details));
  return details;
}

static void
reason_that_a_column_shortens_is_whole_below_the_list(void **state)
{
  GtkWidget *details = open_reason(*state);
  assert_string_equal(gtk_label_get_text(GTK_LABEL(details)), LONG_REASON);
  assert_int_equal(gtk_label_get_ellipsize(GTK_LABEL(details)), PANGO_ELLIPSIZE_NONE);
  assert_true(gtk_label_get_wrap(GTK_LABEL(details)));
}

static void
reason_is_reached_by_keyboard_and_read_aloud(void **state)
{
  Shop *shop = *state;
  GtkWidget *details = open_reason(shop);
  gboolean is_reached = FALSE;
  for (guint i = 0; i < 60 && !is_reached; i++) {
    gtk_widget_child_focus(shop->window, GTK_DIR_TAB_FORWARD);
    is_reached = window_get_focus(shop->window) == details;
  }
  assert_true(is_reached);
  assert_true(window_has_name(details));
}

/* In the states of orders, whatever the status of the sale is: the channel knows what is paid. */
static void
button_is_for_orders_that_can_be_sent(void **state)
{
  static const struct {
    const char *values;
    gboolean can_send;
  } orders[] = {
    { "'state': <'held'>, 'reason': <'unpaid'>, 'can_send': <false>", FALSE },
    { "'state': <'held'>, 'reason': <'status'>, 'can_send': <true>", TRUE },
    { "'state': <'held'>, 'reason': <'manual'>, 'can_send': <true>", TRUE },
    { "'state': <'held'>, 'reason': <'unlinked'>, 'can_send': <false>", FALSE },
    { "'state': <'waiting'>, 'can_send': <true>", TRUE },
    { "'state': <'sending'>, 'can_send': <false>", FALSE },
    { "'state': <'sent'>, 'can_send': <false>", FALSE },
    { "'state': <'parked'>, 'can_send': <true>", TRUE },
    { "'state': <'cancelled'>, 'can_send': <false>", FALSE },
  };
  Shop *shop = *state;
  window_show_tab(shop->window, ORDERS_TAB);
  for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
    show_order(shop, orders[i].values);
    if (window_can_press(shop->window, "shopcaisse-send") != orders[i].can_send)
      fail_msg("{%s}: the button can%s be pressed", orders[i].values,
               orders[i].can_send ? "not" : "");
  }
}

static void
button_says_that_an_order_is_being_sent(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, ORDERS_TAB);
  window_select_first(shop->window, "shopcaisse-orders");
  window_press(shop->window, "shopcaisse-send");
  GtkWidget *send = window_find(shop->window, "shopcaisse-send");
  assert_string_equal(gtk_button_get_label(GTK_BUTTON(send)), "Sending…");
  assert_false(gtk_widget_get_sensitive(send));
}

/* A page that is opened anew knows it from the channel alone. */
static void
order_that_was_sent_before_is_grey_with_its_time_and_id(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, ORDERS_TAB);
  show_order(shop, "'state': <'sent'>, 'can_send': <false>, 'at': <'2026-03-01T11:02:00Z'>,"
                   " 'external_id': <'X7'>");
  GtkWidget *send = window_find(shop->window, "shopcaisse-send");
  const char *label = gtk_button_get_label(GTK_BUTTON(send));
  assert_false(gtk_widget_get_sensitive(send));
  assert_non_null(strstr(label, "X7"));
  assert_non_null(strstr(label, "2026"));
}

static void
linked_article_offers_neither_link_nor_import(void **state)
{
  Shop *shop = *state;
  window_show_tab(shop->window, ARTICLES_TAB);
  scripted_channel_set_list(shop->channel, "items",
                            "[{'id': <'i1'>, 'name': <'Café crème'>, 'state': <'linked'>,"
                            "  'article_id': <'a1'>}]");
  window_settle();
  window_select_first(shop->window, "shopcaisse-items");
  assert_false(window_can_press(shop->window, "shopcaisse-items-open"));
  assert_false(window_can_press(shop->window, "shopcaisse-items-import"));
  assert_true(window_can_press(shop->window, "shopcaisse-items-unlink"));
}

static void
suggestion_says_why_and_links_with_one_press(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_list(shop->channel, "suggestions",
                            "[{'id': <'a7'>, 'name': <'Petit_café'>, 'likeness': <'barcode'>},"
                            " {'id': <'a8'>, 'name': <'Café crème'>, 'likeness': <'name'>}]");
  window_show_tab(shop->window, ARTICLES_TAB);
  window_select_first(shop->window, "shopcaisse-items");
  window_press(shop->window, "shopcaisse-items-open");
  assert_string_equal(scripted_channel_get_query(shop->channel, "suggestions"), "{'item': <'i1'>}");
  assert_true(window_shows_text(shop->window, "Petit_café – Same barcode"));
  assert_true(window_shows_text(shop->window, "Café crème – Same name"));
  window_press(shop->window, "shopcaisse-suggestion-0");
  assert_string_equal(scripted_channel_get_asked(shop->channel),
                      "LINK {'rows': <[{'id': <'a7'>, 'external_id': <'i1'>}]>}");
}

#define N_MANY 50000

/* GTK 4 looks for the rows that it shows in whatever takes their place. */
static void
long_list_that_is_asked_for_anew_is_read_in_windows(void **state)
{
  Shop *shop = *state;
  scripted_channel_set_long_list(shop->channel, "items", N_MANY);
  window_show_tab(shop->window, ARTICLES_TAB);
  window_select_first(shop->window, "shopcaisse-items");
  scripted_channel_renew_long_list(shop->channel, "items", N_MANY);
  window_type(shop->window, "shopcaisse-items-search", "article");
  assert_in_range(scripted_channel_count_windows(shop->channel, "items"), 1, 12);
}

#define READY(name) cmocka_unit_test_setup_teardown(name, shop_open_ready, shop_close)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    READY(reason_that_a_column_shortens_is_whole_below_the_list),
    READY(reason_is_reached_by_keyboard_and_read_aloud),
    READY(button_is_for_orders_that_can_be_sent),
    READY(button_says_that_an_order_is_being_sent),
    READY(order_that_was_sent_before_is_grey_with_its_time_and_id),
    READY(suggestion_says_why_and_links_with_one_press),
    READY(long_list_that_is_asked_for_anew_is_read_in_windows),
    READY(linked_article_offers_neither_link_nor_import),
  };
  window_start();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
