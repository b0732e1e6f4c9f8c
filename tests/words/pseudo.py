#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A catalogue in no language: every text accented and two fifths longer, to see what breaks.

pseudo.py FOLDER DOMAIN ARGUMENT...: writes FOLDER/qps/LC_MESSAGES/DOMAIN.mo and FOLDER/pseudo.po; the
arguments are xgettext's. A text that stays as it is was never marked; one whose closing bracket is not
seen was cut off. LANGUAGE=qps shows it.
"""

import math
import re
import subprocess
import sys
from pathlib import Path

import catalogue

KEPT = re.compile(catalogue.PLACEHOLDER.pattern + r"|%%|%-?[A-Za-z]|https?://[^\s,;]+|_(?=[A-Za-z])")
ACCENTS = str.maketrans("AaCcEeGgIiNnOoSsUuYyZz", "ÅåÇçÉéĜĝÎîÑñÖöŠšÛûÝýŽž")
FILLING = "~lorem~ipsum~dolor~sit~amet"
GROWTH = 0.4
HEAD = '''msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: qps\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
'''


def accent(text):
    """All but placeholders, addresses and the letter below a mnemonic's line."""
    parts = []
    at = 0
    for match in KEPT.finditer(text):
        parts.append(text[at:match.start()].translate(ACCENTS))
        end = match.end() + (1 if match.group(0) == "_" else 0)
        parts.append(text[match.start():end])
        at = end
    return "".join(parts) + text[at:].translate(ACCENTS)


def distort(text):
    """Line ends and blanks stay where they are; what is added stands before the last of them."""
    body = text.rstrip("\n ")
    n = max(0, math.ceil(len(text) * GROWTH) - 2)
    filling = (FILLING * (n // len(FILLING) + 1))[:n]
    return "[" + accent(body) + filling + "]" + text[len(body):]


def write(messages):
    entries = [HEAD]
    for message in messages:
        lines = ["#, c-format"] if "c-format" in message.flags else []
        if message.context is not None:
            lines.append("msgctxt " + catalogue.quote(message.context))
        lines.append("msgid " + catalogue.quote(message.id))
        if message.plural is None:
            lines.append("msgstr " + catalogue.quote(distort(message.id)))
        else:
            lines.append("msgid_plural " + catalogue.quote(message.plural))
            lines.append("msgstr[0] " + catalogue.quote(distort(message.id)))
            lines.append("msgstr[1] " + catalogue.quote(distort(message.plural)))
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


if __name__ == "__main__":
    folder, domain = Path(sys.argv[1]), sys.argv[2]
    source = folder / "pseudo.po"
    source.write_text(write(catalogue.parse(catalogue.extract(sys.argv[3:]))), encoding="utf-8")
    compiled = folder / "qps" / "LC_MESSAGES" / (domain + ".mo")
    compiled.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["msgfmt", "--check-format", "--check-domain", source, "--output-file", compiled], check=True)
