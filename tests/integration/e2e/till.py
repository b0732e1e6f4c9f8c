#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""After an order is on the till: its way through the kitchen, the fiscal sale, the day close to the cent."""

from shop import KITCHEN_TAPS, Shop, case, cents, holds, need, run, same

STATES = ("auto_accepted_waiting", "accepted", "preparing", "prepared", "ready_for_pickup", "done")


def sell(shop, n=1, seed=1):
    sales = shop.host.sell("--random", n, "--seed", seed, "--linked")["rows"]
    for sale in sales:
        shop.host.wait_sale(sale["id"], state="sent")
    return sales


def process(shop, *sales):
    """Staff tap "Process order" for these."""
    for sale in sales:
        for tap in ("ingest", "accept", "process"):
            shop.till.tap(tap, sale["order_id"])


def close(shop):
    report = shop.host.ask("close-day")
    same(len(report["stores"]), 1, "stores")
    return report, report["stores"][0]


def total(sales):
    return sum(cents(sale["total"]) for sale in sales)


@case
def the_kitchen_is_followed_state_by_state():
    with Shop() as shop:
        shop.set_up()
        sale = sell(shop)[0]
        for tap, state in zip(KITCHEN_TAPS, STATES):
            shop.till.tap(tap, sale["order_id"])
            shop.host.run("poll-orders")
            shop.host.wait_sale(sale["id"], kitchen=state, fiscal="open", state="sent")


@case
def a_state_nobody_knows_is_shown_as_it_is():
    with Shop() as shop:
        shop.set_up()
        sale = sell(shop)[0]
        shop.till.tap("status", sale["order_id"], status="polishing_the_glasses")
        shop.host.run("poll-orders")
        shop.host.wait_sale(sale["id"], kitchen="polishing_the_glasses", state="sent")
        shop.till.tap("status", sale["order_id"], status="accepted")
        shop.host.run("poll-orders")
        shop.host.wait_sale(sale["id"], kitchen="accepted", state="sent")


@case
def other_ends_of_an_order_are_seen():
    with Shop() as shop:
        shop.set_up()
        for number, (tap, kitchen) in enumerate((("merge", "merged"), ("attention", "requires_attention"))):
            sale = sell(shop, seed=number)[0]
            shop.till.tap("ingest", sale["order_id"])
            shop.till.tap(tap, sale["order_id"])
            shop.host.run("poll-orders")
            shop.host.wait_sale(sale["id"], kitchen=kitchen)


@case
def closed_orders_are_seen_though_the_default_list_hides_them():
    for default in ("not_acked", "all_but_done"):
        with Shop("--set", "order_list_default=" + default) as shop:
            shop.set_up()
            sale = sell(shop)[0]
            for tap in KITCHEN_TAPS:
                shop.till.tap(tap, sale["order_id"])
            shop.host.run("poll-orders")
            shop.host.wait_sale(sale["id"], kitchen="done")


@case
def a_state_is_told_to_the_host_once():
    with Shop() as shop:
        shop.set_up()
        sale = sell(shop)[0]
        shop.till.tap("ingest", sale["order_id"])
        shop.till.tap("ready", sale["order_id"])
        for _ in range(3):
            shop.host.run("poll-orders")
        told = [e for e in shop.host.events if e.get("id") == sale["id"] and e.get("kitchen") == "ready_for_pickup"]
        same(len(told), 1, "events")


@case
def the_fiscal_state_is_independent_of_the_kitchen():
    with Shop() as shop:
        shop.set_up()
        done, processed = sell(shop, 2)
        for tap in KITCHEN_TAPS:
            shop.till.tap(tap, done["order_id"])
        process(shop, processed)
        shop.host.run("poll-orders")
        shop.host.wait_sale(done["id"], kitchen="done", fiscal="open")
        row = shop.host.wait_sale(processed["id"], fiscal="finalised")
        need(row["kitchen"] != "done", "the kitchen is done")


@case
def the_receipt_is_found_wherever_the_service_puts_it():
    for place in ("sale", "document", "both"):
        with Shop("--set", "receipt_link=" + place) as shop:
            shop.set_up()
            sale = sell(shop)[0]
            process(shop, sale)
            shop.host.run("poll-orders")
            shop.host.wait_sale(sale["id"], fiscal="finalised")


@case
def a_ticket_of_the_ipad_comes_to_the_host_once():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 2}, {"item": "honey-flowers", "quantity": 1}]})
        for _ in range(2):
            shop.host.run("pull-sales")
        rows = shop.host.rows("till-sales")
        same([(row["type"], row["total"], len(row["lines"])) for row in rows], [("SALE", "14.40", 2)])
        same(rows[0]["lines"][0]["article_id"], shop.articles()["mustard"]["id"], "article of the first line")
        need("order_sale_id" not in rows[0], "it is taken for an order's")


@case
def a_ticket_of_an_order_names_its_sale():
    with Shop() as shop:
        shop.set_up()
        sale = sell(shop)[0]
        process(shop, sale)
        shop.host.run("poll-orders")
        shop.host.run("pull-sales")
        rows = shop.host.rows("till-sales")
        same([(row["order_sale_id"], row["total"]) for row in rows], [(sale["id"], sale["total"])])


@case
def a_refund_lowers_the_till():
    for sign in ("negative", "positive"):
        with Shop("--set", "refund_sign=" + sign) as shop:
            shop.set_up()
            ticket = shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 1}]})
            shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 1}], "type": "REFUND",
                                    "refundOf": ticket["id"]})
            shop.host.run("pull-sales")
            rows = {row["type"]: row["total"] for row in shop.host.rows("till-sales")}
            same(rows, {"SALE": "3.95", "REFUND": "-3.95"}, "tickets with %s signs" % sign)
            _, store = close(shop)
            same((store["till_only"], store["till_only_total"]), (2, "0.00"))


@case
def a_day_is_provisional_until_its_shift_is_complete():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 3)
        process(shop, *sales)
        same(close(shop)[0]["provisional"], True, "shift open")
        shop.till.ask("/shift", {"action": "close"})
        same(close(shop)[0]["provisional"], True, "shift closed")
        shop.till.ask("/shift", {"action": "complete"})
        report, store = close(shop)
        same(report["provisional"], False, "shift complete")
        same((report["difference"], report["differences"], report["finalised"]), ("0.00", 0, 3))
        same((cents(store["host_total"]), cents(store["till_total"])), (total(sales), total(sales)))


@case
def the_other_name_of_a_complete_shift_is_understood():
    with Shop("--set", "shift_completed=COMPLETED") as shop:
        shop.set_up()
        process(shop, *sell(shop))
        shop.till.ask("/shift", {"action": "complete"})
        same(close(shop)[0]["provisional"], False)


@case
def an_order_that_is_not_finalised_is_named_with_what_to_do():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 3)
        process(shop, *sales[:2])
        shop.till.tap("ingest", sales[2]["order_id"])
        shop.till.ask("/shift", {"action": "complete"})
        report, store = close(shop)
        same([(d["class"], d["sale_id"], d["total"]) for d in store["differences"]],
             [("not-finalised", sales[2]["id"], sales[2]["total"])])
        holds(store["differences"][0]["next_step"], "Process order")
        same(report["difference"], sales[2]["total"], "difference")
        same((report["sales"], report["orders"], report["finalised"]), (3, 3, 2))


@case
def an_order_that_has_not_left_is_named():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/licence", {"active": False})
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], reason="licence")
        report, store = close(shop)
        same([(d["class"], d["sale_id"]) for d in store["differences"]], [("not-sent", sale["id"])])
        holds(store["differences"][0]["message"], "license")
        same(report["difference"], "3.95", "difference")


@case
def another_total_on_the_ticket_is_named_and_exact():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 2)
        process(shop, *sales)
        shop.till.fault("wrong_echo", path="/v1/stores/*/sales", method="GET", times=0,
                        field="items.0.totalPrice.vatIncluded")
        report, store = close(shop)
        need("amount" in [d["class"] for d in store["differences"]], "differences: %s" % store["differences"])
        same(cents(report["difference"]), total(sales) - cents(store["till_total"]), "difference")


@case
def an_order_the_till_cancelled_is_named():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 2)
        process(shop, sales[0])
        shop.till.tap("ingest", sales[1]["order_id"])
        shop.till.tap("cancel", sales[1]["order_id"])
        shop.host.run("poll-orders")
        shop.host.wait_sale(sales[1]["id"], state="cancelled", kitchen="cancelled_by_pos")
        report, store = close(shop)
        same([(d["class"], d["sale_id"], d["total"]) for d in store["differences"]],
             [("cancelled-on-till", sales[1]["id"], sales[1]["total"])])
        same(report["difference"], sales[1]["total"], "difference")
        shop.host.ask("cancel", sales[1]["id"])
        report, _ = close(shop)
        same((report["differences"], report["difference"]), (0, "0.00"), "after the host has cancelled it too")


@case
def a_sale_that_was_cancelled_here_is_no_difference():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 2)
        process(shop, sales[0])
        shop.host.ask("cancel", sales[1]["id"])
        shop.host.wait_sale(sales[1]["id"], state="cancelled")
        report, _ = close(shop)
        same((report["sales"], report["differences"], report["difference"]), (1, 0, "0.00"))


@case
def tickets_of_the_ipad_are_counted_apart():
    with Shop() as shop:
        shop.set_up()
        sales = sell(shop, 2)
        process(shop, *sales)
        shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 1}]})
        shop.till.ask("/shift", {"action": "complete"})
        report, store = close(shop)
        same((store["till_only"], store["till_only_total"]), (1, "3.95"))
        same((report["difference"], report["differences"]), ("0.00", 0))
        vat = sum(cents(row["gross"]) for row in store["vat"])
        paid = sum(cents(row["amount"]) for row in store["payments"])
        same((vat, paid), (total(sales), total(sales)), "VAT and payments of the orders")


@case
def the_proof_with_a_real_till_goes_as_it_is_written():
    """docs/HOST-ABI.md: what one real sale shows is shown here with the simulator."""
    with Shop() as shop:
        shop.set_up()
        same([o["testOrder"] for o in shop.till.orders(tests=True)], [True], "test orders")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent", kitchen="not_acked")
        process(shop, sale)
        shop.host.run("poll-orders")
        row = shop.host.wait_sale(sale["id"], fiscal="finalised")
        need(row["kitchen"] != "not_acked", "the till has not seen it")
        report, store = close(shop)
        same((report["difference"], report["differences"], store["finalised"]), ("0.00", 0, 1))
        shop.till.ask("/sale", {"items": [{"item": "mustard", "quantity": 1}], "type": "REFUND",
                                "refundOf": shop.till.order(sale["order_id"])["sale"]})
        for _ in range(2):
            shop.host.run("pull-sales")
        same([r["total"] for r in shop.host.rows("till-sales") if r["type"] == "REFUND"], ["-3.95"], "refunds")
        bundle = shop.host.ask("export", "support", "text")["text"]
        holds(bundle, "0.1.0")
        need(shop.till.token not in bundle, "the bundle has the token")


@case
def thirty_sales_close_to_the_cent_in_every_unit():
    for money in ("spec", "cents"):
        with Shop("--money", money) as shop:
            shop.set_up()
            sales = sell(shop, 15, seed=9)
            process(shop, *sales)
            shop.till.ask("/shift", {"action": "complete"})
            report, store = close(shop)
            same((report["finalised"], report["difference"], report["differences"]), (15, "0.00", 0))
            same(cents(store["till_total"]), total(sales))


run()
