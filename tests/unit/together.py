#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes one program's parts of the objects of many: together.py OBJCOPY OBJECT.o TABLE.c PROGRAM.o...

OBJECT.o holds them all, the main() of each under a name of its own and nothing else visible; TABLE.c has a main() that
calls one after the other and says before each whose cases follow, as tests/tally.py reads it.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

OBJCOPY, OBJECT, TABLE, *PROGRAMS = sys.argv[1:]
HEAD = """/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Made by tests/unit/together.py. */
#include <stdio.h>

"""
BODY = """
static int
run(const char *name, int (*program)(void))
{
  printf("# program: %%s\\n", name);
  fflush(stdout);
  return program() == 0 ? 0 : 1;
}

int
main(void)
{
  int failed = 0;

%s  return failed;
}
"""


def name_of(program):
    """tests/unit/lib.a.p/test-model-money.c.o -> test-model-money"""
    return Path(program).name.split(".")[0]


def entry_of(program):
    return "run_" + re.sub(r"\W", "_", name_of(program))


with tempfile.TemporaryDirectory() as folder:
    renamed = []
    for at, part in enumerate(PROGRAMS):
        renamed.append("%s/%d.o" % (folder, at))
        subprocess.run([OBJCOPY, "--redefine-sym", "main=" + entry_of(part), "--keep-global-symbol", entry_of(part), part,
                        renamed[-1]], check=True)
    subprocess.run(["ld", "-r", "-o", OBJECT, *renamed], check=True)

Path(TABLE).write_text(
    HEAD + "".join("int %s(void);\n" % entry_of(part) for part in PROGRAMS)
    + BODY % "".join('  failed |= run("%s", %s);\n' % (name_of(part), entry_of(part)) for part in PROGRAMS), "utf-8")
