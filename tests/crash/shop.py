# SPDX-License-Identifier: LGPL-2.1-or-later
"""The two programs of the crash test, as Python objects: the simulator, and a till that is killed."""

import json
import os
import queue
import signal
import subprocess
import threading
import urllib.request

WAIT_S = 180
ORDERS = "/v1/stores/*/orders"


class CrashError(Exception):
    """What went so wrong that there is nothing to count."""


class Service:
    """The simulator and its control port."""

    def __init__(self, program, seed, log):
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            [program, "--port", "0", "--control-port", "0", "--ready-fd", str(writer), "--shop", "gift",
             "--seed", str(seed), "--exit-with-parent"],
            pass_fds=[writer], stdout=log, stderr=log)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            line = pipe.readline()
        if not line:
            raise CrashError("the simulator did not start")
        ready = json.loads(line)
        self.api, self.control, self.token = ready["api"], ready["control"], ready["token"]

    def ask(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
            return json.loads(answer.read() or b"null")

    def arm(self, fault, **parameters):
        return self.ask("/fault", {"fault": fault, **parameters})["id"]

    def disarm(self, number):
        self.ask("/fault?id=%d" % number, method="DELETE")

    def wait_held(self, place, count):
        self.ask("/wait?held=%d&timeout_ms=%d" % (count, WAIT_S * 1000 // 3))
        places = [c["where"] for c in self.ask("/held")["connections"]]
        if places.count(place) < count:
            raise CrashError("held at %s instead of %s" % (places, place))

    def release(self, then):
        self.ask("/release", {"then": then})

    def list_pages(self, path, key, size=500):
        """All rows of a list, page by page."""
        rows = []
        while True:
            page = self.ask("%s?since=%d&limit=%d" % (path, len(rows), size))[key]
            rows += page
            if len(page) < size:
                return rows

    def list_orders(self):
        """Real orders; the calibration's test orders are none."""
        return [o for o in self.list_pages("/orders", "orders") if not o["testOrder"]]

    def list_posts(self):
        """Orders that were posted whole, whatever became of them."""
        return [r for r in self.list_pages("/requests", "requests")
                if r["method"] == "POST" and r["path"].endswith("/orders") and r["sha256"]]

    def stop(self):
        """Ends it; its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=WAIT_S)


class Till:
    """One life of crash-till."""

    def __init__(self, command, log):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                        text=True, bufsize=1)
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        if self.wait_for("ready") is None:
            raise CrashError("the till did not start: status %d" % self.end())

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def wait_for(self, *beginnings):
        """The first line that begins with one of these; None when the till died before. A slow till
        may take its time as long as it says something."""
        while True:
            try:
                line = self.lines.get(timeout=WAIT_S)
            except queue.Empty:
                raise CrashError("waited %d s for %s" % (WAIT_S, " or ".join(beginnings))) from None
            if line is None:
                self.lines.put(None)
            if line is None or line.startswith(beginnings):
                return line
            if line.startswith(("failed", "refused")):
                raise CrashError("the till says: " + line)

    def say(self, text):
        try:
            self.process.stdin.write(text + "\n")
        except BrokenPipeError:
            pass

    def drain(self):
        """Waits until it believes that all is sent, and closes well; what hinders it, else."""
        self.say("drain")
        try:
            if self.wait_for("drained") is None or self.end() != 0:
                return ["the till did not close well"]
        except CrashError as error:
            self.say("open")
            return [str(error), *iter(lambda: self.wait_for("open", "told"), "told")]
        return []

    def perform(self, operation, argument):
        self.say("perform %s %s" % (operation, argument))
        if self.wait_for("answer") is None:
            raise CrashError("the till died at %s: status %d" % (operation, self.end()))

    def die(self):
        """Waits until it killed itself; the step it says it was at."""
        line = self.wait_for("dying")
        status = self.end()
        if status != -signal.SIGKILL or line is None:
            raise CrashError("the till ended before its step: status %d" % status)
        return line.split()[1]

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """SIGKILL to a till that lives; one that died by itself has a fault of its own."""
        self.process.kill()
        status = self.end()
        if status != -signal.SIGKILL:
            raise CrashError("the till died by itself: status %d" % status)

    def end(self):
        """Closes its input and waits; its status."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.reader.join(WAIT_S)
        status = self.process.wait(timeout=WAIT_S)
        self.process.stdout.close()
        return status


def quote(text):
    return "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")


def row(**values):
    """A row as GVariant's text."""
    return "{%s}" % ", ".join("%s: <%s>" % (quote(k.replace("_", "-")), quote(v)) for k, v in values.items())


def equip(till, service):
    """Connects a new profile: address, token, store, register, prices, calibration, links."""
    shop = service.ask("/state")["stores"][0]
    items = [i for i in service.ask("/items")["items"] if i["type"] == "SIMPLE" and i["priceMinor"] > 0]
    names = ["article-%d" % n for n in range(1, 6)] + ["article-bag"]
    till.perform("change-settings", row(api_url=service.api))
    till.perform("set-token", row(token=service.token))
    till.perform("run", row(task="discover"))
    till.perform("change-settings", row(store=shop["id"], till_of_record="shopcaisse"))
    till.perform("run", row(task="discover"))
    # What a crash left in the books shall be found at the start, not at the next interval.
    till.perform("change-settings", row(pos=shop["pos"][0]["id"], catch_up_interval="10080"))
    till.perform("run", row(task="calibrate"))
    links = ["{'id': <%s>, 'external_id': <%s>}" % (quote(a), quote(i["id"])) for a, i in zip(names, items)]
    till.perform("link", "{'rows': <[%s]>}" % ", ".join(links))
