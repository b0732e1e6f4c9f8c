#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An example stays short and works: check-examples.py SOURCE COMMAND...

Counted are lines that say something: no empty line, comment, or brace alone.
"""
import re
import subprocess
import sys

LIMIT = 40

source, command = sys.argv[1], sys.argv[2:]
with open(source, encoding="utf-8") as text:
    code = re.sub(r'(?s)/\*.*?\*/|""".*?"""|^#(?!include).*?$|^//.*?$', "", text.read(), flags=re.M)
count = sum(1 for line in code.splitlines() if line.strip(" {};"))
if count > LIMIT:
    sys.exit(f"{source}: {count} lines, more than {LIMIT}")
done = subprocess.run(command, text=True, capture_output=True, timeout=30)
if done.returncode != 0 or done.stdout != "waiting\n":
    sys.exit(f"{command}: status {done.returncode}\n{done.stdout}{done.stderr}")
print(f"{source}: {count} lines")
