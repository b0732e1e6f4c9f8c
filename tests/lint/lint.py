# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the checks share: reading sources, and one TAP case for a rule and one for its bad sample.

A rule is a function from a Source to (line, what is wrong) pairs. It runs over the project, where it
must find nothing, and over samples/<rule>/, a tree of its own, where it must find something in each
file. A sample whose text would offend another check is given as text instead.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).resolve().parent / "samples"
STRINGS_AND_COMMENTS = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


class Source:
    """A file: its path below the root, its text, and its text without strings and comments."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self._code = None

    @property
    def folder(self):
        return self.path.rsplit("/", 1)[0] if "/" in self.path else ""

    @property
    def suffix(self):
        return Path(self.path).suffix

    @property
    def code(self):
        if self._code is None:
            self._code = STRINGS_AND_COMMENTS.sub(blank, self.text)
        return self._code


def blank(match):
    """Keeps the lines and, of a string, the quotes."""
    text = match.group(0)
    hollow = re.sub(r"[^\n]", " ", text)
    return text[0] + hollow[1:-1] + text[-1] if text[0] in "\"'" and len(text) > 1 else hollow


def read(path, root=ROOT):
    return Source(path, (root / path).read_text(encoding="utf-8", errors="replace"))


def list_files():
    """Every file that is the project's, as git knows them; without git, what is not built."""
    try:
        names = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*")]
    return sorted(n for n in names if n and (ROOT / n).is_file() and is_ours(n))


def is_ours(name):
    return not name.startswith((".git/", "_build", "tests/lint/samples/")) and "__pycache__" not in name


def sources(*folders, suffixes=(".c", ".h")):
    for name in list_files():
        if name.startswith(tuple(folder + "/" for folder in folders)) and name.endswith(suffixes):
            yield read(name)


def code_words(source, pattern):
    """(line, word) for each match in the code, strings and comments aside."""
    for match in re.finditer(pattern, source.code):
        yield source.code.count("\n", 0, match.start()) + 1, match.group(0)


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def case(self, name, problems):
        problems = list(problems)
        self.number += 1
        self.failed += bool(problems)
        print("%s %d - %s" % ("not ok" if problems else "ok", self.number, name))
        for problem in problems:
            print("# " + str(problem).replace("\n", "\n# "))

    def note(self, text):
        print("# " + text)

    def rule(self, name, rule, files, sample=None):
        """@sample: (path, text) pairs, where samples/<name>/ will not do."""
        self.case(name, complaints(rule, files))
        if sample is None:
            root = SAMPLES / name
            sample = [read(str(p.relative_to(root)), root) for p in sorted(root.rglob("*")) if p.is_file()]
        else:
            sample = [Source(*pair) for pair in sample]
        missed = [s.path + ": nothing found" for s in sample if not list(rule(s))]
        self.case(name + "_is_seen_in_its_sample", missed or ([] if sample else ["no sample"]))

    def done(self):
        print("1..%d" % self.number)
        sys.exit(1 if self.failed else 0)


def complaints(rule, files):
    for source in files:
        for line, text in rule(source):
            yield "%s:%d: %s" % (source.path, line, text)
