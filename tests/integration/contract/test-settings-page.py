#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page for the GTK in the process is found, and the other's module is never opened:
test-settings-page.py LIBRARY TYPE OTHER_MODULE
"""
import ctypes
import sys

import gi
gi.require_version("Comptoir", "1")
from gi.repository import Comptoir, GLib

library, name, other = sys.argv[1:]
ctypes.CDLL(library, ctypes.RTLD_LOCAL)

found = Comptoir.find_settings_page("echo")
if found.name != name:
    sys.exit(f"found {found.name} instead of {name}")
with open("/proc/self/maps", encoding="utf-8") as maps:
    if other in maps.read():
        sys.exit(f"{other} was opened")
try:
    Comptoir.find_settings_page("nobody")
except GLib.Error as error:
    if not error.matches(Comptoir.error_quark(), Comptoir.Error.NOT_SUPPORTED):
        raise
else:
    sys.exit("a page was found for nobody")
