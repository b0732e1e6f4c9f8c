#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""When a sale becomes an order, how its payments are called there, and for whom it is."""

from shop import Refused, Shop, case, holds, need, run, same

CUSTOMERS = "/v1/stores/*/customers"


def mustard(shop, sale_id, **more):
    """A sale row of 3.95 of mustard."""
    return {"id": sale_id, "number": sale_id, "total": "3.95",
            "lines": [{"article_id": shop.articles()["mustard"]["id"], "name": "Moutarde", "quantity": "1",
                       "unit_price": "3.95"}],
            "payments": [{"method": "card", "amount": "3.95"}], **more}


def listed(shop, sale, **wanted):
    """The sale is in the books of the host, which is asked for them; answers its last progress."""
    shop.put_sale(sale)
    shop.host.run("catch-up")
    return shop.host.wait_sale(sale["id"], **wanted)


def posts(shop):
    return [r for r in shop.till.requests("POST", ".*/orders")]


def last(shop):
    """The number of the last request; those after it are another story."""
    return shop.till.ask("/requests?limit=1")["last"]


def refused(ask, *words):
    try:
        answer = ask(*words)
    except Refused as error:
        return error
    raise AssertionError("%s was not refused: %s" % (words, answer))


@case
def a_sale_is_sent_once_and_in_the_status_that_is_ticked():
    with Shop() as shop:
        shop.set_up()
        listed(shop, mustard(shop, "W0", status="done"), state="sent")
        listed(shop, mustard(shop, "W1", status="ordered", paid=False), reason="unpaid")
        shop.host.ask("settings", "set", "send-status:ordered=false")
        row = listed(shop, mustard(shop, "W1", status="ordered"), state="held", reason="status")
        holds(row["message"], "ordered")
        shop.host.run("send-orders")
        same(len(shop.till.orders()), 1, "orders")
        row = listed(shop, mustard(shop, "W1", status="done"), state="sent")
        listed(shop, mustard(shop, "W1", status="ordered"), state="sent")
        same([o["posts"] for o in shop.till.orders()], [1, 1], "posts")
        labels = {r["key"]: r["label"] for r in shop.host.rows("settings", "list") if r["key"].startswith("send-status:")}
        same(labels, {"send-status:done": "done", "send-status:ordered": "ordered"})


@case
def a_sale_in_another_status_is_sent_when_a_person_says_so():
    with Shop() as shop:
        shop.set_up()
        listed(shop, mustard(shop, "W1", status="ordered", paid=False), reason="unpaid")
        shop.host.ask("settings", "set", "send-status:ordered=false")
        error = refused(shop.host.ask, "run-task", "send-orders", "sale=W1")
        same(error.code, "rejected")
        listed(shop, mustard(shop, "W1", status="ordered"), reason="status")
        shop.host.run("send-orders", "sale=W1")
        shop.host.wait_sale("W1", state="sent")
        same([o["posts"] for o in shop.till.orders()], [1], "posts")


@case
def with_sending_off_ten_sales_wait_and_the_one_that_is_meant_goes():
    with Shop() as shop:
        shop.set_up()
        shop.change(automatic="false")
        before = len(posts(shop))
        article = shop.articles()["mustard"]["id"]
        sales = [shop.host.sell_line(article + "=1") for _ in range(10)]
        same({(s["state"], s["reason"]) for s in sales}, {("held", "manual")}, "states")
        shop.host.run("send-orders")
        same(len(posts(shop)) - before, 0, "requests")
        shop.host.run("send-orders", "sale=" + sales[3]["id"])
        shop.host.wait_sale(sales[3]["id"], state="sent")
        same([o["orderId"] for o in shop.till.orders()], [sales[3]["order_id"]], "orders")
        same(len(posts(shop)) - before, 1, "requests")


@case
def asked_for_twice_at_once_an_order_is_sent_once():
    with Shop() as shop:
        shop.set_up()
        shop.change(automatic="false")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        for line in [shop.host.start("run-task", "send-orders", "sale=" + sale["id"]) for _ in range(2)]:
            try:
                shop.host.finish(line)
            except Refused as error:
                same(error.code, "busy")
        shop.host.wait_sale(sale["id"], state="sent")
        same([(o["orderId"], o["posts"]) for o in shop.till.orders()], [(sale["order_id"], 1)], "orders")


@case
def an_order_that_was_sent_can_not_be_sent_after_a_restart():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        told = ("state", "can_send", "at", "external_id")
        before = shop.host.order_row(sale["id"])
        shop.host.end()
        after = shop.open().order_row(sale["id"])
        same([after[key] for key in told], [before[key] for key in told])
        same((after["state"], after["can_send"]), ("sent", False))


@case
def a_way_of_paying_nobody_explained_holds_the_order_until_somebody_does():
    with Shop() as shop:
        shop.set_up()
        article = shop.articles()["mustard"]["id"]
        sale = shop.host.sell_line(article + "=1", payment="chèque-repas=3.95")
        same((sale["state"], sale["reason"]), ("held", "payment"))
        holds(sale["message"], "chèque-repas")
        other = shop.host.sell_line(article + "=1", payment="online=3.95")
        shop.host.wait_sale(other["id"], state="sent")
        same(len(shop.till.orders()), 1, "orders")
        same(shop.setting("payment:chèque-repas")["value"], "", "what it is")
        shop.host.ask("settings", "set", "payment:chèque-repas=other")
        shop.host.wait_sale(sale["id"], state="sent")
        kinds = {o["orderId"]: o["raw"]["payments"][0]["paymentType"] for o in shop.till.orders()}
        same(kinds, {sale["order_id"]: "OTHER", other["order_id"]: "ONLINE"})
        same(shop.setting("payment:cash")["label"], "Cash", "name of a way of paying the host lists")


@case
def a_customer_of_the_file_is_named_as_there_and_the_search_comes_first():
    with Shop() as shop:
        shop.set_up()
        file = shop.till.customers()
        since = last(shop)
        listed(shop, mustard(shop, "C0", customer={"name": "Zoé", "email": file[0]["email"]}), state="sent")
        same(shop.till.requests("GET", ".*/customers.*", since), [], "questions without leave")
        shop.change(send_customer="true")
        since = last(shop)
        sloppy = " %s " % file[0]["email"].upper()
        row = listed(shop, mustard(shop, "C1", customer={"name": "Zoé", "email": sloppy}), state="sent")
        customer = shop.till.order(row["order_id"])["raw"]["customer"]
        same((customer["name"], customer["email"]), ("Ana Exemple", file[0]["email"]))
        asked = [r["path"].rsplit("/", 1)[1] for r in shop.till.requests(since=since)
                 if "customers" in r["path"] or r["method"] == "POST"]
        same(asked, ["customers", "orders"], "requests")
        row = listed(shop, mustard(shop, "C2", customer={"name": "Luc", "phone": "06 00 00 00 01"}), state="sent")
        same(shop.till.order(row["order_id"])["raw"]["customer"]["companyName"], "Exemple SARL")
        row = listed(shop, mustard(shop, "C3", customer={"name": "Léa", "email": "lea@example.org"}), state="sent")
        same(shop.till.order(row["order_id"])["raw"]["customer"]["name"], "Léa")
        same(len(shop.till.customers()), len(file), "customers in the file")


@case
def a_search_that_fails_or_is_forbidden_stops_no_order_and_doubles_none():
    with Shop() as shop:
        shop.set_up()
        shop.change(send_customer="true")
        customer = {"name": "Zoé Canari", "email": "zoe.canari@example.org"}
        faults = ("status_500", "status_403", "status_429", "html_200")
        for number, fault in enumerate(faults):
            shop.till.clear_faults()
            shop.till.fault(fault, path=CUSTOMERS, method="GET")
            row = listed(shop, mustard(shop, "F%d" % number, customer=customer), state="sent")
            need("customer" not in shop.till.order(row["order_id"])["raw"], "%s: the customer went along" % fault)
        same([o["posts"] for o in shop.till.orders()], [1] * len(faults), "posts")
        lines = [line for line in shop.host.rows("journal") if "without its customer" in line["text"]]
        same(len(lines), len(faults), "lines of the journal")
        need("Canari" not in str(lines) and "example.org" not in str(lines), "the journal names the customer")


@case
def a_sale_without_a_customer_goes_to_the_one_the_merchant_named():
    with Shop() as shop:
        shop.set_up()
        known = shop.till.customers()[0]
        shop.change(send_customer="true", default_customer=known["email"])
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        same(shop.till.order(sale["order_id"])["raw"]["customer"]["email"], known["email"])


run()
