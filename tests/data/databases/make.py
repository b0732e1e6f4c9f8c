#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes NNNN.db: a small database as the release with schema version NNNN leaves it. Run once for
each released schema, from this folder; the files are committed and never made again."""

import hashlib
import pathlib
import sqlite3
import sys

MIGRATIONS = pathlib.Path(__file__).resolve().parents[3] / "data" / "migrations"
PATH, BODY = "/v1/example", b'{"example": true}'


def main(version):
    target = pathlib.Path(f"{version:04}.db")
    if target.exists():
        sys.exit(f"{target} exists: a released database is never made again")
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    for number in range(1, version + 1):
        connection.executescript((MIGRATIONS / f"{number:04}.sql").read_text())
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(
        "INSERT INTO outbox (kind, version, key, lane, lane_width, priority, store_id, subject,"
        " run, args, path, body, sha256, state, due_at, created_at)"
        " VALUES ('example', 1, 'example', 'example', 1, 1, '', '', 0, '', ?, ?, ?, 'waiting', 0, 0)",
        (PATH, BODY, hashlib.sha256(PATH.encode() + b"\n" + BODY).hexdigest()),
    )
    connection.execute("INSERT INTO setting (key, value) VALUES ('example', 'value')")
    connection.close()


main(int(sys.argv[1]))
