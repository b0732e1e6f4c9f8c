#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compiles each header of the contract alone: check-headers.py LANGUAGE STANDARD INCLUDE -- COMPILER..."""
import os
import pathlib
import subprocess
import sys

language, standard, include = sys.argv[1:4]
compiler = sys.argv[5:]
flags = subprocess.run(["pkg-config", "--cflags", "gio-2.0"], check=True, text=True,
                       capture_output=True).stdout.replace("-I", "-isystem ").split()
headers = sorted(pathlib.Path(include, "comptoir").glob("*.h"))
failed = [] if headers else ["no header found"]
for header in headers:
    command = [*compiler, "-x", language, f"-std={standard}", "-fsyntax-only", "-pedantic-errors",
               "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-I", include, *flags, "-"]
    done = subprocess.run(command, text=True, capture_output=True, env={**os.environ, "LC_ALL": "C"},
                          input=f"#include <comptoir/{header.name}>\n")
    if done.returncode != 0:
        failed.append(f"{header.name}: {done.stderr}")
print("\n".join(failed))
sys.exit(bool(failed))
