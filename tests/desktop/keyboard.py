# SPDX-License-Identifier: LGPL-2.1-or-later
"""A person with a keyboard and no mouse, who reads what stands on the screen in his own language.

Controls are found by their names, as the catalogues have them, and reached by Tab; nothing is found by its place.
"""

import gettext
import os
import subprocess
import time

from screen import WAIT_S, Atspi, Missing, wait

DOMAIN = "shopcaisse-channel"
SETTLE_S = 0.2  # a key that moves the focus to nothing known is not waited for any longer
MOST = 40  # controls on the way from one to another
PLACES = {"fr": "fr_FR", "nl": "nl_BE", "de": "de_DE"}


def is_one_of(name, names, begins):
    return name.startswith(names) if begins else name in names


def walk_back(node):
    """Whatever is shown below a node, the last first: what GTK 4 hides behind the page of a stack that is seen stands
    before it, and it does not say that it is hidden. With each node its states."""
    for child in reversed(list(node.children())):
        states = child.ask("get_state_set")
        if states is not None and states.contains(getattr(Atspi.StateType, child.shown)):
            yield from walk_back(child)
            yield child, states


def walk_controls(node):
    """What takes the keyboard."""
    for child, states in walk_back(node):
        if states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.SENSITIVE):
            yield child


class Words:
    """What a language calls it; without the line below a letter, as names are spoken."""

    def __init__(self, language, domain=DOMAIN, folder=None):
        self.language = language
        self.catalogue = gettext.translation(domain, folder or os.environ["SHOPCAISSE_LOCALE_PATH"], [language])

    def __call__(self, text, *values, context=None):
        found = self.translate(text, context).replace("_", "")
        for number, value in enumerate(values, 1):
            found = found.replace("%%%d$s" % number, value).replace("%s", value)
        return found

    def translate(self, text, context=None):
        found = self.catalogue.pgettext(context, text) if context else text
        return found if found != text else self.catalogue.gettext(text)

    def find_letter(self, text, context=None):
        """The one that is underlined."""
        return self.translate(text, context).partition("_")[2][0].lower()

    def of(self, name, value=""):
        """The spoken name of a choice: the setting and its value."""
        return self("%1$s: %2$s", self(name), value)

    @property
    def environment(self):
        """Of a program that speaks this language."""
        return {"LC_ALL": PLACES[self.language] + ".UTF-8", "LANGUAGE": self.language}


class Keyboard:
    """The keyboard in front of a window."""

    def __init__(self, screen, window):
        self.screen, self.window = screen, window

    def controls(self):
        return list(walk_controls(self.window))

    def wait_controls(self, *names, begins=False):
        """What takes the keyboard now, from the last to one that has one of these names; waits for that."""
        def look():
            controls = []
            for node in walk_controls(self.window):
                controls.append(node)
                if is_one_of(node.name, names, begins):
                    return controls
            return None
        return wait(look, "a control %s" % (names,))

    def find(self, *names, begins=False):
        """A control that takes the keyboard and has one of these names; waits for it."""
        def look():
            return next((node for node in walk_controls(self.window) if is_one_of(node.name, names, begins)), None)
        return wait(look, "a control %s" % (names,))

    def strike(self, words, text, context=None):
        """A button, by the letter that is underlined on it, once it can be pressed."""
        self.find(words(text, context=context))
        self.screen.keys("alt+" + words.find_letter(text, context))

    def reach(self, *names, begins=False):
        """Tab after Tab, until a control with one of these names has the focus."""
        controls = self.wait_controls(*names, begins=begins)
        focused = None
        for _ in range(MOST):
            focused = self.settle(controls, focused)
            if focused is not None and is_one_of(focused.name, names, begins):
                return focused
            self.screen.keys("Tab")
        raise Missing("Tab does not lead to %s, but to %s" % (
            names, sorted({node.name for node in controls if node.name})))

    def settle(self, controls, former):
        """What has the focus after a key. What is not among the controls, as a row that was drawn anew, is nothing."""
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            found = next((node for node in controls if node is not former and node.has("FOCUSED")), None)
            if found is not None:
                return found
        return former if former is not None and former.has("FOCUSED") else None

    def press(self, name, begins=False):
        """Reaches it, and presses the space bar."""
        self.reach(name, begins=begins)
        self.screen.keys("space")

    def paste(self, name, text):
        """As from the clipboard of another program; secrets are no arguments of a program."""
        subprocess.run(["xclip", "-selection", "clipboard"], input=text, text=True, env=self.screen.environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=WAIT_S, check=True)
        entry = self.reach(name)
        self.screen.keys("ctrl+a", "ctrl+v")
        wait(lambda: Atspi.Text.get_character_count(entry.accessible) == len(text), "what was pasted into %r" % name)

    def choose(self, name, value):
        """Opens the choices of that name, goes down to one of them, and takes it."""
        self.press(name, begins=True)
        self.find(value)
        listed = [node for node in self.wait_controls(name, begins=True) if node.role in ("list", "list item")]
        focused = wait(lambda: self.settle(listed, None), "the choices of %r" % name)
        self.screen.keys("Home")
        for _ in listed:
            focused = self.settle(listed, focused)
            if focused is not None and focused.name == value:
                self.screen.keys("Return")
                return
            self.screen.keys("Down")
        raise Missing("the arrow keys do not lead to %r" % value)
