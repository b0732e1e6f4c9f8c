#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A shop is set up with the keyboard alone, in the merchant's language, in the reference host's windows: from the
empty page to the end, with the real channel and the simulator. What is sold then is one order on the till."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration" / "e2e"))

from guide import Guide  # noqa: E402
from keyboard import Keyboard, Words  # noqa: E402
from screen import Screen, wait  # noqa: E402
from shop import Shop, case, run, same  # noqa: E402

LILLE, LIEGE = ("Boutique 042", "Lille"), ("Friterie du Perron - Liège", "Liège")
CLOSE_S = 10  # until a program that heard it has ended
CRITICAL = re.compile(r"^.*(?:CRITICAL|WARNING).*$", re.M)
# GTK 3 asks a notebook that goes away for the name of a page that has gone, when assistive technology listens.
NOTEBOOK = "gtk_notebook_get_tab_label: assertion 'list != NULL' failed"


class Program:
    """A shop of its own with a program in front of it, which knows where the service is and nothing else."""

    def __init__(self, program, language, *options, **shop_options):
        self.words = Words(language)
        with contextlib.ExitStack() as stack:
            place = self.words.environment
            self.shop = stack.enter_context(
                Shop(*options, locale=place["LC_ALL"], language=place["LANGUAGE"], **shop_options))
            self.shop.change(api_url=self.shop.till.api)
            self.shop.host.end()
            self.log = self.shop.folder / "window.log"
            log = stack.enter_context(open(self.log, "ab"))
            # What GTK says wrong is counted at the end: one thing is its own.
            self.process = SCREEN.run([os.environ[program], "--state", str(self.shop.state)], log, **place, G_DEBUG="")
            stack.callback(self.process.kill)
            self.application = SCREEN.application(self.process)
            self.stack = stack.pop_all()

    def window(self, title=None):
        """A window of it that is open."""
        def look():
            return next((node for node in self.application.children() if title in (None, node.name)), None)
        return wait(look, "the window %r" % title)

    def keyboard(self, title=None):
        return Keyboard(SCREEN, self.window(title))

    def guide(self, title=None):
        return Guide(SCREEN, self.window(title), self.words)

    def end(self):
        """As somebody closes the window, again where the first key met an open list; then the orders that are on
        the till: how many times each was sent."""
        wait(self.has_closed, "the end of the program")
        same(self.process.returncode, 0, "exit status")
        same([line for line in CRITICAL.findall(self.log.read_text(encoding="utf-8")) if NOTEBOOK not in line], [],
             "what went wrong")
        posts = {order["orderId"]: order["posts"] for order in self.shop.till.orders()}
        self.stack.close()  # says what crashed and what leaks
        return posts

    def has_closed(self):
        SCREEN.activate(self.process)
        close_window()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=CLOSE_S)
        return self.process.returncode is not None


def close_window():
    """The one in front."""
    SCREEN.keys("alt+F4")


def open_settings(till):
    """The banner over a till without a connection leads there."""
    till.keyboard(till.words("Till")).press(till.words("_Settings", context="till"))
    return till.guide(till.words("Settings"))


def sell(till, article, word):
    """One piece, paid by card."""
    keyboard = till.keyboard(till.words("Till"))
    keyboard.window.find("label", article)
    keyboard.reach(till.words("Search by name, reference or barcode"))
    SCREEN.type(word)
    SCREEN.keys("Return")
    keyboard.strike(till.words, "Ca_rd", context="till")


def check_one_order(till, amount):
    """Once on the till, and told of in the window."""
    order, = wait(till.shop.till.orders, "an order")
    keyboard = till.keyboard(till.words("Till"))
    SCREEN.keys("alt+2")  # the second page of the window
    wait(lambda: amount in keyboard.window.texts(), "the order in the list")
    wait(lambda: till.words("Sent") in keyboard.window.texts(), "the order's state")
    same(till.end(), {order["orderId"]: 1}, "orders")


@case
def in_french_one_of_sixty_stores_is_set_up_by_keyboard():
    till = OPEN["French"] = Program("COMPTOIR_TILL", "fr", "--stores", "59")
    open_settings(till).walk(till.shop, LILLE, search="042")


@case
def in_french_every_tab_is_reached_by_keyboard():
    till = OPEN["French"]
    till.guide(till.words("Settings")).walk_tabs()


@case
def in_french_what_is_sold_where_it_was_set_up_is_one_order():
    till = OPEN["French"]
    close_window()
    sell(till, "Papier cadeau", "moutarde")
    check_one_order(till, "3,95\u00a0€")


@case
def in_dutch_one_of_two_registers_is_set_up_by_keyboard():
    till = OPEN["Dutch"] = Program("COMPTOIR_TILL", "nl", shop="snack")
    open_settings(till).walk(till.shop, LIEGE, register="Terrasse", article="Cola 33 cl")


@case
def in_dutch_what_is_sold_where_it_was_set_up_is_one_order_on_its_register():
    till = OPEN["Dutch"]
    close_window()
    sell(till, "Cola 33 cl", "cola 33")
    order, = wait(till.shop.till.orders, "an order")
    registers = {register["id"]: register["name"] for register in till.shop.till.ask("/state")["stores"][0]["pos"]}
    same(registers[order["pos"]], "Terrasse", "the order's register")
    check_one_order(till, "€")


@case
def in_gtk_3_one_of_sixty_stores_is_set_up_by_keyboard_in_french():
    page = OPEN["GTK 3"] = Program("PAGE_WINDOW_GTK3", "fr", "--stores", "59")
    page.guide().walk(page.shop, LILLE, search="042")


@case
def in_gtk_3_every_tab_is_reached_by_keyboard_in_french():
    page = OPEN["GTK 3"]
    page.guide().walk_tabs()
    same(page.end(), {}, "orders that nobody made")


# A case goes on with the program where the one before it has ended.
OPEN = {}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, Screen(Path(home)) as SCREEN:
        try:
            run()
        finally:
            for left in OPEN.values():
                with contextlib.suppress(AssertionError):
                    left.stack.close()
