#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A day of 300 sales over two registers, each with two shifts: it closes without a difference, and with the
differences that were planted in it, each found with its class and none besides."""

import csv
import json
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shop import Shop, case, cents, holds, need, run, same

SALES = 75  # of each register in each of its shifts
SHOP = "snack"  # its store has two registers
PREFIXES = ("WEB-", "KIOSK-", "TEL-", "WEB-")  # of the sales of each register in each shift


def sell(shop, n, seed):
    answer = shop.host.sell("--random", n, "--seed", seed, "--linked")
    return answer["rows"]


def wait_sent(shop, sales):
    for sale in sales:
        shop.host.wait_sale(sale["id"], state="sent")


def process(shop):
    """Staff tap "Process order" for all that is there."""
    for tap in ("ingest", "accept", "process"):
        shop.till.tap(tap)


def close_day(shop):
    report = shop.host.ask("close-day")
    same(len(report["stores"]), 1, "stores")
    return report, report["stores"][0]


class Day:
    """A shop that has sold all day; what is sold from now on is not processed."""

    def __init__(self, shop):
        self.shop, self.sales = shop, []
        shop.set_up()
        self.registers = [row["id"] for row in shop.till.ask("/state")["stores"][0]["pos"]]
        for seed, register in enumerate((0, 1, 1, 0), 1):
            shop.change(pos=self.registers[register], order_prefix=PREFIXES[seed - 1])
            self.sales += sell(shop, SALES, seed)
            if seed % 2 == 0:
                wait_sent(shop, self.sales[-2 * SALES:])
                process(shop)
                self.move_shifts("complete" if seed == 2 else "open")
        self.tickets = {order["orderId"]: order["sale"] for order in shop.till.orders()}
        self.used = 0

    def move_shifts(self, action):
        for register in self.registers:
            self.shop.till.ask("/shift", {"action": action, "pos": register})

    def more(self):
        """One more sale, whose order nobody has taken."""
        sale = self.shop.host.sell("--random", 1, "--seed", 100 + self.used, "--linked")["rows"][0]
        self.used += 1
        wait_sent(self.shop, [sale])
        return sale

    def take(self):
        """A sale that was processed, each but once."""
        self.used += 1
        return self.sales[7 * self.used % len(self.sales)]

    def ticket(self, sale):
        sales = self.shop.till.ask("/sales")["sales"]
        return next(row for row in sales if row["id"] == self.tickets[sale["order_id"]])

    def edit_ticket(self, sale, **values):
        changes = {path.replace("__", "."): value for path, value in values.items()}
        self.shop.till.ask("/edit-sale", {"sale": self.tickets[sale["order_id"]], "set": changes})

    def edit_order(self, sale, **words):
        return self.shop.till.ask("/edit-order", {"order": sale["order_id"], **words})

    def ring_up(self, **words):
        item = next(i for i in self.shop.till.items() if i["type"] == "SIMPLE" and i["priceMinor"] > 0)
        return self.shop.till.ask("/sale", {"items": [{"item": item["id"]}], "pos": self.registers[0], **words})

    def other(self, ticket):
        """The register that a ticket is not of, and that one's shift."""
        register = next(r for r in self.registers if r != ticket["pos"])
        shifts = self.shop.till.ask("/sales")["shifts"]
        return register, [s["id"] for s in shifts if s["pos"] == register][-1]


PLANTS = []


def plant(function):
    """Its name is the class; it spoils one sale and answers it, or None."""
    PLANTS.append(function)
    return function


@plant
def not_sent(day):
    article = day.shop.host.ask("article", "add", "--name", "Inconnu", "--price", "2.00")["ids"][0]
    sale = day.shop.host.sell_line("%s=1" % article)
    day.shop.host.wait_sale(sale["id"], reason="unlinked")
    return sale


@plant
def not_taken(day):
    return day.more()


@plant
def not_finalised(day):
    sale = day.more()
    day.shop.till.tap("ingest", sale["order_id"])
    return sale


@plant
def needs_attention(day):
    sale = day.more()
    day.shop.till.tap("ingest", sale["order_id"])
    day.shop.till.tap("attention", sale["order_id"])
    return sale


@plant
def lost(day):
    sale = day.more()
    day.edit_order(sale, remove=True)
    return sale


@plant
def order_amount(day):
    sale = day.more()
    order = next(o for o in day.shop.till.ask("/orders?limit=10000")["orders"] if o["orderId"] == sale["order_id"])
    price = order["content"]["items"][0]["price"]
    day.edit_order(sale, set={"items.0.price": price + 1})
    return sale


@plant
def doubled_order(day):
    sale = day.take()
    day.edit_order(sale, copy=True)
    return sale


@plant
def unknown_order(day):
    day.edit_order(day.take(), copy=True, set={"orderId": "0b5c0bb0-3b5e-4a0f-8b1c-1d2e3f4a5b6c"})


@plant
def cancelled_on_till(day):
    sale = day.more()
    day.shop.till.tap("ingest", sale["order_id"])
    day.shop.till.tap("cancel", sale["order_id"])
    return sale


@plant
def not_cancelled(day):
    sale = day.more()
    day.shop.till.tap("ingest", sale["order_id"])
    day.shop.host.ask("cancel", sale["id"])
    day.shop.host.wait_sale(sale["id"], reason="not-cancelled")
    return sale


@plant
def receipt_not_read(day):
    sale = day.take()
    day.shop.till.ask("/edit-sale", {"sale": day.tickets[sale["order_id"]], "remove": True})
    return sale


@plant
def ticket_pending(day):
    sale = day.take()
    day.edit_ticket(sale, status="pending")
    return sale


@plant
def ticket_cancelled(day):
    sale = day.take()
    day.edit_ticket(sale, status="cancelled")
    return sale


@plant
def not_counted(day):
    sale = day.take()
    day.edit_ticket(sale, status="on_hold")
    return sale


@plant
def cancelled_and_sold(day):
    sale = day.more()
    day.shop.host.ask("cancel", sale["id"])
    day.shop.host.wait_sale(sale["id"], state="cancelled")
    day.edit_order(sale, set={"receiptId": day.ring_up()["id"]})
    return sale


@plant
def test_sold(day):
    sale = day.take()
    day.edit_order(sale, set={"testOrder": True})
    return sale


@plant
def sold_twice(day):
    sale = day.take()
    day.edit_order(sale, set={"internalOrderDocumentId": day.ring_up()["id"]})
    return sale


@plant
def shared_receipt(day):
    sale = day.more()
    day.edit_order(sale, set={"receiptId": day.tickets[day.take()["order_id"]]})
    return sale


@plant
def refunded(day):
    sale = day.take()
    day.ring_up(refundOf=day.tickets[sale["order_id"]])
    return sale


@plant
def amount(day):
    sale = day.take()
    day.edit_ticket(sale, totalPrice__vatIncluded=(cents(sale["total"]) + 1) / 100)
    return sale


@plant
def lines(day):
    sale = day.take()
    price = day.ticket(sale)["lines"][0]["price"]["vatIncluded"]
    day.edit_ticket(sale, lines__0__price__vatIncluded=round(price + 0.01, 2))
    return sale


@plant
def vat(day):
    sale = day.take()
    tax = day.ticket(sale)["lines"][0]["price"]["vatAmount"]
    day.edit_ticket(sale, lines__0__price__vatAmount=round(tax + 0.02, 2))
    return sale


@plant
def vat_rate(day):
    sale = day.take()
    price = round(day.ticket(sale)["lines"][0]["price"]["vatIncluded"] * 100)
    day.edit_ticket(sale, lines__0__price__vatRate=0.021, lines__0__price__vatAmount=round(price * 21 / 1021) / 100)
    return sale


@plant
def payments(day):
    sale = day.take()
    day.edit_ticket(sale, payments__0__amount=(cents(sale["total"]) - 1) / 100)
    return sale


@plant
def payment_kind(day):
    sale = day.take()
    day.edit_ticket(sale, payments__0__type="ONLINE")
    return sale


@plant
def other_register(day):
    sale = day.take()
    register, shift = day.other(day.ticket(sale))
    day.edit_ticket(sale, pos=register, registerShift=shift)
    return sale


@plant
def no_shift(day):
    sale = day.take()
    day.edit_ticket(sale, registerShift="a-shift-that-is-nowhere")
    return sale


@plant
def other_shift(day):
    sale = day.take()
    day.edit_ticket(sale, registerShift=day.other(day.ticket(sale))[1])
    return sale


@plant
def other_day(day):
    sale = day.take()
    midnight = datetime.now(ZoneInfo("Europe/Paris")).replace(hour=0, minute=0, second=0, microsecond=0)
    day.edit_ticket(sale, timestamp=int((midnight - timedelta(hours=1)).timestamp() * 1000))
    return sale


def check_sums(report, store):
    """The shifts add up to the store, to the cent, and the store to the report."""
    for key in ("host_total", "till_total", "difference", "till_only_total", "refunds_total"):
        same(sum(cents(shift[key]) for shift in store["shifts"]), cents(store[key]), "the shifts' " + key)
    for key in ("host_orders", "sent", "on_till", "finalised", "till_only"):
        same(sum(shift[key] for shift in store["shifts"]), store[key], "the shifts' " + key)
    same(cents(store["host_total"]) - cents(store["till_total"]), cents(report["difference"]), "difference")
    for side in (store, *store["shifts"]):
        paid = sum(cents(row["amount"]) for row in side["host_payments"])
        same(paid, cents(side["host_total"]), "payments of the host")


def check_prefixes(shop, day):
    """What was sold under each prefix is on the till under that prefix, to the cent."""
    sold, ordered = dict.fromkeys(PREFIXES, 0), dict.fromkeys(PREFIXES, 0)
    for place, prefix in enumerate(PREFIXES):
        sold[prefix] += sum(cents(sale["total"]) for sale in day.sales[place * SALES:(place + 1) * SALES])
    for order in shop.till.orders():
        prefix = order["raw"]["subChannelOrderDisplayId"].split("-")[0] + "-"
        ordered[prefix] += order["totalMinor"] if order["status"] != "cancelled_by_channel" else 0
    same(len(sold), 3, "prefixes")
    same(ordered, sold, "totals by prefix")


def check_exports(shop, store):
    """The same day in three forms."""
    book = json.loads(shop.host.ask("export", "day", "json")["text"])
    same(len(book["stores"][0]["differences"]), len(store["differences"]), "differences in JSON")
    table = shop.host.ask("export", "day", "csv")
    same(table["name"], "shopcaisse-day-%s.csv" % book["day"], "name of the file")
    need(table["text"].startswith("\ufeffKind;"), "the table begins with %r" % table["text"][:20])
    rows = list(csv.reader(table["text"][1:].splitlines(), delimiter=";"))
    same({len(row) for row in rows}, {len(rows[0])}, "cells of a line")
    found = [row for row in rows if row[0] == "Difference"]
    same(len(found), len(store["differences"]), "differences in the table")
    same(rows[1][6], store["host_total"].replace(".", ","), "total of the host in the table")
    page = shop.host.ask("export", "day", "html")["text"]
    for difference in store["differences"]:
        holds(page, difference["message"].replace("'", "&apos;").replace('"', "&quot;"))
    for word in ("http:", "https:", "<script", "<img", "<link", "url(", "src="):
        need(word not in page, "the page has " + word)


@case
def a_day_without_a_fault_has_no_difference():
    with Shop(shop=SHOP) as shop:
        day = Day(shop)
        day.ring_up()
        cancelled = day.more()
        shop.host.ask("cancel", cancelled["id"])
        shop.host.wait_sale(cancelled["id"], state="cancelled")
        report, store = close_day(shop)
        same([(d["class"], d["message"]) for d in store["differences"]], [], "differences")
        same((report["provisional"], store["reason"]), (True, "2 shifts of the till are not complete"))
        day.move_shifts("complete")
        began = time.monotonic()
        report, store = close_day(shop)
        print("# 300 sales closed in %.2f s" % (time.monotonic() - began))
        same([(d["class"], d["message"]) for d in store["differences"]], [], "differences")
        same((report["provisional"], report["difference"], report["sales"], report["orders"], report["finalised"]),
             (False, "0.00", 300, 300, 300))
        same([(s["state"], s["host_orders"]) for s in store["shifts"]], [("completed", SALES)] * 4)
        same((store["till_only"], len({s["register"] for s in store["shifts"]})), (1, 2))
        for row in store["vat"]:
            need(abs(cents(row["vat"]) - cents(row["expected"])) <= cents(row["tolerance"]), "VAT %s" % row)
            same(row["host_gross"], row["gross"], "what both sides sold at %s %%" % row["rate"])
        check_sums(report, store)
        check_prefixes(shop, day)


@case
def each_planted_difference_is_found_with_its_class_and_none_is_invented():
    with Shop(shop=SHOP) as shop:
        day = Day(shop)
        wanted = []
        for function in PLANTS:
            sale = function(day)
            wanted.append((function.__name__.replace("_", "-"), sale["id"] if sale is not None else ""))
        day.move_shifts("complete")
        report, store = close_day(shop)
        found = [(d["class"], d["sale_id"]) for d in store["differences"]]
        same((sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))), ([], []), "missed and invented")
        same(len(found), len(PLANTS), "differences")
        need(len({name for name, _ in found}) >= 20, "only %d classes" % len(set(found)))
        need(all(d["message"] and d["next_step"] for d in store["differences"]), "a difference without words")
        check_sums(report, store)
        check_exports(shop, store)
        late = day.take()
        day.edit_ticket(late, totalPrice__vatIncluded=(cents(late["total"]) + 500) / 100)
        report, store = close_day(shop)
        same([d["class"] for d in store["differences"] if d["sale_id"] == late["id"]], ["changed-late"])
        same(report["differences"], len(PLANTS) + 1, "differences")


run()
