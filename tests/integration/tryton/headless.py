#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""comptoir-host --tryton between a real Tryton server and the till, French chart of accounts. No client runs."""

import signal

from tryton_shop import TrytonShop, number, run_cases  # first: it knows where shop lies
from shop import Refused, cents, holds, need, same

KNOWN_EAN = "3760100000016"  # of the honey, which Tryton has already
PRICE_FIELDS = ["code", "list_price", "salable", "account_category", "identifiers.code", "template.name"]


def totals(shop, sale):
    row = shop.read_sale(sale, "untaxed_amount", "tax_amount", "total_amount")
    return tuple(number(row[key]) for key in ("untaxed_amount", "tax_amount", "total_amount"))


def ring_up(shop, *items, **more):
    """A sale on the iPad."""
    return shop.till.ask("/sale", {"items": [{"item": key, "quantity": n} for key, n in items], **more})


def record(shop, *hosts):
    for host in hosts or (shop.host,):
        host.run("pull-sales")


def catch_up(shop):
    """Whether it is asked now or was being asked: all sales of before have been read."""
    while True:
        try:
            return shop.host.run("catch-up")
        except Refused as error:
            same(error.code, "busy")


def open_second(shop):
    """Another computer of the same shop: its own folder, the same Tryton."""
    second = shop.open("--channel-state", str(shop.folder / "second-channel"), "--state", str(shop.folder / "second"))
    plan, _ = shop.set_up()
    same(plan["create"], 0, "articles that the second would make again")
    return second


def an_import_links_what_is_there_and_makes_the_rest(shop):
    template, = shop.server.model("product.template.create", [{
        "name": "Miel", "type": "goods", "salable": True, "default_uom": 1, "sale_uom": 1,
        "list_price": {"__class__": "Decimal", "decimal": "6.1611"}, "account_category": 2,
        "products": [["create", [{"identifiers": [["create", [{"type": "ean", "code": KNOWN_EAN}]]]}]]]}])
    before = len(shop.server.find("product.product", [], []))
    shop.open("--location", "Lille")
    plan, applied = shop.set_up()
    same([row["message"] for row in applied["rows"] if row["state"] == "failed"], [], "lines that failed")
    need(plan["create"] > 30, "only %d articles are made" % plan["create"])
    same(len(shop.server.find("product.product", [], [])), before + plan["create"], "articles in Tryton")
    honey, = shop.server.find("product.product", [["identifiers.code", "=", KNOWN_EAN]], PRICE_FIELDS)
    same(shop.articles()["honey-flowers"], honey["id"], "the honey's link")
    same(honey["template."]["name"], "Miel", "its name")
    need(template, "no template")


def an_imported_article_has_price_vat_barcode_and_stock(shop):
    row, = shop.server.find("product.product", [["id", "=", shop.articles()["mustard"]]],
                            [*PRICE_FIELDS, "quantity", "account_category.name"], locations=[warehouse(shop)])
    item = shop.till.item("mustard")
    same(item["priceMinor"], 395, "the till's price")
    same(number(row["list_price"]), "3.7441", "price without 5.5 % VAT")
    same(row["account_category."]["name"], "TVA 5.5")
    need(row["quantity"] > 0, "no stock")


def warehouse(shop):
    return shop.server.one("stock.location", [["type", "=", "warehouse"]], ["name"])["id"]


def a_sale_of_tryton_is_on_the_till_once(shop):
    articles = shop.articles()
    sale = shop.server.sell((articles["mustard"], 3), (articles["honey-flowers"], 1))
    row = shop.host.wait_sale(str(sale), state="sent")
    order = shop.till.order(row["order_id"])
    same(order["totalMinor"], cents(totals(shop, sale)[2]), "total")
    same((order["posts"], len(order["raw"]["items"])), (1, 2), "posts and lines")


def a_draft_is_no_order_and_cannot_be_sent(shop):
    sale = shop.server.sell((shop.articles()["mustard"], 1), state="quotation")
    try:
        shop.host.ask("send", sale)
    except Refused as error:
        same(error.code, "invalid")
        holds(error.message, "not processed")
    else:
        need(False, "it was sent")
    catch_up(shop)
    same([r for r in shop.host.rows("orders", "--limit", 1000) if r["id"] == str(sale)], [], "orders")


def sending_twice_by_hand_makes_one_order(shop):
    sale = shop.server.sell((shop.articles()["mustard"], 2))
    lines = [shop.host.start("send", sale) for _ in range(2)]
    same(len({shop.host.finish(line)["order_id"] for line in lines}), 1, "order ids")
    row = shop.host.wait_sale(str(sale), state="sent")
    same(shop.till.order(row["order_id"])["posts"], 1, "posts")


def a_price_that_does_not_divide_keeps_its_cents(shop):
    sale = shop.server.sell((shop.articles()["mustard"], 37, "1.0833"), (shop.articles()["honey-flowers"], 3, "0.3333"))
    row = shop.host.wait_sale(str(sale), state="sent")
    same(shop.till.order(row["order_id"])["totalMinor"], cents(totals(shop, sale)[2]), "total")


def killed_in_the_middle_it_is_sent_once(shop):
    shop.till.fault("hold_answer")
    sale = shop.server.sell((shop.articles()["mustard"], 4))
    shop.till.wait(held=1)
    shop.host.end(signal.SIGKILL)
    shop.till.ask("/release", {})
    shop.hosts.remove(shop.host)
    row = shop.open().wait_sale(str(sale), state="sent")
    same(len([o for o in shop.till.orders() if o["orderId"] == row["order_id"]]), 1, "orders")


def a_sale_of_the_till_has_vat_invoice_and_shipment(shop):
    ticket = ring_up(shop, ("mustard", 2), ("honey-flowers", 1))
    record(shop)
    found = shop.find_till_sale(ticket)
    same(len(found), 1, "sales")
    sale = found[0]["id"]
    row = shop.read_sale(sale, "state", "invoices", "shipments")
    same((row["state"], len(row["invoices"]), len(row["shipments"])), ("processing", 1, 1))
    same(cents(totals(shop, sale)[2]), 2 * 395 + 650, "total")
    invoice, = shop.server.model("account.invoice.read", row["invoices"], ["total_amount", "tax_amount", "state"])
    same(number(invoice["total_amount"]), "14.40", "the invoice")
    need(cents(number(invoice["tax_amount"])) > 70, "no VAT")
    record(shop)
    same(len(shop.find_till_sale(ticket)), 1, "sales after the second time")


def a_price_that_no_net_price_makes_is_exact_all_the_same(shop):
    ticket = ring_up(shop, ("mustard", 1))
    shop.till.ask("/item", {"id": shop.till.item("mustard")["id"], "set": {"price": 0.99}})
    other = ring_up(shop, ("mustard", 1))
    shop.till.ask("/item", {"id": shop.till.item("mustard")["id"], "set": {"price": 3.95}})
    record(shop)
    for sold, total in ((ticket, 395), (other, 99)):
        sale, = shop.find_till_sale(sold)
        same(cents(totals(shop, sale["id"])[2]), total, "total")


def what_has_no_article_is_a_free_line(shop):
    ticket = ring_up(shop, ("dept-gift", 1), payments=[{"type": "CASH", "amount": 0}])
    other = shop.till.ask("/sale", {"items": [{"item": "dept-gift", "quantity": 1, "unitPrice": 7.77}]})
    record(shop)
    sale, = shop.find_till_sale(other)
    same(cents(totals(shop, sale["id"])[2]), 777, "total")
    line, = shop.server.find("sale.line", [["sale", "=", sale["id"]], ["taxes", "!=", None]],
                             ["product.code", "description"])
    same(line["product."]["code"], "SHOPCAISSE-20")
    need(ticket, "no ticket")


def a_refund_of_the_till_takes_back(shop):
    ticket = ring_up(shop, ("mustard", 1))
    back = ring_up(shop, ("mustard", 1), type="REFUND", refundOf=ticket["id"])
    record(shop)
    sale, = shop.find_till_sale(back)
    same(totals(shop, sale["id"])[2], "-3.95", "total")
    same(len(shop.read_sale(sale["id"], "shipment_returns")["shipment_returns"]), 1, "returns")


def what_the_till_sold_is_not_sent_back(shop):
    ticket = ring_up(shop, ("mustard", 1))
    record(shop)
    sale, = shop.find_till_sale(ticket)
    catch_up(shop)
    same([r for r in shop.host.rows("orders", "--limit", 1000) if r["id"] == str(sale["id"])], [], "orders")


def a_ticket_of_an_order_makes_no_second_sale(shop):
    sale = shop.server.sell((shop.articles()["mustard"], 1))
    row = shop.host.wait_sale(str(sale), state="sent")
    for tap in ("ingest", "accept", "process"):
        shop.till.tap(tap, row["order_id"])
    shop.host.run("poll-orders")
    shop.host.wait_sale(str(sale), fiscal="finalised")
    before = len(shop.server.find("sale.sale", [], []))
    record(shop)
    same(len(shop.server.find("sale.sale", [], [])), before, "sales in Tryton")


def two_computers_make_one_order_each_and_one_sale_each(shop):
    first = shop.host
    second = open_second(shop)
    sale = shop.server.sell((shop.articles()["mustard"], 5))
    rows = [host.wait_sale(str(sale), state="sent") for host in (first, second)]
    same(len({row["order_id"] for row in rows}), 1, "order ids")
    same(len([o for o in shop.till.orders() if o["orderId"] == rows[0]["order_id"]]), 1, "orders")
    tickets = [ring_up(shop, ("mustard", n)) for n in (1, 2, 3)]
    lines = [host.start("run-task", "pull-sales") for host in (first, second)]
    for host, line in zip((first, second), lines):
        host.finish(line)
    record(shop, first, second)
    for ticket in tickets:
        same(len(shop.find_till_sale(ticket)), 1, "sales of one ticket")
    second.end()
    shop.hosts.remove(second)
    shop.host = first


with TrytonShop() as world:
    run_cases([
        an_import_links_what_is_there_and_makes_the_rest,
        an_imported_article_has_price_vat_barcode_and_stock,
        a_sale_of_tryton_is_on_the_till_once,
        a_draft_is_no_order_and_cannot_be_sent,
        sending_twice_by_hand_makes_one_order,
        a_price_that_does_not_divide_keeps_its_cents,
        killed_in_the_middle_it_is_sent_once,
        a_sale_of_the_till_has_vat_invoice_and_shipment,
        a_price_that_no_net_price_makes_is_exact_all_the_same,
        what_has_no_article_is_a_free_line,
        a_refund_of_the_till_takes_back,
        what_the_till_sold_is_not_sent_back,
        a_ticket_of_an_order_makes_no_second_sale,
        two_computers_make_one_order_each_and_one_sale_each,
    ], world)
