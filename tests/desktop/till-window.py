#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""comptoir-till, driven as a person drives it: sold here, it is an order on the till, once.

One shop for all cases: each opens the window anew and counts the orders that it adds itself.
"""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration" / "e2e"))

from screen import WAIT_S, Screen, wait  # noqa: E402
from shop import Shop, case, holds, run, same  # noqa: E402

WIDTH, HEIGHT = 1024, 600
MUSTARD, HONEY, LINDEN = "3760100000030", "3760100000016", "3760100000023"
BASKETS = {"en": "Basket", "fr": "Panier", "nl": "Winkelmand", "de": "Warenkorb"}
ODD = "<b>Bœuf</b> & Cie"
# What a person works with: each has a name that can be read aloud.
CONTROLS = {"push button", "toggle button", "entry", "spin button", "page tab", "radio button"}


class Till:
    """A till's window, in English unless another language is asked for."""

    def __init__(self, state, log, language="en", **environment):
        more = {key: SHOP.environment[key] for key in ("XDG_DATA_HOME", "GIO_USE_PROXY_RESOLVER")}
        more.update(environment)
        self.program = SCREEN.run([os.environ["COMPTOIR_TILL"], "--state", str(state)], log, LANGUAGE=language, **more)
        self.window = SCREEN.application(self.program)
        self.checkout = None  # what is right of the articles; looking at it alone is faster

    def open_shop(self, basket):
        self.checkout = self.window.find("list", basket).parent.parent.parent
        self.window.find("label", "Plateau en bois")

    def end(self, how=signal.SIGTERM):
        self.program.send_signal(how)
        return self.program.wait(timeout=WAIT_S)

    def count(self):
        """How many articles lie in the basket."""
        return sum(int(field.number or 0) for field in self.checkout.find_all("spin button"))

    def put(self, code):
        number = self.count() + 1
        SCREEN.enter(code)
        wait(lambda: self.count() == number, "%d in the basket" % number)

    def empty(self):
        self.checkout.find("label", "The basket is empty")

    def button(self, label):
        return self.checkout.find("push button", label)

    def sell(self, code, method="Card"):
        self.put(code)
        self.button(method).press()
        self.empty()


@contextlib.contextmanager
def opened(state=None, language="en", **environment):
    """The window over the shop's books, once it shows what is for sale."""
    with open(SHOP.folder / "host.log", "ab") as log:
        till = Till(state or SHOP.state, log, language, **environment)
        try:
            if state is None:
                till.open_shop(BASKETS[language])
            yield till
        finally:
            till.program.kill()
            till.program.wait(timeout=WAIT_S)


def new_orders(known, number):
    """That many orders more than the known ones, and no other."""
    orders = wait(lambda: len(SHOP.till.orders()) >= len(known) + number and SHOP.till.orders(), "an order")
    same(len(orders), len(known) + number, "orders")
    return [order for order in orders if order["orderId"] not in {k["orderId"] for k in known}]


def change_books(statement):
    with contextlib.closing(sqlite3.connect(SHOP.state / "host.sqlite", timeout=WAIT_S)) as books, books:
        books.execute(statement)


@case
def a_sale_by_keyboard_is_one_order_on_the_till_and_stands_among_the_orders():
    known = SHOP.till.orders()
    with opened() as till:
        SCREEN.enter("moutarde")
        wait(lambda: till.count() == 1, "the mustard in the basket")
        SCREEN.keys("alt+r")
        till.empty()
        order, = new_orders(known, 1)
        same(order["raw"]["payments"][0]["amount"] in (395, 3.95, "3.95"), True, "payment of 3.95")
        SCREEN.keys("alt+2")
        till.window.find("label", "Kitchen")
        till.window.find("label", "€3.95")
        SCREEN.keys("ctrl+q")
        same(till.program.wait(timeout=WAIT_S), 0, "exit status")
    same(len(SHOP.till.orders()), len(known) + 1, "orders after closing")


@case
def among_several_articles_that_are_found_the_arrow_keys_choose():
    with opened() as till:
        SCREEN.enter("bougie")
        till.window.gone("label", "Plateau en bois")
        SCREEN.keys("Down", "Return")
        wait(lambda: till.count() == 1, "one in the basket")
        same(till.end(), 0, "exit status")


@case
def codes_that_a_scanner_sends_without_a_pause_are_all_in_the_basket():
    with opened() as till:
        SCREEN.enter(HONEY, LINDEN, HONEY)
        wait(lambda: till.count() == 3, "three in the basket")
        same(sorted(field.number for field in till.checkout.find_all("spin button")), [1, 2], "quantities")
        same(till.end(), 0, "exit status")


@case
def however_often_pay_is_pressed_there_is_one_sale():
    known = SHOP.till.orders()
    with opened() as till:
        till.put(MUSTARD)
        SCREEN.keys("alt+r", "alt+r", "alt+a", "alt+r")
        till.empty()
        new_orders(known, 1)
        same(till.end(), 0, "exit status")
    same(len(SHOP.till.orders()), len(known) + 1, "orders after closing")


@case
def a_window_that_is_closed_while_it_sells_has_sold_once():
    known = SHOP.till.orders()
    with opened() as till:
        till.put(MUSTARD)
        with contextlib.closing(sqlite3.connect(SHOP.state / "host.sqlite", isolation_level=None)) as books:
            books.execute("BEGIN IMMEDIATE")  # the books keep the sale waiting
            SCREEN.keys("alt+r")
            card = till.button("Card")
            wait(lambda: not card.has("SENSITIVE"), "the sale to begin")
            till.program.send_signal(signal.SIGTERM)
            SCREEN.keys("alt+F4")
            same((till.count(), till.program.poll()), (1, None), "what is in the basket, and the exit status")
            books.execute("ROLLBACK")
        same(till.program.wait(timeout=WAIT_S), 0, "exit status")
    with opened() as till:
        new_orders(known, 1)
        same(till.end(), 0, "exit status")
    same(len(SHOP.till.orders()), len(known) + 1, "orders after closing")


@case
def a_sale_that_the_books_refuse_stays_in_the_basket():
    known = SHOP.till.orders()
    change_books("CREATE TRIGGER refuse BEFORE INSERT ON sales BEGIN SELECT RAISE(ABORT, 'no <space> left'); END")
    try:
        with opened() as till:
            till.put(MUSTARD)
            till.button("Cash").press()
            wait(lambda: "no <space> left" in till.window.texts(), "the reason")
            same(till.count(), 1, "articles in the basket")
            change_books("DROP TRIGGER refuse")
            till.button("Cash").press()
            till.empty()
            new_orders(known, 1)
            same(till.end(), 0, "exit status")
    finally:
        change_books("DROP TRIGGER IF EXISTS refuse")


@case
def a_word_that_nothing_has_is_said_and_a_name_is_never_markup():
    status, _, said = SHOP.once("article", "add", "--name", ODD, "--price", "7.5", "--barcode", "22334455")
    same(status, 0, "exit status of article add: " + said)
    with opened() as till:
        SCREEN.type("xylophone")
        till.window.find("label", "No such article")
        SCREEN.keys("Return")
        same(till.button("Card").has("SENSITIVE"), False, "something to pay")
        SCREEN.keys("ctrl+a", "BackSpace")
        till.put("22334455")
        holds(till.checkout.find("spin button").name, ODD)
        same(len(till.window.find_all("label", ODD)), 2, "places where the name stands as it is")
        same(till.end(), 0, "exit status")


@case
def each_language_has_its_words_and_amounts_and_fits_the_screen_of_a_till():
    for language, words in (("fr", ("Espèces", "Paramètres", "3,95\u00a0€")), ("nl", ("Contant", "€\u00a03,95")),
                            ("de", ("Bar", "3,95\u00a0€"))):
        with opened(language=language) as till:
            till.put(MUSTARD)
            for word in words[-1:]:
                till.checkout.find("label", word)
            till.checkout.find("push button", words[0])
            size = subprocess.run(["xdotool", "getwindowfocus", "getwindowgeometry", "--shell"], capture_output=True,
                                  text=True, env=SCREEN.environment, timeout=WAIT_S, check=True).stdout
            found = dict(line.split("=") for line in size.split())
            same((int(found["WIDTH"]) <= WIDTH, int(found["HEIGHT"]) <= HEIGHT), (True, True), language + ": " + size)
            same(till.end(), 0, "exit status")


@case
def an_empty_shop_says_what_to_do_and_everything_has_a_name():
    with opened(state=SHOP.folder / "empty") as till:
        till.window.find("label", "No articles yet")
        wait(lambda: "no token has been set" in till.window.texts(), "what is missing")
        SCREEN.keys("alt+2")
        till.window.find("label", "No orders yet")
        nameless = [node.role for node in till.window.walk() if node.role in CONTROLS and not node.name]
        same(nameless, [], "controls without a name")
        same(till.end(), 0, "exit status")


@case
def the_settings_of_the_channel_are_in_the_menu_of_the_till():
    with opened(state=SHOP.folder / "empty") as till:
        SCREEN.keys("F10")
        till.window.find("menu item", "Settings")
        SCREEN.keys("s")
        wait(lambda: "Access token" in till.window.texts(), "the page of the channel")
        same(till.end(), 0, "exit status")


@case
def without_the_page_of_the_channel_there_is_no_entry_for_it():
    channel_alone = os.environ["COMPTOIR_PATH"].split(":")[0]
    with opened(state=SHOP.folder / "empty", COMPTOIR_PATH=channel_alone) as till:
        SCREEN.keys("F10")
        till.window.find("menu item", "Full screen")
        same([node.name for node in till.window.find_all("menu item") if node.name == "Settings"], [], "entries")
        same(till.end(), 0, "exit status")


with tempfile.TemporaryDirectory() as home, Screen(Path(home), "%dx%d" % (WIDTH, HEIGHT)) as SCREEN, Shop() as SHOP:
    SHOP.set_up()
    SHOP.host.end()
    run()
