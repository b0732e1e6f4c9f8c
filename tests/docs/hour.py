#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What docs/YOUR-HOST-IN-AN-HOUR.md says is what happens: its files are compiled, its commands run.

hour.py PAGE commands|words|settings-gtk3|settings-gtk4

A fence that names a file is a piece of it, in their order. A fence "sh" is run, line by line, where
the files are; a fence "text" below it is in what that wrote, "…" being anything.
Environment: COMPTOIR_HOST and what a program needs in a build folder; CC, XVFB_RUN.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lint"))
import lint  # noqa: E402

TIMEOUT_S = 330
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
WORDS = re.compile(r"^\| `([\w-]+)`(?:, `[\w-]+`)* \| `([^`]+)` \|", re.M)
PLACEHOLDER = re.compile(r"%[\w.]*?[usdf]")
BIG_NUMBER = re.compile(r'%"\s*G_\w+_FORMAT(\s*")?')
DRIVER = Path(__file__).with_name("show-settings.c")
PYTHON_DRIVER = """
import time
from gi.repository import GLib
from settings import show_settings
Gtk.init()
window = show_settings(None, Comptoir.channel_new("shopcaisse"))
end = time.monotonic() + 30
while not window.get_child().get_mapped() and time.monotonic() < end:
    GLib.MainContext.default().iteration(True)
assert window.get_child().get_mapped(), "no page was shown"
print("shown")
"""

page = Path(sys.argv[1]).read_text(encoding="utf-8")


def read_fences(text):
    """[(language, name or "", text)]"""
    return [match.groups("") for match in FENCE.finditer(text)]


def write_files(fences, folder):
    """Pieces of a file, one after the other."""
    for _, name, text in fences:
        if name:
            with open(os.path.join(folder, name), "a", encoding="utf-8") as file:
                file.write(text)


def run(command, folder):
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1",
                   "PATH": os.path.dirname(os.environ["COMPTOIR_HOST"]) + ":" + os.environ["PATH"]}
    return subprocess.run(["sh", "-e", "-c", command], cwd=folder, env=environment, text=True, capture_output=True,
                          timeout=TIMEOUT_S, check=False)


def says(output, wanted):
    """Whether the lines wanted are in the output, in their order."""
    place = 0
    for line in wanted.splitlines():
        parts = [re.escape(part) for part in line.split("…")]
        match = re.compile(".*".join(parts)).search(output, place) if line != "…" else None
        if match is None and line != "…":
            return line
        place = match.end() if match else place
    return ""


def follow(text):
    """What of a page is not so."""
    fences = read_fences(text)
    written = ""
    with tempfile.TemporaryDirectory() as folder:
        write_files(fences, folder)
        for language, name, body in fences:
            if language == "text":
                missing = says(written, body)
                if missing:
                    yield "not said: %s\n%s" % (missing, written)
            elif language == "sh":
                done = run(body, folder)
                written = done.stdout
                if done.returncode != 0 or "warning:" in done.stderr:
                    yield "%s: status %d\n%s%s" % (body, done.returncode, done.stdout, done.stderr)
            elif not name:
                yield "a fence without a file that is no command: " + body


def read_words():
    """What the checks may say, "…" where something is filled in, pieces joined as the compiler does."""
    for source in lint.sources("plugin/hosts/check"):
        text = BIG_NUMBER.sub(lambda match: "…" if match.group(1) else '…"', source.text.replace('\\"', "\0"))
        joined = PLACEHOLDER.sub("…", re.sub(r'"\s*\n\s*"', "", text))
        yield from (text.replace("\0", '"') for text in re.findall(r'"([^"\n]*)"', joined))


def strange_words(text):
    """Words the page puts into the mouth of a check that has not got them."""
    known = " ".join(re.sub("…+", "…", words) for words in read_words())
    checks = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', "".join(s.text for s in lint.sources("plugin/hosts/check"))))
    found = WORDS.findall(text)
    if len(found) < 15:
        yield "only %d words of checks" % len(found)
    for name, words in found:
        if name not in checks:
            yield "no check " + name
        if words.strip("… ") not in known:
            yield "%s does not say: %s" % (name, words)


def build_settings(folder, toolkit):
    package = {"gtk3": "gtk+-3.0", "gtk4": "gtk4"}[toolkit]
    compiled = run("cat settings.c settings-%s.c >pieces.c; %s -Wall -Werror -Wno-deprecated-declarations -I. "
                   "-DPIECES='\"pieces.c\"' -o show %s $(pkg-config --cflags --libs comptoir-1 %s)"
                   % (toolkit, os.environ["CC"], DRIVER, package), folder)
    return compiled.stderr if compiled.returncode else ""


def show_settings(toolkit):
    with tempfile.TemporaryDirectory() as folder:
        write_files(read_fences(page), folder)
        failed = build_settings(folder, toolkit)
        if failed:
            yield failed
            return
        commands = ["./show"]
        if toolkit == "gtk4":
            with open(os.path.join(folder, "driver.py"), "w", encoding="utf-8") as driver:
                driver.write("from settings import *\n" + PYTHON_DRIVER)
            commands.append("/usr/bin/python3 driver.py")
        for command in commands:
            done = run("%s -a -s '-screen 0 1024x768x24' %s" % (os.environ["XVFB_RUN"], command), folder)
            if done.returncode != 0 or done.stdout != "shown\n":
                yield "%s: status %d\n%s%s" % (command, done.returncode, done.stdout, done.stderr)


tap = lint.Tap()
if sys.argv[2] == "commands":
    tap.case("each_file_compiles_and_each_command_says_what_it_should", follow(page))
    tap.case("a_page_that_is_wrong_is_found", [sample for sample in (
        "```sh\nexit 3\n```\n", "```sh\necho one\n```\n\n```text\ntwo\n```\n", "```c\nint lost;\n```\n",
        "```python a.py\nimport nowhere\n```\n\n```sh\npython3 a.py\n```\n") if not list(follow(sample))])
elif sys.argv[2] == "words":
    tap.case("words_of_checks_are_theirs", strange_words(page))
    wrong = page.replace("rows and gave", "rows but gave").replace("| `limit` |", "| `limits` |")
    tap.case("other_words_are_found", [] if len(list(strange_words(wrong))) == 2 else ["not found"])
else:
    tap.case("settings_page_is_shown_as_the_page_says", show_settings(sys.argv[2].removeprefix("settings-")))
tap.done()
