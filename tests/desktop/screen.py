# SPDX-License-Identifier: LGPL-2.1-or-later
"""A display of its own with a bus and a keyboard, and what stands on it as assistive technology sees it.

A process has one Screen: Atspi connects once, and finds bus and display in the environment.
Everything waits for a fact, and at most WAIT_S for it.
"""

import os
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

WAIT_S = 20 * float(os.environ.get("SHOPCAISSE_PATIENCE", "1"))
PAUSE_S = 0.05
# What moves would be in one picture and not in the next.
STILL = {"GSK_RENDERER": "cairo", "GTK_OVERLAY_SCROLLING": "0", "NO_AT_BRIDGE": "0",
         "GTK_A11Y": "atspi", "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory",
         "ADW_DISABLE_PORTAL": "1", "GTK_USE_PORTAL": "0"}


class Missing(AssertionError):
    """What did not appear."""


def wait(look, what):
    """Looks until there is something; what is drawn anew meanwhile is looked for again."""
    end = time.monotonic() + WAIT_S
    while True:
        try:
            found = look()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Missing("waited %d s for %s" % (WAIT_S, what))
        time.sleep(PAUSE_S)


def start(command, environment):
    """A program that says a line on a descriptor when it is ready; the line."""
    reader, writer = os.pipe()
    process = subprocess.Popen([part.replace("FD", str(writer)) for part in command], pass_fds=[writer],
                               env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        return process, pipe.readline().strip()


class Screen:
    """Xvfb, a window manager, a session bus; `with` starts and ends them."""

    def __init__(self, folder, size="1024x600"):
        self.folder = folder
        self.environment = {**os.environ, **STILL, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder),
                            "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
        self.programs = []
        self.size = size

    def __enter__(self):
        try:
            return self.open()
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def open(self):
        server, number = start(["Xvfb", "-displayfd", "FD", "-screen", "0", self.size + "x24", "-nolisten", "tcp"],
                               self.environment)
        self.programs.append(server)
        self.environment["DISPLAY"] = ":" + number
        bus, address = start(["dbus-daemon", "--session", "--nofork", "--print-address=FD"], self.environment)
        self.programs.append(bus)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        os.environ.update({key: self.environment[key] for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")})
        self.programs.append(subprocess.Popen(["openbox"], env=self.environment, stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL))
        Atspi.init()
        Atspi.set_timeout(int(WAIT_S * 1000), int(WAIT_S * 1000))
        return self

    def __exit__(self, kind, error, trace):
        if kind not in (None, SystemExit):
            self.shoot(self.folder / "failed.png")
        for program in reversed(self.programs):
            if program.poll() is None:
                program.send_signal(signal.SIGTERM)
            try:
                program.wait(timeout=WAIT_S)
            except subprocess.TimeoutExpired:
                program.kill()

    def run(self, command, log, **environment):
        """Starts a program on this screen."""
        program = subprocess.Popen(command, env={**self.environment, **environment}, stdout=log, stderr=log)
        self.programs.append(program)
        return program

    def application(self, program):
        """What a program shows, once it shows something."""
        def look():
            desktop = Atspi.get_desktop(0)
            for index in range(desktop.get_child_count()):
                found = desktop.get_child_at_index(index)
                if found is not None and found.get_process_id() == program.pid and found.get_child_count() > 0:
                    is_gtk4 = found.get_toolkit_version().startswith("4.")
                    return Node(found, "VISIBLE" if is_gtk4 else "SHOWING")
            return None
        return wait(look, "the window of process %d" % program.pid)

    def keys(self, *names):
        """Presses keys, one after another: "Tab", "Return", "ctrl+a"."""
        subprocess.run(["xdotool", "key", "--delay", "20", *names], env=self.environment, check=True, timeout=WAIT_S)

    def activate(self, program):
        """Gives the program's window the keys, if it has one still."""
        subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(program.pid), "windowactivate"],
                       env=self.environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=WAIT_S)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], env=self.environment, check=True, timeout=WAIT_S)

    def enter(self, *texts):
        """Each with Return behind it, and no pause before the next, as a scanner does."""
        words = [word for text in texts
                 for word in ("type", "--args", "1", "--delay", "5", text, "key", "--delay", "5", "Return")]
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=WAIT_S)

    def shoot(self, path):
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=False,
                       timeout=WAIT_S)


class Node:
    """One thing on the screen."""

    def __init__(self, accessible, shown):
        self.accessible = accessible
        self.shown = shown  # the state of what is on the screen: GTK 4 says SHOWING of windows alone

    @property
    def name(self):
        return self.ask("get_name") or ""

    @property
    def role(self):
        return self.ask("get_role_name") or ""

    @property
    def parent(self):
        return Node(self.accessible.get_parent(), self.shown)

    @property
    def number(self):
        """Of a field with a number in it."""
        value = self.accessible.get_value_iface()
        return None if value is None else value.get_current_value()

    def has(self, state):
        states = self.ask("get_state_set")
        return states is not None and states.contains(getattr(Atspi.StateType, state))

    def ask(self, what):
        """Of what is not on the screen any more, as rows of a long list that was drawn anew: nothing."""
        try:
            return getattr(self.accessible, what)()
        except GLib.Error:
            return None

    def children(self):
        try:
            self.accessible.clear_cache()
            found = [self.accessible.get_child_at_index(index) for index in range(self.accessible.get_child_count())]
        except GLib.Error:
            return  # it has just gone
        for child in found:
            if child is not None:
                yield Node(child, self.shown)

    def walk(self):
        """Everything below that is shown, from the top. GTK 4 says of nothing but windows that it is showing."""
        for child in self.children():
            if child.has(self.shown):
                yield child
                yield from child.walk()

    def look_for(self, role=None, name=None):
        return (node for node in self.walk() if role in (None, node.role) and name in (None, node.name))

    def find_all(self, role=None, name=None):
        return list(self.look_for(role, name))

    def find(self, role=None, name=None):
        """The first of that role and name, once it is shown."""
        return wait(lambda: next(self.look_for(role, name), None), "%s %r" % (role, name))

    def gone(self, role=None, name=None):
        return wait(lambda: not self.find_all(role, name), "no %s %r" % (role, name))

    def texts(self):
        """All that can be read below, a line each."""
        return "\n".join(node.name for node in self.walk() if node.name)

    def press(self):
        """What a click does."""
        action = self.accessible.get_action_iface()
        if action is None or action.get_n_actions() == 0:
            raise Missing("%s %r cannot be pressed" % (self.role, self.name))
        action.do_action(0)

    def dump(self, depth=0):
        """For who writes a test."""
        lines = ["%s%s %r" % ("  " * depth, self.role, self.name)]
        for child in self.children():
            lines.append(child.dump(depth + 1))
        return "\n".join(lines)
