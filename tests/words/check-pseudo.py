#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The language that nobody speaks is as it should be: check-pseudo.py CATALOGUE ARGUMENT..."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lint"))
import catalogue  # noqa: E402
import lint  # noqa: E402
import pseudo  # noqa: E402

SAMPLE = "Press _Save: %1$s of %2$u rows, see https://example.org/x\n"

tap = lint.Tap()
messages = catalogue.read(sys.argv[1])
pairs = [(original, text) for message in messages for original, text in zip(message.ids, message.texts)]
wanted = {message.key for message in catalogue.parse(catalogue.extract(sys.argv[2:]))}
tap.case("every_text_is_there", wanted ^ {message.key for message in messages})
tap.case("every_text_is_two_fifths_longer",
         [text for original, text in pairs if len(original) > 4 and len(text) < 1.35 * len(original)])
tap.case("every_text_shows_its_end", [text for _, text in pairs if not re.fullmatch(r"\[.*\]\s*", text, re.S)])
tap.case("placeholders_are_kept", [text for original, text in pairs
                                   if catalogue.list_placeholders(original) != catalogue.list_placeholders(text)])
distorted = pseudo.distort(SAMPLE)
tap.case("mnemonics_addresses_and_line_ends_are_kept",
         [part for part in ("_S", "%1$s", "%2$u", "https://example.org/x") if part not in distorted]
         + ([] if distorted.endswith("]\n") else [distorted]))
tap.case("letters_are_accented", [] if "Préšš" in distorted else [distorted])
tap.done()
