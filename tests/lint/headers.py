#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each header compiles alone; those of the contract as C99 and C++ too. Argument: the build folder.

The build has compiled each header that the file of its name includes before all else; the others are compiled here.
So are the files that a build with precompiled headers gives more than they include themselves.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import lint

BUILD = sys.argv[1]
PACKAGES = ["gio-unix-2.0", "gmodule-2.0", "libsoup-3.0", "jansson", "sqlite3"]
FLAGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-unused-function", "-fsyntax-only",
         '-DG_LOG_DOMAIN="lint"', "-DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74",
         "-DGLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74", "-I" + BUILD]


TOOLKITS = ["gtk+-3.0", "gtk4"]


def package_flags(packages):
    done = subprocess.run(["pkg-config", "--cflags", *packages], check=True, capture_output=True, text=True)
    return [f.replace("-I", "-isystem", 1) if f.startswith("-I") else f for f in done.stdout.split()]


def compile_alone(compiler, text, root, packages):
    """What the compiler says of a file that only includes @text."""
    flags = FLAGS + ["-I%s" % root, "-I%s/include" % root, "-I%s/plugin" % root,
                     "-I%s/tests" % root] + package_flags(packages)
    done = subprocess.run(compiler + flags + ["-"], input=text, cwd=root,
                          capture_output=True, text=True, check=False)
    return done.stderr.strip().split("\n")[:5] if done.returncode else []


C17, C99, CXX = ["cc", "-std=gnu17", "-xc"], ["cc", "-std=c99", "-pedantic", "-xc"], ["c++", "-std=c++17", "-xc++"]
MAIN = "\nint main(void) { return 0; }\n"


def alone(headers, compiler, root=lint.ROOT, packages=tuple(PACKAGES)):
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = pool.map(lambda h: compile_alone(compiler, '#include "%s"%s' % (h, MAIN), root, packages), headers)
        return [line for lines in found for line in lines]


def is_first_in_its_file(header, root=lint.ROOT):
    path = Path(root) / header
    source = path.with_suffix(".c")
    first = re.search(r'^\s*#\s*\w+.*', re.sub(r"/\*.*?\*/", "", source.read_text("utf-8"), flags=re.S), re.M) \
        if source.exists() else None
    included = re.fullmatch(r'#include "([^"]+)"', first.group().strip()) if first else None
    return bool(included) and ("/" + header).endswith("/" + included.group(1))


INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
PRECOMPILED = {"with-gio.h": {"gio/gio.h"}, "with-gtk.h": {"gtk/gtk.h", "adwaita.h"}}


def reach(path, folders, seen):
    """Names of all headers that the file @path includes, itself or by another of ours."""
    if path in seen:
        return set()
    seen.add(path)
    found = set()
    for name in INCLUDE.findall(path.read_text("utf-8")):
        found.add(name)
        inside = [f / name for f in [path.parent, *folders] if (f / name).is_file()]
        if inside and lint.ROOT in inside[0].resolve().parents:
            found |= reach(inside[0].resolve(), folders, seen)
    return found


def without_precompiled(command):
    """What compiles the file of @command with what it includes itself; nothing if it includes all of it anyway."""
    words = shlex.split(command["command"])
    given = [w for w in words if w in PRECOMPILED]
    if not given:
        return None
    build = Path(command["directory"])
    folders = [build / w[2:] for w in words if w.startswith("-I")]
    if PRECOMPILED[given[0]] & reach((build / command["file"]).resolve(), folders, set()):
        return None
    at = words.index(given[0]) - 1
    kept = words[:at] + words[at + 2:]
    return [w for w in kept[:kept.index("-MD")] if w != "-fpch-preprocess"] + ["-fsyntax-only", command["file"]]


def leaning(commands):
    """What the compiler says of the files that lean on a precompiled header."""
    def judge(words):
        done = subprocess.run(words, cwd=commands[0]["directory"], capture_output=True, text=True, check=False)
        return done.stderr.strip().split("\n")[:5] if done.returncode else []

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return [line for lines in pool.map(judge, filter(None, map(without_precompiled, commands))) for line in lines]


def sample_command(name):
    """As the build has it; @name is in the samples."""
    path = lint.SAMPLES / "each_file_compiles_without_what_was_precompiled" / name
    return {"directory": BUILD, "file": str(path), "command": shlex.join(
        ["cc", "-I%s" % path.parent, "-fpch-preprocess", "-include", "with-gio.h", "-Werror=implicit-function-declaration",
         *package_flags(["gio-2.0"]), "-MD", "-o", "x.o", "-c", str(path)])}


tap = lint.Tap()
headers = [s.path for s in lint.sources("plugin", suffixes=(".h",))
           if not s.path.startswith("plugin/hosts/") and not is_first_in_its_file(s.path)]
pages = [s.path for s in lint.sources("ui", suffixes=(".h",)) if not is_first_in_its_file(s.path)]
contract = [s.path for s in lint.sources("include", suffixes=(".h",))]
tap.case("each_header_compiles_alone", alone(headers, C17))
for toolkit, other in zip(TOOLKITS, ("gtk4/", "gtk3/")):
    mine = [h for h in pages if not h.startswith("ui/" + other)]
    tap.case("each_header_of_the_page_compiles_alone_with_" + re.sub(r"\W", "", toolkit),
             alone(mine, C17, packages=("gio-2.0", "gmodule-2.0", toolkit)))
tap.case("contract_compiles_as_c99", alone(contract, C99))
tap.case("contract_compiles_as_cxx", alone(contract, CXX))
tap.case("each_header_compiles_alone_is_seen_in_its_sample",
         [] if alone(["leans.h"], C17, lint.SAMPLES / "each_header_compiles_alone") else ["leans.h compiles"])
tap.case("header_after_another_is_not_taken_for_compiled",
         ["second.h"] * is_first_in_its_file("second.h", lint.SAMPLES / "each_header_compiles_alone"))
with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as compiled:
    tap.case("each_file_compiles_without_what_was_precompiled", leaning(json.load(compiled)))
tap.case("each_file_compiles_without_what_was_precompiled_is_seen_in_its_sample",
         [] if leaning([sample_command("leans.c")]) else ["leans.c compiles"])
tap.case("file_that_includes_all_of_it_is_not_compiled_again",
         ["whole.c is"] if without_precompiled(sample_command("whole.c")) else [])
guards = [s for s in lint.sources("plugin", "include", "ui", "tests", suffixes=(".h",))]
tap.case("each_header_is_included_once",
         [s.path + ": no #pragma once" for s in guards if not re.search(r"^#pragma once$", s.text, re.M)])
tap.done()
