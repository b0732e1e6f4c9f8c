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
DAYS = 10_000 if "SHOPCAISSE_SOAK" in os.environ else int(os.environ.get("SHOPCAISSE_SIM_DAYS", "20"))
SABOTAGED_DAYS = 10  # what is lost is found again by looking, most of the time
REPLAYED_DAYS = 1


def play(program, days, *more):
    done = subprocess.run([program, "--days", str(days), *more], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def tell(number, good, name, output=""):
    for line in output.strip().split("\n"):
        print("# " + line.lstrip("# "))
    print("%s %d - %s" % ("ok" if good else "not ok", number, name), flush=True)
    return good


def sees(output, kind):
    return any(int(n) > 0 for n in re.findall(kind + r" (\d+)", output))


results = []
status, output = play(HONEST, DAYS)
results.append(tell(1, status == 0 and "%d shop days, 0 shops bad" % DAYS in output,
                    "of_%d_days_no_sale_is_lost_doubled_or_changed" % DAYS, output))
one, other = play(HONEST, REPLAYED_DAYS, "--verbose"), play(HONEST, REPLAYED_DAYS, "--verbose")
results.append(tell(2, one == other and len(one[1].split("\n")) > 100, "a_seed_plays_the_same_days_again"))
for program, kind in zip(SABOTAGED, ("doubled", "lost")):
    status, output = play(program, SABOTAGED_DAYS, "--storm", "--seed", "6")
    results.append(tell(len(results) + 1, status == 1 and sees(output, kind),
                        "%s_is_seen_to_have_%s" % (os.path.basename(program), kind), output))
print("1..%d" % len(results))
sys.exit(0 if all(results) else 1)
