#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What other languages see is complete: check-introspection.py GIR"""
import sys
import unittest
import xml.etree.ElementTree

CORE = "{http://www.gtk.org/introspection/core/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"
gir = xml.etree.ElementTree.parse(sys.argv.pop()).getroot().find(CORE + "namespace")


class Introspection(unittest.TestCase):
    def test_every_enumeration_is_registered_with_every_value(self):
        for kind in ("enumeration", "bitfield"):
            for enumeration in gir.findall(CORE + kind):
                self.assertIsNotNone(enumeration.get(GLIB + "get-type"), enumeration.get("name"))
                for member in enumeration.findall(CORE + "member"):
                    self.assertIsNotNone(member.get(GLIB + "nick"),
                                         member.get("{http://www.gtk.org/introspection/c/1.0}identifier"))

    def test_the_error_enumeration_is_an_error_domain(self):
        error = next(e for e in gir.findall(CORE + "enumeration") if e.get("name") == "Error")
        self.assertEqual(error.get(GLIB + "error-domain"), "comptoir-error-quark")

    def test_every_function_is_documented_and_dated(self):
        for kind in ("function", "method", "constructor", "virtual-method"):
            for function in gir.iter(CORE + kind):
                name = function.get("name")
                if name in ("quark", "get_type"):
                    continue
                self.assertEqual(function.get("version"), "1.0", name)
                self.assertIsNotNone(function.find(CORE + "doc"), name)

    def test_every_virtual_function_has_a_method_that_calls_it(self):
        for function in gir.iter(CORE + "virtual-method"):
            self.assertEqual(function.get("invoker"), function.get("name"))

    def test_every_channel_is_an_action_group(self):
        channel = next(i for i in gir.findall(CORE + "interface") if i.get("name") == "Channel")
        names = [p.get("name") for p in channel.findall(CORE + "prerequisite")]
        self.assertIn("Gio.ActionGroup", names)


unittest.main(verbosity=2)
