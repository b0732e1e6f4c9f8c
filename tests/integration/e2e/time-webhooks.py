#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What 10 000 signed events in 10 s do to a host: its main loop, its memory, the requests that follow.

Figures, not a test. A line of `status` is answered by the host's main loop alone, so how late its answer
comes is how long the loop was busy, plus the pipe and this program.
"""

import hashlib
import hmac
import multiprocessing
import re
import socket
import statistics
import sys
import time

from shop import Shop

EVENTS, SECONDS, SENDERS = 10000, 10.0, 4
KINDS = ("store.orders", "store.stocks", "store.sales", "company.items")


def flood(port, requests, start, answers):
    """Sends at an even pace; counts statuses."""
    counts = {}
    for n, request in enumerate(requests):
        wait = start + n * SECONDS / len(requests) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(request)
                status = connection.recv(4096)[9:12].decode() or "none"
        except OSError as error:
            status = type(error).__name__
        counts[status] = counts.get(status, 0) + 1
    answers.put((counts, time.monotonic() - start))


def build(key, resources):
    made = []
    for n in range(EVENTS):
        kind = KINDS[n % len(KINDS)]
        body = ('{"event":"%s","resource":{"id":"%s"},"content":[{"n":%d}]}'
                % (kind, resources[kind.split(".")[0]], n)).encode()
        signature = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
        made.append(b"POST /shopcaisse HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                    b"x-server-authorization-hmac-sha256: %s\r\nContent-Length: %d\r\n\r\n%s"
                    % (signature.encode(), len(body), body))
    return made


def memory_kib(shop):
    with open("/proc/%d/status" % shop.host.process.pid, encoding="ascii") as lines:
        return {k: int(v) for k, v in re.findall(r"Vm(RSS|HWM):\s+(\d+)", lines.read())}


def ping(shop, until):
    """Milliseconds that `status` took, again and again."""
    times = []
    while time.monotonic() < until:
        began = time.monotonic()
        shop.host.ask("status")
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.005)
    return sorted(times)


def tell(what, times):
    print("%-22s median %6.2f ms, 99 %% %6.2f ms, longest %6.2f ms, of %d"
          % (what, statistics.median(times), times[len(times) * 99 // 100], times[-1], len(times)))


def main():
    with Shop() as shop:
        shop.set_up()
        shop.change(webhooks="true", webhook_port=0)
        port = int(next(re.search(r":(\d+)/", row["title"]).group(1) for row in shop.host.rows("diagnose")
                        if row["id"] == "webhooks"))
        company = next(r["path"] for r in shop.till.requests("GET", "/v1/companies/.*/items")).split("/")[3]
        resources = {"company": company, "store": shop.setting("store")["value"]}
        requests = build(shop.host.ask("test")["application_id"], resources)
        tell("host loop, idle", ping(shop, time.monotonic() + 2))
        before, first = memory_kib(shop), shop.till.ask("/requests?limit=1")["last"]
        answers, start = multiprocessing.Queue(), time.monotonic() + 0.2
        senders = [multiprocessing.Process(target=flood, args=(port, requests[i::SENDERS], start, answers))
                   for i in range(SENDERS)]
        for sender in senders:
            sender.start()
        tell("host loop, flooded", ping(shop, start + SECONDS))
        results = [answers.get() for _ in senders]
        for sender in senders:
            sender.join()
        after = memory_kib(shop)
        totals = {}
        for counts, _ in results:
            for status, count in counts.items():
                totals[status] = totals.get(status, 0) + count
        print("answers                %s in %.1f s" % (totals, max(took for _, took in results)))
        print("memory                 %d KiB before, %d after, %d at most"
              % (before["RSS"], after["RSS"], after["HWM"]))
        paths = {}
        for request in shop.till.requests(since=first):
            path = request["path"].rsplit("/", 1)[-1]
            paths[path] = paths.get(path, 0) + 1
        print("requests that followed %s" % paths)
    return 0


sys.exit(main())
