#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tests/features.csv: each row has a legal status, and what works names tests that exist.

A test is "program:case" or "program"; several stand apart by blanks. Argument: the build folder.
"""

import csv
import io
import json
import re
import subprocess
import sys

import lint

ROWS = 340
STATUS = re.compile(r"works|partly|later|not ours: \S.*")
TEST = re.compile(r"[\w./-]+(:\w+)?")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def programs():
    done = subprocess.run(["meson", "introspect", "--tests", sys.argv[1]], check=True, capture_output=True, text=True)
    return {test["name"] for test in json.loads(done.stdout)}


def sources_by_stem():
    found = {}
    for name in lint.list_files():
        if name.startswith("tests/") and name.endswith((".c", ".py", ".sh")):
            folder, stem = name.rsplit("/", 1)[0].rsplit("/", 1)[-1], name.rsplit("/", 1)[1].rsplit(".", 1)[0]
            for program in (stem, "%s-%s" % (folder, stem)):
                found[program] = found.get(program, "") + lint.read(name).text
    return found


def get_source(texts, program):
    """One source makes several programs: for each toolkit, for each language. Their names begin alike."""
    while program not in texts and "-" in program:
        program = program.rsplit("-", 1)[0]
    return texts.get(program, "")


def wrong_statuses(table):
    for row in table:
        if not STATUS.fullmatch(row["status"] or ""):
            yield "%s: status \"%s\"" % (row["id"], row["status"])
        if row["status"] in ("works", "partly") and not row["test"]:
            yield "%s: %s without a test" % (row["id"], row["status"])
        if row["status"] not in ("works", "partly") and row["test"]:
            yield "%s: has a test and does not work" % row["id"]


def missing_tests(table, known, texts):
    for row in table:
        for test in (row["test"] or "").split():
            program, _, case = test.partition(":")
            if not TEST.fullmatch(test) or program not in known:
                yield "%s: there is no test %s" % (row["id"], program)
            elif case and not re.search(r"\b%s\b" % re.escape(case), get_source(texts, program)):
                yield "%s: %s has no case %s" % (row["id"], program, case)


def wrong_ids(table):
    ids = [row["id"] for row in table]
    return [] if ids == ["F%d" % n for n in range(1, ROWS + 1)] else ["ids are not F1 to F%d in order" % ROWS]


def unbuilt_tests(known):
    """Unit tests that no build file lists would never run."""
    for name in lint.list_files():
        stem = name.rsplit("/", 1)[-1]
        if name.startswith("tests/unit/test-") and name.endswith(".c") and stem[:-2] not in known:
            if re.search(r"\bint\s+main\s*\(", lint.read(name).text):
                yield name + " is not run"


BAD = "id,feature,test,status\nF1,a,test-nowhere:case,works\nF2,b,,done\nF3,c,,works\n"

tap = lint.Tap()
table = rows(lint.read("tests/features.csv").text)
known, texts = programs(), sources_by_stem()
tap.case("each_feature_stands_once", wrong_ids(table))
tap.case("each_status_is_legal", wrong_statuses(table))
tap.case("each_named_test_exists", missing_tests(table, known, texts))
tap.case("each_unit_test_is_run", unbuilt_tests(known))
tap.case("a_bad_table_is_seen", []
         if len(list(wrong_statuses(rows(BAD)))) == 2 and list(missing_tests(rows(BAD), known, texts)) else ["not seen"])
tap.note("features: %d of %d work" % (sum(row["status"] == "works" for row in table), len(table)))
tap.done()
