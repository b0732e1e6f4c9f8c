#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""comptoir-till, driven as a person drives it: sold here, it is an order on the till, once."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration" / "e2e"))

from screen import WAIT_S, Screen, wait  # noqa: E402
from shop import Shop, case, run, same  # noqa: E402


class Till:
    """A till's window; `opened` makes the shop around it."""

    def __init__(self, shop, screen, log):
        self.shop, self.screen = shop, screen
        self.program = screen.run([os.environ["COMPTOIR_TILL"], "--state", str(shop.state)], log)
        self.window = screen.application(self.program)

    def close(self):
        """As the button in the corner does; answers the exit status."""
        self.screen.keys("alt+F4")
        return self.program.wait(timeout=WAIT_S)

    def put(self, word):
        """Types, presses Enter: the article is in the basket."""
        self.window.find("entry", "Search articles")
        self.window.find("label", "Papier cadeau")
        self.screen.type(word)
        self.screen.keys("Return")
        card = self.button("Card")
        wait(lambda: card.has("SENSITIVE"), "something in the basket")

    def sell(self, word, method):
        self.put(word)
        self.button(method).press()

    def button(self, label):
        return self.window.find("push button", label)

    def press(self, role, name):
        self.window.find(role, name).press()


@contextlib.contextmanager
def opened():
    """A shop that is set up, and its till on the screen."""
    with Shop() as shop:
        shop.set_up()
        shop.host.end()
        with open(shop.folder / "host.log", "ab") as log:
            till = Till(shop, SCREEN, log)
            try:
                yield till
            finally:
                till.program.kill()


@case
def a_sale_by_keyboard_is_one_order_on_the_till_and_stands_among_the_orders():
    with opened() as till:
        till.sell("moutarde", "Card")
        order, = wait(till.shop.till.orders, "an order")
        till.press("page tab", "Orders")
        wait(lambda: "3.95" in till.window.texts(), "the order in the list")
        same(order["raw"]["payments"][0]["amount"] in (395, 3.95, "3.95"), True, "payment of 3.95")
        same(till.close(), 0, "exit status")
        same(len(till.shop.till.orders()), 1, "orders after closing")


@case
def pressing_pay_twice_sells_once():
    with opened() as till:
        till.put("moutarde")
        till.screen.keys("alt+r", "alt+r")
        wait(till.shop.till.orders, "an order")
        card = till.button("Card")
        wait(lambda: not card.has("SENSITIVE"), "an empty basket")
        same(till.close(), 0, "exit status")
        same(len(till.shop.till.orders()), 1, "orders")


@case
def a_word_that_nothing_has_is_said_and_nothing_is_sold():
    with opened() as till:
        till.screen.type("xylophone")
        till.window.find("label", "No articles")
        till.screen.keys("Return")
        same(till.button("Card").has("SENSITIVE"), False, "something to pay")
        same(till.close(), 0, "exit status")


with tempfile.TemporaryDirectory() as home, Screen(Path(home)) as SCREEN:
    run()
