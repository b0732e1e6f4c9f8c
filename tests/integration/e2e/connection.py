#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The token: accepted, malformed, revoked, replaced, narrowed; where it may be sent."""

from shop import Refused, Shop, case, holds, need, run, same


@case
def a_token_is_accepted():
    with Shop() as shop:
        answer = shop.connect()
        same(answer["environment"], "prod")
        need(answer["resources"] and answer["permissions"], "no resources or rights are told")
        same(shop.host.ask("test")["application_id"], answer["application_id"])
        shop.host.wait_status("not-configured", "choose a store")


@case
def a_set_up_works():
    with Shop() as shop:
        plan, applied = shop.set_up()
        print(plan["create"], applied["done"])
        arts=shop.articles()
        sale=shop.host.sell_line(arts["honey-flowers"]["id"]+"=2")
        print(sale)
        print(shop.host.wait_sale(sale["id"],state="sent"))
        print(shop.till.order(sale["order_id"])["totalMinor"])

run()
