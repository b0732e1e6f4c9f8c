#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each link between the documents leads somewhere, and each citation names a section that exists."""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lint"))
import lint  # noqa: E402

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.M)
NUMBER = re.compile(r"^#+\s+(\d+(?:\.\d+)?)[.\s]", re.M)
CITATION = re.compile(r"docs/PROTOCOL\.md[,]?\s+(\d+(?:\.\d+)?)")
DECISION = re.compile(r"docs/decisions/(\d{4}[\w-]*)")


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path):
    return {anchor(h) for h in HEADING.findall((lint.ROOT / path).read_text(encoding="utf-8"))}


def dead_links(source):
    for number, text in enumerate(source.lines, 1):
        for target in LINK.findall(text):
            if "://" in target or target.startswith("mailto:"):
                continue
            path, _, fragment = target.partition("#")
            full = os.path.normpath(os.path.join(source.folder, path)) if path else source.path
            if not (lint.ROOT / full).exists():
                yield number, "leads nowhere: " + target
            elif fragment and full.endswith(".md") and fragment not in anchors(full):
                yield number, "no such heading: " + target


def dead_citations(source):
    for match in CITATION.finditer(source.text):
        if match.group(1) not in SECTIONS:
            yield source.text.count("\n", 0, match.start()) + 1, "no section " + match.group(1)


def dead_decisions(source):
    for match in DECISION.finditer(source.text):
        if not any(name == match.group(1) or name[:4] == match.group(1) for name in DECISIONS):
            yield source.text.count("\n", 0, match.start()) + 1, "no decision " + match.group(1)


SECTIONS = set(NUMBER.findall(lint.read("docs/PROTOCOL.md").text))
DECISIONS = {p.stem for p in (lint.ROOT / "docs" / "decisions").glob("*.md")}

tap = lint.Tap()
names = lint.list_files()
documents = [lint.read(n) for n in names if n.endswith(".md")]
code = [lint.read(n) for n in names if n.endswith((".c", ".h", ".py", ".md"))]
tap.rule("each_link_leads_somewhere", dead_links, documents, [("docs/a.md", "[x](nowhere.md)\n")])
tap.rule("each_cited_section_exists", dead_citations, code,
         [("a.c", "/* docs/PROTOCOL" + ".md 99.1 */\n")])
tap.rule("each_cited_decision_exists", dead_decisions, code,
         [("a.c", "/* docs/decisions" + "/9999 */\n")])
tap.done()
