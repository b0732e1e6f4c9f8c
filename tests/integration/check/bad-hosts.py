#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Shopcaisse channel in hosts that are wrong on purpose: it lives, says why, and loses no sale.

Environment: BAD_TILL, FAULT_HOST, and what the end-to-end tests need.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from shop import Failure, Till  # noqa: E402

TIMEOUT_S = 300
N_AT_ONCE = 8
N_ROUNDS, N_WARM = 100, 10
CLOSE_MS = 2000 + 1000 * float(os.environ.get("SHOPCAISSE_PATIENCE", "1"))
NOT_OPENED = {"version-new": "version", "version-changes": "version", "no-instance-id": "invalid"}
# Wrong in any list, tried at each that the channel asks for.
GENERAL = ("forgets", "no-dictionary", "no-rows", "always-busy", "late", "twice", "twice-later", "blocks",
           "blocks-later", "from-thread", "from-idle")
PLACES = ("list_articles", "list_sales", "apply_articles", "record_sales")
SPECIAL = ("none", "version-new", "version-changes", "no-instance-id", "name-bytes", "fails-in-it", "drops-bad-query",
           "sulks", "no-name", "local-time", "money-number", "money-comma", "sum-off", "minds-query-key", "over-limit",
           "repeats-row", "loses-row", "other-order", "endless", "ignores-since", "since-loses", "buries",
           "second-article", "second-row", "second-sale", "all-or-nothing", "silent-failure", "minds-field",
           "cuts-ids", "keeps-secret", "slow-page", "blocks-in-progress", "blocks-in-notice", "leaks-host")
# With a step, each general one at some of the places; all places are among them. A soak tries it at each.
STEP = 1 if "SHOPCAISSE_SOAK" in os.environ else int(os.environ.get("SHOPCAISSE_FAULT_STEP", "2"))
EVERYWHERE = [(fault, at) for i, fault in enumerate(GENERAL) for at in PLACES[i % STEP::STEP]]
# The longest first: the others run beside them.
SLOW = ("blocks-in-progress", "endless")
FAULTS = sorted([(fault, "list_taxes") for fault in SPECIAL] + EVERYWHERE, key=lambda fault: fault[0] not in SLOW)
LEAKS = ("leaks-host",)


class BadTill:
    """One process of the till, with one fault."""

    def __init__(self, folder, fault, place):
        environment = {**os.environ, "COMPTOIR_FAULT": fault, "COMPTOIR_FAULT_AT": place, "HOME": folder}
        if fault in LEAKS:
            environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([os.environ["BAD_TILL"], os.environ["FAULT_HOST"], folder], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        env=environment)
        self.said = []

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        self.said.append((line.split(" ")[0], answer))
        return answer

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(timeout=TIMEOUT_S)
        self.process.stdout.close()
        with self.errors:
            self.errors.seek(0)
            return status, self.errors.read()


def sale_line(fault, place):
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return ("submit-sale {'id': <'S-%s-%s'>, 'sold_at': <'%s'>, 'total': <'5.00'>, 'lines': <[{'article_id': <'a1'>,"
            " 'name': <'Coffee'>, 'quantity': <'2'>, 'unit_price': <'2.50'>, 'vat_rate': <'10'>}]>,"
            " 'payments': <[{'method': <'cash'>, 'amount': <'5.00'>}]>}" % (fault, place, now))


def find_text(answer, key):
    found = re.search(r"'%s': <'([^']*)'>" % key, answer)
    return found.group(1) if found else ""


def connect(bad, till):
    store = till.ask("/state")["stores"][0]
    bad.ask("change-settings {'api-url': <'%s'>}" % till.api)
    bad.ask("set-token {'token': <'%s'>}" % till.token)
    bad.ask("run {'task': <'discover'>}")
    quiet = "".join(", '%s-interval': <'0'>" % flow for flow in ("orders", "sales", "catalogue", "stock", "catch-up"))
    bad.ask("change-settings {'store': <'%s'>, 'pos': <'%s'>, 'till-of-record': <'shopcaisse'>%s}"
            % (store["id"], store["pos"][0]["id"], quiet))
    bad.ask("run {'task': <'discover'>}")
    return bad.ask("run {'task': <'calibrate'>}")


def process(till, order_id):
    """Makes a fiscal sale of the order, if it came."""
    try:
        for tap in ("ingest", "accept", "process"):
            till.tap(tap, order_id)
    except Failure as failure:
        print(failure, file=sys.stderr)


def work(bad, till, sale):
    """A day: all that makes the channel ask the host something."""
    plan = bad.ask("plan {}")
    bad.ask("apply-plan {'plan': <'%s'>}" % find_text(plan, "plan"))
    bad.ask("link {'rows': <[{'id': <'a1'>, 'external_id': <'%s'>}]>}" % till.items()[0]["id"])
    sold = bad.ask(sale)
    bad.ask("run {'task': <'send-orders'>}")
    bad.ask("count orders")
    process(till, find_text(sold, "order_id"))
    for task in ("catch-up", "pull-sales"):
        bad.ask("run {'task': <'%s'>}" % task)
    bad.ask("diagnose {}")
    return sold


def live(till, fault, place):
    """What became of a till with a fault, and of the same profile in a host in order."""
    result = {"fault": fault, "place": place}
    sale = sale_line(fault, place)
    with tempfile.TemporaryDirectory() as folder:
        bad = BadTill(folder, fault, place)
        result["opened"] = bad.ask("open")
        if result["opened"].startswith("ok"):
            result["connected"] = connect(bad, till)
            result["sold"] = work(bad, till, sale)
            bad.ask("in-flight plan {}")
            result["closed"] = bad.ask("close")
        result["status"], result["errors"] = bad.end()
        result["said"] = bad.said
        if result["opened"].startswith("ok"):
            good = BadTill(folder, "none", place)
            good.ask("open")
            result["again"] = good.ask(sale)
            good.ask("run {'task': <'send-orders'>}")
            good.ask("close")
            result["status_again"] = good.end()[0]
    return result


def live_held(till):
    """How long it takes to close while the host holds the question of a plan."""
    with tempfile.TemporaryDirectory() as folder:
        bad = BadTill(folder, "holds", "list_articles")
        bad.ask("open")
        connect(bad, till)
        bad.ask("in-flight plan {}")
        bad.ask("count suggestions")
        closed = bad.ask("close")
        return closed, bad.end()[0]


def count_own(process):
    """Threads and descriptors."""
    return [len(os.listdir("/proc/%d/%s" % (process.pid, what))) for what in ("task", "fd")]


def live_often():
    """What a process holds after a few openings and after many."""
    with tempfile.TemporaryDirectory() as folder:
        till = BadTill(folder, "none", "list_taxes")
        counts = []
        for number in range(N_ROUNDS):
            for line in ("open", "close"):
                assert till.ask(line).startswith("ok"), till.said[-1]
            if number in (N_WARM, N_ROUNDS - 1):
                counts.append(count_own(till.process))
        return counts, till.end()[0]


def get_took_ms(closed):
    found = re.search(r"'took_ms': <(?:int64 )?(\d+)>", closed)
    return int(found.group(1)) if found else sys.maxsize


class BadHosts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            till = Till(Path(folder))
            try:
                with ThreadPoolExecutor(max_workers=N_AT_ONCE) as pool:
                    often, held = pool.submit(live_often), pool.submit(live_held, till)
                    cls.results = list(pool.map(lambda fault: live(till, *fault), FAULTS))
                cls.orders = till.orders()
                cls.often, cls.held = often.result(), held.result()
            finally:
                till.stop()

    def each(self, opened=True):
        return [r for r in self.results if r["opened"].startswith("ok") == opened]

    def test_no_host_brings_the_channel_down(self):
        for opened in (True, False):
            for result in self.each(opened):
                self.assertEqual(result["status"], 0, (result["errors"][-2000:], result["said"]))
                self.assertNotRegex(result["errors"], r"CRITICAL|Sanitizer|runtime error")

    def test_hosts_that_cannot_be_served_are_refused_by_code(self):
        found = {r["fault"]: r["opened"].split(" ")[1] for r in self.each(opened=False)}
        self.assertEqual(found, NOT_OPENED)
        for result in self.each(opened=False):
            self.assertGreater(len(result["opened"].split(" ", 2)[2]), 10)

    def test_each_line_is_answered_and_each_failure_says_why(self):
        for result in self.each():
            for line, answer in result["said"]:
                self.assertRegex(answer, r"^(ok|error [\w-]+ \S.{8,})", line)

    def test_every_host_is_connected_whatever_it_does_wrong(self):
        for result in self.each():
            self.assertRegex(result["connected"], "^ok", result["said"])

    def test_no_sale_is_lost_and_none_is_doubled(self):
        for result in self.each():
            order_id = find_text(result["sold"], "order_id")
            self.assertTrue(order_id, result["sold"])
            self.assertEqual(find_text(result["again"], "order_id"), order_id)
            self.assertEqual(sum(o["orderId"] == order_id for o in self.orders), 1,
                             (result["fault"], result["place"], result["said"]))

    def test_close_waits_for_no_host(self):
        for result in self.each():
            self.assertLess(get_took_ms(result["closed"]), CLOSE_MS, result["closed"])

    def test_close_does_not_wait_for_a_question_that_the_host_holds(self):
        closed, status = self.held
        self.assertLess(get_took_ms(closed), CLOSE_MS, closed)
        self.assertEqual(status, 0)

    def test_a_hundred_openings_leave_no_thread_and_no_descriptor(self):
        (before, after), status = self.often
        self.assertEqual(after, before)
        self.assertEqual(status, 0)

    def test_each_profile_opens_again_in_a_host_in_order(self):
        for result in self.each():
            self.assertEqual(result["status_again"], 0)

    def test_a_question_that_is_answered_badly_fails_with_its_reason(self):
        wanted = {"forgets": "the host dropped the request", "no-dictionary": "the host answered with type",
                  "always-busy": "stocktaking"}
        found = {(r["place"], r["fault"]): [a for _, a in r["said"] if a.startswith("error")] for r in self.each()}
        for fault, place in EVERYWHERE:
            if fault in wanted:
                self.assertTrue(any(wanted[fault] in answer for answer in found[place, fault]), (place, fault, found))


unittest.main(verbosity=2)
