#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shop days from seeds: nothing lost, doubled or changed; and what is made wrong on purpose is seen to be.

Arguments: the honest program, and those with a sabotage, if any. Environment: SHOPCAISSE_SIM_DAYS; SHOPCAISSE_SOAK plays
10 000 days.
"""

import os
import re
import subprocess
import sys

HONEST, *SABOTAGED = sys.argv[1:]
DAYS = 10_000 if "SHOPCAISSE_SOAK" in os.environ else int(os.environ.get("SHOPCAISSE_SIM_DAYS", "200"))
SEARCHED_DAYS = 200  # what is lost is found again by looking, most of the time
REPLAYED_DAYS = 1
ALL_HAPPENS = 100  # from so many days on


def play(program, days, *more):
    """Shows what comes at once: a long run is for somebody who waits."""
    command = [program, "--days", str(days), *more]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        for line in run.stdout:
            lines.append(line)
            if "the next seed is" in line:
                print(line, end="", flush=True)
    return run.returncode, "".join(lines)


def tell(number, good, name, output=""):
    for line in output.strip().split("\n"):
        print("# " + line.lstrip("# "))
    print("%s %d - %s" % ("ok" if good else "not ok", number, name), flush=True)
    return good


def sees(output, kind):
    return any(int(n) > 0 for n in re.findall(kind + r" (\d+)", output))


def read_counts(output):
    line = next((row for row in output.split("\n") if " exchanges, " in row), "")
    return {words: int(n) for n, words in re.findall(r"(\d+) ([^,]+)", line)}


results = []


def test(good, name, output=""):
    results.append(tell(len(results) + 1, good, name, output))


status, output = play(HONEST, DAYS)
test(status == 0 and "%d shop days, 0 shops bad" % DAYS in output,
     "no_sale_is_lost_doubled_or_changed", output)
if DAYS >= ALL_HAPPENS:
    counts = read_counts(output)
    missing = [words for words, n in counts.items() if n == 0]
    test(len(counts) > 20 and not missing, "everything_that_can_go_wrong_does", "never: %s" % missing if missing else "")
one, other = play(HONEST, REPLAYED_DAYS, "--verbose"), play(HONEST, REPLAYED_DAYS, "--verbose")
test(one == other and len(one[1].split("\n")) > 100, "a_seed_plays_the_same_days_again")
for program, kind in zip(SABOTAGED, ("doubled", "lost")):
    status, output = play(program, SEARCHED_DAYS, "--storm", "--search", kind)
    test(status == 1 and sees(output, kind), "%s_is_seen_to_have_%s" % (os.path.basename(program), kind), output)
print("1..%d" % len(results))
sys.exit(0 if all(results) else 1)
