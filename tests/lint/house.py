#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Licences, form, scripts, and that the project speaks of itself alone."""

import re
import subprocess

import lint

COMMENTED = (".c", ".h", ".py", ".sh", ".build", ".ui", ".xml", ".map", ".sql")
BY_NAME = ("tests/run", "tests/demo", "tests/screenshots", "tests/env", "tests/packages", ".ci/run",
           "meson_options.txt", ".clang-format", ".editorconfig", ".gitignore")
# Written so that this file does not offend itself.
PLACES = re.compile(
    r"(?<![\w.])/(wor[k]|far[m]|roo[t]|hom[e]|User[s]|tm[p])/\w+"
    r"|\b(deb|ftp|security|archive|snapshot)[.]debian[.]org|\bpypi[.]org|pythonhosted[.]|npmjs[.]|crates[.]io"
    r"|proxy[.]golang|rubygems[.]|sub" r"agent", re.I)
TEXT = (".c", ".h", ".py", ".md", ".build", ".sh", ".xml", ".ui", ".txt", ".csv", ".map", ".sql", ".json")


def licence(source):
    if "SPDX-License-" "Identifier: LGPL-2.1-or-later" not in "\n".join(source.lines[:3]):
        yield 1, "no SPDX line among the first three"


def places(source):
    for number, text in enumerate(source.lines, 1):
        found = PLACES.search(text)
        if found:
            yield number, "names a place outside the project: " + found.group(0)


def trailing(source):
    for number, text in enumerate(source.lines, 1):
        if text != text.rstrip():
            yield number, "white space at the end of the line"
    if source.text and not source.text.endswith("\n"):
        yield len(source.lines), "no line feed at the end"


def run(*command):
    """Nothing when the command is content, else what it says."""
    done = subprocess.run(command, cwd=lint.ROOT, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().split("\n")[:60]


def form(*paths):
    return run("clang-format", "--dry-run", "-Werror", "--style=file", *paths)


def seen(problems, what):
    return [] if problems else [what + " was not seen"]


tap = lint.Tap()
names = lint.list_files()
commented = [lint.read(n) for n in names if n.endswith(COMMENTED) or n in BY_NAME]
text = [lint.read(n) for n in names if (n.endswith(TEXT) or n in BY_NAME) and not n.startswith("LICENSE")]

tap.rule("each_file_names_its_licence", licence, commented, [("plugin/model/a.c", "int a;\n")])
tap.rule("project_speaks_of_itself_alone", places, text,
         [("docs/a.md", "see /hom" + "e/ada/notes\n"), ("docs/b.md", "from deb." + "debian.org\n")])
tap.rule("no_white_space_at_line_ends", trailing, text, [("a.c", "int a; \n"), ("b.c", "int b;")])
tap.case("reuse_lint_is_content", run("reuse", "lint"))

formatted = [s.path for s in lint.sources("plugin", "include", "ui", "tests")]
tap.case("clang_format_changes_nothing", form(*formatted))
tap.case("clang_format_changes_nothing_is_seen_in_its_sample",
         seen(form(str(lint.SAMPLES / "clang_format_changes_nothing" / "crooked.c")), "crooked.c"))

scripts = [n for n in names if n in ("tests/prepare.sh",) or n.endswith(".sh")
           or lint.read(n).text.startswith("#!/usr/bin/env bash")]
tap.case("shellcheck_is_content", run("shellcheck", "-x", *scripts))
tap.case("shellcheck_is_content_is_seen_in_its_sample",
         seen(run("shellcheck", str(lint.SAMPLES / "shellcheck_is_content" / "unquoted.sh")), "unquoted.sh"))
tap.done()
