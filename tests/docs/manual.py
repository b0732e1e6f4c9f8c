#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A program's page in the manual says what its --help says: manual.py PAGE PROGRAM

Each command, each option of each, each exit code and variable stands there, and nothing that is not.
"""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lint"))
import lint  # noqa: E402

TIMEOUT_S = 90
SOURCES = "plugin/hosts/reference"
HELP_OPTION = re.compile(r"^\s+(?:-\w, )?--([a-z][\w-]*)", re.M)
COMMANDS = re.compile(r"^Commands:\n((?:  .*\n)+)", re.M)
PAGE_OPTION = re.compile(r"^\.TP\n\.BR? (?:\\-\w \", \" )?\\-\\-([a-z](?:\w|\\-)*)", re.M)
TERM = re.compile(r"^\.TP\n\.B (\S+)$", re.M)
VARIABLE = re.compile(r'"(COMPTOIR_(?!KEY)[A-Z_]+)"')
ELSEWHERE = {"COMPTOIR_PATH", "LANGUAGE", "COMPTOIR_CHECK"}  # of the library, of gettext, of a checked program

page, program = Path(sys.argv[1]), sys.argv[2]


def plain(text):
    return text.replace("\\-", "-")


def ask(*words):
    done = subprocess.run([program, *words], text=True, capture_output=True, timeout=TIMEOUT_S, check=False)
    if done.returncode != 0:
        sys.exit("%s: %s" % (" ".join(words), done.stderr))
    return done.stdout


def split(text, macro):
    """{heading: what stands below it}"""
    parts = re.split(r'^\.%s "?(.*?)"?$' % macro, text, flags=re.M)
    return {plain(heading): body for heading, body in zip(parts[1::2], parts[2::2])}


def find_options(body):
    return {plain(name) for name in PAGE_OPTION.findall(body)}


def find_commands(overview):
    """{name: its help}, as the program lists them."""
    names = [re.split(r"  +", line.strip())[0] for line in COMMANDS.search(overview).group(1).splitlines()]
    with ThreadPoolExecutor(2) as pool:
        helps = pool.map(lambda name: ask(*name.split(), "--help"), names)
        return dict(zip(names, helps))


def differences(what, there, here):
    for name in sorted(there - here):
        yield "%s: missing in the page: %s" % (what, name)
    for name in sorted(here - there):
        yield "%s: in the page alone: %s" % (what, name)


def find_usage(text):
    """Name and arguments, as in the line of usage."""
    return re.search(r"comptoir-host --state DIR (.*)", text).group(1).strip()


def find_headings(chapters):
    """{name of a command: what stands below it}"""
    return {re.match(r"(?:\S+ (?=add|erase\b|export\b|list\b|import|set\b))?\S+", heading).group(0): (heading, body)
            for heading, body in split(chapters.get("COMMANDS", ""), "SS").items()}


def compare(text):
    chapters = split(text, "SH")
    headings = find_headings(chapters)
    yield from differences("options", set(HELP_OPTION.findall(OVERVIEW)), find_options(chapters.get("OPTIONS", "")))
    yield from differences("--check", set(HELP_OPTION.findall(CHECK)),
                           find_options(chapters.get("CHECKING A HOST", "")))
    yield from differences("commands", set(COMMAND_HELPS), set(headings))
    for name in set(COMMAND_HELPS) & set(headings):
        heading, body = headings[name]
        if heading != find_usage(COMMAND_HELPS[name]):
            yield "%s: its arguments are not those of its help" % heading
        of_list = name != "list" and set(HELP_OPTION.findall(COMMAND_HELPS[name])) == LIST_OPTIONS
        if not of_list:  # the page has them once, below the last of these commands
            yield from differences(name, set(HELP_OPTION.findall(COMMAND_HELPS[name])), find_options(body))


def compare_codes(text):
    codes = set(re.findall(r"EXIT_CODE_\w+ = (\d+)", lint.read(SOURCES + "/failure.h").text))
    yield from differences("exit status", codes, set(TERM.findall(split(text, "SH").get("EXIT STATUS", ""))))


def compare_variables(text):
    known = {name for source in lint.sources(SOURCES) for name in VARIABLE.findall(source.text)}
    found = set(TERM.findall(split(text, "SH").get("ENVIRONMENT", "")))
    yield from differences("environment", known - ELSEWHERE, found - ELSEWHERE)


def format_page(text):
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=text, text=True, capture_output=True,
                          timeout=TIMEOUT_S, check=False)
    yield from done.stderr.splitlines()


OVERVIEW, CHECK = ask("--help"), ask("--check", "--help")
COMMAND_HELPS = find_commands(OVERVIEW)
LIST_OPTIONS = set(HELP_OPTION.findall(COMMAND_HELPS["list"]))
TEXT = page.read_text(encoding="utf-8")


def change(former, new):
    if former not in TEXT:
        sys.exit("no sample: " + former)
    return TEXT.replace(former, new, 1)


def look(name, rule, samples):
    tap.case(name, rule(TEXT))
    tap.case(name + "_is_seen_in_its_sample", ["nothing found" for sample in samples if not list(rule(sample))])


tap = lint.Tap()
look("page_has_the_commands_and_options_of_the_program", compare, [
    change('.SS "apply PLAN"', '.SS "make PLAN"'), change('.SS "apply PLAN"', '.SS "apply"'),
    change(".B \\-\\-park\n", ".B \\-\\-drop\n"), change(".BR \\-\\-location ", ".BR \\-\\-place "),
    change(".BR \\-\\-rounds ", ".BR \\-\\-times ")])
look("page_has_the_exit_codes", compare_codes, [change(".B 9\n", ".B 10\n")])
look("page_has_the_variables", compare_variables, [change(".B COMPTOIR_TRYTON_USER\n", ".B TRYTON_USER\n")])
look("page_is_in_order", format_page, [TEXT + ".NOSUCHMACRO\n", TEXT + "\\*[nosuchstring]\n"])
tap.done()
