# SPDX-License-Identifier: LGPL-2.1-or-later
"""A real Tryton server on SQLite, with a shop in it.

Making the database takes a minute or two, so that it is made once a build folder (TRYTON_CACHE) and copied.
"""

import base64
import contextlib
import fcntl
import json
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from shop import WAIT_S, Failure, need

HERE = Path(__file__).parent
PASSWORD = "Essai-1234"
MODULES = ["sale", "stock", "account_fr", "account_be", "account_invoice", "account_invoice_stock"]
MAKING_S = 900
CERTIFICATES = HERE.parents[1] / "data" / "tls"
AUTHORITY = CERTIFICATES / "ca.pem"


def environment(**more):
    return {**{k: v for k, v in os.environ.items() if k not in ("LD_PRELOAD", "ASAN_OPTIONS")},
            "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **more}


def configure(folder, port, secured=False):
    path = folder / "trytond.conf"
    tls = "[ssl]\nprivatekey = %s\ncertificate = %s\n" % (CERTIFICATES / "good.key.pem", CERTIFICATES / "good.pem")
    path.write_text("[web]\nlisten = 127.0.0.1:%d\n[database]\nuri = sqlite://\npath = %s\nlist = True\n"
                    "[session]\ntimeout = 864000\n%s" % (port, folder, tls if secured else ""), encoding="utf-8")
    return path


def run(log, *words, **more):
    with open(log, "ab") as out:
        done = subprocess.run(words, stdout=out, stderr=out, env=environment(**more), timeout=MAKING_S, check=False)
    need(done.returncode == 0, "%s failed: see %s" % (words[0], log))


def make_base(folder):
    """All modules, no company yet."""
    made, configuration = folder / "making.sqlite", configure(folder, 0)
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    made.unlink(missing_ok=True)
    made.touch()  # the SQLite backend refuses a file that does not exist
    secret = {"TRYTONPASSFILE": str(folder / "password")}
    log = folder / "making.log"
    run(log, "trytond-admin", "-c", str(configuration), "-d", "making", "--all", "--email", "admin@example.org", **secret)
    run(log, "trytond-admin", "-c", str(configuration), "-d", "making", "-u", *MODULES, "--activate-dependencies",
        "-l", "fr", **secret)
    made.rename(folder / "base.sqlite")


def make_shop(folder, land):
    made, configuration = folder / ("making-%s.sqlite" % land), configure(folder, 0)
    shutil.copy(folder / "base.sqlite", made)
    run(folder / ("making-%s.log" % land), "/usr/bin/python3", str(HERE / "populate.py"), str(configuration),
        made.stem, land)
    made.rename(folder / ("%s.sqlite" % land))


def make_once(folder, name, make, *arguments):
    """Whoever comes first makes it; the others wait for it alone."""
    with open(folder / (name + ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / (name + ".sqlite")).exists():
            make(folder, *arguments)


def get_database(land):
    """The path of a database with a shop in that land."""
    folder = Path(os.environ["TRYTON_CACHE"])
    folder.mkdir(parents=True, exist_ok=True)
    make_once(folder, "base", make_base)
    make_once(folder, land, make_shop, land)
    return folder / ("%s.sqlite" % land)


def find_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """trytond, and a user of it that looks at what is in the books."""

    def __init__(self, folder, land, secured=False):
        self.database = folder / "shop.sqlite"
        shutil.copy(get_database(land), self.database)
        self.port = find_port()
        self.url = "%s://127.0.0.1:%d/shop/" % ("https" if secured else "http", self.port)
        self.authority = AUTHORITY if secured else None
        self.tls = ssl.create_default_context(cafile=AUTHORITY) if secured else None
        self.password_file = folder / "password"
        self.password_file.write_text(PASSWORD, encoding="utf-8")
        self.log = open(folder / "trytond.log", "ab")
        self.process = subprocess.Popen(
            ["trytond", "-c", str(configure(folder, self.port, secured)), "-d", "shop"], stdout=self.log,
            stderr=self.log, env=environment())
        self.session = None
        self.wait()
        self.log_in()
        self.context = self.call("model.res.user.get_preferences", True, {})

    def log_in(self):
        self.session = None
        user, key = self.call("common.db.login", "admin", {"password": PASSWORD}, "fr")[:2]
        self.session = "admin:%s:%s" % (user, key)

    def wait(self):
        end = time.monotonic() + 3 * WAIT_S
        while True:
            with contextlib.suppress(OSError), contextlib.closing(socket.create_connection(("127.0.0.1", self.port))):
                return
            need(self.process.poll() is None, "trytond ended")
            need(time.monotonic() < end, "trytond does not listen")
            time.sleep(0.1)

    def call(self, method, *params):
        headers = {"Content-Type": "application/json"}
        if self.session:
            headers["Authorization"] = "Session " + base64.b64encode(self.session.encode()).decode()
        body = json.dumps({"id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(self.url, body, headers)
        with urllib.request.urlopen(request, timeout=60, context=self.tls) as answer:
            said = json.loads(answer.read())
        if said.get("error"):
            raise Failure("%s: %s" % (method, said["error"]))
        return said["result"]

    def model(self, name, *params, **context):
        return self.call("model." + name, *params, {**self.context, **context})

    def find(self, model, domain, fields, **context):
        return self.model(model + ".search_read", domain, 0, 1000, [["id", "ASC"]], fields, **context)

    def one(self, model, domain, fields, **context):
        found = self.find(model, domain, fields, **context)
        need(len(found) == 1, "%d records of %s: %s" % (len(found), model, domain))
        return found[0]

    def sell(self, *lines, state="processing"):
        """A sale as somebody makes it in the client: (product, quantity) or (product, quantity, unit price)."""
        party = self.one("party.party", [["name", "=", "Client comptoir"]], ["addresses"])
        rows = []
        for product, quantity, *price in lines:
            row = {"type": "line", "product": product, "quantity": float(quantity), "unit": None}
            change, = self.model("sale.line.on_change", dict(
                row, id=-1, company=self.context["company"],
                **{"_parent_sale.party": party["id"], "_parent_sale.company": self.context["company"]}), ["product"])
            taxes = [entry["id"] for _, entry in change["taxes"]["add"]]
            price = decimal(price[0]) if price else change["unit_price"]
            rows.append({**row, "unit": change["unit"], "unit_price": price, "taxes": [["add", taxes]]})
        sale, = self.model("sale.sale.create", [{
            "party": party["id"], "invoice_address": party["addresses"][0], "shipment_address": party["addresses"][0],
            "invoice_method": "order", "shipment_method": "order", "lines": [["create", rows]]}])
        for step in {"draft": (), "quotation": ("quote",)}.get(state, ("quote", "confirm", "process")):
            self.model("sale.sale." + step, [sale])
        return sale

    def age_sessions(self):
        """All that there are become older than the server bears; the one of this test is made anew."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=WAIT_S)) as books, books:
            books.execute("UPDATE ir_session SET create_date = datetime('now', '-90 days')")
        self.log_in()

    def count_sessions(self):
        with contextlib.closing(sqlite3.connect(self.database, timeout=WAIT_S)) as books:
            return books.execute("SELECT COUNT(*) FROM ir_session").fetchone()[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=WAIT_S)
        self.log.close()


def decimal(text):
    return {"__class__": "Decimal", "decimal": text}


def number(value):
    return value["decimal"]
