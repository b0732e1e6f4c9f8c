#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A till that sells one coffee. Usage: host.py [CHANNEL [STATE_FOLDER]]"""
import sys

import gi
gi.require_version("Comptoir", "1")
from gi.repository import Comptoir, GLib, GObject


class Till(GObject.Object, Comptoir.Host):
    def do_get_api_version(self):
        return Comptoir.API_VERSION

    def do_dup_name(self):
        return "Example till 1.0"

    def do_dup_instance_id(self):
        return "example-till-database"

    def do_dup_state_dir(self):
        return sys.argv[2] if len(sys.argv) > 2 else None


def opened(channel, result):
    channel.open_finish(result)
    line = Comptoir.sale_line_new("coffee", "Coffee", "2", "2.50", "10")
    payment = Comptoir.payment_new("cash", "5.00")
    sale = Comptoir.sale_new("1042", "2026-03-01T11:02:00Z", "5.00",
                             Comptoir.rows_new([line]), Comptoir.rows_new([payment]))
    channel.submit_sale_async(sale, None, sold)


def sold(channel, result):
    print(channel.submit_sale_finish(result)["state"])
    channel.close_async(lambda channel, result: loop.quit())


loop = GLib.MainLoop()
channel = Comptoir.channel_new(sys.argv[1] if len(sys.argv) > 1 else "shopcaisse")
channel.open_async(Till(), None, opened)
loop.run()
