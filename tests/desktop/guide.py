# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guided set-up, step by step, as somebody does it who has only the keyboard."""

from keyboard import Keyboard, walk_back, walk_controls
from screen import Missing, wait
from shop import same

MOST_NAMES = 60  # enough to see where a walk has come to
OTHER = "Boutique 001"  # what the simulator calls the first of those it makes

# What each tab has and no other, in their order: reached by Ctrl+Page Down (its old name is Next).
TABS = ("_Test the connection", "Synchronise", "Search by number",
        "Run now: %s", "Com_pare with the till", "Search the journal")

# As on the tabs, in their order.
TITLES = ("Co_nnection", "_Articles", "_Orders", "_Schedule", "_Day close", "_Journal")


class Guide:
    """Walks from the empty page to its end; `look` is called at each step with its name."""

    def __init__(self, screen, window, words, look=lambda name: None):
        self.window, self.words, self.look = window, words, look
        self.keyboard = Keyboard(screen, window)

    def see(self, text, *values):
        """Waits until it stands on the screen."""
        wanted = self.words(text, *values)
        try:
            return wait(lambda: next((node for node, _ in walk_back(self.window) if node.name == wanted), None),
                        repr(wanted))
        except Missing as error:
            names = [node.name for node, _ in walk_back(self.window) if node.name]
            raise Missing("%s; on the screen: %s" % (error, names[:MOST_NAMES])) from None

    def go_on(self):
        self.keyboard.strike(self.words, "_Next")

    def connect(self, token):
        """A token that is accepted shows at once what it opens."""
        self.see("No token is set.")
        self.keyboard.paste(self.words("Access token"), token)
        self.look("setup-1-token")
        self.keyboard.press(self.words("_Connect"))
        self.see("Rights of the token")
        self.look("setup-2-rights")
        self.go_on()

    def search_store(self, name, search):
        """Found by a part of its name, it is alone in the list."""
        self.keyboard.reach(self.words("Search stores"))
        self.keyboard.screen.type(search)
        def is_alone():
            names = [node.name for node, _ in walk_back(self.window)]
            return name in names and OTHER not in names
        wait(is_alone, name + " alone")

    def pick_store(self, name, city, search="", key="Home"):
        """One of many; `key` leads to it in the list."""
        self.see("Choose the store that receives the sales of this program.")
        if search:
            self.search_store(name, search)
        self.take_row(name, key)
        self.look("setup-3-store")
        self.keyboard.press(self.words("_Use this store"))
        self.see_store(name, city)

    def take_row(self, name, key):
        """Into the list, whose first row has the focus then. GTK 3 names the list alone, GTK 4 each row."""
        self.keyboard.reach(name, OTHER, self.words("Stores"))
        self.keyboard.screen.keys(key)
        self.keyboard.find(self.words("_Use this store"))

    def see_store(self, name, city):
        """It is bound by itself where there is no other."""
        self.see("Bound to the store %s.", "%s (%s)" % (name, city))
        self.go_on()

    def choose(self, setting, value, picture, see):
        """A step that asks one thing."""
        self.see(see)
        if value is not None:
            self.keyboard.choose(self.words.of(setting), value)
            self.keyboard.find(self.words.of(setting, value))
        self.look(picture)
        self.go_on()

    def choose_register(self, register=None):
        self.choose("Register", register, "setup-4-register",
                    "Orders arrive on one register of the store. A store with one register needs no choice; with "
                    "several, orders are held until one is chosen.")

    def choose_till(self):
        self.choose("Till of record", self.words("Shopcaisse"), "setup-5-record",
                    "A sale counts for the tax office once. If Shopcaisse is the till, the sales of this program are "
                    "sent to it as orders and recorded there. If this program is the till itself, no sale is sent.")

    def confirm_all(self):
        """What cannot be seen from here, a person confirms."""
        self.see("Shopcaisse does not tell these things, and without one of them orders stay unseen. Look at each, and "
                 "confirm what is so.")
        beginning = self.words("Confirmed: %s", "")
        self.keyboard.find(beginning, begins=True)
        names = [node.name for node in walk_controls(self.window) if node.name.startswith(beginning)]
        for name in reversed(names):
            self.tick(name)
        self.look("setup-6-prerequisites")
        self.go_on()

    def tick(self, name):
        """Those that the channel found out by itself are ticked."""
        if not self.keyboard.find(name).has("CHECKED"):
            self.keyboard.press(name)
            wait(lambda: self.keyboard.find(name).has("CHECKED"), name)

    def synchronise(self, article):
        """What would be changed is a table first; only that is done."""
        self.keyboard.press(self.words("Com_pare"))
        wait(lambda: any(node.name == article for node, _ in walk_back(self.window)), article)
        self.keyboard.find(self.words("_Make these changes"))
        self.look("setup-7-plan")
        self.keyboard.press(self.words("_Make these changes"))
        self.keyboard.find(self.words("Take them _back"))
        self.go_on()

    def calibrate(self):
        self.keyboard.press(self.words("Send the _test order"))
        self.see("The test order has been understood to the cent and taken back.")
        self.look("setup-8-test-order")
        self.go_on()

    def finish(self):
        self.see("All is set up. From now on everything runs by itself; the tabs show how it is.")
        self.look("setup-9-done")

    def walk(self, shop, store, search=None, register=None, article="Papier cadeau"):
        """All of it; `shop` has a token, `store` a name and a city, `search` is for one of several stores."""
        self.connect(shop.till.token)
        if search is not None:
            self.pick_store(*store, search=search)
        else:
            self.see_store(*store)
        self.choose_register(register)
        self.choose_till()
        self.confirm_all()
        self.synchronise(article)
        self.calibrate()
        self.finish()

    def walk_tabs(self):
        """From the end of the set-up through each tab; in each, Tab leads to what it is for."""
        self.keyboard.strike(self.words, "Show all _settings")
        self.keyboard.find(self.words(TABS[0], ""), begins=True)
        titles = [self.words(title) for title in TITLES]
        shown = self.window.texts().split("\n")
        same([title for title in titles if title not in shown], [], "titles of tabs that are not there")
        for control in TABS:
            self.keyboard.reach(self.words(control, ""), begins=True)
            self.keyboard.screen.keys("ctrl+Next")
