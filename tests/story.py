# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the stories of tests/demo are made of: the simulator, the reference host, and steps that are told.

A step that does not come out as the story needs it raises StoryError.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from decimal import Decimal

STORES = 60
SHELF = 5
WAIT_S = 180
AMOUNTS = {"decimal": "decimal euros", "decimal-digits": "decimal euros with a count of digits", "minor": "cents"}
READINGS = {"decimal": "decimal euros", "minor": "cents"}


class StoryError(Exception):
    """What did not come out as the story needs it."""


class Till:
    """The simulator: the service with an iPad behind it, and its control port."""

    def __init__(self, program, log, keep):
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            [program, "--port", "0", "--control-port", "0", "--ready-fd", str(writer), "--shop", "gift",
             "--stores", str(STORES), *([] if keep else ["--exit-with-parent"])],
            pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=keep)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            line = pipe.readline()
        if not line:
            raise StoryError("the simulator did not start")
        ready = json.loads(line)
        self.api, self.control, self.token = ready["api"], ready["control"], ready["token"]

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, data=data,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def tap(self, name, order="all"):
        return self.ask("/tap", {"order": order, "tap": name})

    def orders(self):
        """Real orders of the service; the calibration's test orders are none."""
        return [o for o in self.ask("/orders?summary=1")["orders"] if not o["testOrder"]]

    def count_writes(self):
        """Requests that change something, but for taking back the test order: that may come late, and twice."""
        return sum(r["method"] != "GET" and not (r["method"] == "DELETE" and "/orders/" in r["path"])
                   for r in self.ask("/requests")["requests"])

    def items(self):
        """The catalogue, read as anyone with the token can."""
        url = "%s/v1/companies/%s/items?page=0&pageSize=1000" % (self.api, self.ask("/state")["company"])
        request = urllib.request.Request(url, headers={"Authorization": "Bearer " + self.token})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())["items"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)


class Host:
    """comptoir-host with a profile of its own; one call, one process."""

    def __init__(self, state, log):
        self.state, self.log = state, log

    def say(self, *words, stdin=None):
        command = ["comptoir-host", "--state", str(self.state), *words]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300, check=False)
        self.log.write("$ %s\n%s%s\n" % (" ".join(command), done.stdout, done.stderr))
        self.log.flush()
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().split("\n")[-1]
            raise StoryError("%s: status %d: %s" % (" ".join(words), done.returncode, last))
        return done.stdout

    @contextlib.contextmanager
    def stay_open(self):
        """The host as it is in a shop: open, so that what waits is sent."""
        command = ["comptoir-host", "--state", str(self.state), "run", "--quit-at-end"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=self.log, stderr=self.log)
        try:
            yield
        finally:
            process.stdin.close()
            process.wait(timeout=WAIT_S)

    def ask(self, *words, stdin=None):
        return json.loads(self.say(*words, "--json", stdin=stdin))


class Story:
    def __init__(self):
        self.number = 0

    def step(self, text):
        self.number += 1
        print("%2d. %s" % (self.number, text), flush=True)

    def tell(self, text):
        for line in text.rstrip("\n").split("\n"):
            print("      " + line, flush=True)


def need(fact, text):
    if not fact:
        raise StoryError(text)


def repeat_until(look, text):
    """Looks until it is so; the host polls, so some things take a moment."""
    end = time.monotonic() + WAIT_S
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise StoryError("waited %d s: %s" % (WAIT_S, text))
        time.sleep(0.3)


def head(text, n_lines=8, width=100):
    lines = [line[:width] for line in text.rstrip("\n").split("\n")]
    return "\n".join(lines[:n_lines] + (["... %d lines more" % (len(lines) - n_lines)] if len(lines) > n_lines else []))


def connect(story, host, till):
    story.step("Connect: the address, the token, a test.")
    host.say("settings", "set", "api-url=" + till.api)
    host.say("token", "set", stdin=till.token + "\n")
    answer = host.ask("test")
    story.tell("accepted in the environment %s: %d resources, %d rights" % (
        answer["environment"], len(answer["resources"]), len(answer["permissions"])))


def find_choice(host, key, label=None):
    """(value, label) of a setting's choice: the one with that value or label, else the first."""
    settings = {row["key"]: row for row in host.ask("settings", "list")["rows"]}
    choices = [(c["value"], c["label"]) for c in settings[key].get("choices", []) if c["value"]]
    need(choices, "the setting %s offers no choice" % key)
    return next((c for c in choices if label in c), choices[0]), len(choices)


def choose_store(story, host, till):
    story.step("Choose the store: which ones does the token cover?")
    host.say("discover")
    shop = till.ask("/state")["stores"][0]
    store, n_stores = find_choice(host, "store", shop["id"])
    need(n_stores >= STORES, "only %d stores were found" % n_stores)
    host.say("settings", "set", "store=" + store[0], "till-of-record=shopcaisse")
    host.say("discover")
    register, _ = find_choice(host, "pos", shop["pos"][0]["id"])
    price_list, _ = find_choice(host, "price-list")
    host.say("settings", "set", "pos=" + register[0], "price-list=" + price_list[0])
    story.tell("%d stores, 25 a page; this shop is %s, its register %s, its prices %s" % (
        n_stores, store[1], register[1], price_list[1]))


def calibrate(story, host):
    story.step("Calibrate: one test order finds out how amounts are written.")
    answer = host.ask("calibrate")
    story.tell("%s go out, %s come back" % (AMOUNTS[answer["form"]], READINGS[answer["reading"]]))


def stock_shelves(host, till, folder):
    """Some articles the host has had all along: a few know their item's id, some share a barcode or a reference."""
    articles = []
    items = [i for i in till.items() if i.get("type") == "SIMPLE" and not i.get("delete") and i.get("defaultPrice")]
    for name, test, keys in (
            ("id", lambda i: not i.get("reference"), {"external_id": lambda i: i["id"]}),
            ("barcode", lambda i: i.get("barcodes"), {"barcodes": lambda i: i["barcodes"]}),
            ("reference", lambda i: i.get("reference") and not i.get("barcodes"), {"reference": lambda i: i["reference"]})):
        taken = {a["item"] for a in articles}
        for item in [i for i in items if test(i) and i["id"] not in taken][:SHELF]:
            article = {key: read(item) for key, read in keys.items()}
            article.update(id="own-%s-%d" % (name, len(articles) + 1), name=item["name"].strip(),
                           price="%.2f" % item["defaultPrice"], item=item["id"])
            articles.append(article)
    for article in articles:
        del article["item"]
    path = folder / "articles.json"
    path.write_text(json.dumps(articles), encoding="utf-8")
    host.say("article", "import", str(path))
    return len(articles)


def count_changes(plan):
    return sum(int(plan.get(kind, 0)) for kind in ("create", "update", "delete"))


def bring_articles(story, host, till):
    n_own = stock_shelves(host, till, host.state)
    story.step("Plan: what would an import change? Nothing is written yet.")
    story.tell("the host has %d articles of its own" % n_own)
    writes = till.count_writes()
    plan = host.ask("plan")
    story.tell(head(host.say("plan")))
    need(till.count_writes() == writes, "the dry run wrote to the service")
    need(count_changes(plan) > 0, "there is nothing to import")
    story.step("Import: apply exactly that plan.")
    story.tell("%d changes made" % host.ask("apply", plan["plan"])["done"])
    story.step("Once more: a second sync has nothing to write.")
    again = count_changes(host.ask("plan"))
    need(again == 0, "the second plan has %d changes" % again)
    story.tell("%d changes" % again)
    story.step("Links: by what were articles and items joined?")
    counts = {}
    for link in host.ask("links", "--limit", "10000")["rows"]:
        method = link.get("method") or link.get("reason") or "?"
        counts[method] = counts.get(method, 0) + 1
    story.tell(", ".join("%d by %s" % (n, method) for method, n in sorted(counts.items())))


def cook(story, host, till):
    story.step("Kitchen: the till takes the orders, staff prepare them.")
    for tap in ("ingest", "accept", "prepare", "prepared", "ready", "done"):
        till.tap(tap)
        host.say("run-task", "poll-orders")
    states = {}
    for order in host.ask("orders", "--limit", "1000")["rows"]:
        state = order.get("kitchen", "?")
        states[state] = states.get(state, 0) + 1
    story.tell("the host sees: " + ", ".join("%d %s" % (n, state) for state, n in sorted(states.items())))


def keep_books(story, host, till):
    story.step("Books: staff tap \"Process order\"; the tickets come to the host.")
    till.tap("process")
    host.say("run-task", "pull-sales")
    story.tell("%d tickets in the host's books" % len(host.ask("till-sales")["rows"]))


def close_day(story, host, till):
    story.step("Close the day: every order against its ticket, to the cent.")
    till.ask("/shift", {"action": "complete"})
    host.say("run-task", "pull-sales")
    story.tell(head(host.say("close-day"), 12))
    return host.ask("close-day")


@dataclass
class Day:
    """What a day came to, as it was measured."""

    sold: int
    sent: int
    orders: int
    finalised: int
    difference: Decimal

    def is_right(self):
        return self.sold == self.sent == self.orders == self.finalised and self.difference == 0

    def __str__(self):
        return "demo: %d sales sent, %d orders on the till, %d finalised, difference %.2f EUR" % (
            self.sent, self.orders, self.finalised, self.difference)


def count_sent(host):
    """The host may have been closed before it heard the last answer: it asks again and waits."""
    host.say("run-task", "send-orders")
    return sum(order.get("state") == "sent" for order in host.ask("orders", "--limit", "1000")["rows"])


def measure(host, till, sold, report):
    """@sold: how many sales there were to be sent; @report: of the day close."""
    orders = till.orders()
    finalised = sum(order["sale"] is not None for order in orders)
    need(int(report["finalised"]) == finalised,
         "the report says %s finalised, the till %d" % (report["finalised"], finalised))
    return Day(sold, count_sent(host), len(orders), finalised, Decimal(report["difference"]))
