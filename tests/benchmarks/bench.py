# SPDX-License-Identifier: LGPL-2.1-or-later
"""Figures, one a line: name value unit. Called by tests/bench, which builds first.

A ratio comes from runs in turn, ours and the other's, and is the median of the ratios of the pairs. The
service is the simulator on this machine; its pages are rendered before anything is timed. What is measured
how stands in docs/PERFORMANCE.md.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration" / "e2e"))

from shop import Till  # noqa: E402  pylint: disable=wrong-import-position

SLOW_DISK_MS = 30
MANY_ITEMS = 50000
MEMORY = Path("/dev/shm")


class Bench:
    """A folder, programs, and how often each thing is done."""

    def __init__(self, options, folder):
        self.build, self.rounds, self.folder = options.build.resolve(), options.rounds, folder
        self.end = time.monotonic() + 60 * options.minutes if options.minutes else None
        self.programs = self.build / "tests" / "benchmarks"
        self.schema = HERE.parent.parent / "data" / "migrations" / "0001.sql"
        self.n_folders = 0

    def each_round(self):
        """Of what takes minutes; when time is up none begins any more, but one there is."""
        for number in range(self.rounds):
            if number > 0 and self.end is not None and time.monotonic() > self.end:
                return
            print("# round %d of %d" % (number + 1, self.rounds), file=sys.stderr, flush=True)
            yield number

    def new_folder(self, copy_of=None):
        self.n_folders += 1
        path = self.folder / str(self.n_folders)
        if copy_of is None:
            path.mkdir(mode=0o700)
        else:
            shutil.copytree(copy_of, path)
        return path

    def environment(self, slow=False):
        environment = dict(os.environ, HOME=str(self.folder), GIO_USE_PROXY_RESOLVER="dummy", LC_ALL="C.UTF-8")
        if slow:
            environment.update(LD_PRELOAD=str(self.programs / "slow-disk.so"), SLOW_DISK_MS=str(SLOW_DISK_MS))
        return environment

    def run(self, program, *arguments, slow=False, until_ready=None):
        """Runs a program to its end; what it said as {key: number}."""
        process = subprocess.Popen([self.programs / program, *map(str, arguments)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True, env=self.environment(slow))
        if until_ready is not None:
            while process.stdout.readline().strip() not in ("ready", ""):
                pass
            until_ready()
            process.stdin.write("go\n")
            process.stdin.flush()
        output, _ = process.communicate(timeout=600)
        if process.returncode != 0:
            raise SystemExit("bench: %s %s ended with %d" % (program, arguments[:1], process.returncode))
        return {key: float(value) for key, value in (line.split() for line in output.splitlines())}

    def channel(self, scenario, folder, *arguments, **options):
        return self.run("bench-channel", "--folder", folder, *arguments, scenario, **options)

    def pair(self, ours, other):
        """Both in turn, as often as there are rounds: two lists."""
        left, right = [], []
        for _ in range(self.rounds):
            left.append(ours())
            right.append(other())
        return left, right


class Service:
    """The simulator, its token in a file, its ids."""

    def __init__(self, bench, *options):
        self.till = Till(bench.folder, *options)
        self.token_file = bench.folder / "token"
        self.token_file.write_text(self.till.token, encoding="utf-8")
        self.store = self.till.ask("/state")["stores"][0]
        self.company = self.get("/v1/companies?page=0&pageSize=25")["items"][0]["id"]

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.till.stop()

    def get(self, path):
        request = urllib.request.Request(self.till.api + path, headers={"Authorization": "Bearer " + self.till.token})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def render(self):
        """Every page of the items once, so that its bytes are there."""
        page = 0
        while self.get("/v1/companies/%s/items?page=%d&pageSize=1000" % (self.company, page))["hasNextPage"]:
            page += 1

    def set_up(self, bench, *options):
        """A profile that is connected, and imported if it is told to be."""
        folder = bench.new_folder()
        bench.channel("set-up", folder, "--api", self.till.api, "--token-file", self.token_file,
                      "--store", self.store["id"], "--pos", self.store["pos"][0]["id"], *options)
        return folder


# What a figure should be at most; at least where it begins with a sign.
TARGETS = {
    "mirror-50k.ratio": "<= 1.2",
    "mirror-50k-50ms.over_0ms": "<= 1.25",
    "resync-50k.host_writes": "= 0",
    "submit-durable.p99_ratio": "<= 2",
    "push-1000.ratio": ">= 0.8",
    "close-2000.s": "<= 2",
    "host-stall.p999_over_ms": "<= 2",
    "host-stall.worst_over_ms": "<= 5",
    "host-stall.dispatch_cpu_ms": "<= 2",
    "rss-50k.mib": "<= 40",
    "load.entry_ms": "<= 2",
    "load.open_ms": "<= 50",
    "idle.wakeups_per_min": "<= 1",
}
SAID = {}


def say(name, value, unit, n_rounds=None):
    """@n_rounds: what it rests on, if not what was asked for."""
    SAID[name] = (value, unit, n_rounds)
    print("%s %.3f %s" % (name, value, unit), flush=True)


def is_met(value, target):
    sign, wanted = target.split()
    return {"<=": value <= float(wanted), ">=": value >= float(wanted), "=": value == float(wanted)}[sign]


def build_row(name, value, unit, rounds):
    target = TARGETS.get(name, "")
    verdict = "" if not target else "yes" if is_met(value, target) else "**no**"
    return "| `%s` | %.4g | %s | %s | %s | %d |" % (name, value, unit, target, verdict, rounds)


def write_table(path, rounds):
    """Puts what was measured into the table between the marks; other rows stay as they are."""
    text = path.read_text(encoding="utf-8")
    begin, end = "<!-- figures: begin -->\n", "<!-- figures: end -->"
    head, rest = text.split(begin)
    table, tail = rest.split(end)
    rows = {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}
    rows.update({name: build_row(name, value, unit, n or rounds) for name, (value, unit, n) in SAID.items()})
    lines = ["| Figure | Value | Unit | Target | Met | Rounds |", "| --- | ---: | --- | --- | --- | ---: |",
             *(rows[name] for name in sorted(rows))]
    path.write_text(head + begin + "\n".join(lines) + "\n" + end + tail, encoding="utf-8")


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def ratio(left, right, key):
    return statistics.median(a[key] / b[key] for a, b in zip(left, right))


def in_memory(function):
    """Files in memory: it compares programs, and the disk may have other users."""
    function.in_memory = True
    return function


def compare_mirror(bench, name, late_too=False):
    """The whole catalogue into the mirror, against a bare loop."""
    with Service(bench, "--items", str(MANY_ITEMS)) as service:
        service.render()
        profile = service.set_up(bench)

        def ours():
            return bench.channel("pull", bench.new_folder(profile))

        def bare():
            return bench.run("bare-pull", service.till.api, service.token_file, service.company, bench.schema,
                             bench.new_folder() / "bare.sqlite")

        def late():
            service.till.switch(latency_ms=50)
            try:
                return ours()
            finally:
                service.till.switch(latency_ms=0)

        left, right = bench.pair(ours, bare)
        say(name + ".s", median(left, "seconds"), "s")
        say(name + ".bare_s", median(right, "seconds"), "s")
        say(name + ".ratio", ratio(left, right, "seconds"), "")
        if not late_too:
            return
        left, right = bench.pair(late, ours)
        say("mirror-50k-50ms.over_0ms", ratio(left, right, "seconds"), "")


@in_memory
def mirror(bench):
    """The whole catalogue into the mirror, against a bare loop, and against a slow network."""
    compare_mirror(bench, "mirror-50k", late_too=True)


def mirror_on_disk(bench):
    """The same on this machine's disk, whose flushes differ from one second to the next."""
    compare_mirror(bench, "mirror-50k-disk")


@in_memory
def import_all(bench):
    """From nothing to every article in the host, then once more."""
    with Service(bench, "--items", str(MANY_ITEMS)) as service:
        service.render()
        profile = service.set_up(bench)
        rows = [bench.channel("import", bench.new_folder(profile)) for _ in range(bench.rounds)]
        say("import-50k.s", median(rows, "seconds"), "s")
        say("resync-50k.s", median(rows, "again_seconds"), "s")
        say("resync-50k.host_writes", max(row["again_writes"] for row in rows), "")


def submit(bench, slow=False):
    """A sale is on disk, against the bare inserts; orders go nowhere meanwhile."""
    name = "submit-durable" + ("-slow-disk" if slow else "")
    count = 200 if slow else 1000
    with Service(bench) as service:
        profile = service.set_up(bench, "--import")
        service.till.fault("timeout_before", times=0)

        def ours():
            return bench.channel("submit", bench.new_folder(profile), "--count", count, slow=slow)

        def bare():
            return bench.run("bare-submit", bench.schema, bench.new_folder() / "bare.sqlite", count, slow=slow)

        left, right = bench.pair(ours, bare)
    say(name + ".p50_ms", median(left, "p50_ms"), "ms")
    say(name + ".p99_ms", median(left, "p99_ms"), "ms")
    say(name + ".bare_p99_ms", median(right, "p99_ms"), "ms")
    say(name + ".p99_ratio", ratio(left, right, "p99_ms"), "")


def submit_slow(bench):
    """The same on flash that takes 30 ms a flush."""
    submit(bench, slow=True)


def submit_during_import(bench):
    """A sale every 50 ms while 50 000 articles come in."""
    with Service(bench, "--items", str(MANY_ITEMS)) as service:
        service.render()
        profile = service.set_up(bench)
        rows = [bench.channel("submit-during-import", bench.new_folder(profile)) for _ in range(bench.rounds)]
    say("submit-during-import.p50_ms", median(rows, "p50_ms"), "ms")
    say("submit-during-import.p99_ms", median(rows, "p99_ms"), "ms")
    say("submit-during-import.worst_ms", max(row["worst_ms"] for row in rows), "ms")


def push(bench, slow=False, latency_ms=0, count=1000):
    """Orders that wait on disk are sent, against a loop that posts the same bytes."""
    name = "push-%d" % count + ("-slow-disk" if slow else "") + ("-%dms" % latency_ms if latency_ms else "")
    with Service(bench) as service:
        till = service.till
        profile = service.set_up(bench, "--import")
        bodies = bench.folder / "bodies"

        def let_through():
            till.switch(latency_ms=latency_ms)
            till.ask("/release", {"where": "request"})

        def ours():
            till.ask("/reset", {})
            till.fault("hold_request")
            done = bench.channel("push", bench.new_folder(profile), "--count", count, slow=slow, until_ready=let_through)
            orders = till.ask("/orders?limit=10000")["orders"]
            if len(orders) != count:
                raise SystemExit("bench: %d orders on the till, not %d" % (len(orders), count))
            bodies.write_text("\n".join(o["raw"] for o in orders) + "\n", encoding="utf-8")
            return done

        def bare():
            till.ask("/reset", {})
            till.switch(latency_ms=latency_ms)
            url = "%s/v1/stores/%s/orders?pos=%s" % (till.api, service.store["id"], service.store["pos"][0]["id"])
            return bench.run("bare-push", url, service.token_file, bodies)

        left, right = bench.pair(ours, bare)
    say(name + ".per_s", count / median(left, "seconds"), "1/s")
    say(name + ".bare_per_s", count / median(right, "seconds"), "1/s")
    say(name + ".ratio", ratio(right, left, "seconds"), "")


def push_late(bench):
    """The same with a service that answers after 50 ms."""
    push(bench, latency_ms=50, count=100)


def push_slow(bench):
    """The same on flash that takes 30 ms a flush."""
    push(bench, slow=True, count=200)


def close_day(bench):
    """A day of 2 000 sales is read and compared."""
    count = 2000
    with Service(bench) as service:
        till = service.till
        profile = service.set_up(bench, "--import")
        till.fault("hold_request")
        bench.channel("push", profile, "--count", count,
                      until_ready=lambda: till.ask("/release", {"where": "request"}))
        for tap in ("ingest", "accept", "process"):
            till.tap(tap)
        till.ask("/shift", {"action": "complete"})
        rows = [bench.channel("close-day", bench.new_folder(profile)) for _ in range(bench.rounds)]
        again = bench.new_folder(profile)
        bench.channel("close-day", again)
        later = [bench.channel("close-day", again) for _ in range(bench.rounds)]
    for row in rows + later:
        if (row["sales"], row["finalised"]) != (count, count):
            raise SystemExit("bench: %(sales)d sales, %(finalised)d of them on the till's books" % row)
    say("close-2000.s", median(rows, "seconds"), "s")
    say("close-2000.cpu_s", median(rows, "cpu_s"), "s")
    say("close-2000.again_s", median(later, "seconds"), "s")
    say("close-2000.dispatch_cpu_ms", median(rows, "dispatch_ms"), "ms")


def read_stolen():
    """Seconds of all processors that the machine underneath gave to others."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    return int(fields[8]) / os.sysconf("SC_CLK_TCK")


@in_memory
def stall(bench):
    """A 1 ms ticker in the host's loop while 50 000 articles come in onto a slow disk."""
    with Service(bench, "--items", str(MANY_ITEMS)) as service:
        service.render()
        profile = service.set_up(bench)
        left, right, stolen = [], [], []
        for _ in bench.each_round():
            before = read_stolen()
            left.append(bench.channel("tick-during-import", bench.new_folder(profile), slow=True))
            stolen.append(100 * (read_stolen() - before) / left[-1]["seconds"] / os.cpu_count())
            right.append(bench.channel("tick-alone", bench.new_folder(), "--seconds", left[-1]["seconds"], slow=True))
    n_rounds = len(left)
    for key in ("p999_ms", "worst_ms"):
        say("host-stall." + key.replace("_ms", "_over_ms"),
            statistics.median(a[key] - b[key] for a, b in zip(left, right)), "ms", n_rounds)
    say("host-stall.alone_worst_ms", median(right, "worst_ms"), "ms", n_rounds)
    say("host-stall.dispatch_cpu_ms", median(left, "dispatch_ms"), "ms", n_rounds)
    say("host-stall.stolen_percent", statistics.median(stolen), "%", n_rounds)
    say("import-50k-slow-disk.s", median(left, "seconds"), "s", n_rounds)


@in_memory
def memory(bench):
    """How much the channel grows while it imports; the host keeps nothing."""
    with Service(bench, "--items", str(MANY_ITEMS)) as service:
        service.render()
        profile = service.set_up(bench)
        rows = [bench.channel("grow", bench.new_folder(profile)) for _ in range(bench.rounds)]
    say("rss-50k.mib", median(rows, "grown_mib"), "MiB")


def load(bench):
    """What a host waits for when it starts."""
    with Service(bench) as service:
        profile = service.set_up(bench, "--import")
        rows = [bench.channel("load", bench.new_folder(profile)) for _ in range(bench.rounds)]
        new = [bench.channel("load", bench.new_folder()) for _ in range(bench.rounds)]
    say("load.entry_ms", median(rows, "entry_ms"), "ms")
    say("load.open_ms", median(rows, "open_ms"), "ms")
    say("load.open_new_ms", median(new, "open_ms"), "ms")


def idle(bench):
    """Wake-ups of all threads: nothing to do, and with the polls that are on by default."""
    with Service(bench) as service:
        profile = service.set_up(bench, "--import")
        quiet = bench.channel("idle", bench.new_folder(profile), "--seconds", 120)
        polling = bench.channel("idle", bench.new_folder(profile), "--polls", "--seconds", 360)
    say("idle.wakeups_per_min", quiet["per_min"], "1/min", 1)
    say("idle.polling_wakeups_per_min", polling["per_min"], "1/min", 1)


FIGURES = {
    "load": load,
    "idle": idle,
    "submit-durable": submit,
    "submit-durable-slow-disk": submit_slow,
    "push-1000": push,
    "push-100-50ms": push_late,
    "push-200-slow-disk": push_slow,
    "close-2000": close_day,
    "mirror-50k": mirror,
    "mirror-50k-disk": mirror_on_disk,
    "import-50k": import_all,
    "submit-during-import": submit_during_import,
    "rss-50k": memory,
    "host-stall": stall,
}


def main():
    parser = argparse.ArgumentParser(prog="tests/bench")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--table", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.list:
        for name, function in FIGURES.items():
            print("%-26s %s" % (name, function.__doc__.splitlines()[0]))
        return
    names = options.names or list(FIGURES)
    unknown = [name for name in names if name.split(".")[0] not in FIGURES]
    if unknown:
        parser.error("there is no figure %s; --list tells" % ", ".join(unknown))
    for name in dict.fromkeys(name.split(".")[0] for name in names):
        place = MEMORY if hasattr(FIGURES[name], "in_memory") and MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
            FIGURES[name](Bench(options, Path(folder)))
        if options.table is not None:
            write_table(options.table, options.rounds)


main()
