#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a token sees: stores in pages, companies, registers, price lists; and what is chosen of it."""

import urllib.parse

from shop import Refused, Shop, case, holds, need, run, same

NO_STORE = "00000000-0000-4000-8000-000000000001"


def queries(shop, path):
    return [urllib.parse.parse_qs(r["query"]) for r in shop.till.requests("GET", path)]


@case
def sixty_stores_come_in_pages_of_25():
    with Shop("--stores", "59") as shop:
        same(shop.connect()["stores"], 60, "stores")
        same(len(shop.host.rows("stores")), 60, "rows")
        pages = [int(q["page"][0]) for q in queries(shop, "/v1/stores")]
        need({0, 1, 2} <= set(pages) and len(set(pages)) == len(pages), "pages %s" % pages)
        sizes = [int(q["pageSize"][0]) for r in shop.till.requests()
                 for q in [urllib.parse.parse_qs(r["query"])] if "pageSize" in q]
        need(sizes and max(sizes) <= 25, "page sizes %s" % set(sizes))
        same(shop.setting("store")["value"], "", "a store was chosen unasked")
        same(len(shop.setting("store")["choices"]), 60, "choices")


@case
def stores_are_listed_by_name_and_city_however_many_there_are():
    for n_stores in (1, 2, 26):
        with Shop("--stores", str(n_stores - 1)) as shop:
            same(shop.connect()["stores"], n_stores, "stores")
            rows = shop.host.rows("stores")
            same(sorted((row["name"], row["city"]) for row in rows),
                 sorted((store["name"], "Lille") for store in shop.till.ask("/state")["stores"] if store["inToken"]))


@case
def a_token_that_opens_no_store_offers_none():
    with Shop() as shop:
        shop.change(api_url=shop.till.api)
        answer = shop.set_token(shop.till.ask("/token", {"action": "narrow", "permissions": "all",
                                                         "resources": ["store." + NO_STORE]})["token"])
        same(answer["stores"], 0, "stores")
        same(shop.setting("store")["choices"], [], "choices")
        same(shop.host.rows("stores"), [], "rows")


@case
def registers_and_price_lists_are_there_as_soon_as_a_store_is_chosen():
    with Shop("--stores", "2") as shop:
        shop.connect()
        second = next(s for s in shop.till.ask("/state")["stores"] if s["name"] == "Boutique 002")
        since = shop.till.ask("/requests?limit=1")["last"]
        shop.change(store=second["id"])
        same([choice["value"] for choice in shop.setting("pos")["choices"]], [p["id"] for p in second["pos"]])
        need(shop.setting("price-list")["choices"], "there are no price lists")
        same([r for r in shop.till.requests(since=since) if "/pos" in r["path"]], [], "registers read anew")


@case
def a_single_store_is_bound_without_a_question():
    with Shop() as shop:
        shop.connect()
        shop.host.ask("discover")
        same(shop.setting("store")["value"], shop.till.ask("/state")["stores"][0]["id"])


@case
def a_store_of_another_company_is_not_offered():
    with Shop() as shop:
        shop.connect()
        shop.host.ask("discover")
        labels = [choice["label"] for choice in shop.setting("store")["choices"]]
        same(labels, ["Le Panier du Beffroi - Lille (Lille)"], "stores offered")
        try:
            shop.change(store="atelier")
            raise AssertionError("a store that was never seen can be chosen")
        except Refused as error:
            same(error.code, "invalid")
            holds(error.message, "store")


@case
def registers_and_price_lists_are_offered_for_the_store():
    with Shop(shop="snack") as shop:
        shop.connect()
        shop.host.ask("discover")
        same(sorted(c["label"] for c in shop.setting("pos")["choices"]), ["Comptoir", "Terrasse"])
        need(len(shop.setting("price-list")["choices"]) >= 2, "price lists are missing")
        same(shop.setting("pos")["value"], "", "a register was chosen unasked")


@case
def with_two_registers_an_order_waits_for_the_choice():
    with Shop(shop="snack") as shop:
        shop.set_up(pos=1)
        host, till = shop.host, shop.till
        chosen = shop.setting("pos")["value"]
        shop.change(pos="")
        sale = host.sell_line(shop.articles()["cola"]["id"] + "=1")
        same((sale["state"], sale["reason"]), ("held", "register"))
        holds(sale["message"], "register")
        same(till.orders(), [], "orders")
        shop.change(pos=chosen)
        host.wait_sale(sale["id"], state="sent")
        same(till.order(sale["order_id"])["pos"], chosen, "register")


@case
def an_inactive_register_needs_no_choice():
    with Shop() as shop:
        shop.set_up()
        shop.change(pos="")
        sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        shop.host.wait_sale(sale["id"], state="sent")
        same(shop.till.order(sale["order_id"])["pos"], shop.till.ask("/state")["stores"][0]["pos"][0]["id"])


@case
def a_visible_store_is_not_a_usable_one():
    with Shop("--stores", "3") as shop:
        shop.connect()
        rows = {row["id"]: row for row in shop.host.rows("stores")}
        same({row["usable"] for row in rows.values()}, {True}, "usable")
        first = next(iter(rows))
        shop.set_token(shop.till.ask("/token", {
            "action": "narrow", "permissions": "all",
            "resources": ["company." + rows[first]["parent_id"], "store." + first]})["token"])
        usable = [row["id"] for row in shop.host.rows("stores") if row["usable"]]
        same(usable, [first], "usable stores")
        same([choice["value"] for choice in shop.setting("store")["choices"]], [first], "choices")


@case
def a_store_is_bound_once_on_this_computer():
    with Shop() as shop:
        shop.connect()
        same(shop.setting("store")["value"], shop.till.ask("/state")["stores"][0]["id"])
        first = shop.host
        shop.state = shop.folder / "second"
        second = shop.open()
        answer = shop.connect()
        same(answer["stores"], 1)
        same(shop.setting("store")["value"], "", "the store of the second")
        holds(shop.setting("store")["error"], "already connected to")
        try:
            shop.change(store=shop.till.ask("/state")["stores"][0]["id"])
            raise AssertionError("one store has two bindings")
        except Refused as error:
            same(error.code, "conflict")
            holds(error.message, first.ask("status")["host_name"])
        first.ask("settings", "set", "store=")
        second.ask("settings", "set", "store=" + shop.till.ask("/state")["stores"][0]["id"])


@case
def confirmations_belong_to_one_register():
    with Shop(shop="snack") as shop:
        shop.set_up(pos=1)
        def state(line):
            return next(row["state"] for row in shop.host.rows("list", "checklist") if row["id"] == line)
        same(state("module"), "unknown")
        shop.change(confirmed_module="true")
        same(state("module"), "ok")
        need(any(row["id"] == "module" and row["level"] == "ok" for row in shop.host.rows("diagnose")),
             "the doctor does not say that a person has confirmed it")
        pos = [row["id"] for row in shop.host.rows("list", "registers")]
        chosen = shop.setting("pos")["value"]
        shop.change(pos=next(p for p in pos if p != chosen))
        same(state("module"), "unknown", "of another register")
        shop.change(pos=chosen)
        same(state("module"), "ok")


@case
def orders_go_to_the_chosen_store_alone():
    with Shop("--stores", "3") as shop:
        shop.connect()
        shop.host.ask("discover")
        second = next(s for s in shop.till.ask("/state")["stores"] if s["name"] == "Boutique 002")
        shop.change(store=second["id"], till_of_record="shopcaisse")
        shop.host.ask("calibrate")
        shop.host.ask("apply", shop.host.ask("plan")["plan"])
        sale = shop.host.sell("--random", 1, "--linked")["rows"][0]
        shop.host.wait_sale(sale["id"], state="sent")
        same({o["store"] for o in shop.till.orders()}, {second["id"]}, "stores with orders")
        posts = shop.till.requests("POST", "/v1/stores/.*")
        same({r["path"].split("/")[3] for r in posts}, {second["id"]}, "stores written to")


@case
def of_two_companies_the_one_whose_store_is_chosen_is_asked():
    with Shop() as shop:
        stores = shop.till.ask("/state")["stores"]
        first, other = (next(s for s in stores if s["inToken"] is is_ours) for is_ours in (True, False))
        need(first["company"] != other["company"], "the shop has one company")
        shop.change(api_url=shop.till.api)
        resources = [kind + "." + store[key] for store in (first, other) for kind, key in (("company", "company"), ("store", "id"))]
        answer = shop.set_token(shop.till.ask("/token", {"action": "narrow", "permissions": "all",
                                                         "resources": resources})["token"])
        same(answer["companies"], 2, "companies")
        same(len({row["name"] for row in shop.host.rows("list", "companies")}), 2, "names of companies")
        shop.change(store=other["id"])
        since = shop.till.ask("/requests?limit=1")["last"]
        for task in ("pull-catalogue", "pull-stock", "poll-orders", "pull-sales"):
            shop.host.run(task)
        paths = [r["path"].split("/")[2:4] for r in shop.till.requests(since=since)]
        for kind, wanted in (("companies", other["company"]), ("stores", other["id"])):
            same({path[1] for path in paths if path[0] == kind and len(path) > 1}, {wanted}, kind)


run()
