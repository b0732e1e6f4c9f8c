#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The process around a channel: one at a time, full disks, ends and starts, what it writes down, what it opens."""

import contextlib
import os
import resource
import signal
import time
from datetime import datetime, timedelta, timezone

from shop import Refused, Shop, case, holds, need, run, same

# What "at once" is for a person who closes a till; valgrind and sanitisers take longer.
CLOSES_S = 2 * float(os.environ.get("SHOPCAISSE_PATIENCE", "1"))
CUSTOMER = {"name": "Zoé Canari", "phone": "+33612345678", "email": "zoe.canari@example.org"}


def write_sale(shop, sale_id, **more):
    """A sale of another program on the same books: 3.95 of mustard."""
    article = shop.articles()["mustard"]["id"]
    shop.write_sale({
        "id": sale_id, "number": sale_id, "total": "3.95",
        "lines": [{"article_id": article, "name": "Moutarde", "quantity": "1", "unit_price": "3.95"}],
        "payments": [{"method": "card", "amount": "3.95"}], **more})


def timed_end(host):
    began = time.monotonic()
    status = host.end(signal.SIGTERM)
    return status, time.monotonic() - began


@case
def a_second_process_is_refused_and_told_which_is_the_first():
    with Shop() as shop:
        shop.connect()
        status, answer, errors = shop.once("status")
        same(status, 4, "exit status")
        same(answer["error"]["code"], "busy")
        holds(errors, str(shop.host.process.pid))
        same(shop.host.ask("test")["ok"], True, "the first goes on")
        shop.host.end()
        same(shop.once("status")[0], 0, "exit status when the first is gone")


@case
def status_is_told_before_the_service_has_answered():
    with Shop() as shop:
        shop.choose()
        shop.host.end()
        shop.till.fault("hold_answer", times=0)
        exit_status, answer, _ = shop.once("status")
        same((exit_status, answer["status"], answer["last_error"]), (0, "ready", ""))


@case
def a_killed_process_leaves_nothing_in_the_way():
    with Shop() as shop:
        shop.set_up()
        shop.till.fault("hold_answer")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.till.wait(held=1)
        shop.host.end(signal.SIGKILL)
        shop.till.ask("/release", {})
        host = shop.open()
        host.wait_sale(sale["id"], state="sent")
        same([(o["orderId"], o["totalMinor"]) for o in shop.till.orders()], [(sale["order_id"], 395)])


def settings_of(host):
    """Without the end of the token, which is known a moment after the rest."""
    return [{k: v for k, v in row.items() if k != "hint"} for row in host.rows("settings", "list")]


@case
def settings_links_and_cursors_survive_a_restart():
    with Shop() as shop:
        shop.set_up()
        settings, links = settings_of(shop.host), shop.host.rows("links", "--limit", 1000)
        same(shop.host.end(), 0, "exit status")
        host = shop.open()
        host.wait_status("ready")
        same(settings_of(host), settings, "settings")
        same(host.rows("links", "--limit", 1000), links, "links")
        sale = host.sell("--random", 1, "--linked")["rows"][0]
        host.wait_sale(sale["id"], state="sent")


@case
def the_nine_points_of_the_set_up_are_the_same_after_a_restart():
    with Shop(shop="snack") as shop:
        shop.set_up(pos=1)
        lists = shop.setting("price-list")["choices"]
        shop.change(debug="true", catalogue_interval="45", link_by="reference", stock_interval="20", automatic="false",
                    price_list=lists[-1]["value"])
        points = ("debug", "catalogue-interval", "link-by", "stock-interval", "automatic", "store", "pos", "price-list")

        def told():
            values = {row["key"]: row["value"] for row in shop.host.rows("settings", "list")}
            company = next(row["text"] for row in shop.host.rows("list", "facts") if row["id"] == "company")
            return [values[key] for key in points] + [company]
        before = told()
        same(before[:5], [True, 45, "reference", 20, False])
        need(all(before[5:]), "nothing was chosen: %s" % before)
        shop.host.end()
        shop.open().wait_status("ready")
        same(told(), before)


@case
def a_full_disk_refuses_the_sale_and_gives_way_when_there_is_room():
    with Shop(opened=False) as shop:
        host = shop.open(limits=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        shop.set_up()
        pid, article = host.process.pid, shop.articles()["mustard"]["id"]
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
        try:
            answer = host.sell_line(article + "=1", id="full-1")
            raise AssertionError("the sale was taken over: %s" % answer)
        except Refused as error:
            need(error.message, "no reason is given")
        same(shop.till.orders(), [], "orders")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        sale = host.sell_line(article + "=1", id="full-1")
        host.wait_sale("full-1", state="sent")
        host.wait_status("ready")
        same([(o["orderId"], o["posts"]) for o in shop.till.orders()], [(sale["order_id"], 1)], "orders")


@case
def a_disk_that_fills_while_an_answer_comes_makes_no_second_order():
    with Shop(opened=False) as shop:
        host = shop.open(limits=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        shop.set_up()
        pid = host.process.pid
        shop.till.fault("hold_answer")
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.till.wait(held=1)
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
        shop.till.ask("/release", {})
        host.wait_status("blocked")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        host.wait_sale(sale["id"], state="sent")
        host.wait_status("ready")
        same([o["orderId"] for o in shop.till.orders()], [sale["order_id"]], "orders")


@case
def it_ends_within_two_seconds_with_a_request_held():
    for fault in ("hold_request", "hold_answer", "hold_accept"):
        with Shop() as shop:
            shop.set_up()
            path = "/" if fault == "hold_accept" else "/v1/stores/*/orders"
            shop.till.fault(fault, path=path, method="*" if fault == "hold_accept" else "POST")
            sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
            shop.till.wait(held=1)
            status, seconds = timed_end(shop.host)
            same(status, 0, "exit status with %s" % fault)
            need(seconds < CLOSES_S, "%s: closing took %.1f s" % (fault, seconds))
            shop.till.ask("/release", {"then": "reset"})
            shop.open().wait_sale(sale["id"], state="sent")
            same(len(shop.till.orders()), 1, "orders with %s" % fault)


@case
def it_ends_within_two_seconds_in_the_middle_of_a_sync():
    with Shop() as shop:
        shop.set_up()
        shop.till.fault("hold_answer", path="/v1/companies/*/items", method="GET")
        shop.host.start("plan")
        shop.till.wait(held=1)
        status, seconds = timed_end(shop.host)
        same(status, 0, "exit status")
        need(seconds < CLOSES_S, "closing took %.1f s" % seconds)
        shop.till.ask("/release", {"then": "reset"})
        same(shop.open().ask("plan")["create"], 0, "articles to be made")


@case
def a_sale_that_was_never_submitted_is_found_by_catching_up():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell("--line", shop.articles()["mustard"]["id"] + "=2", "--no-submit")
        write_sale(shop, "X1")
        same(shop.till.orders(), [], "orders before")
        shop.host.run("catch-up")
        for sale_id in (sale["id"], "X1"):
            shop.host.wait_sale(sale_id, state="sent")
        same(sorted(o["totalMinor"] for o in shop.till.orders()), [395, 790], "orders")
        same(shop.host.run("catch-up")["found"], 0, "found again")


@case
def a_sale_from_before_the_connection_is_no_order():
    with Shop() as shop:
        shop.host.ask("article", "add", "--id", "old", "--name", "Ancien", "--price", "1.00")
        hour_ago = datetime.now(timezone.utc) - timedelta(hours=1)
        shop.host.sell("--line", "old=1", "--no-submit", "--sold-at", hour_ago.strftime("%Y-%m-%dT%H:%M:%SZ"))
        shop.set_up()
        same(shop.host.run("catch-up")["found"], 0, "found")
        same(shop.till.orders(), [], "orders")


@case
def two_profiles_on_one_set_of_books_make_one_order_of_a_sale():
    with Shop() as shop:
        shop.set_up()
        first = shop.host
        article = shop.articles()["mustard"]["id"]
        second = shop.open("--channel-state", shop.folder / "second")
        shop.set_up()
        sales = [first.sell_line(article + "=%d" % n) for n in (1, 2, 3)]
        for sale in sales:
            first.wait_sale(sale["id"], state="sent")
        second.run("catch-up")
        for sale in sales:
            second.wait_sale(sale["id"], state="sent")
            same(second.sales[sale["id"]]["order_id"], sale["order_id"], "order id of both")
        same(sorted((o["totalMinor"], o["posts"]) for o in shop.till.orders()), [(395, 2), (790, 2), (1185, 2)])


def grep(shop, needle):
    """Files of the shop's folder with these bytes in them."""
    found = []
    for path in sorted(shop.folder.rglob("*")):
        with contextlib.suppress(OSError):
            if path.is_file() and needle in path.read_bytes():
                found.append(path.relative_to(shop.folder).as_posix())
    return found


@case
def the_token_is_in_no_file_but_its_own():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        shop.change(debug="true")
        for sale in host.sell("--random", 3, "--linked")["rows"]:
            host.wait_sale(sale["id"], state="sent")
        for fault in ("status_500", "html_200", "redirect"):
            till.fault(fault, location="http://127.0.0.1:9/")
            host.sell("--random", 1, "--linked")
            host.run("send-orders")
        with contextlib.suppress(Refused):
            shop.set_token(till.token[:-300])
        for words in (("diagnose",), ("journal",), ("settings", "list"), ("status",), ("close-day",)):
            host.ask(*words)
        till.ask("/token", {"action": "revoke"})
        with contextlib.suppress(Refused):
            host.ask("test")
        host.end()
        _, payload, signature = till.token.split(".")
        holds(shop.logs(), "GSocketClient")  # G_MESSAGES_DEBUG=all is heard
        for part in (payload[:60], payload[-60:], signature[:30]):
            files = grep(shop, part.encode())
            need(len(files) == 1 and files[0].endswith("token"), "the token is in %s" % files)
        path = shop.folder / grep(shop, till.token.encode())[0]
        same(oct(path.stat().st_mode & 0o777), "0o600", "mode of the token's file")
        same(oct(path.parent.stat().st_mode & 0o777), "0o700", "mode of its folder")


@case
def a_customer_is_sent_on_demand_alone_and_never_logged():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        shop.change(debug="true")
        write_sale(shop, "C1", order_type="PICKUP", customer=CUSTOMER)
        host.run("catch-up")
        first = host.wait_sale("C1", state="sent")
        need("Canari" not in str(till.order(first["order_id"])["raw"]), "the customer was sent unasked")
        shop.change(send_customer="true")
        till.fault("status_500")
        write_sale(shop, "C2", order_type="PICKUP", customer=CUSTOMER)
        host.run("catch-up")
        host.run("send-orders")
        second = host.wait_sale("C2", state="sent")
        holds(str(till.order(second["order_id"])["raw"]), "Canari")
        journal = str(host.rows("journal")) + str(host.rows("diagnose")) + str(host.rows("orders"))
        host.end()
        for word in ("Canari", CUSTOMER["phone"], CUSTOMER["email"]):
            need(word not in journal, "%s is in the journal" % word)
            need(word not in shop.logs(), "%s is in the log" % word)


def listening_sockets(pid):
    """Addresses at which a process listens, of TCP over IPv4 and IPv6."""
    inodes = set()
    for fd in os.listdir("/proc/%d/fd" % pid):
        with contextlib.suppress(OSError):
            inodes.add(os.readlink("/proc/%d/fd/%s" % (pid, fd)))
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table, encoding="ascii") as rows:
            for row in list(rows)[1:]:
                words = row.split()
                if words[3] == "0A" and "socket:[%s]" % words[9] in inodes:
                    found.append(words[1])
    return found


@case
def it_listens_nowhere_and_works():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell("--random", 1, "--linked")["rows"][0]
        shop.host.wait_sale(sale["id"], state="sent")
        shop.till.tap("ingest")
        shop.host.run("poll-orders")
        shop.host.wait_sale(sale["id"], kitchen="auto_accepted_waiting")
        same(listening_sockets(shop.host.process.pid), [], "addresses listened at")
        need(listening_sockets(shop.till.process.pid), "the test sees no listening socket at all")
        same([r for r in shop.till.requests() if "webhooks" in r["path"]], [], "requests about webhooks")


run()
