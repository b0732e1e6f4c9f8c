#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks a host in Python: check-python-host.py HOST.py FOLDER OPTIONS, as comptoir-host calls it.

HOST.py defines new_host(folder), and may define sell(host, channel). OPTIONS is a JSON object with
what the task "check" takes, "rounds", and "json".
"""
import gc
import json
import runpy
import sys

import gi
gi.require_version("Comptoir", "1")
from gi.repository import Comptoir, GLib


class Checker:
    def __init__(self, maker, folder, options):
        self.maker, self.folder, self.options = maker, folder, options
        self.channel = Comptoir.channel_new("check")

    def wait(self, start, *arguments):
        results = []
        start(*arguments, lambda channel, result, *_: results.append(result))
        while not results:
            GLib.MainContext.default().iteration(True)
        return results[0]

    def run(self, task, **options):
        packed = GLib.Variant("a{sv}", options)
        return self.channel.run_finish(self.wait(self.channel.run_async, task, packed, None)).unpack()

    def open(self):
        host = self.maker["new_host"](self.folder)
        if not isinstance(host, Comptoir.Host):
            sys.exit("comptoir-host: new_host(folder) made no Comptoir.Host")
        self.channel.open_finish(self.wait(self.channel.open_async, host, None))
        return host

    def close(self):
        self.channel.close_finish(self.wait(self.channel.close_async))

    def start_sale(self, host):
        """Sells when the checks have begun, from the main loop as a host does."""
        def sell():
            self.maker["sell"](host, self.channel)
            return GLib.SOURCE_REMOVE
        GLib.idle_add(sell)

    def check(self):
        host = self.open()
        if self.options["sell"]:
            self.start_sale(host)
        kinds = {"names": "as", "timeout_ms": "u", "rows": "u", "write": "b", "sell": "b"}
        answer = self.run("check", **{key: GLib.Variant(kind, self.options[key])
                                      for key, kind in kinds.items()})
        self.close()
        return answer

    def repeat(self):
        for _ in range(self.options["rounds"]):
            self.open()
            self.close()
        sys.last_value = sys.last_traceback = None  # an exception that was printed holds its frames
        gc.collect()
        return self.run("report")


def main():
    path, folder, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    try:
        maker = runpy.run_path(path, run_name="checked_host")  # PyGObject names types after it
    except FileNotFoundError as error:
        sys.exit(f"comptoir-host: {error}")
    if "new_host" not in maker:
        sys.exit(f"comptoir-host: {path} defines no new_host(folder)")
    options["sell"] = "sell" in maker and options["write"]
    checker = Checker(maker, folder, options)
    try:
        answer = checker.check()
        if options["rounds"]:
            answer = checker.repeat()
    except GLib.Error as error:
        if not error.matches(Comptoir.error_quark(), Comptoir.Error.VERSION) \
                and checker.channel.get_status() != Comptoir.Status.CLOSED:
            print(f"comptoir-host: {error.message}", file=sys.stderr)
            sys.exit(2 if error.matches(Comptoir.error_quark(), Comptoir.Error.INVALID) else 1)
        answer = checker.run("refused", message=GLib.Variant("s", error.message),
                             code=GLib.Variant("i", error.code))
    text = answer.pop("text")
    print(json.dumps(answer, ensure_ascii=False) if options["json"] else text,
          end="\n" if options["json"] else "")
    sys.exit(1 if answer["failed"] else 0)


main()
