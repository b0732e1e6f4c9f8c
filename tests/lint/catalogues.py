#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What people read is in every language, whole, current, and in the glossary's words.

catalogues.py ARGUMENT...: the arguments are xgettext's, from po/meson.build.
"""

import re
import subprocess
import sys

import lint

sys.path.insert(0, str(lint.ROOT / "tests" / "words"))
import catalogue  # noqa: E402
import glossary  # noqa: E402

WHOLE = ("fr", "nl", "de")
MARK = r"\b(?:_|N_|C_|NC_|g_dngettext)\s*\("
# In a window's description.
UI_MARK = 'translatable="yes"'
UNREAD_MARK = re.compile('translatable="(?!yes"|no")')
# They ask the host's catalogue instead of ours.
HOSTS_DOMAIN = r"\b(?:n?gettext|dcn?gettext|textdomain)\s*\("
# A program of its own is its own host, and says once, in this file, that our catalogue is its own.
PROGRAMS = {"plugin/hosts/window/main.c"}
OWN_DOMAIN = r"\btextdomain\s*\(\s*GETTEXT_PACKAGE\s*\)"
# Where windows are, whose mnemonics are on the screen.
WINDOWS = ("ui/", "plugin/hosts/window/")
MNEMONIC = re.compile(r"_(\w)")

SPACE_BEFORE = re.compile(r"(?<=.)(?<!\u00a0)(?<!%)([;!?€»]|(?<=[ \u202f])%%|(?<=[ \u202f]):|(?<=[\w’)\]»]):(?=\s|$))")
STRAIGHT = re.compile(r"\w'\w")


def language_of(source):
    return source.path.rsplit("/", 1)[-1].split(".")[0]


def complete(template):
    """Nothing is left out, doubtful or of yesterday; what differs in Belgium may be little."""
    wanted = {message.key: message for message in catalogue.parse(template)}

    def rule(source):
        found = {}
        for message in catalogue.parse(source.text):
            found[message.key] = message
            if "fuzzy" in message.flags:
                yield message.line, "doubtful: " + message.id
            elif message.key not in wanted:
                yield message.line, "nobody says this any more: " + message.id
            elif language_of(source) in WHOLE and not all(message.texts):
                yield message.line, "not translated: " + message.id
        for key in wanted if language_of(source) in WHOLE else []:
            if key not in found:
                yield 1, "not in the catalogue, see po/meson.build: " + key[1]

    return rule


def compiles(source):
    ended = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", "-"], input=source.text.encode(),
                           capture_output=True)
    if ended.returncode != 0:
        yield 1, ended.stderr.decode()


def translated(source):
    for message in catalogue.parse(source.text):
        for number, text in enumerate(message.texts):
            if text:
                yield message, message.ids[min(number, len(message.ids) - 1)], text


def placeholders(source):
    for message, original, text in translated(source):
        if catalogue.list_placeholders(original) != catalogue.list_placeholders(text):
            yield message.line, "other placeholders: " + text
        if original[-1:].isspace() != text[-1:].isspace() or original.count("\n") != text.count("\n"):
            yield message.line, "other blanks at the end or other lines: " + text


def numbered(source):
    """Languages put things in another order."""
    for message in catalogue.parse(source.text):
        for text in message.ids:
            if len(catalogue.list_placeholders(text)) > 1 and re.search(r"%[a-z]", text.replace("%%", "")):
                yield message.line, "its arguments have no numbers: " + text


def french(source):
    if not language_of(source).startswith("fr"):
        return
    for message, _, text in translated(source):
        if STRAIGHT.search(text):
            yield message.line, "an apostrophe is ’: " + text
        if SPACE_BEFORE.search(text) or re.search("«(?!\u00a0)", text):
            yield message.line, "a no-break space is missing: " + text
        if '"' in text:
            yield message.line, "quotation marks are « »: " + text


def words(source):
    for message, _, text in translated(source):
        for word in glossary.find_forbidden(language_of(source), text):
            yield message.line, '"%s" is not a word of the glossary: %s' % (word, text)


def get_mnemonics(text):
    return [letter.lower() for letter in MNEMONIC.findall(text.replace("__", ""))]


def mnemonics(source):
    """One for each label, and none twice among those that are on the screen together."""
    taken = {}
    for message, original, text in translated(source):
        if not any(name.startswith(WINDOWS) for name in message.files):
            continue
        letters = get_mnemonics(text)
        if len(letters) != len(get_mnemonics(original)):
            yield message.line, "has not got the mnemonics of the original: " + text
        for group in {message.context} if message.context else set(message.files):
            for letter in letters:
                # "Cancel…" asks, "Cancel" does it: one takes the place of the other.
                other = taken.setdefault((group, letter), text)
                if other.rstrip("…") != text.rstrip("…"):
                    yield message.line, '"%s" has the mnemonic of "%s"' % (text, other)


def speak_for_themselves(template):
    """The template as a catalogue of English, for rules that read translations."""
    lines = []
    for message in catalogue.parse(template):
        lines += ["#: " + " ".join(message.files)]
        lines += ["msgctxt " + catalogue.quote(message.context)] if message.context else []
        lines += ["msgid " + catalogue.quote(message.id), "msgstr " + catalogue.quote(message.id), ""]
    return lint.Source("po/en.po", "\n".join(lines))


def find_marks(source):
    """Lines that have words for people."""
    if source.suffix != ".ui":
        return [line for line, _ in lint.code_words(source, MARK)]
    return [number for number, text in enumerate(source.lines, 1) if UI_MARK in text]


def listed(files):
    def rule(source):
        marks = find_marks(source)
        if marks and source.path not in files and source.suffix in (".c", ".py", ".ui"):
            yield marks[0], "not in po/POTFILES"
        if not marks and source.path in files:
            yield 1, "in po/POTFILES without a word for people"

    return rule


def readable(source):
    for number, text in enumerate(source.lines if source.suffix == ".ui" else [], 1):
        if UNREAD_MARK.search(text):
            yield number, 'xgettext reads translatable="yes" alone'


def own_domain(source):
    for line, word in lint.code_words(source, HOSTS_DOMAIN):
        if not (source.path in PROGRAMS and word.startswith("textdomain")):
            yield line, word + "): use _() and g_dngettext(GETTEXT_PACKAGE, ...)"


def programs_domain(source):
    if source.path in PROGRAMS and len(list(lint.code_words(source, OWN_DOMAIN))) != 1:
        yield 1, "says nowhere, or twice, that textdomain(GETTEXT_PACKAGE) is its own"


def entry(id, text, head=""):
    return "%smsgid %s\nmsgstr %s\n\n" % (head, catalogue.quote(id), catalogue.quote(text))


tap = lint.Tap()
template = catalogue.extract(sys.argv[1:])
languages = (lint.ROOT / "po/LINGUAS").read_text().split()
catalogues = [lint.read("po/%s.po" % language) for language in languages]
marked = [line for line in (lint.ROOT / "po/POTFILES").read_text().split("\n") if line and line[0] != "#"]
written = [*lint.sources("plugin", "ui", suffixes=(".c", ".h", ".ui")), *lint.sources("data", suffixes=(".py",))]
guests = [s for s in written if not s.path.startswith(("plugin/hosts/reference/", "plugin/hosts/check/"))]

head = entry("", "Content-Type: text/plain; charset=UTF-8\nLanguage: fr\n")
tap.rule("catalogues_are_complete_and_current", complete(template), catalogues, [
    ("po/fr.po", head + entry("nobody says this", "personne ne dit cela")),
    ("po/nl.po", head + entry("the disk is full", "")),
    ("po/fr_BE.po", head + entry("the disk is full", "le disque est plein", "#, fuzzy\n"))])
tap.rule("catalogues_compile", compiles, catalogues, [
    ("po/fr.po", head + entry("%u rows", "%s lignes", "#, c-format\n")),
    ("po/nl.po", head + 'msgid "open\nmsgstr ""\n')])
tap.rule("placeholders_are_those_of_the_original", placeholders, catalogues, [
    ("po/fr.po", entry("%1$s: %2$u rows", "%1$s : %2$s lignes")),
    ("po/de.po", entry("sale %s: ", "Verkauf %s:"))])
tap.rule("several_placeholders_are_numbered", numbered, [lint.Source("po/template.pot", template)], [
    ("po/template.pot", entry("%s of %u", ""))])
tap.rule("french_is_set_as_in_french", french, catalogues, [
    ("po/fr.po", entry("it is not", "ce n'est pas")), ("po/fr.po", entry("why?", "pourquoi ?")),
    ("po/fr.po", entry("sale: ", "vente: ")), ("po/fr.po", entry("the \"x\"", "le « x »")),
    ("po/fr_BE.po", entry("5 euro", "5€")), ("po/fr.po", entry("\"x\"", "\"x\"")),
    ("po/fr.po", entry("%d%%", "%d %%"))])
tap.rule("words_are_those_of_the_glossary", words, catalogues, [
    ("po/fr.po", entry("articles", "les produits")), ("po/fr_BE.po", entry("order", "un ordre")),
    ("po/nl.po", entry("VAT", "de BTW")), ("po/de.po", entry("your", "ist dein Token"))])
tap.rule("mnemonics_are_alone_on_their_page", mnemonics, catalogues + [speak_for_themselves(template)], [
    ("po/fr.po", entry("_Save", "Enregistrer", "#: ui/page/one.c\n")),
    ("po/fr.po", entry("_Save", "Enregistrer", "#: plugin/hosts/window/one.ui\n")),
    ("po/nl.po", entry("_Save", "_Bewaren", "#: ui/page/one.c\n") + entry("_Order", "_Bestelling", "#: ui/page/one.c\n"))])
tap.rule("words_for_people_are_listed", listed(marked), guests, [
    ("plugin/model/unlisted.c", 'say(_("all is well"));\n'), (marked[0], "int silent;\n"),
    ("plugin/hosts/window/unlisted.ui", '<property name="label" translatable="yes">Orders</property>\n'),
    (next(name for name in marked if name.endswith(".ui")), '<property name="label">Orders</property>\n')])
tap.rule("words_of_windows_are_read", readable, written, [
    ("plugin/hosts/window/page.ui", '<property name="label" translatable="true">Orders</property>\n')])
tap.rule("no_word_is_asked_of_the_host", own_domain, guests, [
    ("plugin/model/host.c", 'say(ngettext("%u row", "%u rows", n));\n'),
    ("plugin/hosts/window/page.c", "textdomain(GETTEXT_PACKAGE);\n"),
    ("plugin/hosts/window/main.c", 'say(gettext("all is well"));\n')])
tap.rule("a_program_says_that_our_catalogue_is_its_own", programs_domain, guests, [
    ("plugin/hosts/window/main.c", 'setlocale(LC_ALL, "");\n'),
    ("plugin/hosts/window/main.c", 'textdomain("another");\n')])
tap.done()
