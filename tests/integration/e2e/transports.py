#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which library carries the bytes: as it fits the process, or as a person chose."""

import ctypes
from pathlib import Path

from shop import Refused, Shop, case, holds, need, run, same

LIBSOUP_2 = "libsoup-2.4.so.1"


def mapped(shop, name):
    """Whether a library of that name is in the host's process."""
    return any(name in line for line in Path("/proc/%d/maps" % shop.host.process.pid).read_text().splitlines())


def sell_one(shop):
    sale = shop.host.sell_line(shop.articles()["mustard"]["id"] + "=1")
    shop.host.wait_sale(sale["id"], state="sent")
    same(shop.till.order(sale["order_id"])["posts"], 1, "posts")


class OldShop(Shop):
    """Its host has libsoup 2 from its first moment, as GnuCash has."""

    def __init__(self):
        super().__init__(opened=False)
        self.environment["LD_PRELOAD"] = " ".join(
            [*self.environment.get("LD_PRELOAD", "").split(), LIBSOUP_2])
        # The sanitisers' library wants to be the first; the host is linked with it and is.
        self.environment["ASAN_OPTIONS"] = ":".join(
            [*self.environment.get("ASAN_OPTIONS", "").split(":"), "verify_asan_link_order=0"])
        self.open()


@case
def libsoup_2_is_on_this_machine():
    ctypes.CDLL(LIBSOUP_2)


@case
def automatically_it_is_libsoup():
    with Shop() as shop:
        shop.set_up()
        sell_one(shop)
        need(mapped(shop, "/net/soup.so"), "soup.so is not there")
        need(not mapped(shop, "/net/curl.so"), "curl.so is there, unasked")


@case
def curl_carries_a_sale_when_it_is_chosen():
    with Shop() as shop:
        shop.change(transport="curl")
        shop.set_up()
        sell_one(shop)
        need(mapped(shop, "/net/curl.so"), "curl.so is not there")
        need(not mapped(shop, "/net/soup.so"), "soup.so is there, unasked")


@case
def a_choice_holds_from_the_next_request_on():
    with Shop() as shop:
        shop.set_up()
        sell_one(shop)
        shop.change(transport="curl")
        shop.host.wait_status("ready")
        sell_one(shop)
        need(mapped(shop, "/net/curl.so"), "curl.so is not there")


@case
def an_unknown_transport_is_refused():
    with Shop() as shop:
        try:
            shop.change(transport="pigeon")
        except Refused as error:
            same(error.code, "invalid")
            holds(error.message, "transport")
        else:
            raise AssertionError("it was taken")


@case
def a_host_with_libsoup_2_sells_through_curl():
    with OldShop() as shop:
        need(mapped(shop, "/libsoup-2.4.so"), "libsoup 2 is not in the host")
        shop.set_up()
        sell_one(shop)
        need(mapped(shop, "/net/curl.so"), "curl.so is not there")
        need(not mapped(shop, "/libsoup-3.0.so"), "libsoup 3 is there, beside libsoup 2")


@case
def a_host_with_libsoup_2_refuses_soup_and_lives():
    with OldShop() as shop:
        shop.set_up()
        shop.change(transport="soup")
        shop.host.wait_status("not-configured", "libsoup 2")
        need(not mapped(shop, "/libsoup-3.0.so"), "libsoup 3 is there, beside libsoup 2")
        same(shop.setting("transport")["value"], "soup")
        shop.change(transport="auto")
        shop.host.wait_status("ready")
        sell_one(shop)


run()
