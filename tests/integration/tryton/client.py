#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tryton's desktop client itself, without a screen, with the plugin file in it: one shop, Tryton and the till."""

import contextlib
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from tryton_shop import TrytonShop, run_cases  # first: it knows where shop lies
from shop import WAIT_S, cents, holds, need, same
from tryton_server import PASSWORD, environment, number

PLUGIN = Path(__file__).parents[3] / "data" / "tryton" / "shopcaisse.py"
START_S = 4 * WAIT_S
FIRST_ROW = ("486", "252")  # of the list, on a screen of 1280 x 800


class Screen:
    """An X server that nobody sees, and a window manager."""

    def __init__(self, folder):
        reader, writer = os.pipe()
        self.log = open(folder / "screen.log", "ab")
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"],
                                       pass_fds=[writer], stdout=self.log, stderr=self.log)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.name = ":" + pipe.readline().strip()
        self.manager = subprocess.Popen(["openbox"], stdout=self.log, stderr=self.log, env=environment(DISPLAY=self.name))

    def run(self, *words):
        return subprocess.run(words, env=environment(DISPLAY=self.name), capture_output=True, text=True,
                              timeout=START_S, check=False).stdout

    def find(self, title, *keys):
        """A window whose title holds that; waits for it, and answers questions on the way with the keys."""
        end = time.monotonic() + START_S
        while True:
            found = self.run("xdotool", "search", "--onlyvisible", "--name", title).split()
            if found:
                return found[-1]
            need(time.monotonic() < end, "no window %r" % title)
            time.sleep(0.5)
            if keys:
                self.key(*keys)

    def key(self, *keys):
        self.run("xdotool", "key", "--delay", "150", *keys)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait(timeout=WAIT_S)
        self.log.close()


class Client:
    """The client of one till, on the list of sales."""

    def __init__(self, shop, screen):
        self.shop, self.screen = shop, screen
        self.home = shop.folder / "home"
        plugins = self.home / ".config" / "tryton" / "6.0" / "plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        (plugins / "shopcaisse.py").write_bytes(PLUGIN.read_bytes())
        (plugins.parent / "shopcaisse.conf").write_text(
            "[shopcaisse]\ninterval = 0\nstate_dir = %s\n" % (shop.state / "channel"), encoding="utf-8")
        self.pid_file, self.bus_file = shop.folder / "client.pid", shop.folder / "client.bus"
        self.pid_file.unlink(missing_ok=True)
        self.log = open(shop.folder / "client.log", "ab")
        script = 'echo $$ > "%s"; echo "$DBUS_SESSION_BUS_ADDRESS" > "%s"; exec /usr/bin/python3 /usr/bin/tryton ' \
                 '-v -u admin -s 127.0.0.1:%d tryton://127.0.0.1:%d/shop/model/sale.sale' % (
                     self.pid_file, self.bus_file, shop.server.port, shop.server.port)
        names = ("COMPTOIR_PATH", "SHOPCAISSE_NET_PATH", "GI_TYPELIB_PATH", "LD_LIBRARY_PATH")
        self.process = subprocess.Popen(
            ["dbus-run-session", "--", "/bin/sh", "-c", script], stdout=self.log, stderr=self.log,
            env=environment(DISPLAY=screen.name, HOME=str(self.home), NO_AT_BRIDGE="1", GIO_USE_PROXY_RESOLVER="dummy",
                            GSETTINGS_BACKEND="memory", G_MESSAGES_DEBUG="shopcaisse comptoir-tryton",
                            **{name: os.environ[name] for name in names}))
        self.log_in()

    def log_in(self):
        self.screen.find("Tryton")
        time.sleep(2)  # the question for the password has no title of its own
        self.screen.run("xdotool", "type", PASSWORD)
        self.screen.key("Return")

    def actions(self):
        return self.call("List")

    def call(self, method, *words):
        address = self.bus_file.read_text(encoding="utf-8").strip()
        name = self.find_name(address)
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", name, "--object-path", "/" + name.replace(".", "/"),
             "--method", "org.gtk.Actions." + method, *words], env=environment(DBUS_SESSION_BUS_ADDRESS=address),
            capture_output=True, text=True, timeout=WAIT_S, check=False)
        return done.stdout + done.stderr

    def find_name(self, address):
        """The application's name on its bus."""
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.ListNames"], env=environment(DBUS_SESSION_BUS_ADDRESS=address),
            capture_output=True, text=True, timeout=WAIT_S, check=True)
        return re.search(r"org\.tryton\._\w+", done.stdout).group(0)

    def wait_connected(self):
        """Until the channel has asked the till for something since this client runs."""
        self.shop.till.wait(requests=self.shop.till.ask("/requests?limit=1")["last"] + 1)

    def wait_started(self):
        """Until the list of sales is there, and answers."""
        self.screen.find("Administrator")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(self.pid_file.read_text(encoding="utf-8")), signal.SIGKILL)
        self.process.wait(timeout=WAIT_S)

    def end(self):
        """As somebody closes the window."""
        window = self.screen.find("Tryton")
        self.screen.run("xdotool", "windowactivate", "--sync", window)
        self.screen.key("ctrl+q")
        return self.process.wait(timeout=START_S)


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


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
    screen, end = shop.screen, time.monotonic() + START_S
    screen.run("xdotool", "windowactivate", "--sync", screen.find("Tryton"))
    while not re.search(r"sale\.sale\.read\(\[(\d+, )*%d[],]" % sale, text_of(shop.folder / "client.log")):
        need(time.monotonic() < end, "the list does not show the sale")
        screen.key("ctrl+r")
        time.sleep(1)
    while not is_done():
        need(time.monotonic() < end, "the action does nothing")
        screen.key("Escape")
        screen.run("xdotool", "mousemove", *FIRST_ROW, "click", "1")
        screen.key("ctrl+e", "s")
        time.sleep(2)


def sell(shop, quantity):
    """A sale of which the client hears nothing by itself: it does not look for changes here."""
    return shop.server.sell((shop.coffee, quantity))


def find_orders(shop, sale):
    total = cents(number(shop.read_sale(sale, "total_amount")["total_amount"]))
    return [order for order in shop.till.orders() if order["totalMinor"] == total]


def plugin_is_loaded_with_its_menu_entry(shop):
    holds(shop.client.actions(), "'shopcaisse'")


def an_action_on_a_sale_sends_it(shop):
    sale = sell(shop, 2)
    same(find_orders(shop, sale), [], "orders before")
    send_newest(shop, sale, lambda: find_orders(shop, sale))
    same(find_orders(shop, sale)[0]["posts"], 1, "posts")
    shop.screen.key("Escape")


def killed_while_it_sends_the_client_sends_once(shop):
    sale = sell(shop, 3)
    shop.till.fault("hold_answer")
    send_newest(shop, sale, lambda: shop.till.ask("/held")["held"])
    shop.client.kill()
    shop.till.ask("/release", {})
    shop.client = Client(shop, shop.screen)
    shop.till.until(lambda: [o for o in find_orders(shop, sale) if o["posts"] > 1], "the order a second time")
    same(len(find_orders(shop, sale)), 1, "orders")


def the_entry_opens_the_preferences_without_an_error(shop):
    shop.client.wait_started()
    shop.client.call("Activate", "shopcaisse", "[]", "{}")
    shop.screen.find("Preference", "alt+y")  # all tabs have to be closed for it
    holds(text_of(shop.folder / "client.log"), "get_preferences_fields_view")
    need("Traceback" not in text_of(shop.folder / "client.log"), "the client met an error")
    shop.screen.key("Escape")


def the_client_ends_as_it_should(shop):
    same(shop.client.end(), 0, "exit status")
    need("Traceback" not in text_of(shop.folder / "client.log"), "the client met an error")


def main():
    with TrytonShop() as shop:
        configure(shop)
        shop.screen = Screen(shop.folder)
        try:
            shop.client = Client(shop, shop.screen)
            shop.client.wait_connected()
            run_cases([
                plugin_is_loaded_with_its_menu_entry,
                an_action_on_a_sale_sends_it,
                killed_while_it_sends_the_client_sends_once,
                the_entry_opens_the_preferences_without_an_error,
                the_client_ends_as_it_should,
            ], shop)
        finally:
            if shop.client.process.poll() is None:
                shop.client.kill()
            shop.screen.close()


main()
