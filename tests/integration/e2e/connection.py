#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The token: accepted, malformed, revoked, replaced, narrowed; and where it may be sent."""

from shop import Refused, Shop, case, holds, need, run, same

# A port that nobody listens on: should a request leave against all expectation, it ends there.
NOWHERE = "http://127.0.0.1:9"


def refused(ask, *words):
    try:
        answer = ask(*words)
    except Refused as error:
        return error
    raise AssertionError("%s was not refused: %s" % (words[:3], answer))


@case
def a_token_is_accepted_and_told_about():
    with Shop() as shop:
        answer = shop.connect()
        same(answer["environment"], "prod")
        need(answer["resources"] and answer["permissions"], "neither resources nor rights are told")
        same(shop.host.ask("test")["application_id"], answer["application_id"])
        same((answer["application"], answer["companies"], answer["stores"]), (answer["application_id"], 1, 1))
        same((answer["rights"], answer["registers"]), (len(answer["permissions"]), 2))
        shop.host.wait_status("ready")


@case
def one_paste_fills_every_list():
    with Shop() as shop:
        shop.connect()
        for kind in ("companies", "stores", "registers", "price-lists", "rights", "facts", "flows", "checklist"):
            need(shop.host.rows("list", kind), "the list %s is empty" % kind)
        facts = {row["id"]: row for row in shop.host.rows("list", "facts")}
        same(facts["store"]["text"], "Le Panier du Beffroi - Lille (Lille)")
        same([facts[i]["level"] for i in ("application", "token", "store")], ["ok"] * 3, "levels")
        need("staging" not in facts, "a production token is told to be of staging")


@case
def of_the_token_four_characters_are_shown():
    with Shop() as shop:
        shop.connect()
        same(shop.setting("token")["hint"], "…" + shop.till.token[-4:])


@case
def a_staging_token_is_noted():
    with Shop() as shop:
        shop.change(api_url=shop.till.api)
        shop.set_token(shop.till.switch(namespace="staging")["token"])
        facts = {row["id"]: row for row in shop.host.rows("list", "facts")}
        same((facts["environment"]["text"], facts["staging"]["level"]), ("Staging", "warning"))
        need(any(row["id"] == "staging" and row["level"] == "warning" for row in shop.host.rows("diagnose")),
             "the doctor does not say it")


@case
def a_token_of_another_company_is_a_question():
    with Shop() as shop:
        shop.set_up()
        links = shop.host.rows("links", "--limit", 10000)
        since = shop.till.ask("/requests?limit=1")["last"]
        other = shop.till.ask("/token", {"action": "narrow", "permissions": "all",
                                         "resources": ["company.00000000-0000-4000-8000-000000000001"]})["token"]
        error = refused(shop.set_token, other)
        same(error.code, "conflict")
        holds(error.message, "another company")
        same(shop.till.requests(since=since), [], "requests")
        same(shop.host.rows("links", "--limit", 10000), links, "links")
        shop.set_token(shop.till.ask("/token", {"action": "narrow", "permissions": "all"})["token"])
        same(shop.host.ask("plan")["create"], 0, "articles to be made twice")


@case
def a_support_bundle_has_neither_token_nor_customer():
    with Shop() as shop:
        shop.set_up()
        shop.change(send_customer="true", proxy="http://ann:hush@127.0.0.1:9")
        shop.change(proxy="system")
        shop.write_sale({"id": "c-1", "total": "1.00", "order_type": "DELIVERY",
                         "customer": {"name": "Zoé Delannoy", "phone": "0612345678", "email": "zoe@example.org"},
                         "lines": [{"article_id": "nowhere", "name": "Flan", "quantity": "1", "unit_price": "1.00"}],
                         "payments": [{"method": "card", "amount": "1.00"}]})
        shop.host.run("catch-up")
        path = shop.folder / "support.txt"
        shop.host.ask("export", "support", "text", "--output", path)
        text = path.read_text(encoding="utf-8")
        for part in ("== versions", "== settings", "== facts", "== rights", "== doctor", "== flows", "== counts",
                     "== journal"):
            holds(text, part)
        for part in [*shop.till.token.split("."), "Delannoy", "Zoé", "0612345678", "zoe@example.org", "hush"]:
            need(part not in text, "%r is in the bundle" % part)


@case
def a_truncated_token_is_named_before_any_request():
    with Shop() as shop:
        shop.change(api_url=shop.till.api)
        whole = shop.till.token
        error = refused(shop.set_token, whole.rpartition(".")[0])
        same(error.code, "invalid")
        holds(error.message, "2")
        for length in range(50, whole.rindex("."), 50):
            same(refused(shop.set_token, whole[:length]).code, "invalid", "cut after %d bytes" % length)
        same(shop.till.requests(), [], "requests")
        same(shop.setting("token")["value"], False, "a token is set")


@case
def a_token_that_the_service_refuses_is_said_so():
    with Shop() as shop:
        shop.connect()
        shop.till.ask("/token", {"action": "revoke"})
        for status in (403, 401):
            shop.till.switch(auth_status=status)
            error = refused(shop.host.ask, "test")
            same((error.code, error.exit), ("unauthorized", 5))
            holds(error.message, "refuses the token")


@case
def a_revoked_token_keeps_the_queue_and_a_new_one_resumes():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        links = host.rows("links", "--limit", 10000)
        till.ask("/token", {"action": "revoke"})
        sales = host.sell("--random", 5, "--seed", 1, "--linked")["rows"]
        host.wait_status("blocked", "refuses the token")
        same(till.orders(), [], "orders on the till")
        states = {row["state"] for row in host.rows("orders", "--limit", 1000)}
        need(states <= {"waiting"}, "the queue holds %s" % states)
        need(any(row["id"] == "token" and row["level"] == "error" for row in host.rows("diagnose")),
             "the doctor does not name the token")
        shop.set_token(till.ask("/token", {"action": "renew"})["token"])
        for sale in sales:
            host.wait_sale(sale["id"], state="sent")
        same(len(till.orders()), 5, "orders on the till")
        same([o["posts"] for o in till.orders()], [1] * 5, "accepted posts of each order")
        same(host.rows("links", "--limit", 10000), links, "links")
        host.wait_status("ready")


@case
def a_restored_token_resumes_when_orders_are_sent_by_hand():
    with Shop() as shop:
        shop.set_up()
        shop.till.ask("/token", {"action": "revoke"})
        sale = shop.host.sell("--random", 1, "--seed", 1, "--linked")["rows"][0]
        shop.host.wait_status("blocked", "refuses the token")
        shop.till.ask("/token", {"action": "restore"})
        shop.host.run("send-orders")
        shop.host.wait_sale(sale["id"], state="sent")
        shop.host.wait_status("ready")


@case
def each_missing_right_is_named():
    with Shop() as shop:
        shop.connect()
        for rights, missing in (("read-only", ["store.*.orders.write", "store.*.orders.cancel"]),
                                ("no-cancel", ["store.*.orders.cancel"]),
                                ("no-sales", ["store.*.sales.read"]),
                                ("orders-only", ["company.*.items.read"])):
            shop.set_token(shop.till.ask("/token", {"action": "narrow", "permissions": rights})["token"])
            titles = [row["title"] for row in shop.host.rows("diagnose") if row["level"] == "warning"]
            listed = {row["id"]: row for row in shop.host.rows("list", "rights")}
            for right in missing:
                sentence = " needs %s, which this token lacks." % right
                need(any(sentence in title for title in titles), "%s: %s is not named in %s" % (rights, right, titles))
                same(listed[right]["state"], "missing", right)
                holds(listed[right]["text"], sentence)
        shop.set_token(shop.till.ask("/token", {"action": "narrow", "permissions": "all"})["token"])
        need(not any("this token lacks" in row["title"] for row in shop.host.rows("diagnose")), "a right is missing")
        need(not any(row["state"] == "missing" for row in shop.host.rows("list", "rights")), "a right is missing")


@case
def orders_wait_without_the_right_to_write_them():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        shop.set_token(till.ask("/token", {"action": "narrow", "permissions": "read-only"})["token"])
        sales = host.sell("--random", 3, "--seed", 3, "--linked")["rows"]
        host.wait_status("blocked")
        same(till.orders(), [], "orders")
        need(all(row["state"] == "waiting" for row in host.rows("orders")), "an order is lost")
        same(host.ask("test")["ok"], True, "the token itself is accepted")
        shop.set_token(till.ask("/token", {"action": "narrow", "permissions": "all"})["token"])
        host.run("send-orders")
        for sale in sales:
            host.wait_sale(sale["id"], state="sent")
        same([o["posts"] for o in till.orders()], [1] * 3, "posts of each order")


@case
def a_staging_token_is_refused_at_the_production_address():
    with Shop() as shop:
        shop.change(api_url="https://api.shop-caisse.com", proxy=NOWHERE)
        error = refused(shop.set_token, shop.till.switch(namespace="staging")["token"])
        same(error.code, "invalid")
        holds(error.message, "staging")
        same(shop.setting("token")["value"], False, "a token is set")
        need("test-connection" not in shop.logs(), "a request was tried")


@case
def a_staging_token_stays_when_the_address_becomes_production():
    with Shop() as shop:
        shop.change(api_url=shop.till.api)
        shop.set_token(shop.till.switch(namespace="staging")["token"])
        shop.change(api_url="https://api.shop-caisse.com", proxy=NOWHERE)
        shop.host.wait_status("not-configured", "staging")
        error = refused(shop.host.ask, "test")
        same(error.code, "not-configured")
        shop.change(api_url=shop.till.api, proxy="system")
        same(shop.host.ask("test")["ok"], True)


@case
def an_address_is_https_or_this_computer():
    with Shop() as shop:
        for url in ("http://api.example.org", "http://10.0.0.1:8080", "ftp://127.0.0.1", "https://user@example.org",
                    "https://", "127.0.0.1"):
            same(refused(shop.host.ask, "settings", "set", "api-url=" + url).code, "invalid", url)
        for url in ("https://api.example.org", "http://127.0.0.1:1234", "http://localhost:1234", "http://[::1]:1234"):
            shop.change(api_url=url)
            same(shop.setting("api-url")["value"], url)


@case
def every_request_carries_the_token_and_no_address_does():
    with Shop() as shop:
        shop.set_up()
        shop.host.run("poll-orders")
        requests = shop.till.requests()
        need(len(requests) > 10, "only %d requests" % len(requests))
        same({r["authorised"] for r in requests}, {True}, "authorised")
        for part in shop.till.token.split("."):
            need(not any(part in r["path"] + str(r["query"]) for r in requests), "the token is in an address")


@case
def disconnecting_forgets_the_token_and_keeps_articles_and_links():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        articles, links = host.rows("article", "list"), host.rows("links", "--limit", 10000)
        same(host.ask("disconnect"), {"waiting": 0, "parked": 0}, "orders")
        same((shop.setting("token")["value"], shop.setting("token")["hint"]), (False, ""), "the token")
        host.wait_status("not-configured", "no longer updated since")
        n_requests = till.ask("/requests?limit=1")["last"]
        same(refused(host.ask, "test").code, "not-configured")
        same(host.sell("--random", 1, "--linked")["rows"][0]["state"], "waiting")
        same(till.ask("/requests?limit=1")["last"], n_requests, "number of requests")
        need(not any(till.token.encode() in p.read_bytes() for p in shop.state.rglob("*") if p.is_file()),
             "the token is still on the disk")
        shop.set_token(till.token)
        till.wait(orders=2)
        same(host.rows("article", "list"), articles, "articles")
        same(host.rows("links", "--limit", 10000), links, "links")
        same(host.ask("plan")["create"], 0, "articles to be made twice")


@case
def waiting_orders_are_kept_or_parked_at_a_disconnection():
    for words in [], ["--park"]:
        with Shop() as shop:
            shop.set_up()
            shop.till.fault("refuse", path="/", method="*", times=0)
            sales = shop.host.sell("--random", 5, "--linked")["rows"]
            shop.host.wait_sale(sales[0]["id"], state="waiting", reason="offline")
            counted = shop.host.ask("disconnect", *words)
            # One that is on the wire in this moment may arrive, and is not parked.
            same(counted["waiting"] in ((0, 1) if words else (5,)), True, "waiting after %s: %s" % (words, counted))
            same(counted["waiting"] + counted["parked"], 5, "all of them")
            states = [row["state"] for row in shop.host.rows("orders")]
            same(states.count("parked"), counted["parked"], "parked of %s" % states)
            shop.till.clear_faults()
            shop.set_token(shop.till.token)
            shop.host.run("send-orders")
            same(len(shop.till.orders()), counted["waiting"], "orders after %s" % (words or "keeping"))


@case
def waiting_orders_are_sent_before_a_disconnection_where_that_is_wanted():
    with Shop() as shop:
        shop.set_up()
        shop.till.fault("refuse", path="/", method="*", times=0)
        sales = shop.host.sell("--random", 5, "--linked")["rows"]
        same(len(shop.till.orders()), 0, "orders before")
        shop.till.clear_faults()
        shop.host.run("send-orders")
        for sale in sales:
            shop.host.wait_sale(sale["id"], state="sent")
        same(shop.host.ask("disconnect"), {"waiting": 0, "parked": 0}, "counted")
        same([o["posts"] for o in shop.till.orders()], [1] * 5, "posts of each order")


run()
