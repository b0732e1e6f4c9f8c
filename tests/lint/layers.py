#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may include whom, and which foreign library is known where."""

import re

import lint

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
OPEN = {"config.h", "error.h", "language.h", "log.h"}

# Besides itself and what is open.
LAYERS = {
    "model": [],
    "api": ["model/", "net/message.h"],
    "store": ["model/"],
    "report": ["model/", "store/"],
    "net": [],
    "engine": ["model/", "api/", "store/", "report/", "net/message.h", "net/transport.h"],
    "channel": ["model/", "api/", "store/", "report/", "net/", "engine/"],
    "contract": [],
}
CONTRACT = {
    "contract": r"comptoir/.*",
    "channel": r"comptoir/.*",
    # The operations and the row keys: docs/decisions/0001.
    "engine": r"comptoir/comptoir-(channel|rows|row|error)\.h",
    "report": r"comptoir/comptoir-rows\.h",
}
FOREIGN = {
    r"jansson\.h": ["plugin/api/", "plugin/report/"],
    r"sqlite3\.h": ["plugin/store/"],
    r"libsoup/.*": ["plugin/net/soup/"],
    r"curl/.*": ["plugin/net/curl/"],
    r"libsecret/.*": ["plugin/channel/secret.c"],
    r"(gtk|gdk)/.*|adwaita\.h": ["ui/"],
}


def includes(source):
    for match in INCLUDE.finditer(source.text):
        line = source.text.count("\n", 0, match.start()) + 1
        yield line, match.group(1) == '"', match.group(2)


def layer_of(source):
    parts = source.path.split("/")
    return parts[1] if parts[0] == "plugin" and len(parts) > 2 else None


def layers(source):
    layer = layer_of(source)
    if layer not in LAYERS:
        return
    for line, quoted, name in includes(source):
        if quoted and name not in OPEN and not name.startswith((layer + "/", *LAYERS[layer])):
            yield line, "%s may not include %s" % (layer, name)


def contract(source):
    layer = layer_of(source)
    if source.path == "plugin/error.h" or layer == "hosts":
        return
    for line, _, name in includes(source):
        if name.startswith("comptoir/") and not re.fullmatch(CONTRACT.get(layer, "-"), name):
            yield line, "%s may not include %s" % (layer, name)


def guests(source):
    """ui/ and plugin/hosts/ see include/ alone."""
    for line, quoted, name in includes(source):
        if quoted and name.split("/")[0] in LAYERS | {"log.h": 0, "error.h": 0} and "/" in name:
            yield line, "only include/ is open here, not " + name


def foreign(source):
    for line, _, name in includes(source):
        for pattern, homes in FOREIGN.items():
            if re.fullmatch(pattern, name) and not source.path.startswith(tuple(homes)):
                yield line, "%s belongs to %s" % (name, " and ".join(homes))


def simulator(source):
    """Shares no code with the plugin: no include, no link."""
    if source.path.endswith("meson.build"):
        for number, text in enumerate(source.lines, 1):
            if re.search(r"comptoir|(model|api|net|store|engine|report)_dep|project_inc|\.\./\.\./plugin", text):
                yield number, "links or sees the plugin: " + text.strip()
        return
    for line, quoted, name in includes(source):
        if name.startswith("comptoir/") or ".." in name or (quoted and name.split("/")[0] in LAYERS and "/" in name):
            yield line, "the simulator may not include " + name


tap = lint.Tap()
plugin = [s for s in lint.sources("plugin")]
hosts = [s for s in plugin if s.path.startswith("plugin/hosts/")]
tap.rule("layers_include_only_what_they_may", layers, plugin)
tap.rule("contract_is_seen_by_few", contract, plugin)
tap.rule("hosts_and_pages_see_the_contract_alone", guests, hosts + list(lint.sources("ui")))
tap.rule("foreign_headers_stay_in_their_folder", foreign,
         [s for s in plugin if s not in hosts] + list(lint.sources("include", "ui")))
tap.rule("simulator_shares_no_code", simulator,
         lint.sources("tests/simulator", suffixes=(".c", ".h", "meson.build")))
tap.done()
