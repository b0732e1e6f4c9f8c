#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pictures of the merchants' guides, made by tests/screenshots: pictures.py BUILD LANGUAGE...

The real channel, the simulator and Tryton's client stand for them; clock, data, size, font and colours are always the
same, and so is a picture. Each goes to docs/screenshots/LANGUAGE/NAME.png.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "integration" / folder) for folder in ("e2e", "tryton")]

from tryton_client import Client, Page as Preferences, speak  # noqa: E402
from guide import Guide  # noqa: E402
from keyboard import Keyboard, Words  # noqa: E402
from screen import WAIT_S, Screen, wait  # noqa: E402
from shop import Shop  # noqa: E402
from tryton_shop import TrytonShop  # noqa: E402

PICTURES = ROOT / "docs" / "screenshots"
SCREEN_SIZE, WINDOW_SIZE = "1280x800", "1024x700"
# A clock that goes slowly: all that is done in one session is done in the same minute.
CLOCK = "@2026-03-02 10:15:01 x0.4"
PORT = "18080"  # it is seen
RING_S = 3.3  # for so long GTK shows where the keyboard is
STILL_S = 0.4
N_COLOURS = 96
SETTINGS = """[Settings]
gtk-theme-name=Adwaita
gtk-icon-theme-name=Adwaita
gtk-font-name=Cantarell 11
gtk-cursor-blink=false
gtk-enable-animations=false
gtk-xft-dpi=98304
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
"""
LILLE = ("Le Panier du Beffroi - Lille", "Lille")
STEPS = ("ingest", "accept", "prepare", "prepared", "ready", "done")
TABS = ("connection", "articles", "orders", "schedule", "day", "journal")


def prepare(build):
    """What meson tells its tests."""
    os.environ.update({
        "COMPTOIR_HOST": str(build / "plugin/hosts/reference/comptoir-host"),
        "COMPTOIR_PATH": "%s:%s" % (build / "plugin/channel", build / "ui"),
        "GI_TYPELIB_PATH": "%s:%s" % (build / "plugin/contract", build / "plugin/hosts/tryton"),
        "LD_LIBRARY_PATH": "%s:%s" % (build / "plugin/contract", build / "plugin/hosts/tryton"),
        "LOCPATH": str(build / "tests/words/locales"),
        "PAGE_WINDOW": str(build / "tests/desktop/page-window-gtk4"),
        "SHOPCAISSE_LOCALE_PATH": str(build / "po"),
        "SHOPCAISSE_NET_PATH": str(build / "plugin/net"),
        "SHOPCAISSE_SIMULATOR": str(build / "tests/simulator/shopcaisse-simulator"),
        "TRYTON_CACHE": str(build / "tests/integration/tryton/cache"),
        "TZ": "Europe/Paris",
    })


def find_clock():
    """The library that makes the time of day."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


class Photographer:
    """Takes a window of a program into the guide of a language."""

    def __init__(self, screen, language):
        self.screen = screen
        self.folder = PICTURES / language
        self.folder.mkdir(parents=True, exist_ok=True)

    def ask(self, *words):
        return subprocess.run(words, env=self.screen.environment, capture_output=True, check=True, timeout=60).stdout

    def find_window(self, *wanted):
        return self.ask("xdotool", "search", "--onlyvisible", *wanted).decode().split()[-1]

    def take(self, name, window):
        """Once nothing moves any more. A palette is enough, and small."""
        self.ask("xdotool", "mousemove", "0", "0")
        time.sleep(RING_S)
        raw, seen = self.grab(window), None
        while raw != seen:
            time.sleep(STILL_S)
            raw, seen = self.grab(window), raw
        path = self.folder / (name + ".png")
        subprocess.run(["convert", "ppm:-", "-strip", "+dither", "-colors", str(N_COLOURS), "-define",
                        "png:compression-level=9", "PNG8:" + str(path)], input=raw, check=True, timeout=60)
        print("%s, %.1f kB" % (path.relative_to(ROOT), path.stat().st_size / 1000), flush=True)

    def grab(self, window):
        return self.ask("import", "-window", window, "ppm:-")


class Page:
    """The page in a window of its own, in the shop's profile."""

    def __init__(self, shop, screen, words, photographer):
        self.photographer = photographer
        self.log = open(shop.folder / "host.log", "ab")
        self.program = screen.run([os.environ["PAGE_WINDOW"], "--state", str(shop.state), "--size", WINDOW_SIZE],
                                  self.log, **words.environment, **shop.clock)
        self.window = screen.application(self.program)

    def take(self, name):
        self.photographer.take(name, self.photographer.find_window("--pid", str(self.program.pid)))

    def close(self):
        self.program.terminate()
        self.program.wait(timeout=WAIT_S)
        self.log.close()


def take_set_up(shop, screen, words, photographer):
    page = Page(shop, screen, words, photographer)
    guide = Guide(screen, page.window, words, page.take)
    guide.connect(shop.till.token)
    guide.pick_store(*LILLE, key="End")
    guide.choose_register("Caisse 1")
    guide.choose_till()
    guide.confirm_all()
    guide.synchronise("Papier cadeau")
    guide.calibrate()
    guide.finish()
    page.close()


def trade(shop):
    """A morning: orders in every state, one that is held, and a ticket of the till."""
    host = shop.open()
    articles = shop.articles()
    host.ask("article", "add", "--id", "RA-180", "--name", "Rillettes d’Arras", "--price", "4.40")
    baskets = ({"mustard": 1, "honey-flowers": 2}, {"beer-blond": 4}, {"jam-plum": 1, "salt": 1}, {"waffles": 3},
               {"tea-smoked": 1})
    sales = []
    for number, basket in enumerate(baskets):
        lines = ["%s=%d" % (articles[key]["id"], quantity) for key, quantity in basket.items()]
        sales.append(host.sell_line(*lines, number="%d" % (1041 + number), till="Caisse 1",
                                    sold_at="2026-03-02T08:%02d:00Z" % (11 + 7 * number)))
    host.sell_line("RA-180=1", number="1046", till="Caisse 1", sold_at="2026-03-02T08:52:00Z")
    for sale in sales:
        host.wait_sale(sale["id"], state="sent")
    for sale, steps in zip(sales, (6, 4, 3, 2, 0)):
        for tap in STEPS[:steps]:
            shop.till.tap(tap, sale["order_id"])
    shop.till.tap("process", sales[0]["order_id"])
    shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 2}, {"item": "honey-flowers", "quantity": 1}]})
    host.run("poll-orders")
    host.run("pull-sales")
    host.end()


def select_held(keyboard, words):
    """The last one: why it is held is read whole below the list."""
    keyboard.reach("1041", words("Orders"))
    keyboard.screen.keys("End")
    keyboard.find(words("Ca_ncel the order…"))


def take_tabs(shop, screen, words, photographer):
    page = Page(shop, screen, words, photographer)
    keyboard = Keyboard(screen, page.window)
    keyboard.reach(words("_Test the connection"))
    for name in TABS:
        if name == "day":
            keyboard.press(words("Com_pare with the till"))
            wait(lambda: "1046" in page.window.texts(), "the day")
            keyboard.reach(words("Com_pare with the till"))
        if name == "orders":
            select_held(keyboard, words)
        page.take("tab-" + name)
        if name == "orders":
            keyboard.reach(words("_History"))  # a list keeps the next key for itself
        screen.keys("ctrl+Next")
    page.close()


def take_page(screen, language):
    words, photographer = Words(language), Photographer(screen, language)
    clock = {"LD_PRELOAD": str(find_clock()), "FAKETIME": CLOCK, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    os.environ.update(clock)
    try:
        with Shop("--stores", "7", "--port", PORT, locale=words.environment["LC_ALL"], language=language) as shop:
            shop.clock = clock
            shop.change(api_url=shop.till.api)
            shop.host.end()
            take_set_up(shop, screen, words, photographer)
            trade(shop)
            take_tabs(shop, screen, words, photographer)
    finally:
        for name in clock:
            del os.environ[name]


def configure(shop):
    """By the same profile, before the client has it."""
    shop.open()
    shop.choose()
    shop.host.ask("calibrate")
    shop.host.end()


def take_tryton(screen, language):
    """The page where a merchant who runs Tryton finds it."""
    photographer = Photographer(screen, language)
    with TrytonShop() as shop:
        shutil.copytree(screen.folder / "config" / "gtk-3.0", shop.folder / "home" / ".config" / "gtk-3.0")
        configure(shop)
        speak(shop.server, language)
        client = Client(shop, screen)
        client.wait_started()
        page = Preferences(client, language)
        page.keyboard.find(page.words("_Test the connection"))
        photographer.take("tryton-preferences", photographer.find_window("--name", page.window.name))
        client.kill()


def main(build, *languages):
    prepare(Path(build).resolve())
    home = Path(tempfile.mkdtemp(prefix="shopcaisse-pictures-"))
    for toolkit in ("gtk-3.0", "gtk-4.0"):
        (home / "config" / toolkit).mkdir(parents=True)
        (home / "config" / toolkit / "settings.ini").write_text(SETTINGS, encoding="utf-8")
    try:
        with Screen(home, SCREEN_SIZE) as screen:
            for language in languages:
                take_page(screen, language)
                take_tryton(screen, language)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
