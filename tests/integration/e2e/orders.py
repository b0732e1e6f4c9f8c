#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What an order holds, field by field, where it is when it is not on the till, and who may make one."""

import hashlib
import json
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from shop import WAIT_S, Refused, Shop, case, cents, holds, need, run, same

SHAPES = Path(os.environ["SHOPCAISSE_DATA"]) / "order-shapes"
# What the iPad and the service may say of an order; docs/PROTOCOL.md 5.1.
STATES = ("not_acked", "auto_accepted_waiting", "accepted", "preparing", "prepared", "ready_for_pickup", "done",
          "cancelled_by_channel", "cancelled_by_pos", "cancelled", "merged", "requires_attention")
CANCELLED = ("cancelled_by_channel", "cancelled_by_pos", "cancelled")


def link_all(shop, keys):
    """An article of the host for each item, named by the key of the item."""
    items = {item["key"]: item["id"] for item in shop.till.items()}
    for key in sorted(keys):
        shop.host.ask("article", "add", "--id", key, "--name", key)
        shop.host.ask("link", "%s=%s" % (key, items[key]))
    return items


def keys_of(lines):
    found = set()
    for line in lines:
        found |= {line["article_id"]} | keys_of(line.get("children", []))
    return found


def with_ids(lines, items):
    """Expected lines name items by key, the till by id."""
    return [{**line, "itemId": items[line["itemId"]], "children": with_ids(line["children"], items)} for line in lines]


def send(shop, sale_id, sale, at):
    shop.write_sale({"id": sale_id, "number": sale_id, **sale}, at=at)
    shop.host.run("catch-up")
    row = shop.host.wait_sale(sale_id, state="sent")
    return row, shop.till.order(row["order_id"])


def mustard(shop, **options):
    return shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1", **options)


def number_of(shop, method):
    return len(shop.till.requests(method, "/v1/stores/[^/]*/orders.*"))


@case
def twelve_shapes_of_orders_arrive_as_they_are_written_down():
    shapes = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHAPES.glob("*.json"))}
    same(len(shapes), 12, "shapes")
    with Shop(shop="snack") as shop:
        shop.choose()
        shop.host.ask("calibrate")
        shop.host.run("pull-catalogue")
        shop.change(send_customer="true")
        items = link_all(shop, set.union(*(keys_of(shape["sale"]["lines"]) for shape in shapes.values())))
        for name, shape in shapes.items():
            at = datetime.now(timezone.utc)
            row, order = send(shop, name, shape["sale"], at)
            raw = order["raw"]
            need(raw["subChannelOrderId"], "%s: nothing tells it from another sale" % name)
            same(raw, {
                "pickupTime": int(at.timestamp() * 1000), "subChannelOrderDisplayId": name, "orderId": row["order_id"],
                "subChannelOrderId": raw["subChannelOrderId"], **shape["order"],
                "items": with_ids(shape["order"]["items"], items)}, name)
            same((order["totalMinor"], order["paidMinor"]), (cents(shape["sale"]["total"]),) * 2, name)


@case
def what_the_sub_channel_calls_two_orders_makes_them_no_one():
    with Shop() as shop:
        shop.set_up()
        sold_at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        sales = [mustard(shop, till="T1", sold_at=sold_at, number="7") for _ in range(2)]
        for sale in sales:
            shop.host.wait_sale(sale["id"], state="sent")
        orders = shop.till.orders()
        same([len({o["raw"][key] for o in orders}) for key in ("subChannelOrderId", "subChannelOrderDisplayId", "orderId")],
             [1, 1, 2], "names of two orders")


@case
def only_what_no_till_has_taken_is_cancelled_from_here():
    with Shop() as shop:
        shop.set_up()
        sales = {status: mustard(shop) for status in STATES}
        for status, sale in sales.items():
            shop.host.wait_sale(sale["id"], state="sent")
            shop.till.tap("status", sale["order_id"], status=status)
        shop.host.run("poll-orders")
        for status, sale in sales.items():
            shop.host.wait_sale(sale["id"], kitchen=status)
            before = number_of(shop, "DELETE")
            same(shop.host.order_row(sale["id"])["can_cancel"], status == "not_acked", "cancel button in " + status)
            shop.host.ask("cancel", sale["id"])
            if status == "not_acked" or status in CANCELLED:
                shop.host.wait_sale(sale["id"], state="cancelled")
            else:
                row = shop.host.wait_sale(sale["id"], state="sent", reason="not-cancelled")
                holds(row["message"], "cancelled there")
            same(number_of(shop, "DELETE") - before, 1 if status == "not_acked" else 0, "calls in " + status)


@case
def a_cancelled_order_is_closed_and_asks_for_the_refund_of_what_was_paid():
    with Shop() as shop:
        shop.set_up()
        sales = {status: mustard(shop) for status in CANCELLED}
        for status, sale in sales.items():
            shop.host.wait_sale(sale["id"], state="sent")
            shop.till.tap("status", sale["order_id"], status=status)
        shop.host.run("poll-orders")
        for status, sale in sales.items():
            row = shop.host.wait_sale(sale["id"], state="cancelled", kitchen=status)
            holds(row["message"], "refund it if it was paid")
            row = shop.host.order_row(sale["id"])
            holds(row["next_step"], "Refund")
            need(row["kitchen_name"].startswith("Cancelled"), "name of %s: %s" % (status, row["kitchen_name"]))
            same(row["can_send"], False, "send button in " + status)
        shop.host.run("send-orders")
        same([o["posts"] for o in shop.till.orders()], [1, 1, 1], "posts")


@case
def a_delivered_order_is_not_sent_again_by_hand():
    with Shop() as shop:
        shop.set_up()
        sale = mustard(shop)
        shop.host.wait_sale(sale["id"], state="sent")
        shop.host.run("send-orders")
        try:
            shop.host.run("send-orders", "sale=" + sale["id"])
        except Refused as error:
            same(error.code, "rejected")
        same((number_of(shop, "POST"), [o["posts"] for o in shop.till.orders()]), (2, [1]), "calls, with the calibration's")


@case
def where_is_my_order_has_one_cause_and_one_act():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till

        def answer(sale_id, **wanted):
            host.wait_sale(sale_id, **wanted)
            row = host.order_row(sale_id)
            need(row.get("message") or row["reason"] == "offline", "no cause: %s" % row)
            return row["reason"], row["next_step"]

        shop.write_sale({"id": "U", "total": "3.95", "paid": False, "payments": [], "lines": [
            {"article_id": shop.articles()["mustard"]["id"], "quantity": "1", "unit_price": "3.95"}]})
        host.run("catch-up")
        found = [answer("U", reason="unpaid")]
        till.fault("refuse", path="/", method="*", times=0)
        found.append(answer(mustard(shop)["id"], reason="offline"))
        till.clear_faults()
        host.run("send-orders")
        host.wait_status("ready")
        till.ask("/licence", {"active": False})
        found.append(answer(mustard(shop)["id"], reason="licence"))
        till.ask("/licence", {"active": True})
        host.run("send-orders")
        host.wait_status("ready")
        till.fault("body", status=403, body='{"message": "Forbidden resource"}', times=0)
        found.append(answer(mustard(shop)["id"], reason="refused"))
        same([reason for reason, _ in found], ["unpaid", "offline", "licence", "refused"])
        for (_, act), word in zip(found, ("payment", "by itself", "module", "rights")):
            holds(act, word)
        same(len({act for _, act in found}), 4, "acts")


@case
def two_places_of_one_token_keep_their_orders_apart():
    with Shop("--stores", "1") as shop:
        shop.connect()
        stores = [row["id"] for row in shop.host.rows("stores") if row["usable"]][:2]
        sold = {}
        for number, store in enumerate(stores):
            if number > 0:
                shop.state = shop.folder / "second"
                shop.open("--location", "Second place")
                shop.connect()
            shop.host.ask("discover")
            if number > 0:
                try:
                    shop.change(store=stores[0])
                    raise AssertionError("a store has two bindings")
                except Refused as error:
                    same(error.code, "conflict")
                    holds(error.message, "already connected to")
            shop.change(store=store, till_of_record="shopcaisse")
            shop.host.ask("calibrate")
            shop.host.ask("apply", shop.host.ask("plan")["plan"])
            rows = shop.host.sell("--random", 3, "--seed", number, "--linked")["rows"]
            for sale in rows:
                shop.host.wait_sale(sale["id"], state="sent")
            sold[store] = {sale["order_id"] for sale in rows}
        found = {store: {o["orderId"] for o in shop.till.orders() if o["store"] == store} for store in stores}
        same(found, sold, "orders by store")


@case
def without_the_right_to_sales_the_day_says_why_and_orders_flow():
    with Shop() as shop:
        shop.set_up()
        shop.set_token(shop.till.switch(permissions="no-sales")["token"])
        sale = mustard(shop)
        shop.host.wait_sale(sale["id"], state="sent")
        finding = next(f for f in shop.host.rows("diagnose") if f["id"] == "store.*.sales.read")
        holds(finding["title"], "store.*.sales.read")
        try:
            report = shop.host.ask("close-day")
            text = report["stores"][0]["reason"]
        except Refused as error:
            text = error.message
        holds(text, "store.*.sales.read")
        mustard(shop)
        shop.till.until(lambda: len(shop.till.orders()) == 2, "both orders")


@case
def the_examples_in_c_python_and_shell_each_make_an_order():
    with Shop() as shop:
        shop.set_up()
        item = shop.till.item("dept-grocery")["id"]
        shop.host.ask("article", "add", "--id", "coffee", "--name", "Coffee")
        shop.host.ask("link", "coffee=" + item)
        shop.host.end()
        examples = Path(os.environ["SHOPCAISSE_EXAMPLES"])
        done = subprocess.run([examples / "sell.sh", shop.state, "coffee"], env=shop.environment, capture_output=True,
                              text=True, timeout=WAIT_S, check=False)
        same(done.returncode, 0, "the shell's status: " + done.stderr[-300:])
        holds(done.stdout.splitlines()[-1], '"sent"')
        # The examples in C and Python have books of their own, and with them this profile.
        name = hashlib.sha256(b"example-till-database").hexdigest()[:32]
        profile = Path(shop.environment["XDG_DATA_HOME"]) / "shopcaisse-channel" / name
        profile.parent.mkdir(parents=True, exist_ok=True)
        (shop.state / "channel").rename(profile)
        commands = [[os.environ["SHOPCAISSE_EXAMPLE_C"]]]
        if "SHOPCAISSE_EXAMPLE_PYTHON" in os.environ:
            commands.insert(0, [os.environ["SHOPCAISSE_EXAMPLE_PYTHON"], examples / "host.py"])
        # Both sell the same sale of the same books: the second finds it sent.
        for command, state in zip(commands, ("waiting", "sent")):
            done = subprocess.run([*command, "shopcaisse", profile], env={**shop.environment, "G_MESSAGES_DEBUG": ""},
                                  capture_output=True, text=True, timeout=WAIT_S, check=False)
            same((done.returncode, done.stdout), (0, state + "\n"), "%s: %s" % (command, done.stderr[-300:]))
            status, _, errors = shop.once("--channel-state", str(profile), "run-task", "send-orders")
            same(status, 0, "sending: " + errors[-300:])
        same([(o["totalMinor"], o["paidMinor"], o["posts"]) for o in shop.till.orders()], [(500, 500, 1)] * 2, "orders")


run()
