#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""comptoir-host --check: hosts in order pass, and each fault is caught by the check for it alone.

Environment: COMPTOIR_HOST, COMPTOIR_CHECK_DIR, FAULT_HOST, EXAMPLES (a JSON object of commands), and
SHOPCAISSE_FAULT_STEP: of so many faults one is tried (default: 1).
"""
import functools
import json
import os
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

TIMEOUT_S = 360
N_AT_ONCE = 8  # each waits ten times as long as it works
SMALL = ["--rows", "300", "--rounds", "30", "--deadline", "400"]

# Each check has a fault here, or it could not fail.
FAULTS = {
    "version-new": "api-version",
    "version-changes": "api-version",
    "no-instance-id": "instance-id",
    "instance-changes": "instance-id",
    "name-bytes": "texts",
    "relative-state-dir": "texts",
    "fails-in-it": "functions",
    "forgets": "answers",
    "no-dictionary": "answers",
    "always-busy": "answers",
    "late": "deadline",
    "twice": "answered-once",
    "twice-later": "answered-once",
    "blocks": "not-blocking",
    "blocks-later": "not-blocking",
    "hangs": "main-loop",
    "drops-bad-query": "bad-queries",
    "sulks": "close-in-flight",
    "no-rows": "pages",
    "no-name": "article-rows",
    "local-time": "sale-rows",
    "tax-number": "tax-rows",
    "method-without-id": "payment-method-rows",
    "status-without-id": "sale-status-rows",
    "money-number": "money",
    "money-comma": "money",
    "sum-off": "sale-sums",
    "minds-query-key": "unknown-query-keys",
    "over-limit": "limit",
    "repeats-row": "each-row-once",
    "loses-row": "no-row-missing",
    "other-order": "same-order",
    "endless": "last-page",
    "ignores-since": "since",
    "since-loses": "since",
    "buries": "tombstones",
    "second-article": "same-key-apply",
    "second-row": "same-key-apply",
    "second-sale": "same-key-record",
    "all-or-nothing": "partial-failure",
    "silent-failure": "partial-failure",
    "minds-field": "unknown-row-keys",
    "cuts-ids": "odd-ids",
    "keeps-secret": "secrets",
    "sells-nothing": "submitted-sale",
    "wrong-sale": "submitted-sale",
    "other-id": "same-id",
    "blocks-in-progress": "progress",
    "blocks-in-notice": "notices",
    "leaks-host": "open-close",
    "leaks-descriptor": "open-close",
    "leaks-thread": "open-close",
}
# What a host may well do, though it is not the usual way.
MANNERS = ("from-thread", "from-idle")
LEAKS = ("leaks-host", "leaks-thread")
# Each program begins with the sanitisers' own start, which is long: there some of them are tried.
TRIED = list(FAULTS)[::int(os.environ.get("SHOPCAISSE_FAULT_STEP", "1"))]


def start(*arguments, **environment):
    return subprocess.run([os.environ["COMPTOIR_HOST"], "--check", *arguments], text=True, capture_output=True,
                          timeout=TIMEOUT_S, check=False, env={**os.environ, **environment})


def read_report(done):
    """Verdicts by check."""
    try:
        rows = json.loads(done.stdout)["rows"]
    except ValueError:
        raise AssertionError(f"status {done.returncode}\n{done.stdout}{done.stderr}") from None
    report = {}
    for row in rows:
        report.setdefault(row["name"], []).append((row["verdict"], row["seen"]))
    return report


def pick(report, verdict):
    return {name: seen for name, found in report.items() for what, seen in found if what == verdict}


def check_fault(fault, *arguments):
    environment = {"COMPTOIR_FAULT": fault}
    if fault in LEAKS:
        environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    return start("--json", "--module", os.environ["FAULT_HOST"], *SMALL, *arguments, **environment)


class Faults(unittest.TestCase):
    """One method a fault, made below."""

    @classmethod
    def setUpClass(cls):
        with ThreadPoolExecutor(max_workers=N_AT_ONCE) as pool:
            cls.done = dict(zip(TRIED, pool.map(check_fault, TRIED)))


def add_fault(fault, check):
    def test(self):
        done = self.done[fault]
        report = read_report(done)
        self.assertEqual(list(pick(report, "FAILED")), [check], report)
        self.assertEqual(done.returncode, 1)
    setattr(Faults, f"test_{fault}_is_caught_by_{check}".replace("-", "_"), test)


for name in TRIED:
    add_fault(name, FAULTS[name])


class Check(unittest.TestCase):
    # The long ones, side by side. What is just slow enough runs alone.
    RUNS = {
        "reference": lambda: start("--json"),
        "none": lambda: check_fault("none"),
        "read-only": lambda: check_fault("none", "--read-only"),
        "money-comma": lambda: start("--module", os.environ["FAULT_HOST"], *SMALL, COMPTOIR_FAULT="money-comma"),
        **{manner: functools.partial(check_fault, manner) for manner in MANNERS},
    }

    @classmethod
    def setUpClass(cls):
        with ThreadPoolExecutor(max_workers=N_AT_ONCE) as pool:
            begun = {name: pool.submit(run) for name, run in cls.RUNS.items()}
        cls.done = {name: run.result() for name, run in begun.items()}
        cls.in_order = cls.done["none"]

    def assert_passes(self, done):
        report = read_report(done)
        self.assertEqual(pick(report, "FAILED"), {})
        self.assertEqual(done.returncode, 0, done.stderr)
        return report

    def test_host_in_order_passes_every_check(self):
        report = self.assert_passes(self.in_order)
        for verdict in ("not offered", "not checked", "warning"):
            self.assertEqual(pick(report, verdict), {})

    def test_each_check_has_a_fault_that_it_catches(self):
        report = self.assert_passes(self.in_order)
        self.assertEqual(set(report) - set(FAULTS.values()), {"page-cost"})

    def test_each_check_says_one_thing(self):
        report = self.assert_passes(self.in_order)
        self.assertEqual([name for name, found in report.items() if len(found) != 1], [])

    def test_answers_from_another_thread_and_from_the_loop_pass(self):
        for manner in MANNERS:
            self.assert_passes(self.done[manner])

    def test_slow_page_is_a_warning_with_its_figure(self):
        report = self.assert_passes(check_fault("slow-page"))
        self.assertEqual(list(pick(report, "warning")), ["page-cost"])

    def test_reference_host_passes_with_ten_thousand_rows(self):
        report = self.assert_passes(self.done["reference"])
        self.assertIn("10000 rows", report["article-rows"][0][1])
        self.assertEqual(list(pick(report, "not offered")), ["sale-status-rows", "secrets"])
        self.assertEqual(list(pick(report, "not checked")), [])

    def test_read_only_writes_nothing_and_says_so(self):
        report = self.assert_passes(self.done["read-only"])
        self.assertIn("same-key-apply", pick(report, "not checked"))
        self.assertIn("not allowed", pick(report, "not checked")["odd-ids"])

    def test_writing_is_announced(self):
        self.assertIn("WRITING into the host", check_fault("none", "texts").stderr)

    def test_named_check_comes_alone(self):
        self.assertEqual(list(self.assert_passes(check_fault("none", "texts"))), ["texts"])

    def test_unknown_check_is_named(self):
        done = check_fault("none", "nonsense")
        self.assertEqual(done.returncode, 2)
        self.assertIn('there is no check "nonsense"', done.stderr)

    def test_module_that_makes_no_host_is_named(self):
        done = start("--module", "/nowhere/host.so")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/host.so", done.stderr)

    def test_module_is_a_file_with_or_without_a_slash(self):
        folder, name = os.path.split(os.environ["FAULT_HOST"])
        done = subprocess.run([os.environ["COMPTOIR_HOST"], "--check", "--module", name, *SMALL, "texts"], cwd=folder,
                              capture_output=True, timeout=TIMEOUT_S, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_lines_are_for_people(self):
        done = self.done["money-comma"]
        self.assertRegex(done.stdout, r"(?m)^ok +api-version: speaks 1")
        self.assertRegex(done.stdout, r'(?m)^FAILED +money: row ".*": price is "2,50"')
        self.assertRegex(done.stdout, r"(?m)^\d+ ok, 1 failed, ")


class Programs(unittest.TestCase):
    """Programs that open the channel "check" in their own process and know nothing of it."""

    def run_program(self, name, **environment):
        """Runs its commands, one after another; the last one opens the channel."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report")
            for command in json.loads(os.environ["EXAMPLES"])[name]:
                subprocess.run([part.replace("FOLDER", folder) for part in command], check=True,
                               capture_output=True, timeout=TIMEOUT_S,
                               env={**os.environ, "COMPTOIR_CHECK": path,
                                    "COMPTOIR_PATH": os.environ["COMPTOIR_CHECK_DIR"], **environment})
            with open(path, encoding="utf-8") as report:
                return report.read()

    def check_example(self, name):
        report = self.run_program(name)
        self.assertNotRegex(report, "(?m)^FAILED")
        self.assertNotRegex(report, r"\b1 (rows|lists)\b")
        self.assertRegex(report, r"(?m)^ok +api-version")
        self.assertRegex(report, r"(?m)^ok +submitted-sale: 1 as documented")
        self.assertRegex(report, r"(?m)^not offered +article-rows: this host has not got list_articles")

    def test_example_in_c_passes_in_its_own_process(self):
        self.check_example("c")

    def test_reference_host_passes_while_it_sells(self):
        report = self.run_program("reference")
        self.assertNotRegex(report, "(?m)^FAILED")
        self.assertRegex(report, r"(?m)^ok +same-id")
        self.assertRegex(report, r"(?m)^not checked +since: writes into the host, which was not allowed")

    def test_program_is_written_to_with_1_alone(self):
        report = self.run_program("reference", COMPTOIR_CHECK_WRITE="0")
        self.assertRegex(report, r"(?m)^not checked +since: writes into the host, which was not allowed")

    def test_program_that_may_be_written_to_is_checked_whole(self):
        report = self.run_program("reference", COMPTOIR_CHECK_WRITE="1")
        self.assertNotRegex(report, "(?m)^FAILED")
        self.assertRegex(report, r"(?m)^ok +since")


class Bindings(Programs):
    """The same, in other languages."""

    test_example_in_c_passes_in_its_own_process = None
    test_reference_host_passes_while_it_sells = None
    test_program_is_written_to_with_1_alone = None
    test_program_that_may_be_written_to_is_checked_whole = None

    def test_example_in_python_passes_in_its_own_process(self):
        self.check_example("python")

    def test_example_in_vala_passes_in_its_own_process(self):
        self.check_example("vala")


class Python(unittest.TestCase):
    """A host in a Python file."""

    HOST = """
import gi
gi.require_version("Comptoir", "1")
from gi.repository import Comptoir, GLib, GObject

class Host(GObject.Object, Comptoir.Host):
    def do_get_api_version(self):
        return Comptoir.API_VERSION
    def do_dup_name(self):
        return "Python"
    def do_dup_instance_id(self):
        return "python-database"
    def do_list_taxes(self, query, request):
        row = GLib.Variant("a{sv}", {"id": GLib.Variant("s", "a"), "rate": RATE})
        request.answer(Comptoir.page_new(Comptoir.rows_new([row]), None))

def new_host(folder):
    return Host()

def sell(host, channel):
    line = Comptoir.sale_line_new("coffee", "Coffee", "2", "2.50", "10")
    payment = Comptoir.payment_new("cash", "5.00")
    channel.submit_sale_async(Comptoir.sale_new("1042", "2026-03-01T11:02:00Z", "5.00",
        Comptoir.rows_new([line]), Comptoir.rows_new([payment])), None, None)
"""

    def check(self, rate, *arguments):
        with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
            file.write(self.HOST.replace("RATE", rate))
            file.flush()
            return start("--json", "--python", file.name, *SMALL, *arguments)

    def test_host_in_python_passes(self):
        done = self.check('GLib.Variant("s", "10")')
        report = read_report(done)
        self.assertEqual(pick(report, "FAILED"), {})
        self.assertEqual(done.returncode, 0)
        for name in ("tax-rows", "submitted-sale", "open-close"):
            self.assertIn(name, pick(report, "ok"))

    def test_fault_of_a_host_in_python_is_caught(self):
        done = self.check('GLib.Variant("d", 10.0)')
        self.assertEqual(list(pick(read_report(done), "FAILED")), ["tax-rows"])
        self.assertEqual(done.returncode, 1)

    def test_read_only_check_submits_no_sale(self):
        report = read_report(self.check('GLib.Variant("s", "10")', "--read-only"))
        self.assertIn("submitted-sale", pick(report, "not offered"))

    def test_file_that_is_not_there_is_named_in_a_line(self):
        done = start("--python", "/nowhere/host.py")
        self.assertEqual(done.returncode, 1)
        self.assertIn("comptoir-host: [Errno 2]", done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_file_without_a_host_is_named(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            done = start("--python", file.name)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("new_host", done.stderr)


unittest.main(verbosity=2)
