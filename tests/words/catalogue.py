# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads gettext's catalogues, and asks xgettext what the sources say today."""

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")$')
PLACEHOLDER = re.compile(r"%(?:(\d+)\$)?[-+ 0#']*\d*(?:\.\d+)?((?:hh|h|ll|l|z|j|t)?[diouxXcsfgeEGp])")
ESCAPES = {"n": "\n", "t": "\t"}


class Message:
    """What is to be said, where from, and how it is said: one text, or one for each plural."""

    def __init__(self):
        self.line = 0
        self.context = None
        self.id = None
        self.plural = None
        self.texts = []
        self.files = []
        self.flags = set()

    @property
    def key(self):
        return self.context, self.id

    @property
    def ids(self):
        return [self.id] if self.plural is None else [self.id, self.plural]


def unquote(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match.group(1), match.group(1)), text[1:-1])


def quote(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def parse(text):
    """The messages of a catalogue, without its head and what is obsolete."""
    messages = []
    message = Message()
    field = None
    for number, line in enumerate(text.split("\n") + [""], 1):
        match = LINE.match(line)
        if match:
            field = match.group(1) or field
            add_text(message, match.group(1), field, unquote(match.group(2)))
            message.line = message.line or number
        elif line.startswith("#:"):
            message.files += [place.rsplit(":", 1)[0] if ":" in place else place for place in line[2:].split()]
        elif line.startswith("#,"):
            message.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif not line.strip():
            if message.id:
                messages.append(message)
            message = Message()
    return messages


def add_text(message, is_new, field, text):
    if field.startswith("msgstr"):
        if is_new:
            message.texts.append(text)
        else:
            message.texts[-1] += text
        return
    name = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}[field]
    setattr(message, name, (getattr(message, name) or "") + text)


def read(path):
    return parse(Path(path).read_text(encoding="utf-8"))


def extract(arguments):
    """What the sources say today, in the words of the template; @arguments: those of po/meson.build."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.pot"
        subprocess.run(["xgettext", *arguments, "--directory", ROOT, "--files-from", ROOT / "po/POTFILES",
                        "--output", template], check=True, cwd=ROOT)
        return template.read_text(encoding="utf-8")


def list_placeholders(text):
    """What printf() replaces, in the order of its arguments: ["s", "u"]."""
    found = PLACEHOLDER.findall(text.replace("%%", ""))
    return [kind for _, kind in sorted((int(place) if place else number, kind)
                                       for number, (place, kind) in enumerate(found, 1))]
