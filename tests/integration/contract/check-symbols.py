#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what the library exports with the committed list: check-symbols.py NM LIBRARY LIST

A name may be appended to the list, never taken away; what is exported and not listed is an accident.
"""
import subprocess
import sys

nm, library, path = sys.argv[1:]
lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, text=True,
                       capture_output=True).stdout.splitlines()
names = {line.split()[-1].replace("@@", "@") for line in lines if line.split()[1] in "TtDdBbRrVvWi"}
with open(path, encoding="ascii") as committed:
    listed = {line.strip() for line in committed if line.strip() and not line.startswith("#")}

missing = sorted(listed - names)
unlisted = sorted(names - listed)
for name in missing:
    print(f"{name}: promised and no longer exported")
for name in unlisted:
    print(f"{name}: exported and not listed: hide it, or append it to {path}")
sys.exit(bool(missing or unlisted))
