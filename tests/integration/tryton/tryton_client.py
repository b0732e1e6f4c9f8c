# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tryton's desktop client on a screen that nobody sees, with the plugin file in it."""

import gettext
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from shop import WAIT_S, need
from tryton_server import PASSWORD, environment

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "desktop"))

from keyboard import Keyboard, Words  # noqa: E402  pylint: disable=wrong-import-position
from screen import wait  # noqa: E402  pylint: disable=wrong-import-position

PLUGIN = HERE.parents[2] / "data" / "tryton" / "shopcaisse.py"
LOCALES = "/usr/share/locale"
START_S = 4 * WAIT_S
SIZE = "1280x800"
FIRST_ROW = ("486", "252")  # of the list, on a screen of that size
FOUND_HERE = ("COMPTOIR_PATH", "SHOPCAISSE_NET_PATH", "SHOPCAISSE_LOCALE_PATH", "GI_TYPELIB_PATH", "LD_LIBRARY_PATH",
              "LOCPATH")


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


class Client:
    """The client of one till, on the list of sales."""

    def __init__(self, shop, screen, interval_s=0):
        """Without an interval it does not look for sales that others make."""
        self.shop, self.screen = shop, screen
        self.home = shop.folder / "home"
        self.log_path = shop.folder / "client.log"
        plugins = self.home / ".config" / "tryton" / "6.0" / "plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        (plugins / "shopcaisse.py").write_bytes(PLUGIN.read_bytes())
        (plugins.parent / "shopcaisse.conf").write_text(
            "[shopcaisse]\ninterval = %d\nstate_dir = %s\n" % (interval_s, shop.state / "channel"), encoding="utf-8")
        address = "127.0.0.1:%d" % shop.server.port
        # Not fatal: GTK 3 complains of each tab that Tryton closes, when assistive technology listens.
        with open(self.log_path, "ab") as log:
            self.process = screen.run(
                ["/usr/bin/python3", "/usr/bin/tryton", "-v", "-u", "admin", "-s", address,
                 "tryton://%s/shop/model/sale.sale" % address], log,
                **environment(HOME=str(self.home), XDG_CONFIG_HOME=str(self.home / ".config"),
                              XDG_DATA_HOME=str(self.home / ".local" / "share"),
                              GIO_USE_PROXY_RESOLVER="dummy", G_MESSAGES_DEBUG="shopcaisse comptoir-tryton",
                              DISPLAY=screen.environment["DISPLAY"], G_DEBUG=""))
        self.log_in()

    def log_in(self):
        windows = self.screen.application(self.process)

        def look():
            return any(node.has("FOCUSED") for node in windows.look_for("password text"))
        wait(look, "the question for the password")
        self.screen.type(PASSWORD)
        self.screen.keys("Return")

    def tell(self):
        """What it has written into its log."""
        return text_of(self.log_path)

    def ask_display(self, *words):
        return subprocess.run(["xdotool", *words], env=self.screen.environment, capture_output=True, text=True,
                              timeout=START_S, check=False).stdout

    def keys(self, *names):
        self.ask_display("key", "--delay", "150", *names)

    def find_window(self, title, *keys):
        """A window whose title holds that; waits for it, and answers questions on the way with the keys."""
        end = time.monotonic() + START_S
        while True:
            found = self.ask_display("search", "--onlyvisible", "--name", title).split()
            if found:
                return found[-1]
            need(time.monotonic() < end, "no window %r" % title)
            time.sleep(0.1)
            if keys:
                self.keys(*keys)

    def to_front(self):
        self.ask_display("windowactivate", "--sync", self.find_window("Tryton"))

    def choose_newest(self):
        """The newest sale stands first in the list."""
        self.ask_display("mousemove", *FIRST_ROW, "click", "1")

    def list_actions(self):
        return self.call("List")

    def open_page(self):
        """Our entry of the menu. All tabs have to be closed for it, which is asked first."""
        self.call("Activate", "shopcaisse", "[]", "{}")

    def call(self, method, *words):
        name = self.find_name()
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", name, "--object-path", "/" + name.replace(".", "/"),
             "--method", "org.gtk.Actions." + method, *words], env=self.screen.environment,
            capture_output=True, text=True, timeout=WAIT_S, check=False)
        return done.stdout + done.stderr

    def find_name(self):
        """The application's name on its bus."""
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.ListNames"], env=self.screen.environment,
            capture_output=True, text=True, timeout=WAIT_S, check=True)
        return re.search(r"org\.tryton\._\w+", done.stdout).group(0)

    def wait_started(self):
        """Until the list of sales is there, and answers."""
        self.find_window("Administrator")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=WAIT_S)

    def end(self):
        """As somebody closes the window."""
        self.to_front()
        self.keys("ctrl+q")
        return self.process.wait(timeout=START_S)


def find_child(application, is_meant):
    """One of its windows; the main one has too much in it to be looked through each time."""
    return wait(lambda: next((child for child in application.children() if is_meant(child)), None), "a window")


class Page:
    """The channel's page in the preferences, in the language of the user who has logged in."""

    def __init__(self, client, language):
        self.words = Words(language)
        own = gettext.translation("tryton", LOCALES, [language]).gettext
        client.open_page()
        application = client.screen.application(client.process)
        # Whether it asks depends on whether the list of sales was there before.
        shown = find_child(application, lambda child: child.role == "alert" or child.name == own("Preference"))
        if shown.role == "alert":
            client.keys("alt+" + own("Yes")[0].lower())
        self.window = find_child(application, lambda child: child.name == own("Preference"))
        self.keyboard = Keyboard(client.screen, self.window)


def speak(server, language):
    """What the user reads from the next login on."""
    found = server.one("ir.lang", [["code", "=", language]], ["translatable"])
    if not found["translatable"]:
        server.model("ir.lang.write", [found["id"]], {"translatable": True})
    user = server.one("res.user", [["login", "=", "admin"]], [])
    server.model("res.user.write", [user["id"]], {"language": found["id"]})
