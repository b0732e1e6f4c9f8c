#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tryton's desktop client itself, without a screen, with the plugin file in it: one shop, Tryton and the till."""

import re
import time

from tryton_shop import TrytonShop, run_cases  # first: it knows where shop lies
from shop import cents, holds, need, same
from tryton_client import SIZE, START_S, Client, Page, speak
from tryton_server import number
from screen import Screen  # tryton_client knows where it lies

LILLE = "Le Panier du Beffroi - Lille (Lille)"


def configure(shop):
    """What the page is for, by the same profile: the token, the store; one article is enough here."""
    shop.open()
    shop.choose()
    shop.host.ask("calibrate")
    shop.host.ask("plan")
    coffee = shop.server.one("product.product", [["code", "=", "CAF250"]], [])["id"]
    shop.host.ask("link", "%d=%s" % (coffee, shop.till.item("mustard")["id"]))
    shop.coffee = coffee
    shop.host.end()


def send_newest(shop, sale, is_done):
    """The newest sale stands first in the list; the letter is that of our action in the menu. A slow computer loses
    keys, so they are typed until it is done: sending again makes no second order."""
    client, end = shop.client, time.monotonic() + START_S
    client.to_front()
    while not re.search(r"sale\.sale\.read\(\[(\d+, )*%d[],]" % sale, client.tell()):
        need(time.monotonic() < end, "the list does not show the sale")
        client.keys("ctrl+r")
        time.sleep(1)
    while not is_done():
        need(time.monotonic() < end, "the action does nothing")
        client.keys("Escape")
        client.choose_newest()
        client.keys("ctrl+e", "s")
        time.sleep(2)


def sell(shop, quantity):
    """A sale of which the client hears nothing by itself: it does not look for changes here."""
    return shop.server.sell((shop.coffee, quantity))


def find_orders(shop, sale):
    total = cents(number(shop.read_sale(sale, "total_amount")["total_amount"]))
    return [order for order in shop.till.orders() if order["totalMinor"] == total]


def plugin_is_loaded_with_its_menu_entry(shop):
    holds(shop.client.list_actions(), "'shopcaisse'")


def an_action_on_a_sale_sends_it(shop):
    sale = sell(shop, 2)
    same(find_orders(shop, sale), [], "orders before")
    send_newest(shop, sale, lambda: find_orders(shop, sale))
    same(find_orders(shop, sale)[0]["posts"], 1, "posts")
    shop.client.keys("Escape")


def killed_while_it_sends_the_client_sends_once(shop):
    sale = sell(shop, 3)
    shop.till.fault("hold_answer")
    send_newest(shop, sale, lambda: shop.till.ask("/held")["held"])
    shop.client.kill()
    shop.till.ask("/release", {})
    speak(shop.server, "fr")
    shop.client = Client(shop, shop.screen)
    shop.till.until(lambda: [o for o in find_orders(shop, sale) if o["posts"] > 1], "the order a second time")
    same(len(find_orders(shop, sale)), 1, "orders")


def the_entry_opens_the_page_in_the_preferences_in_the_users_language(shop):
    shop.client.wait_started()
    shop.page = Page(shop.client, "fr")
    shop.page.keyboard.find(shop.page.words("_Test the connection"))
    shop.page.window.find("label", LILLE)
    need("Traceback" not in shop.client.tell(), "the client met an error")


def the_client_ends_as_it_should(shop):
    shop.client.keys("Escape")
    same(shop.client.end(), 0, "exit status")
    need("Traceback" not in shop.client.tell(), "the client met an error")


def main():
    with TrytonShop() as shop, Screen(shop.folder, SIZE) as shop.screen:
        configure(shop)
        shop.client = Client(shop, shop.screen)
        shop.client.wait_connected()
        run_cases([
            plugin_is_loaded_with_its_menu_entry,
            an_action_on_a_sale_sends_it,
            killed_while_it_sends_the_client_sends_once,
            the_entry_opens_the_page_in_the_preferences_in_the_users_language,
            the_client_ends_as_it_should,
        ], shop)


if __name__ == "__main__":
    main()
