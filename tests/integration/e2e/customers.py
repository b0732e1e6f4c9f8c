#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is kept of a customer, how it is handed out and how it is erased; when the file of customers is asked."""

import signal

from shop import Refused, Shop, case, holds, need, run, same

ZOE = {"name": "Zoé Canari", "email": "zoe.canari@example.org", "phone": "06 12 34 56 78",
       "address": "12 rue des Lilas"}
TRACES = ("Canari", "zoe.canari", "34 56 78", "612345678", "Lilas")
FORMS = ("utf-8", "utf-16-le", "utf-16-be")


def mustard(shop, sale_id, **more):
    """A sale row of 3.95 of mustard."""
    return {"id": sale_id, "number": sale_id, "total": "3.95",
            "lines": [{"article_id": shop.articles()["mustard"]["id"], "name": "Moutarde", "quantity": "1",
                       "unit_price": "3.95"}],
            "payments": [{"method": "card", "amount": "3.95"}], **more}


def kept(shop):
    """What of her is in which file of the channel; the host's own books are the host's."""
    found = []
    for path in shop.state.rglob("*"):
        if not path.is_file() or path.name.startswith("host.sqlite"):
            continue
        content = path.read_bytes()
        found += [(path.name, text) for text in TRACES for form in FORMS if text.encode(form) in content]
    return found


def submit(shop, sale):
    shop.put_sale(sale)
    shop.host.run("catch-up")


def refused(ask):
    try:
        ask()
    except Refused as error:
        return same(error.code, "invalid")
    raise AssertionError("it was not refused")


def erase(shop, *more):
    return shop.host.ask("customer", "erase", "email=ZOE.Canari@example.org", *more)


@case
def a_customer_is_erased_from_every_file_and_the_orders_still_go():
    with Shop() as shop:
        shop.set_up()
        shop.change(send_customer="true", automatic="false")
        submit(shop, mustard(shop, "E1", customer=ZOE, note="pour Canari, sans noix"))
        submit(shop, mustard(shop, "E2", customer=ZOE))
        need(kept(shop), "the search for traces finds nothing where there is something")
        plan = erase(shop)
        same((plan["sales"], plan["waiting"], plan["on_the_way"]), (2, 2, 0), "the plan")
        need(kept(shop), "a plan has erased")
        done = erase(shop, "--yes")
        same((done["sales"], done["waiting"]), (2, 2), "what was erased")
        holds(done["message"], "customer file of Shopcaisse")
        same(kept(shop), [], "traces")
        for sale_id in ("E1", "E2"):
            shop.host.run("send-orders", "sale=" + sale_id)
            row = shop.host.wait_sale(sale_id, state="sent")
            raw = shop.till.order(row["order_id"])["raw"]
            need("customer" not in raw and "Canari" not in str(raw), "the customer went along")
        same([o["posts"] for o in shop.till.orders()], [1, 1], "posts")
        same(kept(shop), [], "traces afterwards")
        need("Canari" not in str(shop.host.rows("journal")), "the journal names the customer")


@case
def an_order_on_the_wire_is_erased_when_it_has_arrived_even_after_a_kill():
    with Shop() as shop:
        shop.set_up()
        shop.change(send_customer="true")
        shop.till.fault("hold_answer")
        submit(shop, mustard(shop, "K1", customer=ZOE))
        shop.till.until(shop.till.orders, "the order")
        done = erase(shop, "--yes")
        same(done["on_the_way"], 1, "orders on the way")
        shop.host.end(signal.SIGKILL)
        need(kept(shop), "an order that may have arrived has lost its bytes")
        shop.till.clear_faults()
        shop.open()
        shop.host.wait_sale("K1", state="sent")
        shop.host.until(lambda: not kept(shop), "the traces to go")
        same(len(shop.till.orders()), 1, "orders")


@case
def what_is_kept_of_a_customer_is_handed_out():
    with Shop() as shop:
        shop.set_up()
        shop.change(send_customer="true", automatic="false")
        submit(shop, mustard(shop, "X1", customer=ZOE))
        target = shop.folder / "customer.json"
        shop.host.ask("customer", "export", "phone=+33612345678", "--output", target)
        text = target.read_text(encoding="utf-8")
        for part in ("Zoé Canari", "12 rue des Lilas", "X1", "not in this file"):
            holds(text, part)
        refused(lambda: shop.host.ask("customer", "erase", "name=Canari", "--yes"))
        shop.host.end()
        status, _, _ = shop.once("customer", "erase", "email=zoe.canari@example.org")
        need(status != 0, "somebody stood on a command line")
        status, answer, _ = shop.once("customer", "erase", "--yes", stdin="phone=0612345678\nname=Zoé Canari\n")
        same((status, answer["sales"]), (0, 1), "an erasure from standard input")
        same(kept(shop), [], "traces")


@case
def the_file_of_customers_is_asked_around_orders_alone_and_gets_nobody():
    with Shop() as shop:
        shop.set_up()
        file = shop.till.customers()
        shop.change(send_customer="true")
        since = shop.till.ask("/requests?limit=1")["last"]
        for task in ("pull-catalogue", "pull-stock", "poll-orders", "pull-sales", "catch-up"):
            shop.host.run(task)
        same(shop.till.requests("GET", ".*/customers.*", since), [], "questions without an order")
        for sale_id in ("N1", "N2"):
            shop.put_sale(mustard(shop, sale_id, customer={"name": "Léa Neuve", "email": "lea@example.org"}))
        shop.host.run("catch-up")
        rows = [shop.host.wait_sale(sale_id, state="sent") for sale_id in ("N1", "N2")]
        sent = [shop.till.order(row["order_id"])["raw"]["customer"] for row in rows]
        same(sent, [{"name": "Léa Neuve", "email": "lea@example.org"}] * 2, "a person without a company")
        same(shop.till.requests("POST", ".*/customers.*", since), [], "customers that were made")
        same(len(shop.till.customers()), len(file), "customers in the file")


run()
