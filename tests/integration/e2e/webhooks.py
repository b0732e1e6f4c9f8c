#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events of the service: what they bring forward, whom they concern, and that everything works without."""

import contextlib
import hashlib
import hmac
import json
import os
import re
import socket
import time
import urllib.error
import urllib.request

from shop import Shop, case, holds, need, run, same

SEEN_S = 5 * float(os.environ.get("SHOPCAISSE_PATIENCE", "1"))
HEADER = "x-server-authorization-hmac-sha256"


def finding(shop, name):
    return next((row for row in shop.host.rows("diagnose") if row["id"] == name), None)


def title(shop, name):
    row = finding(shop, name)
    return "" if row is None else row["title"]


def listen(shop, **more):
    """Switches events on, at any free port, and tells the service; answers the address."""
    shop.change(webhooks="true", webhook_port=0)
    found = re.search(r"http://127\.0\.0\.1:\d+/\S+", title(shop, "webhooks"))
    need(found, "it does not listen: %s" % title(shop, "webhooks"))
    shop.till.ask("/webhook", {"url": found.group(0), **more})
    return found.group(0)


def last_request(shop):
    return shop.till.ask("/requests?limit=1")["last"]


def wait_requests(shop, path, since):
    return shop.till.until(lambda: shop.till.requests("GET", path, since), "a request for " + path)


def application(shop):
    return shop.host.ask("test")["application_id"]


def post(url, body, signature):
    request = urllib.request.Request(url, data=body, headers={HEADER: signature, "Content-Type": "application/json"})
    with contextlib.closing(urllib.request.urlopen(request, timeout=10)) as answer:
        return answer.status


def refused(url, body, signature):
    try:
        return post(url, body, signature)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def sign(key, body):
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


@case
def a_changed_price_is_read_within_five_seconds():
    with Shop() as shop:
        shop.set_up()
        listen(shop)
        before, began = last_request(shop), time.monotonic()
        item = shop.till.item("mustard")
        shop.till.ask("/item", {"id": item["id"], "set": {"price": 4.95}})
        wait_requests(shop, "/v1/companies/.*/items", before)
        shop.till.until(lambda: shop.host.rows("journal", "--limit", 1)[0]["flow"] == "pull-catalogue", "its end")
        took = time.monotonic() - began
        need(took < SEEN_S, "it took %.1f s" % took)
        plan = shop.host.ask("plan")
        shop.host.ask("apply", plan["plan"])
        same(shop.articles()["mustard"]["price"], "4.95")
        holds(title(shop, "webhooks-events"), "company.items 1")


@case
def an_order_follows_its_state_without_polling():
    with Shop() as shop:
        shop.set_up()
        listen(shop)
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        began = time.monotonic()
        shop.till.tap("ingest")
        shop.host.wait_sale(sale["id"], kitchen="auto_accepted_waiting")
        shop.till.tap("ready")
        shop.host.wait_sale(sale["id"], kitchen="ready_for_pickup")
        need(time.monotonic() - began < 4 * SEEN_S, "it took %.1f s" % (time.monotonic() - began))


@case
def events_and_polling_tell_the_same_story():
    stories = []
    for with_events in (True, False):
        with Shop() as shop:
            shop.set_up()
            if with_events:
                listen(shop)
            sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
            shop.host.wait_sale(sale["id"], state="sent")
            for tap, kitchen in (("ingest", "auto_accepted_waiting"), ("prepare", "preparing"),
                                 ("ready", "ready_for_pickup"), ("process", "ready_for_pickup"), ("done", "done")):
                shop.till.tap(tap)
                if not with_events:
                    shop.host.run("poll-orders")
                shop.host.wait_sale(sale["id"], kitchen=kitchen,
                                    fiscal="finalised" if tap in ("process", "done") else "open")
            row = shop.host.order_row(sale["id"])
            need(row["at"].startswith("20"), "no age: %s" % row)
            steps = [(step["kind"], step["word"]) for step in shop.host.rows("timeline", sale["id"])]
            stories.append((steps, row["kitchen"], row["fiscal"], row["state"]))
    same(stories[0], stories[1], "the story by events, and by polling")


@case
def of_several_stores_only_the_chosen_one_is_read():
    with Shop("--stores", "3") as shop:
        chosen = shop.choose()["id"]
        listen(shop)
        stores = [row["id"] for row in shop.host.rows("stores")]
        need(len(stores) >= 3, "there are %d stores" % len(stores))
        before = last_request(shop)
        for store in stores:
            shop.till.ask("/emit", {"event": "store.orders", "resource": {"type": "store", "id": store}})
        shop.till.wait(delivered=len(stores))
        found = wait_requests(shop, "/v1/stores/.*/orders", before)
        same({r["path"].split("/")[3] for r in found}, {chosen}, "stores read")
        holds(title(shop, "webhooks-events"), "store.orders %d, elsewhere %d" % (len(stores), len(stores) - 1))


@case
def every_way_to_sign_is_understood():
    with Shop() as shop:
        shop.choose()
        url = listen(shop)
        for n, doubt in enumerate(({"encoding": "hex"}, {"encoding": "base64"}, {"prefix": True},
                                   {"encoding": "hex"}, {"empty_content": True, "prefix": False}), 1):
            shop.till.ask("/webhook", {"url": url, **doubt})
            shop.till.ask("/emit", {"event": "store.orders"})
            shop.till.wait(delivered=n)


@case
def a_wrong_key_is_refused_and_counted():
    with Shop() as shop:
        shop.choose()
        listen(shop, wrong_signature=True)
        before = last_request(shop)
        shop.till.ask("/emit", {"event": "store.orders"})
        shop.till.wait(webhooks=1)
        delivery = shop.till.ask("/webhooks")["deliveries"][0]
        same((delivery["status"], delivery["delivered"]), (401, False))
        holds(title(shop, "webhooks-refused"), "wrongly signed: 1")
        holds(title(shop, "webhooks-first"), "no event")
        same(shop.till.requests(since=before), [], "requests that followed")


@case
def forged_and_strange_events_have_no_effect():
    with Shop() as shop:
        shop.choose()
        url, key, before = listen(shop), application(shop), last_request(shop)
        body = b'{"event":"store.orders","resource":{"id":"nobody","type":"store"},"content":[]}'
        same(refused(url, body, sign(key, body)), 202, "of an unknown resource")
        same(refused(url, body + b" ", sign(key, body)), 401, "with a byte more")
        same(refused(url, body, ""), 401, "not signed")
        same(refused(url, body, sign("", body)), 401, "signed with nothing")
        same(refused(url, b"{}", sign(key, b"{}")), 400, "no event")
        same(refused(url + "/x", body, sign(key, body)), 404, "elsewhere")
        other = body.replace(b"store.orders", b"store.seats")
        same(refused(url, other, sign(key, other)), 202, "an unknown event")
        same(shop.till.requests(since=before), [], "requests that followed")


@case
def what_an_event_says_is_not_believed():
    with Shop() as shop:
        shop.set_up()
        url, key = listen(shop), application(shop)
        item = shop.till.item("mustard")
        company = next(r["path"] for r in shop.till.requests("GET", "/v1/companies/.*/items")).split("/")[3]
        body = json.dumps({"event": "company.items", "resource": {"id": company, "type": "company"},
                           "content": [{"id": item["id"], "name": "Faux", "defaultPrice": 0.01}]}).encode()
        before = last_request(shop)
        same(refused(url, body, sign(key, body)), 200)
        wait_requests(shop, "/v1/companies/.*/items", before)
        plan = shop.host.ask("plan")
        same((plan["create"], plan["update"], plan["delete"]), (0, 0, 0), "the plan")


@case
def a_flood_of_events_is_few_requests():
    with Shop() as shop:
        shop.choose()
        listen(shop)
        before = last_request(shop)
        for _ in range(300):
            shop.till.ask("/emit", {"event": "store.stocks"})
        shop.till.wait(webhooks=300)
        wait_requests(shop, "/v1/stores/.*/stocks", before)
        need(len(shop.till.requests("GET", "/v1/stores/.*/stocks", before)) <= 2, "stock was read again and again")
        same(shop.host.ask("test")["ok"], True, "the host goes on")


@case
def without_the_right_nobody_listens_and_polling_works():
    with Shop() as shop:
        shop.set_up()
        listen(shop)
        token = shop.till.ask("/token", {"action": "narrow", "permissions": "orders-only"})["token"]
        shop.set_token(token)
        holds(title(shop, "webhooks"), "needs webhooks.use")
        same(listening(shop), [], "addresses listened at")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        shop.till.tap("ingest")
        shop.host.run("poll-orders")
        shop.host.wait_sale(sale["id"], kitchen="auto_accepted_waiting")


def listening(shop):
    """Addresses at which the host's process listens: (hexadecimal address, port)."""
    folder, inodes, found = "/proc/%d/fd" % shop.host.process.pid, set(), []
    for fd in os.listdir(folder):
        with contextlib.suppress(OSError):
            inodes.add(os.readlink("%s/%s" % (folder, fd)))
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table, encoding="ascii") as rows:
            for words in [row.split() for row in list(rows)[1:]]:
                if words[3] == "0A" and "socket:[%s]" % words[9] in inodes:
                    found.append(words[1].split(":")[0])
    return found


@case
def it_listens_on_loopback_alone():
    with Shop() as shop:
        shop.choose()
        listen(shop)
        same(listening(shop), ["0100007F"], "addresses listened at")
        shop.change(webhooks="false")
        same(listening(shop), [], "addresses when it is off")


@case
def curl_cannot_listen_and_polling_works():
    with Shop() as shop:
        shop.change(transport="curl")
        shop.set_up()
        shop.change(webhooks="true", webhook_port=0)
        holds(title(shop, "webhooks"), "cannot listen")
        same(listening(shop), [], "addresses listened at")
        shop.host.run("pull-stock")


@case
def a_taken_port_is_told_and_polling_works():
    with Shop() as shop, socket.create_server(("127.0.0.1", 0)) as rival:
        shop.set_up()
        shop.change(webhooks="true", webhook_port=rival.getsockname()[1])
        same(finding(shop, "webhooks")["level"], "error")
        shop.host.run("pull-stock")


@case
def nothing_is_ever_registered_by_a_call():
    with Shop() as shop:
        shop.choose()
        listen(shop)
        holds(finding(shop, "webhooks-first")["next_step"], "register the address in the back office")
        shop.till.ask("/emit", {"event": "store.orders"})
        shop.till.wait(delivered=1)
        same([r for r in shop.till.requests() if "webhook" in r["path"]], [], "requests about webhooks")


@case
def counters_and_address_survive_a_restart():
    with Shop() as shop:
        shop.choose()
        listen(shop)
        shop.till.ask("/emit", {"event": "store.seats"})
        shop.till.wait(delivered=1)
        shop.host.end()
        shop.open().wait_status("ready")
        holds(title(shop, "webhooks"), "listening for events at http://127.0.0.1:")
        holds(title(shop, "webhooks-events"), "unknown 1")
        same(finding(shop, "webhooks-first")["level"], "ok")


run()
