#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The system's locales, made where the tests find them: locales.py FOLDER MADE NAME..., for LOCPATH."""

import subprocess
import sys
from pathlib import Path

for name in sys.argv[3:]:
    folder = Path(sys.argv[1]) / (name + ".UTF-8")
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["localedef", "--no-archive", "--inputfile", name, "--charmap", "UTF-8", folder], check=True)
Path(sys.argv[2]).write_text("\n".join(sys.argv[3:]) + "\n", encoding="utf-8")
