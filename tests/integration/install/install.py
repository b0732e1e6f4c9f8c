#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is installed works: install.py BUILD BINDIR LIBDIR LOCALEDIR GIO_QUERYMODULES TOOLKIT..."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "lint"))
import lint  # noqa: E402

build, bindir, libdir, localedir, querymodules, *toolkits = sys.argv[1:]
CHECK = "comptoir-1/check"
PAGES = tuple("comptoir-1/pages-%s/libshopcaisse-%s.so" % (t, t) for t in toolkits)
MODULES = (*PAGES, "comptoir-1/channels/libshopcaisse.so", CHECK + "/channels/libcomptoir-check.so", "shopcaisse/net/curl.so", "shopcaisse/net/soup.so")
WANTED = ("libcomptoir-1.so.0", "libcomptoir-1.so", "pkgconfig/comptoir-1.pc", CHECK + "/check-python-host.py", *MODULES)


class Installed:
    def __init__(self, root):
        self.state = root / "state"
        self.tree = root / "tree"
        self.host = root / "tree" / bindir.lstrip("/") / "comptoir-host"
        self.libraries = root / "tree" / libdir.lstrip("/")
        self.channels = self.libraries / "comptoir-1" / "channels"
        self.locales = root / "tree" / localedir.lstrip("/")
        self.cache = self.channels / "giomodule.cache"
        # A folder that nobody installs into needs these three; the ordinary place needs none.
        self.environment = {**os.environ, "LD_LIBRARY_PATH": str(self.libraries),
                            "COMPTOIR_PATH": str(self.channels.parent),
                            "COMPTOIR_CHECK_DIR": str(self.libraries / CHECK),
                            "SHOPCAISSE_NET_PATH": str(self.libraries / "shopcaisse" / "net"),
                            "SHOPCAISSE_LOCALE_PATH": str(self.locales)}
        self.output("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(root / "tree"))

    def output(self, *command):
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True,
                              timeout=60).stdout

    def ask_label(self, language):
        """What the token is called."""
        answer = subprocess.run([self.host, "--json", "--state", self.state, "settings", "list"], check=True, text=True,
                                env={**self.environment, "LANGUAGE": language}, capture_output=True, timeout=60).stdout
        return next(row["label"] for row in json.loads(answer)["rows"] if row["key"] == "token")

    def ask_status(self):
        """What the channel says of itself; nothing if it was not found."""
        answer = self.output(self.host, "--json", "--state", self.state, "status")
        return json.loads(answer).get("status")


def missing(installed):
    names = [n for n in WANTED if not (installed.libraries / n).exists()]
    pages = [] if any(installed.tree.rglob("man1/comptoir-host.1")) else ["comptoir-host.1"]
    return names + pages + ([] if installed.host.exists() else [installed.host.name])


def strangers(installed):
    """GIO tries every file of the folder."""
    return [p.name for p in installed.channels.iterdir() if p.name not in ("libshopcaisse.so", "giomodule.cache")]


def lost(installed):
    """What does not say where its library lies, though the loader would not look there."""
    if libdir.startswith("/usr/lib"):
        return
    for path in (installed.host, *(installed.libraries / m for m in MODULES)):
        if not re.search(r"R(UN)?PATH.*\[%s\]" % re.escape(libdir), installed.output("readelf", "-dW", path)):
            yield path.name


def silent(installed):
    status = installed.ask_status()
    return [] if status == "not-configured" else ["the channel says %r" % status]


def speechless(installed):
    """Languages that are not there; the folder is the one the module was built to look in."""
    wanted = {"fr": "Jeton d’accès", "fr_BE": "Jeton d’accès", "nl": "Toegangstoken", "de": "Zugriffstoken"}
    names = [language for language, label in wanted.items() if installed.ask_label(language) != label]
    module = (installed.libraries / "comptoir-1/channels/libshopcaisse.so").read_bytes()
    return names + ([] if localedir.encode() in module else ["the module does not look in " + localedir])


def unchecked(installed):
    text = installed.output(installed.host, "--check", "--read-only", "texts")
    return [] if re.search(r"(?m)^ok +texts: name", text) else [text]


def cache_lines(installed):
    installed.output(querymodules, installed.channels)
    found = installed.cache.read_text(encoding="utf-8") if installed.cache.exists() else "no cache"
    return [] if "libshopcaisse.so: comptoir-sales-channel-1" in found else [found]


def pages_without_a_place(installed):
    """Each where the registry looks for it, alone, and known to GIO without being opened."""
    for page in PAGES:
        folder = (installed.libraries / page).parent
        installed.output(querymodules, folder)
        names = sorted(p.name for p in folder.iterdir())
        cache = folder / "giomodule.cache"
        text = cache.read_text(encoding="utf-8") if cache.exists() else "no cache"
        if names != ["giomodule.cache", Path(page).name] or "comptoir-settings-page-" not in text:
            yield "%s: %s: %s" % (folder.name, names, text)


tap = lint.Tap()
with tempfile.TemporaryDirectory() as folder:
    tree = Installed(Path(folder))
    tap.case("everything_has_its_place", missing(tree))
    tap.case("nothing_else_lies_with_the_channels", strangers(tree))
    tap.case("each_page_has_a_folder_and_is_in_its_cache", pages_without_a_place(tree))
    tap.case("programs_outside_of_usr_find_their_library", lost(tree))
    tap.case("a_channel_is_found_without_a_cache", ["there is a cache"] if tree.cache.exists() else silent(tree))
    tap.case("the_channel_that_checks_hosts_is_found_where_it_lies", unchecked(tree))
    tap.case("every_language_is_installed", speechless(tree))
    tap.case("the_cache_names_the_channel", cache_lines(tree))
    tap.case("a_channel_is_found_by_the_cache", silent(tree))
tap.done()
