#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""All that the contract says, asked of the Tryton host with a throw-away database, over https."""

import os
import re
import subprocess

from tryton_shop import TrytonShop, run_cases  # first: it knows where shop lies
from shop import WAIT_S, holds, need, same
from tryton_server import AUTHORITY, CERTIFICATES

UNREACHABLE, INVALID = 6, 8


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
    lines = check(shop, COMPTOIR_CHECK_WRITE="1")
    same([line for line in lines if line[0] == "FAILED"], [])
    for name in ("since", "tombstones", "same-key-apply", "same-key-record", "partial-failure", "odd-ids"):
        need(any(verdict == "ok" and words.startswith(name) for verdict, words in lines), name + " is not ok")


def refuse(shop, authority):
    """The exit status and what is said, when these certificates are to vouch for the server."""
    shop.server.authority = authority
    try:
        status, _, said = shop.once("status")
    finally:
        shop.server.authority = AUTHORITY
    return status, said


def a_server_that_no_authority_of_the_system_vouches_for_gets_no_password(shop):
    before = shop.server.count_sessions()
    status, said = refuse(shop, None)
    same(status, UNREACHABLE, "exit status")
    holds(said, "certificate")
    same(shop.server.count_sessions(), before, "sessions")


def another_authority_than_the_named_one_does_not_vouch(shop):
    same(refuse(shop, CERTIFICATES / "stranger.pem")[0], UNREACHABLE, "exit status")


def a_file_without_certificates_is_named(shop):
    status, said = refuse(shop, CERTIFICATES / "README.md")
    same(status, INVALID, "exit status")
    holds(said, "the certificates for Tryton")


with TrytonShop(secured=True) as world:
    run_cases([
        nothing_fails_that_only_reads,
        nothing_fails_that_writes,
        a_server_that_no_authority_of_the_system_vouches_for_gets_no_password,
        another_authority_than_the_named_one_does_not_vouch,
        a_file_without_certificates_is_named,
    ], world)
