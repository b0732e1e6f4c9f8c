#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the linker made: exported symbols, linked libraries, hardening. Argument: the build folder."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import lint

BUILD = Path(sys.argv[1])

# Each library of the product: what it may export, and what it must not link.
PRODUCTS = {
    "libcomptoir-1.so.0": (r"comptoir_\w+", r"libsoup|libcurl|libgtk|libjansson|libsqlite|libsecret"),
    "libshopcaisse.so": (r"g_io_\w+_(load|unload|query)", r"libsoup|libcurl|libgtk|libgnutls"),
    "libcomptoir-check.so": (r"g_io_\w+_(load|unload|query)", r"libsoup|libcurl|libgtk|libjansson|libsqlite|libsecret"),
    "libshopcaisse-gtk3.so": (r"g_io_\w+_(load|unload|query)",
                              r"libgtk-4|libadwaita|libsoup|libcurl|libjansson|libsqlite|libsecret"),
    "libshopcaisse-gtk4.so": (r"g_io_\w+_(load|unload|query)",
                              r"libgtk-3|libadwaita|libsoup|libcurl|libjansson|libsqlite|libsecret"),
    "libcomptoir-tryton-1.so.0": (r"comptoir_tryton_\w+", r"libcurl|libgtk|libsqlite|libsecret|libpython"),
    "soup.so": (r"shopcaisse_net_open", r"libcurl|libgtk|libsqlite|libjansson"),
    "curl.so": (r"shopcaisse_net_open", r"libsoup|libgtk|libsqlite|libjansson|libssl|libcrypto"),
}
MODULES = ("libshopcaisse.so", "libcomptoir-check.so", "libshopcaisse-gtk3.so", "libshopcaisse-gtk4.so", "soup.so",
           "curl.so", "libcomptoir-1.so.0", "libcomptoir-tryton-1.so.0")
BAD_MODULE = """
#include <stdio.h>
#include <string.h>
void leaked(char *to, const char *from) { strcpy(to, from); puts(to); }
"""


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported(path):
    """Names other objects can bind to, version nodes aside."""
    for line in output("nm", "-D", "--defined-only", str(path)).splitlines():
        _, kind, name = line.split(None, 2)
        if kind not in "Aa":
            yield name.split("@")[0]


def imported(path):
    return {line.split()[-1].split("@")[0]
            for line in output("nm", "-D", "--undefined-only", str(path)).splitlines()}


def stray_exports(path, allowed):
    names = list(exported(path))
    stray = [n for n in names if not re.fullmatch(allowed, n)]
    return stray if names else ["exports nothing"]


def stray_libraries(path, forbidden):
    return [line.strip() for line in output("readelf", "-dW", str(path)).splitlines()
            if "NEEDED" in line and re.search(forbidden, line)]


def soft_spots(path, is_module):
    headers = output("readelf", "-lW", str(path))
    dynamic = output("readelf", "-dW", str(path))
    if "GNU_RELRO" not in headers:
        yield "no relro"
    if "BIND_NOW" not in dynamic and not re.search(r"FLAGS_1.*\bNOW\b", dynamic):
        yield "not bound at once"
    if re.search(r"GNU_STACK.*\bRWE\b", headers):
        yield "executable stack"
    if is_module and "NODELETE" not in dynamic:
        yield "can be unmapped"
    if "__stack_chk_fail" not in imported(path):
        yield "no stack protector"


def is_fortified(path):
    return any(re.fullmatch(r"__\w+_chk", name) for name in imported(path) - {"__stack_chk_fail"})


def unfortified_commands(commands):
    """Compile commands of the product that do not ask for it."""
    for command in commands:
        if (command["file"].endswith(".c") and "/plugin/" in "/" + command["file"]
                and "-D_FORTIFY_SOURCE=2" not in command["command"]):
            yield command["file"]


def unbuilt_tests(commands):
    """Test programs that no target compiles: they would be missed by nobody."""
    compiled = {(Path(c["directory"]) / c["file"]).resolve() for c in commands}
    return [name for name in lint.list_files() if re.fullmatch(r"tests/(.+/)?test-[^/]*\.c", name)
            and (lint.ROOT / name).resolve() not in compiled]


def targets():
    """File name -> built path, of everything that is linked."""
    found = {}
    for target in json.loads(output("meson", "introspect", "--targets", str(BUILD))):
        if target["type"] in ("shared library", "shared module", "executable"):
            for path in target["filename"]:
                # Tests have modules of the same names.
                if "/tests/" not in path or "/tests/simulator/" in path:
                    found[Path(path).name] = Path(path)
    return found


def find(built, name):
    if name in built:
        return built[name]
    for stem, path in built.items():
        if name.startswith(stem) or stem.startswith(name):
            return path
    return None


def make_bad_module(folder):
    source, module = Path(folder) / "bad.c", Path(folder) / "bad.so"
    source.write_text(BAD_MODULE, encoding="utf-8")
    output("cc", "-shared", "-fPIC", "-O0", "-fno-stack-protector", "-z", "norelro", "-z", "lazy", "-z", "execstack",
           "-Wl,--no-as-needed", "-lm", "-o", str(module), str(source))
    return module


tap = lint.Tap()
built = targets()
for product, (allowed, forbidden) in PRODUCTS.items():
    path = find(built, product)
    label = re.sub(r"\W", "_", product.split(".so")[0])
    if path is None or not path.exists():
        for check in ("exports_only_its_entry", "links_only_what_it_may", "is_hardened"):
            tap.case("%s_%s" % (label, check), ["%s is not built" % product])
        continue
    tap.case(label + "_exports_only_its_entry", stray_exports(path, allowed))
    tap.case(label + "_links_only_what_it_may", stray_libraries(path, forbidden))
    tap.case(label + "_is_hardened", soft_spots(path, product in MODULES))

for program in ("comptoir-host", "comptoir-till", "shopcaisse-simulator"):
    path = find(built, program)
    label = program.replace("-", "_")
    tap.case(label + "_is_hardened", soft_spots(path, False) if path and path.exists() else ["not built"])
simulator = find(built, "shopcaisse-simulator")
tap.case("shopcaisse_simulator_links_no_plugin",
         stray_libraries(simulator, r"comptoir|shopcaisse") if simulator else ["not built"])
channel = find(built, "libshopcaisse.so")
tap.case("channel_is_fortified", [] if channel and channel.exists() and is_fortified(channel) else ["no _chk call"])
commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
tap.case("product_is_compiled_fortified", unfortified_commands(commands))
tap.case("each_test_program_is_built", unbuilt_tests(commands))
tap.case("a_test_program_that_is_not_built_is_seen", [] if unbuilt_tests([]) else ["none was seen"])

with tempfile.TemporaryDirectory() as folder:
    bad = make_bad_module(folder)
    found = list(soft_spots(bad, True))
    tap.case("a_bad_module_is_seen", [w for w in ("no relro", "not bound at once", "executable stack",
                                                  "can be unmapped", "no stack protector") if w not in found]
             + ([] if stray_exports(bad, "x") and stray_libraries(bad, "libm") else ["its names are not seen"]))
tap.done()
