# SPDX-License-Identifier: LGPL-2.1-or-later
"""A shop for the end-to-end tests: the simulator, and comptoir-host with the real channel in it.

Programs come from the environment: COMPTOIR_HOST, SHOPCAISSE_SIMULATOR; where the channel and its transport
lie, from COMPTOIR_PATH and SHOPCAISSE_NET_PATH. Everything waits for a fact, and at most WAIT_S for it;
SHOPCAISSE_PATIENCE multiplies that. SHOPCAISSE_TRANSPORT chooses the transport, SHOPCAISSE_LOCALE where the
host lives; it speaks English unless a case says otherwise. SHOPCAISSE_KEEP leaves the folder of a case that failed.
"""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

WAIT_S = 20 * float(os.environ.get("SHOPCAISSE_PATIENCE", "1"))
TRANSPORT = {"transport": os.environ["SHOPCAISSE_TRANSPORT"]} if "SHOPCAISSE_TRANSPORT" in os.environ else {}
LOCALE = os.environ.get("SHOPCAISSE_LOCALE", "C.UTF-8")
KITCHEN_TAPS = ("ingest", "accept", "prepare", "prepared", "ready", "done")


class Failure(AssertionError):
    """What is not as the case's name says."""


class Refused(Exception):
    """A command of the host that failed: code is a word, exit a number."""

    def __init__(self, error):
        super().__init__("%(code)s: %(message)s" % error)
        self.code, self.exit, self.message = error["code"], error["exit"], error["message"]


def need(fact, text):
    if not fact:
        raise Failure(text)


def same(found, wanted, what="value"):
    need(found == wanted, "%s is %r, not %r" % (what, found, wanted))


def holds(text, part):
    need(part in text, "%r is not in %r" % (part, text[:300]))


def cents(text):
    whole, _, fraction = str(text).lstrip("-").partition(".")
    amount = int(whole) * 100 + int((fraction + "00")[:2])
    return -amount if str(text).startswith("-") else amount


class Till:
    """The simulator: the service with an iPad behind it, and its control port."""

    def __init__(self, folder, *options, shop="gift"):
        self.log = open(folder / "till.log", "a", encoding="utf-8")
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            [os.environ["SHOPCAISSE_SIMULATOR"], "--ready-fd", str(writer), "--shop", shop, "--exit-with-parent",
             *options], pass_fds=[writer], stdout=self.log, stderr=self.log)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            line = pipe.readline()
        need(line, "the simulator did not start")
        ready = json.loads(line)
        self.api, self.control, self.token = ready["api"], ready["control"], ready["token"]

    def ask(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=WAIT_S + 15) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise Failure("control %s: %d %s" % (path, error.code, error.read().decode())) from None

    def wait(self, **counters):
        """Until the counters of /wait have reached their numbers."""
        counters["timeout_ms"] = int(WAIT_S * 1000)
        return self.ask("/wait?" + urllib.parse.urlencode(counters))

    def until(self, look, what):
        """Looks again after each request that has come."""
        end = time.monotonic() + WAIT_S
        while True:
            found = look()
            if found:
                return found
            need(time.monotonic() < end, "waited %d s for %s" % (WAIT_S, what))
            last = self.ask("/requests?limit=1")["last"]
            with contextlib.suppress(Failure):
                self.ask("/wait?requests=%d&timeout_ms=300" % (last + 1))

    def wait_order(self, order_id, status):
        """Until the order's status begins so."""
        return self.until(lambda: self.order_status(order_id).startswith(status), "%s of %s" % (status, order_id))

    def tap(self, name, order="all", **more):
        return self.ask("/tap", {"order": order, "tap": name, **more})

    def fault(self, name, path="/v1/stores/*/orders", method="POST", **more):
        return self.ask("/fault", {"fault": name, "match": {"method": method, "path": path}, **more})["id"]

    def clear_faults(self):
        self.ask("/fault", method="DELETE")

    def switch(self, **values):
        return self.ask("/set", values)

    def orders(self, tests=False):
        found = [o for o in self.ask("/orders?limit=10000")["orders"] if o["testOrder"] == tests]
        return [{**o, "raw": json.loads(o["raw"])} for o in found]

    def order(self, order_id):
        found = [o for o in self.orders() if o["orderId"] == order_id]
        same(len(found), 1, "number of orders with this id")
        return found[0]

    def order_status(self, order_id):
        return next(o for o in self.ask("/orders?summary=1&limit=10000")["orders"] if o["orderId"] == order_id)["status"]

    def requests(self, method=None, path=None, since=0):
        found = self.ask("/requests?limit=100000&since=%d" % since)["requests"]
        return [r for r in found if (method is None or r["method"] == method)
                and (path is None or re.fullmatch(path, r["path"]))]

    def items(self):
        return self.ask("/items?limit=100000")["items"]

    def customers(self):
        """The file of the first store, as any application with the token reads it."""
        store = self.ask("/state")["stores"][0]["id"]
        request = urllib.request.Request("%s/v1/stores/%s/customers?page=0&pageSize=100" % (self.api, store),
                                         headers={"Authorization": "Bearer " + self.token})
        with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
            return json.loads(answer.read())["items"]

    def item(self, key):
        return next(i for i in self.items() if i["key"] == key)

    def stop(self):
        """Ends it; answers the exit status."""
        self.process.terminate()
        status = self.process.wait(timeout=WAIT_S)
        self.log.close()
        return status


class Host:
    """comptoir-host that stays open: commands go in as lines, answers and events come out as lines."""

    def __init__(self, shop, *options, limits=None):
        self.errors = open(shop.folder / "host.log", "ab")
        self.process = subprocess.Popen(
            [*shop.command(*options), "--json", "run"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.errors, env=shop.environment, cwd=shop.folder, preexec_fn=limits)
        self.output = open(shop.folder / "host.out", "a", encoding="utf-8")
        self.changed = threading.Condition()
        self.answers, self.events, self.sales = {}, [], {}
        self.n_lines = 0
        self.is_over = False
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.output.write(line.decode())
            row = json.loads(line)
            with self.changed:
                if "answer" in row:
                    self.answers[row["line"]] = row
                else:
                    self.events.append(row)
                if row.get("event") == "sale":
                    self.sales[row["id"]] = row
                self.changed.notify_all()
        with self.changed:
            self.is_over = True
            self.changed.notify_all()
        self.output.close()

    def until(self, look, what):
        """Looks again whenever the host says something."""
        end = time.monotonic() + WAIT_S
        with self.changed:
            while True:
                found = look()
                if found:
                    return found
                need(not self.is_over, "the host ended while waiting for " + what)
                left = end - time.monotonic()
                need(left > 0, "waited %d s for %s" % (WAIT_S, what))
                self.changed.wait(left)

    def start(self, *words):
        """Sends a line and waits for nothing: (line to be given to finish)."""
        self.n_lines += 1
        line = " ".join(shlex.quote(str(word)) for word in words) + " &\n"
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()
        return self.n_lines

    def finish(self, line):
        answer = self.until(lambda: self.answers.get(line), "the answer to line %d" % line)
        if not answer["ok"]:
            raise Refused(answer["error"])
        return answer.get("result")

    def ask(self, *words):
        return self.finish(self.start(*words))

    def rows(self, *words):
        return self.ask(*words)["rows"]

    def run(self, task, *options):
        return self.ask("run-task", task, *options)

    def sell(self, *words):
        """Sells; the sale as the channel took it over."""
        return self.ask("sell", *words)

    def sell_line(self, *lines, **options):
        words = [w for line in lines for w in ("--line", line)]
        for key, value in options.items():
            words += ["--" + key.replace("_", "-"), value]
        return self.sell(*words)

    def wait_sale(self, sale_id, **wanted):
        """Until the books say that the sale is so; answers its last progress."""
        def look():
            row = self.sales.get(sale_id, {})
            return all(row.get(key) == value for key, value in wanted.items()) and row
        try:
            return self.until(look, "sale %s: %s" % (sale_id, wanted))
        except Failure as failure:
            raise Failure("%s; it is %s" % (failure, self.sales.get(sale_id))) from None

    def wait_event(self, since=0, **wanted):
        """Until an event with these values has come behind the first `since` ones."""
        def look():
            return next((e for e in self.events[since:] if all(e.get(k) == v for k, v in wanted.items())), None)
        return self.until(look, "the event %s" % wanted)

    def wait_status(self, status, part=""):
        """Until the channel's last word about itself is this one."""
        def look():
            words = [e for e in self.events if "status" in e and e["event"] in ("ready", "status")]
            return words and words[-1]["status"] == status and part in words[-1].get("last_error", "") and words[-1]
        return self.until(look, "the status %s %s" % (status, part))

    def order_row(self, sale_id):
        return next(row for row in self.rows("orders", "--limit", 100000) if row["id"] == sale_id)

    def end(self, how=signal.SIGTERM):
        """Ends it; answers the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(timeout=WAIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.reader.join(WAIT_S)
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()
        return status


class Shop:
    """A folder with a simulator and a host's profile; `with` starts and ends it."""

    def __init__(self, *options, shop="gift", opened=True, locale=LOCALE, language="en"):
        self.folder = Path(tempfile.mkdtemp(prefix="shopcaisse-e2e-"))
        self.state = self.folder / "state"
        self.environment = dict(
            os.environ, G_MESSAGES_DEBUG="all", G_DEBUG="fatal-criticals", GIO_USE_PROXY_RESOLVER="dummy",
            HOME=str(self.folder), XDG_DATA_HOME=str(self.folder / "data"), LC_ALL=locale, LANGUAGE=language)
        self.till = Till(self.folder, *options, shop=shop)
        self.hosts = []
        self.host = self.open() if opened else None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        statuses = [host.end() for host in self.hosts if host.process.poll() is None]
        statuses.append(self.till.stop())
        crashes = re.findall(r"^.*(?:ERROR: \w+Sanitizer|runtime error|CRITICAL).*$", self.logs(), re.M)
        if "SHOPCAISSE_KEEP" in os.environ and (error is not None or crashes or any(statuses)):
            print("# kept: %s" % self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        if error is None:
            same(crashes, [], "crashes and leaks")
            same(statuses, [0] * len(statuses), "exit statuses of hosts and simulator")

    def command(self, *options):
        return [os.environ["COMPTOIR_HOST"], "--state", str(self.state), *options]

    def open(self, *options, limits=None):
        """Another process of the host."""
        host = Host(self, *options, limits=limits)
        self.hosts.append(host)
        host.wait_event(event="ready")
        self.host = host
        return host

    def once(self, *words, stdin=None):
        """One command in a process of its own: (exit status, what it said as JSON, stderr)."""
        done = subprocess.run([*self.command("--json"), *words], input=stdin, capture_output=True, text=True,
                              env=self.environment, cwd=self.folder, timeout=WAIT_S, check=False)
        with open(self.folder / "host.log", "a", encoding="utf-8") as log:
            log.write(done.stderr)
        with open(self.folder / "host.out", "a", encoding="utf-8") as log:
            log.write(done.stdout)
        return done.returncode, json.loads(done.stdout.splitlines()[-1]) if done.stdout else None, done.stderr

    def set_token(self, token):
        """Through a pipe: the token never lies in a file of the test."""
        path = self.folder / "token"
        os.mkfifo(path, 0o600)
        try:
            line = self.host.start("token", "set", "--file", path)
            with open(path, "w", encoding="utf-8") as pipe:
                pipe.write(token + "\n")
            return self.host.finish(line)
        finally:
            path.unlink()

    def change(self, **settings):
        return self.host.ask("settings", "set", *["%s=%s" % (k.replace("_", "-"), v) for k, v in settings.items()])

    def setting(self, key):
        return next(row for row in self.host.rows("settings", "list") if row["key"] == key)

    def connect(self):
        self.change(api_url=self.till.api, **TRANSPORT)
        return self.set_token(self.till.token)

    def choose(self, pos=None, price_list=None):
        """Connected, a store and a register chosen; flows run when a case asks for them."""
        self.connect()
        self.host.ask("discover")
        state = self.till.ask("/state")
        store = state["stores"][0]
        self.change(store=store["id"], pos=store["pos"][pos or 0]["id"], till_of_record="shopcaisse",
                    orders_interval=0, sales_interval=0, catalogue_interval=0, stock_interval=0, catch_up_interval=0)
        self.host.ask("discover")
        if price_list is not None:
            choices = {c["label"]: c["value"] for c in self.setting("price-list")["choices"]}
            self.change(price_list=choices[price_list])
        return store

    def set_up(self, **options):
        """As a merchant leaves it: chosen, calibrated, imported."""
        self.choose(**options)
        self.host.ask("calibrate")
        plan = self.host.ask("plan")
        return plan, self.host.ask("apply", plan["plan"])

    def articles(self):
        """Articles of the host by the item they are linked to, and by key of the simulator's shop."""
        by_item = {row["external_id"]: row for row in self.host.rows("article", "list") if "external_id" in row}
        return {item["key"]: by_item[item["id"]] for item in self.till.items() if item["id"] in by_item}

    def write_sale(self, sale, at=None):
        """A sale that another program wrote into the host's books; `sale` is a sale row as the contract has it."""
        now = at or datetime.now(timezone.utc)
        sale = {"sold_at": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), **sale}
        with contextlib.closing(sqlite3.connect(self.state / "host.sqlite", timeout=WAIT_S)) as books:
            stamp = int(now.timestamp() * 1000000)
            with books:
                books.execute(
                    "INSERT INTO sales (id, number, total, payload, sold_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                    (sale["id"], sale.get("number", sale["id"]), sale["total"], to_variant(sale), stamp, stamp))

    def put_sale(self, sale):
        """The same for a sale that may be in the books already: it is as `sale` says from now on."""
        with contextlib.closing(sqlite3.connect(self.state / "host.sqlite", timeout=WAIT_S)) as books:
            with books:
                known = books.execute("SELECT sold_at FROM sales WHERE id = ?", (sale["id"],)).fetchone()
                if known is not None:
                    at = datetime.fromtimestamp(known[0] / 1000000, timezone.utc)
                    sale = {"sold_at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), **sale}
                    books.execute("UPDATE sales SET payload = ? WHERE id = ?", (to_variant(sale), sale["id"]))
        if known is None:
            self.write_sale(sale)

    def logs(self):
        return "".join((self.folder / name).read_text(encoding="utf-8", errors="replace")
                       for name in ("host.log", "host.out"))


def to_variant(value):
    """GVariant's text form of a dictionary of texts, numbers, booleans and lists of dictionaries."""
    def one(item):
        if isinstance(item, bool):
            return "true" if item else "false"
        if isinstance(item, int):
            return "uint32 %d" % item
        if isinstance(item, str):
            return "'%s'" % item.replace("\\", "\\\\").replace("'", "\\'")
        if item == []:
            return "@aa{sv} []"
        if isinstance(item, list):
            return "[%s]" % ", ".join(one(i) for i in item)
        return "{%s}" % ", ".join("'%s': <%s>" % (key, one(i)) for key, i in item.items())
    return one(value)


CASES = []


def case(function):
    """A function whose name says the fact; run() runs them in the order of the file."""
    CASES.append(function)
    return function


def run():
    """Runs the cases, or those whose names begin with a word of the command line, and speaks TAP."""
    chosen = [c for c in CASES if c.__name__.startswith(tuple(sys.argv[1:]) or "")]
    print("1..%d" % len(chosen), flush=True)
    failed = 0
    for number, function in enumerate(chosen, 1):
        began = time.monotonic()
        try:
            function()
            print("ok %d - %s" % (number, function.__name__))
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print("not ok %d - %s" % (number, function.__name__))
            for line in ("".join(traceback.format_tb(error.__traceback__)[-2:]) + "%s: %s" % (
                    type(error).__name__, error)).splitlines():
                print("# " + line)
        print("# %.1f s" % (time.monotonic() - began), flush=True)
    sys.exit(1 if failed else 0)
