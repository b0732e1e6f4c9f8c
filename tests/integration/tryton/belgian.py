#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Belgian chart of accounts: rates of 21, 12 and 6 %, a snack bar in Liège, no client; over https."""

from tryton_shop import TrytonShop, number, run_cases  # first: it knows where shop lies
from shop import cents, holds, need, same
from tryton_server import AUTHORITY, CERTIFICATES

UNREACHABLE, INVALID = 6, 8


def totals(shop, sale):
    row = shop.read_sale(sale, "tax_amount", "total_amount")
    return cents(number(row["tax_amount"])), cents(number(row["total_amount"]))


def import_past_a_session(shop):
    """Makes the articles; in the middle Tryton's sessions come to their end."""
    shop.choose()
    shop.host.ask("calibrate")
    plan = shop.host.ask("plan")
    before = count_articles(shop)
    line = shop.host.start("apply", plan["plan"])
    while count_articles(shop) == before:
        need(shop.host.process.poll() is None, "the host has ended")
    shop.server.age_sessions()
    return plan, shop.finish_applying(plan, shop.host.finish(line))


def count_articles(shop):
    return shop.server.model("product.product.search_count", [])


def an_import_whose_session_ends_is_finished_with_a_new_one(shop):
    shop.open()
    plan, applied = import_past_a_session(shop)
    same([row["message"] for row in applied["rows"] if row["state"] == "failed"], [], "lines that failed")
    need(plan["create"] > 10, "only %d articles are made" % plan["create"])
    need(shop.server.count_sessions() > 1, "the session of this test is alone")


def an_import_finds_a_category_for_each_rate(shop):
    rates = {row["account_category."]["name"] for row in shop.server.find(
        "product.product", [["id", "in", list(shop.articles().values())]], ["account_category.name"])}
    need({"TVA 6", "TVA 21"} <= rates, "categories: %s" % rates)


def a_sale_of_the_till_has_belgian_vat_invoice_and_shipment(shop):
    ticket = shop.till.ask("/sale", {"items": [{"item": "cola", "quantity": 2}, {"item": "beer-pils", "quantity": 1}]})
    shop.host.run("pull-sales")
    sale, = shop.find_till_sale(ticket)
    row = shop.read_sale(sale["id"], "state", "invoices", "shipments")
    same((row["state"], len(row["invoices"]), len(row["shipments"])), ("processing", 1, 1))
    tax, total = totals(shop, sale["id"])
    same(total, 2 * 250 + 240, "total")
    need(tax > 0, "no VAT")


def a_sale_of_tryton_is_on_the_till_once(shop):
    sale = shop.server.sell((shop.articles()["cola"], 3), (shop.articles()["beer-pils"], 1))
    row = shop.host.wait_sale(str(sale), state="sent")
    order = shop.till.order(row["order_id"])
    same((order["posts"], order["totalMinor"]), (1, totals(shop, sale)[1]))


def refuse(shop, authority):
    """The exit status and what is said, when these certificates are to vouch for the server."""
    shop.server.authority = authority
    try:
        status, _, said = shop.once("status")
    finally:
        shop.server.authority = AUTHORITY
    return status, said


def a_server_that_no_authority_of_the_system_vouches_for_gets_no_password(shop):
    before = shop.server.count_sessions()
    status, said = refuse(shop, None)
    same(status, UNREACHABLE, "exit status")
    holds(said, "certificate")
    same(shop.server.count_sessions(), before, "sessions")


def another_authority_than_the_named_one_does_not_vouch(shop):
    same(refuse(shop, CERTIFICATES / "stranger.pem")[0], UNREACHABLE, "exit status")


def a_file_without_certificates_is_named(shop):
    status, said = refuse(shop, CERTIFICATES / "README.md")
    same(status, INVALID, "exit status")
    holds(said, "the certificates for Tryton")


with TrytonShop(land="be", shop="snack", secured=True) as world:
    run_cases([
        an_import_whose_session_ends_is_finished_with_a_new_one,
        an_import_finds_a_category_for_each_rate,
        a_sale_of_the_till_has_belgian_vat_invoice_and_shipment,
        a_sale_of_tryton_is_on_the_till_once,
        a_server_that_no_authority_of_the_system_vouches_for_gets_no_password,
        another_authority_than_the_named_one_does_not_vouch,
        a_file_without_certificates_is_named,
    ], world)
