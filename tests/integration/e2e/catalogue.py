#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Articles: what an import creates, links, updates and leaves alone."""

import time

from shop import Refused, Shop, case, holds, need, run, same

COUNTS = ("create", "update", "delete", "links")


def counts(plan):
    return tuple(plan[key] for key in COUNTS)


def left_out(shop, plan):
    made = {row["external_id"] for row in plan["rows"]}
    return {item["key"] for item in shop.till.items() if item["id"] not in made}


def plan_row(plan, name):
    return next(row for row in plan["rows"] if row["name"] == name)


@case
def the_gift_shop_gets_what_it_sells_and_nothing_else():
    with Shop() as shop:
        plan, applied = shop.set_up()
        same(left_out(shop, plan), {
            "dept-grocery", "dept-gift",  # a free amount: the price is 0
            "mug", "tshirt", "beanie",  # their variations are sold
            "old-mug", "old-jam"}, "left out")
        same((applied["done"], applied["failed"]), (plan["create"], 0))
        articles = shop.articles()
        same(len(articles), plan["create"], "articles of the host")
        honey = articles["honey-flowers"]
        same((honey["name"], honey["price"], honey["vat_rate"], honey["barcodes"], honey["stock"], honey["family"]),
             ("Miel de fleurs 250 g", "6.50", "5.5", ["3760100000016"], "24", "Épicerie fine"))


@case
def the_snack_bar_gets_no_menu_option_or_parent():
    with Shop(shop="snack") as shop:
        plan, _ = shop.set_up()
        missing = left_out(shop, plan)
        types = {item["key"]: item["type"] for item in shop.till.items()}
        same({key for key in missing if types[key] not in ("MENU", "MODIFIER")},
             {"dept", "fries", "ice-cream", "old-burger"}, "left out")
        need({"menu-burger", "menu-kids"} <= missing, "a menu was made")
        need({key for key, kind in types.items() if kind == "MODIFIER"} <= missing, "an option was made")
        need("pack-party" not in missing, "the pack is missing")


@case
def variations_carry_their_parents_name_and_their_own():
    with Shop() as shop:
        plan, _ = shop.set_up()
        rows = [row["after"] for row in plan["rows"] if row["name"] == "T-shirt Beffroi"]
        same(sorted((r["variant"], r["price"], r["reference"]) for r in rows),
             [("L", "19.90", "TS-BEF-L"), ("M", "19.90", "TS-BEF-M"), ("S", "19.90", "TS-BEF-S"),
              ("XL", "21.90", "TS-BEF-XL")])


@case
def a_plan_writes_to_neither_side():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("plan")
        same({r["method"] for r in shop.till.requests()}, {"GET"}, "methods")
        same(shop.host.rows("article", "list"), [], "articles")


@case
def a_set_up_calls_nothing_that_is_not_there():
    with Shop() as shop:
        shop.set_up()
        same([(r["method"], r["path"], r["status"]) for r in shop.till.requests() if r["status"] >= 400], [])


@case
def a_second_sync_writes_nothing():
    with Shop() as shop:
        shop.set_up()
        articles = shop.host.rows("article", "list")
        answer = shop.host.ask("sync")
        same(counts(answer["plan"]), (0, 0, 0, 0))
        same(answer["failed"], 0, "failed tasks")
        same(shop.host.rows("article", "list"), articles, "articles")


@case
def a_price_changed_on_the_ipad_is_one_line():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/item", {"id": "honey-flowers", "set": {"price": 6.85}})
        plan = shop.host.ask("plan")
        same(counts(plan), (0, 1, 0, 0))
        row = plan["rows"][0]
        same((row["before"]["price"], row["after"]["price"], row["reason"]), ("6.50", "6.85", "price"))
        shop.host.ask("apply", plan["plan"])
        same(shop.articles()["honey-flowers"]["price"], "6.85")
        same(counts(shop.host.ask("plan")), (0, 0, 0, 0))


@case
def a_stock_changed_on_the_ipad_is_one_line():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/stock", {"item": "honey-flowers", "stock": 11, "reservedForCustomers": 2})
        plan = shop.host.ask("plan")
        same(counts(plan), (0, 1, 0, 0))
        same((plan["rows"][0]["before"]["stock"], plan["rows"][0]["after"]["stock"]), ("24", "9"))
        shop.host.ask("apply", plan["plan"])
        same(shop.articles()["honey-flowers"]["stock"], "9")


@case
def a_name_changed_on_the_ipad_leaves_the_hosts_own_words():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/item", {"id": "honey-flowers", "set": {"name": "Miel", "description": "autre"}})
        same(counts(shop.host.ask("plan")), (0, 0, 0, 0))
        same(shop.articles()["honey-flowers"]["name"], "Miel de fleurs 250 g")


@case
def an_item_deleted_on_the_ipad_deletes_no_article():
    with Shop() as shop:
        shop.set_up()
        article = shop.articles()["honey-flowers"]["id"]
        shop.till.ask("/item", {"id": "honey-flowers", "set": {"deleted": True}})
        same(counts(shop.host.ask("plan")), (0, 0, 0, 0))
        need(any(row["id"] == article for row in shop.host.rows("article", "list")), "the article is gone")
        sale = shop.host.sell_line(article + "=1")
        same(sale["state"], "held", "a sale of it")
        holds(sale["message"], "Miel de fleurs")


@case
def a_list_that_repeats_its_page_deletes_nothing():
    with Shop() as shop:
        shop.set_up()
        articles = shop.host.rows("article", "list")
        shop.till.fault("page_repeat", path="/v1/companies/*/items", method="GET", times=0)
        same(counts(shop.host.ask("plan"))[:3], (0, 0, 0))
        shop.till.clear_faults()
        same(counts(shop.host.ask("plan")), (0, 0, 0, 0))
        same(shop.host.rows("article", "list"), articles, "articles")


@case
def a_list_that_skips_rows_deletes_nothing():
    with Shop() as shop:
        shop.set_up()
        articles = shop.host.rows("article", "list")
        shop.till.switch(skipped=3)
        same(counts(shop.host.ask("plan"))[:3], (0, 0, 0))
        same(shop.host.rows("article", "list"), articles, "articles")


@case
def a_list_that_breaks_off_changes_nothing_and_says_so():
    with Shop("--items", "1200") as shop:
        shop.choose()
        shop.till.fault("status", path="/v1/companies/*/items", method="GET", status=404, after=1, times=0)
        try:
            shop.host.ask("plan")
            raise AssertionError("a plan was made of half a catalogue")
        except Refused as error:
            need(error.message, "no reason is given")
        same(shop.host.rows("article", "list"), [], "articles")
        shop.till.clear_faults()
        need(shop.host.ask("plan")["create"] > 1000, "nothing is made afterwards")


@case
def articles_that_are_there_are_linked_by_reference_and_barcode():
    with Shop() as shop:
        shop.choose()
        host = shop.host
        host.ask("article", "add", "--id", "m", "--name", "Moutarde maison", "--reference", "MOUT-200", "--price", "4.50")
        host.ask("article", "add", "--id", "h", "--name", "Miel", "--barcode", "3760100000016", "--price", "6.50")
        plan = host.ask("plan")
        links = {row["id"]: (row["external_id"], row["reason"]) for row in plan["rows"] if row["change"] == "link"}
        same(links, {"m": (shop.till.item("mustard")["id"], "reference"),
                     "h": (shop.till.item("honey-flowers")["id"], "barcode")})
        same(plan["create"], 63, "articles to be made")
        host.ask("apply", plan["plan"])
        rows = {row["id"]: row for row in host.rows("article", "list")}
        same((rows["m"]["name"], rows["m"]["price"]), ("Moutarde maison", "3.95"))
        same(counts(host.ask("plan")), (0, 0, 0, 0))


@case
def a_barcode_that_two_articles_share_never_links():
    with Shop() as shop:
        shop.choose()
        host = shop.host
        for name in ("a", "b"):
            host.ask("article", "add", "--id", name, "--name", "Miel " + name, "--barcode", "3760100000016")
        plan = host.ask("plan")
        same([row for row in plan["rows"] if row["change"] == "link"], [], "links")
        same(plan["ambiguous"], 1, "ambiguous")
        row = next(row for row in plan["rows"] if row["external_id"] == shop.till.item("honey-flowers")["id"])
        same((row["change"], row["state"]), ("ambiguous", "skipped"))
        holds(row["reason"], "3760100000016")
        host.ask("apply", plan["plan"])
        same([r["id"] for r in host.rows("article", "list") if "3760100000016" in r.get("barcodes", [])], ["a", "b"])
        need(not any(row["id"] in ("a", "b") for row in host.rows("links", "--limit", 1000)), "one is linked")


@case
def equal_names_alone_link_nothing():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("article", "add", "--id", "n", "--name", "Moutarde à l’ancienne", "--price", "3.95")
        same(shop.host.ask("plan")["links"], 0, "links")


@case
def an_article_of_the_host_alone_is_left_alone():
    with Shop() as shop:
        shop.host.ask("article", "add", "--id", "own", "--name", "Rillettes", "--price", "4.40", "--stock", "3")
        shop.set_up()
        own = next(row for row in shop.host.rows("article", "list") if row["id"] == "own")
        same((own["name"], own["price"], own["stock"], "external_id" in own), ("Rillettes", "4.40", "3", False))


@case
def undo_restores_articles_and_links():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("article", "add", "--id", "m", "--name", "Moutarde", "--reference", "MOUT-200", "--price", "4.50")
        plan = shop.host.ask("plan")
        shop.host.ask("apply", plan["plan"])
        answer = shop.host.ask("undo", plan["plan"])
        same((answer["undone"], answer["failed"]), (len(plan["rows"]), 0))
        same(shop.host.rows("links", "--limit", 1000), [], "links")
        rows = [row for row in shop.host.rows("article", "list") if not row.get("deleted")]
        same([(row["id"], row["price"]) for row in rows], [("m", "4.50")], "articles")


@case
def undo_of_a_price_change_restores_the_price():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/item", {"id": "honey-flowers", "set": {"price": 6.85}})
        plan = shop.host.ask("plan")
        shop.host.ask("apply", plan["plan"])
        shop.host.ask("undo", plan["plan"])
        same(shop.articles()["honey-flowers"]["price"], "6.50")


@case
def prices_come_from_the_chosen_list():
    for name, honey in ((None, "6.50"), ("Site internet", "6.90")):
        with Shop() as shop:
            shop.set_up(price_list=name)
            same(shop.articles()["honey-flowers"]["price"], honey, "price in %s" % name)


@case
def another_price_list_changes_prices_at_the_next_sync():
    with Shop() as shop:
        shop.set_up()
        web = next(c["value"] for c in shop.setting("price-list")["choices"] if c["label"] == "Site internet")
        shop.change(price_list=web)
        plan = shop.host.ask("plan")
        row = plan_row(plan, "Miel de fleurs 250 g")
        same((row["change"], row["before"]["price"], row["after"]["price"]), ("update", "6.50", "6.90"))


@case
def linking_by_hand_survives_a_restart_and_unlinking_holds_orders():
    with Shop() as shop:
        shop.set_up()
        shop.host.ask("article", "add", "--id", "own", "--name", "Rillettes", "--price", "4.40")
        shop.host.ask("link", "own=" + shop.till.item("dept-grocery")["id"])
        shop.host.end()
        host = shop.open()
        link = next(row for row in host.rows("links", "--limit", 1000) if row["id"] == "own")
        same(link["method"], "hand")
        host.ask("unlink", "own")
        same(host.sell_line("own=1")["state"], "held", "a sale of it")


@case
def five_thousand_items_are_imported():
    with Shop("--items", "5000") as shop:
        shop.choose()
        began = time.monotonic()
        plan = shop.host.ask("plan")
        planned = time.monotonic()
        applied = shop.host.ask("apply", plan["plan"])
        done = time.monotonic()
        print("# 5000 items: plan %.1f s, apply %.1f s" % (planned - began, done - planned))
        need(plan["create"] > 4000, "only %d articles" % plan["create"])
        same((applied["done"], applied["failed"]), (plan["create"], 0))
        same(counts(shop.host.ask("plan")), (0, 0, 0, 0))


run()
