#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the network and the service do to a posted order: whatever it is, the till has it exactly once."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shop import Shop, case, cents, holds, need, run, same


def survives(fault, n_requests=2, **more):
    """One order is posted into the fault, the next try goes through; exactly one is on the till."""
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.ask("/requests", method="DELETE")
        till.fault(fault, **more)
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=2")

        def is_answered():
            row = host.sales.get(sale["id"], {})
            return row.get("reason") or row.get("state") == "sent"

        host.until(is_answered, "the first answer")
        host.run("send-orders")
        host.wait_sale(sale["id"], state="sent")
        same([(o["orderId"], o["totalMinor"]) for o in till.orders()], [(sale["order_id"], 790)], "orders")
        posts = till.requests("POST", ".*/orders")
        need(len(posts) >= n_requests, "%d posts" % len(posts))
        need(len({p["sha256"] for p in posts if p["reached"]}) == 1, "different bodies of one order")


@case
def a_page_of_a_captive_portal_is_no_success():
    survives("html_200")


@case
def an_error_500_is_tried_again():
    survives("status_500")


@case
def a_gateway_that_fails_is_tried_again():
    survives("status_502")


@case
def a_cut_after_the_order_was_stored_makes_no_second():
    survives("cut_after_store")


@case
def a_cut_before_the_order_was_stored_loses_nothing():
    survives("cut_before_store")


@case
def a_request_cut_in_the_middle_is_sent_again():
    survives("cut_half_request")


@case
def half_an_answer_is_no_success():
    survives("half_body")


@case
def half_an_answer_in_chunks_is_no_success():
    survives("half_body", framing="chunked")


@case
def half_an_answer_without_a_length_is_no_success():
    survives("half_body", framing="close", how="fin")


@case
def an_answer_that_is_cut_json_is_no_success():
    survives("bad_json")


@case
def an_answer_of_a_hundred_thousand_levels_is_no_success():
    survives("deep_json", store=True)


@case
def a_body_of_64_megabytes_is_cut_off():
    survives("huge_body", bytes=64 << 20, store=True)


@case
def a_gzip_bomb_is_cut_off():
    survives("gzip_bomb", bytes=200 << 20, store=True)


@case
def an_answer_of_another_order_is_no_success():
    survives("wrong_echo", field="orderId")


@case
def a_refused_connection_is_tried_again():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.fault("refuse", path="/", method="*", times=0)
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        host.wait_sale(sale["id"], state="waiting", reason="offline")
        till.clear_faults()
        host.run("send-orders")
        host.wait_sale(sale["id"], state="sent")
        same([o["posts"] for o in till.orders()], [1], "posts")
        host.wait_status("ready")


@case
def the_service_comes_back_and_orders_leave_without_a_hand():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.fault("status_500", times=2)
        sales = host.sell("--random", 3, "--seed", 2, "--linked")["rows"]
        for sale in sales:
            host.wait_sale(sale["id"], state="sent")
        same({o["orderId"]: o["totalMinor"] for o in till.orders()},
             {s["order_id"]: cents(s["total"]) for s in sales}, "orders")


@case
def too_many_requests_waits_as_long_as_asked():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.fault("throttle", retry_after=1)
        began = time.monotonic()
        sale = host.sell_line(shop.articles()["mustard"]["id"] + "=1")
        host.wait_sale(sale["id"], state="waiting", reason="throttled")
        host.wait_sale(sale["id"], state="sent")
        need(time.monotonic() - began >= 1, "it did not wait")
        same([o["posts"] for o in till.orders()], [1], "posts")


@case
def a_slow_drip_is_read_or_cut_and_makes_no_second():
    survives("slow_drip", n_requests=1, bytes=64, ms=20)


@case
def a_redirect_is_not_followed_and_the_second_server_sees_nothing():
    seen = []

    class Other(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append((self.path, str(self.headers)))
            self.send_response(500)
            self.end_headers()

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *_):
            pass

    other = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        for status in (302, 307, 308):
            survives("redirect", status=status, location="http://127.0.0.1:%d/v1/stores" % other.server_port)
        same(seen, [], "requests that the second server saw")
    finally:
        other.shutdown()
        other.server_close()


@case
def a_mix_of_faults_leaves_every_order_exactly_once():
    with Shop() as shop:
        shop.set_up()
        host, till = shop.host, shop.till
        till.ask("/fault-mix", {"seed": 11, "percent": {
            "cut_before_store": 15, "cut_after_store": 15, "status_500": 10, "html_200": 10}})
        sales = host.sell("--random", 15, "--seed", 4, "--linked")["rows"]

        def everything_sent():
            waiting = [s for s in sales if host.sales.get(s["id"], {}).get("state") != "sent"]
            return not waiting or (host.start("run-task", "send-orders") and False)

        host.until(everything_sent, "all sales to be sent")
        same({o["orderId"]: o["totalMinor"] for o in till.orders()},
             {s["order_id"]: cents(s["total"]) for s in sales}, "orders")
        need(any(o["posts"] > 1 for o in till.orders()), "the mix has hit nothing")


run()
