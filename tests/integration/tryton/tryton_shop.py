# SPDX-License-Identifier: LGPL-2.1-or-later
"""A shop whose host is a company in Tryton: trytond, the simulator, and comptoir-host --tryton between them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "e2e"))

from shop import CASES, Shop, run, same  # noqa: E402  pylint: disable=wrong-import-position
from tryton_server import Server, number  # noqa: E402  pylint: disable=wrong-import-position


class TrytonShop(Shop):
    """Everything started once, for all cases of a program."""

    def __init__(self, land="fr", shop="gift", secured=False):
        self.server = None
        super().__init__(shop=shop, opened=False)
        self.server = Server(self.folder, land, secured)

    def __exit__(self, kind, error, trace):
        self.server.stop()
        if isinstance(error, SystemExit) and not error.code:
            kind, error, trace = None, None, None
        super().__exit__(kind, error, trace)

    def command(self, *options):
        trusted = [] if self.server.authority is None else ["--tryton-authority", str(self.server.authority)]
        return [*super().command(), "--tryton", self.server.url, "--tryton-user", "admin", "--tryton-password-file",
                str(self.server.password_file), "--tryton-interval", "1", *trusted, *options]

    def set_up(self, **options):
        plan, applied = super().set_up(**options)
        return plan, self.finish_applying(plan, applied)

    def finish_applying(self, plan, applied):
        """A slow server needs more than one go: what was not done is applied again."""
        while applied["failed"] and all("too slowly" in row["message"] for row in applied["rows"]
                                        if row["state"] == "failed"):
            applied = self.host.ask("apply", plan["plan"])
        return applied

    def logs(self):
        return "".join(path.read_text(encoding="utf-8", errors="replace")
                       for path in (self.folder / "host.log", self.folder / "host.out") if path.exists())

    def articles(self):
        """The number of the product that each item of the simulator's shop is linked to, by its key."""
        by_item = {row["external_id"]: int(row["id"]) for row in self.host.rows("links", "--limit", 100000)}
        return {item["key"]: by_item[item["id"]] for item in self.till.items() if item["id"] in by_item}

    def find_till_sale(self, ticket, fields=("state", "number")):
        return self.server.find("sale.sale", [["reference", "=", "shopcaisse:" + ticket["id"]]], list(fields))

    def read_sale(self, sale, *fields):
        return self.server.model("sale.sale.read", [sale], list(fields))[0]


def run_cases(cases, shop):
    """The shop is set up once; each case sells something of its own."""
    for function in cases:
        def bound(function=function):
            function(shop)
        bound.__name__ = function.__name__
        CASES.append(bound)
    run()


__all__ = ["TrytonShop", "number", "run_cases", "same"]
