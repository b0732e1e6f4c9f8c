#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""page-figures.py PROGRAM...: the same figures with the real channel and a shop of 50 000 articles."""

import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("SHOPCAISSE_PATIENCE", "15")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "integration" / "e2e"))

from shop import Shop  # noqa: E402  pylint: disable=wrong-import-position

N_ITEMS = 50000


if __name__ == "__main__":
    with Shop("--items", str(N_ITEMS)) as shop:
        shop.set_up()
        shop.host.end()
        for program in sys.argv[1:]:
            print("-- %s, %d articles" % (Path(program).name, N_ITEMS), flush=True)
            environment = {k: v for k, v in shop.environment.items() if k not in ("G_MESSAGES_DEBUG", "G_DEBUG")}
            subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1024x768x24", program, "--state", shop.state],
                           env=environment, check=True, timeout=300)
