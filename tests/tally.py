#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts single test cases in meson's logs; the last line is "N passed, M failed".

A program that speaks TAP counts by its cases; so do Python's unittest and cmocka in its own form.
Another one is one case. A case that ran in several stages (plain, sanitised, valgrind) counts once,
and passes if it passed in each. A program that holds others says before each whose cases follow.
A program that fails without naming a case (a crash, a leak, a time-out) adds a failed case of its own. A skipped case is a failed one: what a test needs is a
build option or a package of the list.
"""

import argparse
import glob
import json
import os
import re
import sys

CASE = re.compile(r"^\s*(not ok|ok)\b\s*\d*\s*-?\s*([^#\n]*?)\s*(?:#\s*(\w+)\s*(.*))?$")
PLAN = re.compile(r"^\s*1\.\.(\d+)")
UNITTEST_CASE = re.compile(r"^(test_\w+) \([^)]*\)(?:\n.*)? \.\.\. (ok|FAIL|ERROR|skipped|expected failure)", re.M)
UNITTEST_BROKEN = re.compile(r"^(?:FAIL|ERROR): (\w+)", re.M)
UNITTEST_TOTAL = re.compile(r"^Ran (\d+) tests? in ", re.M)
CMOCKA_CASE = re.compile(r"^\[\s+(OK|FAILED)\s+\] (\w+)$", re.M)
PROGRAM_BEGINS = re.compile(r"^# program: (\S+)\n", re.M)
PASSED = re.compile(r"^\s*(ok|# (start|end) of)\b", re.I)
GOOD = {"OK", "EXPECTEDFAIL"}
# Of a broken program's output: enough to see why, short enough for the end of a long log.
LONGEST, WIDEST = 40, 400
PROGRAM = "(program)"


def parse_cases(output):
    """(name, passed) of each TAP line, and how many the plan promised."""
    cases, planned = [], None
    for line in output.splitlines():
        plan = PLAN.match(line)
        if plan:
            planned = (planned or 0) + int(plan.group(1))
            continue
        case = CASE.match(line)
        if not case:
            continue
        skipped = (case.group(3) or "").upper().startswith("SKIP")
        name = case.group(2).split(" Could not run test")[0] or case.group(4) or "case %d" % (len(cases) + 1)
        cases.append((name, case.group(1) == "ok" and not skipped))
    return cases, planned


def parse_unittest(output):
    """The same for Python's unittest: by name where the line is whole, else by the total. A case whose line a
    traceback interrupts still counts: it is among the total, and among the broken ones if it failed."""
    cases = {name: word in ("ok", "expected failure") for name, word in UNITTEST_CASE.findall(output)}
    cases.update((name, False) for name in UNITTEST_BROKEN.findall(output))
    total = UNITTEST_TOTAL.search(output)
    if not total:
        return list(cases.items()), None
    unnamed = range(len(cases) + 1, int(total.group(1)) + 1)
    return list(cases.items()) + [("case %d" % n, True) for n in unnamed], int(total.group(1))


def parse_cmocka(output):
    """The same for cmocka's own form, which names failures twice."""
    found = {}
    for word, name in CMOCKA_CASE.findall(output):
        found[name] = found.get(name, True) and word == "OK"
    return list(found.items()), None


def judge(entry):
    """(case, passed) of one program's run."""
    good = entry["result"] in GOOD
    cases, planned = parse_cases(entry.get("stdout") or "")
    if not cases and planned is None:
        cases, planned = parse_unittest(entry.get("stderr") or "")
    if not cases and planned is None:
        cases, planned = parse_cmocka((entry.get("stdout") or "") + (entry.get("stderr") or ""))
    if not cases and planned is None:
        return [(PROGRAM, good)]
    complete = planned is None or planned == len(cases)
    names_a_failure = any(not passed for _, passed in cases)
    if not complete or (not good and not names_a_failure):
        cases.append((PROGRAM, False))
    return number_twins(cases)


def split_programs(entry):
    """(program, entry) of each program that ran in this one, and of this one if it broke without saying where."""
    name = entry["name"].split(" / ")[-1]
    _, *pieces = PROGRAM_BEGINS.split(entry.get("stdout") or "")
    if not pieces:
        yield name, entry
        return
    parts = [(part, dict(entry, stdout=text, stderr="", result="OK"))
             for part, text in zip(pieces[::2], pieces[1::2]) if any(map(PLAN.match, text.splitlines()))]
    yield from parts
    if entry["result"] not in GOOD and all(passed for _, part in parts for _, passed in judge(part)):
        yield name, dict(entry, stdout="")


def number_twins(cases):
    seen, result = {}, []
    for name, passed in cases:
        seen[name] = seen.get(name, 0) + 1
        result.append((name if seen[name] == 1 else "%s (%d)" % (name, seen[name]), passed))
    return result


def read_stage(argument):
    """(stage, entry) of each program in the stage's log; a promised log that is missing has none."""
    stage, _, path = argument.partition("=")
    stem = os.path.splitext(path)[0]
    for found in sorted(glob.glob(glob.escape(stem) + "*.json")):
        with open(found, encoding="utf-8") as log:
            for line in log:
                yield stage, json.loads(line)


def last_words(entry):
    """The end of what a broken program printed, without the cases that passed."""
    for stream in ("stdout", "stderr"):
        lines = [line for line in (entry.get(stream) or "").splitlines() if not PASSED.match(line)]
        yield from ("  " + line[:WIDEST] for line in lines[-LONGEST:])


def tally(arguments):
    worst, failures, words = {}, [], []
    for argument in arguments:
        for stage, entry in read_stage(argument):
            n_failures = len(failures)
            for program, part in split_programs(entry):
                for name, passed in judge(part):
                    key = (program, name)
                    worst[key] = worst.get(key, True) and passed
                    if not passed:
                        failures.append("%s: %s: %s" % (stage, program, name))
            if len(failures) > n_failures:
                words += ["%s: %s ended with:" % (stage, entry["name"].split(" / ")[-1]), *last_words(entry)]
    return worst, failures, words


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--broken", action="append", default=[], metavar="STAGE")
    parser.add_argument("logs", nargs="*", metavar="STAGE=LOG")
    options = parser.parse_args()
    worst, failures, words = tally(options.logs)
    for stage in options.broken:
        failures.append("%s: broke off" % stage)
    for line in words + ["failed: " + failure for failure in failures]:
        print(line)
    passed = sum(worst.values())
    failed = len(worst) - passed + len(options.broken)
    if passed + failed == 0:
        print("failed: no test ran")
        failed = 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


sys.exit(main())
