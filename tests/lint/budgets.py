#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long a file, a header, a function may be, how deep, with how many parameters."""

import re

import lint

FILE, FILE_WISH, HEADER = 500, 350, 100
FUNCTION, FUNCTION_WISH, SETUP = 60, 40, 100
DEPTH, PARAMETERS = 3, 6
# Signatures that an interface of GIO imposes.
IMPOSED = {"query_action"}
SETUP_NAME = re.compile(r"(^|_)(class_init|default_init|iface_init|interface_init|init)$")
NAME = re.compile(r"^(\w+)\s*\(", re.M)
CONTROL = re.compile(r"^\s*(\}\s*)?(if|else|for|while|do|switch)\b.*\{$")
OPENING = re.compile(r"\{\s*$")


class Function:
    def __init__(self, name, line, signature, body):
        self.name, self.line, self.signature, self.body = name, line, signature, body


def functions(source):
    """Definitions as clang-format leaves them: the name, the brace and its twin in column 0."""
    lines = source.code.split("\n")
    start = None
    for number, text in enumerate(lines):
        if re.match(r"[A-Za-z_]\w*\s*\(", text):
            start = number
        elif text.startswith("{") and start is not None:
            end = next((i for i in range(number, len(lines)) if lines[i].startswith("}")), len(lines))
            name = re.match(r"\w+", lines[start]).group(0)
            yield Function(name, start + 1, " ".join(lines[start:number]), lines[number + 1:end])
            start = None
        elif re.match(r"[#};]", text):
            start = None


def longest(function):
    return SETUP if SETUP_NAME.search(function.name) else FUNCTION


def file_length(source):
    length = len(source.lines) - 1
    if length > FILE:
        yield 1, "%d lines, %d at most" % (length, FILE)


def header_length(source):
    length = len(source.lines) - 1
    if source.suffix == ".h" and length > HEADER:
        yield 1, "%d lines, a header has %d at most" % (length, HEADER)


def function_length(source):
    for function in functions(source):
        if len(function.body) > longest(function):
            yield function.line, "%s: %d lines, %d at most" % (
                function.name, len(function.body), longest(function))


def depth(function):
    """Blocks of control inside one another; initialisers do not count."""
    stack, deepest = [], 0
    for text in function.body:
        closing = re.match(r"\s*\}", text)
        if closing and stack:
            stack.pop()
        if OPENING.search(text):
            stack.append(bool(CONTROL.match(text)))
            deepest = max(deepest, sum(stack))
    return deepest


def nesting(source):
    for function in functions(source):
        if depth(function) > DEPTH:
            yield function.line, "%s: %d levels, %d at most" % (function.name, depth(function), DEPTH)


def count_parameters(signature):
    inside = signature[signature.index("(") + 1:signature.rindex(")")]
    level, count = 0, 1
    for character in inside:
        level += {"(": 1, ")": -1}.get(character, 0)
        count += character == "," and level == 0
    return count


def parameters(source):
    for function in functions(source):
        count = count_parameters(function.signature)
        if count > PARAMETERS and function.name not in IMPOSED:
            yield function.line, "%s: %d parameters, %d at most" % (function.name, count, PARAMETERS)


def tell_wishes(tap, files):
    for source in files:
        length = len(source.lines) - 1
        if FILE_WISH < length <= FILE:
            tap.note("wish: %s: %d lines, %d wished" % (source.path, length, FILE_WISH))
        for function in functions(source):
            if FUNCTION_WISH < len(function.body) <= longest(function) != SETUP:
                tap.note("wish: %s:%d: %s: %d lines, %d wished" % (
                    source.path, function.line, function.name, len(function.body), FUNCTION_WISH))


def long_text(head, line, count, tail=""):
    return head + line * count + tail


tap = lint.Tap()
ours = list(lint.sources("plugin", "ui", "tests"))
product = [s for s in ours if not s.path.startswith("tests/")]
tap.rule("file_has_500_lines_at_most", file_length, ours + list(lint.sources("include")),
         [("plugin/model/long.c", long_text("", "int a;\n", 501))])
tap.rule("header_has_100_lines_at_most", header_length, product,
         [("plugin/model/long.h", long_text("", "int a;\n", 101))])
tap.rule("function_has_60_lines_at_most", function_length, ours,
         [("plugin/model/long.c", long_text("int\nfold(void)\n{\n", "  step();\n", 61, "}\n")),
          ("plugin/model/setup.c", long_text("void\nx_class_init(X *c)\n{\n", "  step();\n", 101, "}\n"))])
tap.rule("blocks_nest_three_deep_at_most", nesting, ours)
tap.rule("six_parameters_at_most", parameters, ours)
tell_wishes(tap, product)
tap.done()
