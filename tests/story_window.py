# SPDX-License-Identifier: LGPL-2.1-or-later
"""The same day sold in a window: comptoir-till on the screen of who looks on, or on one that nobody sees.

On a screen of its own the story presses the keys itself, in French, and can take a picture.
"""

import contextlib
import gettext
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from story import (WAIT_S, StoryError, calibrate, choose_store, close_day, connect, cook, keep_books, measure, need,
                   repeat_until)

LANGUAGE = "fr"
SIZE = "1280x800"
# GTK takes the font of the desktop, which a screen of its own has not got.
FONT = "[Settings]\ngtk-font-name=Cantarell 11\n"

TAPS = ("ingest", "accept", "prepare", "prepared", "ready", "done")
STAFF_S = 4  # between two steps of the kitchen, for who looks on

CASH, CARD = "C_ash", "Ca_rd"
# What is typed, as by a scanner; how it is paid; how far the kitchen is when the picture is taken.
SALES = (
    (("limonade", "ballotin", "peluche"), CARD, 6),
    (("diffuseur",), CASH, 6),
    (("tilleul", "quetsche", "cramique"), CARD, 5),
    (("cafe a emporter", "cafe a emporter", "babeluttes"), CASH, 3),
    (("triple", "triple", "ambree"), CARD, 2),
)
# And what lies in the basket then.
LAST = (("puzzle", "lavande", "tablette", "tablette", "tablette", "plateau"), CARD)


def find_words(build):
    """What the window says, by what it says in English."""
    catalogue = gettext.translation("shopcaisse-channel", build / "po", [LANGUAGE])

    def say(text, context=None):
        found = catalogue.gettext(text) if context is None else catalogue.pgettext(context, text)
        return found.replace("_", "")

    return say


def import_articles(story, host):
    story.step("Import the articles of the till.")
    story.tell("%d changes made" % host.ask("apply", host.ask("plan")["plan"])["done"])


def listen(host, till):
    """Events bring what staff do at once; the port is free now."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    host.say("settings", "set", "webhooks=true", "webhook-port=%d" % port)
    till.ask("/webhook", {"url": "http://127.0.0.1:%d/shopcaisse" % port})


def start_command(host):
    return ["comptoir-till", "--state", str(host.state)]


class Hands:
    """Who stands at the window, when nobody does."""

    def __init__(self, screen, host, log, say):
        self.screen, self.say = screen, say
        self.program = screen.run(start_command(host), log, LC_ALL="C.UTF-8", LANGUAGE=LANGUAGE)
        self.window = screen.application(self.program)
        self.window.find("label", "Plateau en bois")
        self.basket = self.window.find("list", say("Basket"))
        screen.keys("F11")

    def put(self, words):
        for number, word in enumerate(words, 1):
            self.screen.enter(word)
            repeat_until(lambda wanted=number: self.count() == wanted, "%s in the basket" % word)

    def count(self):
        return sum(field.number or 0 for field in self.basket.find_all("spin button"))

    def pay(self, method):
        self.window.find("push button", self.say(method, "till")).press()
        self.basket.find("label", self.say("The basket is empty"))

    def close(self):
        self.screen.keys("ctrl+q")
        need(self.program.wait(timeout=WAIT_S) == 0, "the window ended with status %d" % self.program.returncode)


def sell_in_it(story, till, hands):
    """Each sale is one order more; the kitchen is somewhere else with each."""
    known = set()
    for words, method, n_taps in SALES:
        hands.put(words)
        hands.pay(method)
        order, = repeat_until(lambda: {o["orderId"] for o in till.orders()} - known, "the order on the till")
        known.add(order)
        for tap in TAPS[:n_taps]:
            till.tap(tap, order)
    story.tell("%d orders on the till" % len(known))


def take_picture(hands, path):
    """Once the last event has come and nothing moves any more."""
    say, window = hands.say, hands.window
    for state in ("Accepted", "Being prepared", "Ready for pick-up", "Done"):
        window.find("label", say(state))
    texts = window.texts().splitlines()
    for toast in [text for text in texts if text.startswith(say("Sale %1$s, %2$s").split("%")[0])]:
        window.gone("label", toast)
    hands.screen.shoot(path)
    need(path.is_file(), "no picture was made")


def play(story, host, till, options):
    sys.path.insert(0, str(Path(__file__).resolve().parent / "desktop"))
    from screen import Screen  # it wants a library that who looks on need not have

    story.step("The window, on a screen that nobody sees, in French.")
    with tempfile.TemporaryDirectory() as home, open(host.state / "window.txt", "ab") as log:
        settings = Path(home) / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text(FONT, encoding="utf-8")
        with Screen(Path(home), SIZE) as screen:
            hands = Hands(screen, host, log, find_words(options.build))
            story.step("Sell %d times in it, by keyboard and by mouse." % (len(SALES) + 1))
            sell_in_it(story, till, hands)
            hands.put(LAST[0])
            if options.screenshot is not None:
                take_picture(hands, options.screenshot)
                story.tell("the picture: %s" % options.screenshot)
            hands.pay(LAST[1])
            hands.close()
    return len(SALES) + 1


def staff(till, is_over):
    """Every few seconds each order is a step further, until the window is closed."""
    steps = {}
    while not is_over.wait(STAFF_S):
        for order in till.orders():
            step = steps.get(order["orderId"], 0)
            if step < len(TAPS):
                till.tap(TAPS[step], order["orderId"])
                steps[order["orderId"]] = step + 1


def show(story, host, till):
    story.step("The window: sell something, follow it among the orders, look at the settings; then close it.")
    is_over = threading.Event()
    kitchen = threading.Thread(target=staff, args=(till, is_over), daemon=True)
    kitchen.start()
    with open(host.state / "window.txt", "ab") as log:
        status = subprocess.run(start_command(host), stderr=log, check=False).returncode
    is_over.set()
    kitchen.join(WAIT_S)
    need(status == 0, "the window ended with status %d, see %s" % (status, host.state / "window.txt"))
    n_sales = len(host.ask("sales")["rows"])
    story.tell("%d sold" % n_sales)
    return n_sales


def has_screen():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(story, host, till, options):
    """The day; answers what it came to."""
    connect(story, host, till)
    choose_store(story, host, till)
    calibrate(story, host)
    import_articles(story, host)
    listen(host, till)
    has_person = options.screenshot is None and has_screen()
    try:
        sold = show(story, host, till) if has_person else play(story, host, till, options)
    except FileNotFoundError as error:
        raise StoryError("%s is not there: was the build configured with -Dwindow=disabled?" % error.filename) from None
    cook(story, host, till)
    keep_books(story, host, till)
    return measure(host, till, sold, close_day(story, host, till))
