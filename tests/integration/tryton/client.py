#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tryton's desktop client itself, without a screen, with the plugin file in it: a shop is set up in its preferences, in
the user's language, and sells."""

import re
import time
from pathlib import Path

from tryton_shop import TrytonShop, run_cases  # first: it knows where shop lies
from shop import Failure, cents, holds, need, same
from tryton_client import SIZE, START_S, Client, Page, speak
from tryton_server import number
from guide import Guide  # tryton_client knows where it lies, and the next
from screen import Screen

LILLE = ("Le Panier du Beffroi - Lille", "Lille")
COUNTER = Path(__file__).parent / "counter.json"
MUSTARD, CODE = "Moutarde à l’ancienne", "MOUT-200"
FLOWS = ("orders", "sales", "catalogue", "stock", "catch_up")
LOOK_S = 1  # as the client looks for sales of others, where it does
KEY_S = 2  # until a key that was pressed has done something
LETTER = "s"  # of our action in the English menu; in others several begin with the same


def prepare(shop):
    """The profile knows where the service is, and nothing else. No flow runs but when it is asked for."""
    speak(shop.server, "fr")
    shop.open()
    shop.change(api_url=shop.till.api, **{flow + "_interval": 0 for flow in FLOWS})
    shop.host.end()


def press_until(is_done, press, failure):
    """A slow computer loses keys: they are pressed again when nothing has come of them."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        press()
        patience = time.monotonic() + KEY_S
        while time.monotonic() < patience:
            if is_done():
                return
            time.sleep(0.1)
    raise Failure(failure)


def send_newest(shop, sale, is_done):
    """The newest sale stands first in the list. Sending again makes no second order."""
    client = shop.client

    def is_listed():
        return re.search(r"sale\.sale\.read\(\[(\d+, )*%d[],]" % sale, client.tell())

    def send():
        client.keys("Escape")
        client.choose_newest()
        client.keys("ctrl+e", LETTER)
    client.to_front()
    press_until(is_listed, lambda: client.keys("ctrl+r"), "the list does not show the sale")
    press_until(is_done, send, "the action does nothing")


def sell(shop, quantity):
    mustard = shop.server.one("product.product", [["suffix_code", "=", CODE]], [])
    return shop.server.sell((mustard["id"], quantity))


def find_orders(shop, sale):
    total = cents(number(shop.read_sale(sale, "total_amount")["total_amount"]))
    return [order for order in shop.till.orders() if order["totalMinor"] == total]


def plugin_is_loaded_with_its_menu_entry(shop):
    shop.client.wait_started()
    holds(shop.client.list_actions(), "'shopcaisse'")


def a_shop_is_set_up_by_keyboard_in_the_preferences_in_the_users_language(shop):
    page = Page(shop.client, "fr")
    Guide(shop.screen, page.window, page.words).walk(shop, LILLE, article=MUSTARD)
    found, = shop.server.find("product.product", [["suffix_code", "=", CODE]], ["template.name"])
    same(found["template."]["name"], MUSTARD, "the article in Tryton")


def a_sale_made_where_it_was_set_up_is_one_order(shop):
    sale = sell(shop, 1)
    order, = shop.till.until(lambda: find_orders(shop, sale), "the order")
    same(order["posts"], 1, "posts")


def an_action_on_a_sale_sends_it(shop):
    speak(shop.server, "en")
    shop.client = Client(shop, shop.screen)
    shop.client.wait_started()
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
    shop.client = Client(shop, shop.screen)
    shop.till.until(lambda: [o for o in find_orders(shop, sale) if o["posts"] > 1], "the order a second time")
    same(len(find_orders(shop, sale)), 1, "orders")


def the_client_ends_as_it_should(shop):
    shop.client.keys("Escape")
    same(shop.client.end(), 0, "exit status")
    need("Traceback" not in shop.client.tell(), "the client met an error")


def main():
    with TrytonShop(shop=str(COUNTER)) as shop, Screen(shop.folder, SIZE) as shop.screen:
        prepare(shop)
        shop.client = Client(shop, shop.screen, LOOK_S)
        run_cases([
            plugin_is_loaded_with_its_menu_entry,
            a_shop_is_set_up_by_keyboard_in_the_preferences_in_the_users_language,
            a_sale_made_where_it_was_set_up_is_one_order,
            the_client_ends_as_it_should,
            an_action_on_a_sale_sends_it,
            killed_while_it_sends_the_client_sends_once,
        ], shop)


if __name__ == "__main__":
    main()
