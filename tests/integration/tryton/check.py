#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""All that the contract says, asked of the Tryton host with a throw-away database."""

import os
import re
import subprocess

from tryton_shop import TrytonShop, run_cases  # first: it knows where shop lies
from shop import WAIT_S, need, same

N_ARTICLES = 300  # what Tryton changes one by one takes it long


def check(shop, **more):
    """The check's report, as lines of (verdict, name and words)."""
    report = shop.folder / "report.txt"
    report.unlink(missing_ok=True)
    environment = {**shop.environment, "COMPTOIR_PATH": os.environ["COMPTOIR_CHECK_DIR"], "COMPTOIR_CHECK": str(report),
                   **more}
    done = subprocess.run(shop.command("--channel", "check", "status"), capture_output=True, text=True, env=environment,
                          cwd=shop.folder, timeout=10 * WAIT_S, check=False)
    same(done.returncode, 0, "exit status (%s)" % done.stderr[-300:])
    return re.findall(r"^(ok|FAILED|warning|not offered|not checked) +(.*)$", report.read_text(encoding="utf-8"), re.M)


def nothing_fails_that_only_reads(shop):
    shop.server.sell((shop.server.find("product.product", [["code", "=", "CAF250"]], [])[0]["id"], 37))
    lines = check(shop)
    same([line for line in lines if line[0] == "FAILED"], [])
    for name in ("sale-rows", "sale-sums", "article-rows", "each-row-once", "bad-queries"):
        need(any(verdict == "ok" and words.startswith(name) for verdict, words in lines), name + " is not ok")


def nothing_fails_that_writes(shop):
    lines = check(shop, COMPTOIR_CHECK_WRITE="1", COMPTOIR_CHECK_ROWS=str(N_ARTICLES))
    same([line for line in lines if line[0] == "FAILED"], [])
    for name in ("since", "tombstones", "same-key-apply", "same-key-record", "partial-failure", "odd-ids"):
        need(any(verdict == "ok" and words.startswith(name) for verdict, words in lines), name + " is not ok")


with TrytonShop() as world:
    run_cases([nothing_fails_that_only_reads, nothing_fails_that_writes], world)
