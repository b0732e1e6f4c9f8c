#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The unit of money: whichever the service means, a test order finds it and every sale arrives to the cent."""

from shop import Refused, Shop, case, cents, holds, need, run, same

SALES = 10


def arrives_exactly(money):
    """Nothing real leaves before the calibration; afterwards each sale is on the till for its own total."""
    with Shop("--money", money) as shop:
        shop.choose()
        host, till = shop.host, shop.till
        host.ask("apply", host.ask("plan")["plan"])
        early = host.sell("--random", 2, "--seed", 5, "--linked")["rows"]
        same({(s["state"], s["reason"]) for s in early}, {("held", "calibration")}, "sales before the calibration")
        same(till.orders() + till.orders(tests=True), [], "orders before the calibration")
        found = host.ask("calibrate")
        need(found["form"] and found["reading"], "the unit is not told: %s" % found)
        sales = early + host.sell("--random", SALES - 2, "--seed", 6, "--linked")["rows"]
        for sale in sales:
            host.wait_sale(sale["id"], state="sent")
        totals = {o["orderId"]: (o["totalMinor"], o["paidMinor"]) for o in till.orders()}
        wanted = {s["order_id"]: (cents(s["total"]), cents(s["total"])) for s in sales}
        same(totals, wanted, "totals on the till in cents")
        tests = till.orders(tests=True)
        need(tests, "no test order was made")
        for order in tests:
            till.wait_order(order["orderId"], "cancelled")


@case
def spec_reading_is_found_and_exact():
    arrives_exactly("spec")


@case
def decimal_reading_is_found_and_exact():
    arrives_exactly("decimal")


@case
def decimal_digits_reading_is_found_and_exact():
    arrives_exactly("decimal-digits")


@case
def cents_reading_is_found_and_exact():
    arrives_exactly("cents")


@case
def a_calibration_is_a_test_order_alone():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("calibrate")
        posts = shop.till.requests("POST")
        tests = shop.till.orders(tests=True)
        same(len(posts), len(tests), "posts")
        same({o["raw"]["testOrder"] for o in tests}, {True}, "testOrder")
        same(shop.till.orders(), [], "real orders")
        shop.host.run("pull-sales")
        same(shop.till.ask("/sales")["sales"], [], "sales on the till")


@case
def real_orders_are_never_test_orders():
    with Shop() as shop:
        shop.set_up()
        for sale in shop.host.sell("--random", 5, "--linked")["rows"]:
            shop.host.wait_sale(sale["id"], state="sent")
        same([o["raw"]["testOrder"] for o in shop.till.orders()], [False] * 5, "testOrder")


@case
def the_test_order_is_taken_back():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("calibrate")
        for order in shop.till.orders(tests=True):
            shop.till.wait_order(order["orderId"], "cancelled")


@case
def another_unit_in_an_answer_stops_the_queue():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        article = shop.articles()["mustard"]["id"]
        till.switch(money="decimal")
        first = host.sell_line(article + "=1")
        host.wait_status("blocked", "unit of money")
        second = host.sell_line(article + "=1")
        same(second["state"], "held", "the next sale")
        holds(second["reason"], "calibration")
        same(len(till.orders()), 1, "orders")
        need(any("unit of money" in row["text"] for row in host.rows("journal")), "the journal does not say it")
        till.wait_order(first["order_id"], "cancelled")
        host.ask("calibrate")
        host.wait_sale(second["id"], state="sent")
        same(till.order(second["order_id"])["totalMinor"], 395, "total")


@case
def another_total_in_an_answer_is_parked_with_a_message():
    with Shop() as shop:
        shop.set_up()
        shop.till.fault("wrong_echo", field="payments.0.amount")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        row = shop.host.wait_sale(sale["id"], state="parked")
        holds(row["message"], "another total")
        same(len(shop.till.orders()), 1, "orders")


@case
def an_answer_for_another_order_is_not_believed():
    with Shop() as shop:
        shop.set_up()
        shop.till.fault("wrong_echo", field="orderId")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.till.wait(orders=2)
        shop.host.run("send-orders")
        shop.host.wait_sale(sale["id"], state="sent")
        same(shop.till.order(sale["order_id"])["posts"], 2, "posts")


@case
def a_shop_without_a_priced_item_cannot_be_calibrated():
    with Shop() as shop:
        shop.choose()
        for item in shop.till.items():
            shop.till.ask("/item", {"id": item["id"], "set": {"deleted": True}})
        try:
            shop.host.ask("calibrate")
            raise AssertionError("it was calibrated with nothing")
        except Refused as error:
            holds(error.message, "no plain item")
        same(shop.till.requests("POST"), [], "posts")


run()
