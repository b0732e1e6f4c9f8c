#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A sale becomes one order: its lines, its total, what holds it, and how it is taken back."""

from shop import Refused, Shop, case, cents, holds, need, run, same


def refused(ask, *words, **options):
    try:
        answer = ask(*words, **options)
    except Refused as error:
        return error
    raise AssertionError("%s was not refused: %s" % (words, answer))


def send(shop, *lines, **options):
    """Sells and waits; the order as the till has it."""
    sale = shop.host.sell_line(*lines, **options)
    shop.host.wait_sale(sale["id"], state="sent")
    order = shop.till.order(sale["order_id"])
    same(order["posts"], 1, "posts")
    return order


def units(order):
    return [(i["price"], i["quantity"]) for i in order["raw"]["items"]]


@case
def a_wrong_sum_is_answered_with_both_sums():
    with Shop() as shop:
        shop.set_up()
        article = shop.articles()["mustard"]["id"]
        error = refused(shop.host.sell_line, article + "=2", total="8.00", payment="card=8.00")
        same(error.code, "invalid")
        holds(error.message, "7.90")
        holds(error.message, "8.00")
        same(shop.host.rows("orders"), [], "orders of the channel")
        same(shop.till.orders(), [], "orders")


@case
def an_unlinked_article_holds_the_order_and_linking_sends_it():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        host.ask("article", "add", "--id", "own", "--name", "Rillettes", "--price", "4.40")
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1", "own=1")
        same((sale["state"], sale["reason"]), ("held", "unlinked"))
        holds(sale["message"], "Rillettes")
        other = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        host.wait_sale(other["id"], state="sent")
        same(len(till.orders()), 1, "orders")
        host.ask("plan")
        need(any(row["id"] == "links" for row in host.rows("diagnose")), "the doctor does not count it")
        host.ask("link", "own=" + till.item("dept-grocery")["id"])
        host.wait_sale(sale["id"], state="sent")
        same(till.order(sale["order_id"])["totalMinor"], 835, "total")


@case
def the_order_type_goes_along():
    with Shop() as shop:
        shop.set_up()
        article = shop.articles()["mustard"]["id"]
        for kind in ("EAT_IN", "PICKUP", "DELIVERY"):
            same(send(shop, article + "=1", order_type=kind)["raw"]["orderType"], kind)
        same(send(shop, article + "=1")["raw"]["orderType"], "UNKNOWN")
        sale = shop.host.sell_line(article + "=1", order_type="TELEPATHY")
        same((sale["state"], sale["reason"]), ("held", "order-type"))
        shop.till.until(lambda: [row for row in shop.host.rows("settings", "list") if row["key"].endswith(":TELEPATHY")],
                        "the setting for the new word")
        error = refused(shop.change, **{"order-type:TELEPATHY": "TELEPATHY"})
        same(error.code, "invalid")
        shop.host.ask("settings", "set", "order-type:TELEPATHY=PICKUP")
        shop.host.wait_sale(sale["id"], state="sent")
        same(shop.till.order(sale["order_id"])["raw"]["orderType"], "PICKUP")


@case
def a_discount_lowers_the_total_to_the_cent():
    with Shop() as shop:
        shop.set_up()
        articles = shop.articles()
        lines = (articles["mustard"]["id"] + "=3", articles["honey-flowers"]["id"] + "=1")
        order = send(shop, *lines, discount="1.00")
        same((order["totalMinor"], order["paidMinor"]), (1735, 1735))


@case
def fees_are_part_of_the_total():
    with Shop() as shop:
        shop.set_up()
        order = send(shop, shop.articles()["mustard"]["id"] + "=1", service_charge="0.50", delivery_cost="2.49",
                     tip="1.01")
        same((order["totalMinor"], order["paidMinor"], order["feesMinor"]), (795, 795, 400))


@case
def cash_rounding_is_no_turnover():
    with Shop() as shop:
        shop.set_up()
        order = send(shop, shop.articles()["honey-flowers"]["id"] + "=1@6.52", rounding="-0.02", payment="cash=6.50")
        same((order["totalMinor"], order["paidMinor"]), (652, 652))


@case
def a_weight_is_sent_to_the_cent_with_the_weight_in_words():
    with Shop() as shop:
        shop.set_up()
        order = send(shop, shop.articles()["olives"]["id"] + "=0.357")
        same((order["totalMinor"], order["paidMinor"]), (518, 518))
        holds(order["raw"]["items"][0]["remark"], "0.357")


@case
def two_payments_are_both_sent():
    with Shop() as shop:
        shop.set_up()
        words = ("--line", shop.articles()["tray"]["id"] + "=1", "--payment", "cash=20.00", "--payment", "card=7.50")
        sale = shop.host.sell(*words)
        shop.host.wait_sale(sale["id"], state="sent")
        order = shop.till.order(sale["order_id"])
        same((order["totalMinor"], order["paidMinor"], len(order["raw"]["payments"])), (2750, 2750, 2))
        same(order["raw"]["orderIsAlreadyPaid"], True, "orderIsAlreadyPaid")


@case
def payments_below_the_total_are_refused():
    with Shop() as shop:
        shop.set_up()
        error = refused(shop.host.sell_line, shop.articles()["tray"]["id"] + "=1", payment="card=20.00")
        same(error.code, "invalid")


@case
def a_line_with_children_costs_the_same_on_the_till():
    with Shop(shop="snack") as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        for key in ("mod-andalouse", "mod-bacon"):
            host.ask("article", "add", "--id", key, "--name", key)
            host.ask("link", "%s=%s" % (key, till.item(key)["id"]))
        sale = {
            "id": "W1", "number": "W1", "total": "20.00", "lines": [
                {"article_id": shop.articles()["mitraillette"]["id"], "name": "Mitraillette", "quantity": "2", "unit_price": "7.90",
                 "vat_rate": "12", "children": [
                     {"article_id": "mod-andalouse", "name": "Andalouse", "quantity": "1", "unit_price": "0.90"},
                     {"article_id": "mod-bacon", "name": "Bacon", "quantity": "1", "unit_price": "1.20"}]}],
            "payments": [{"method": "card", "amount": "20.00"}]}
        shop.write_sale(sale)
        host.run("catch-up")
        row = host.wait_sale("W1", state="sent")
        order = till.order(row["order_id"])
        same((order["totalMinor"], order["paidMinor"]), (2000, 2000))
        same([len(i["children"]) for i in order["raw"]["items"]], [2, 2], "children of each piece")


@case
def the_same_id_twice_is_one_order():
    with Shop() as shop:
        shop.set_up()
        article = shop.articles()["mustard"]["id"]
        first = shop.host.sell_line(article + "=1", id="T-1")
        again = shop.host.sell_line(article + "=1", id="T-1")
        same(again["order_id"], first["order_id"])
        shop.host.wait_sale("T-1", state="sent")
        same(shop.host.sell_line(article + "=5", id="T-1")["state"], "sent")
        shop.host.run("send-orders")
        same([(o["posts"], o["totalMinor"]) for o in shop.till.orders()], [(1, 395)])


@case
def the_prefix_stands_before_the_number():
    with Shop() as shop:
        shop.set_up()
        shop.change(order_prefix="WEB-")
        order = send(shop, shop.articles()["mustard"]["id"] + "=1", number="1042")
        need("WEB-1042" in str(order["raw"]), "the number is not in the order")


@case
def a_pick_up_time_goes_along():
    with Shop() as shop:
        shop.set_up()
        order = send(shop, shop.articles()["mustard"]["id"] + "=1", order_type="PICKUP",
                     pickup_at="2030-07-01T18:30:00+02:00")
        same(order["raw"]["pickupTime"], 1909153800000)


@case
def a_sale_cancelled_before_it_left_never_leaves():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/token", {"action": "revoke"})
        article = shop.articles()["mustard"]["id"]
        shop.host.sell_line(article + "=1")
        shop.host.wait_status("blocked")
        sale = shop.host.sell_line(article + "=1")
        same(shop.host.ask("cancel", sale["id"])["state"], "cancelled")
        shop.set_token(shop.till.ask("/token", {"action": "renew"})["token"])
        shop.host.run("send-orders")
        shop.till.wait(orders=2)
        need(sale["order_id"] not in [o["orderId"] for o in shop.till.orders()], "it left all the same")


@case
def a_sale_cancelled_after_it_left_is_cancelled_on_the_till():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        same(shop.host.ask("cancel", sale["id"])["state"], "cancelling")
        shop.host.wait_sale(sale["id"], state="cancelled")
        holds(shop.till.order_status(sale["order_id"]), "cancelled")
        same(shop.host.ask("cancel", sale["id"])["state"], "cancelled")
        same(len(shop.till.requests("DELETE", ".*/orders/.*")), 2, "cancellations, with the test order's")


@case
def a_sale_the_till_has_taken_cannot_be_cancelled_from_here():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        shop.till.tap("ingest", sale["order_id"])
        shop.host.ask("cancel", sale["id"])
        row = shop.host.wait_sale(sale["id"], state="sent", reason="not-cancelled")
        need(row["message"], "no reason is given")
        need(not shop.till.order_status(sale["order_id"]).startswith("cancelled"), "it is cancelled")


@case
def a_sale_on_the_books_of_the_till_is_refunded_there():
    with Shop() as shop:
        shop.set_up()
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        for tap in ("ingest", "accept", "process"):
            shop.till.tap(tap)
        shop.host.run("poll-orders")
        error = refused(shop.host.ask, "cancel", sale["id"])
        same(error.code, "rejected")
        holds(error.message, "refund")
        same(shop.host.rows("sales", sale["id"])[0]["status"], "paid", "status in the books")
        shop.host.wait_sale(sale["id"], reason="refund")
        shop.host.run("pull-sales")
        ticket, = shop.host.rows("till-sales")
        shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 1}], "type": "REFUND",
                                "refundOf": ticket["id"]})
        shop.host.run("pull-sales")
        shop.host.wait_sale(sale["id"], reason="refunded")
        same([(row["name"], row.get("reason", "")) for row in shop.host.rows("timeline", sale["id"])][-2:],
             [("Sent", "refund"), ("Sent", "refunded")], "end of its history")


@case
def with_the_host_as_the_till_nothing_is_sent():
    with Shop() as shop:
        shop.set_up()
        shop.change(till_of_record="host")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        same((sale["state"], sale["reason"]), ("held", "host-is-till"))
        shop.host.run("send-orders")
        same(shop.till.orders(), [], "orders")


@case
def a_missing_module_names_the_register_and_keeps_the_token():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.ask("/licence", {"active": False})
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        row = host.wait_sale(sale["id"], state="waiting", reason="licence")
        holds(row["message"], "Caisse 1")
        holds(row["message"], "Order Management Module")
        host.wait_status("blocked", "Caisse 1")
        same(host.ask("test")["ok"], True, "the token")
        need(any(f["id"] == "licence" and "module" in f["next_step"] for f in host.rows("diagnose")), "no advice")
        host.run("send-orders")
        same(till.orders(), [], "orders")
        till.ask("/licence", {"active": True})
        host.run("send-orders")
        host.wait_sale(sale["id"], state="sent")
        host.wait_status("ready")
        same([o["posts"] for o in till.orders()], [1], "posts")


@case
def in_discovery_mode_orders_stay_unacknowledged():
    with Shop("--set", "auto_ingest=on") as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.ask("/discovery", {"on": True})
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        host.wait_sale(sale["id"], state="sent", kitchen="not_acked")
        host.run("poll-orders")
        same(host.order_row(sale["id"])["kitchen"], "not_acked")
        need(any(f["id"] == "discovery" and f["level"] == "unknown" for f in host.rows("diagnose")), "not named")
        till.ask("/discovery", {"on": False})
        till.tap("ingest")
        host.run("poll-orders")
        host.wait_sale(sale["id"], kitchen="auto_accepted_waiting")


@case
def twenty_five_sales_at_once_are_twenty_five_orders():
    with Shop() as shop:
        shop.set_up()
        lines = [shop.host.start("sell", "--random", 1, "--seed", n, "--linked") for n in range(25)]
        sales = [shop.host.finish(line)["rows"][0] for line in lines]
        for sale in sales:
            shop.host.wait_sale(sale["id"], state="sent")
        orders = {o["orderId"]: (o["posts"], o["totalMinor"]) for o in shop.till.orders()}
        same(orders, {s["order_id"]: (1, cents(s["total"])) for s in sales})


run()
