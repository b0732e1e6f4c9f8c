#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The merchant's guides say what the program says: docs/guide/LANGUAGE.md against po/LANGUAGE.po.

In a guide, what is bold is what the program shows, "…" standing for what changes; what is italic are
words of Shopcaisse, as the catalogue quotes them.
"""

import re
import sys

import lint

sys.path.insert(0, str(lint.ROOT / "tests" / "words"))
import catalogue  # noqa: E402
import glossary  # noqa: E402

BOLD = re.compile(r"\*\*([^*]+)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
# Code, links' targets, comments: not prose.
ASIDE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)\n]*\)|<!--.*?-->", re.S)
FRENCH_SPACE = re.compile(r"(?<=[^|\s-]) [:;!?»%€](?=\W|$)|«(?!\u00a0)", re.M)
STRAIGHT = re.compile(r"\w'\w")
FEWEST_LETTERS = 5  # of a message that is mostly placeholders

# What is said by these a merchant meets when something has to be done: the guide says what.
EXPLAINED = (
    "plugin/engine/cancel.c", "plugin/engine/connection.c", "plugin/engine/draft.c", "plugin/engine/job-calibrate.c",
    "plugin/engine/job-cancel.c", "plugin/engine/job-order.c", "plugin/engine/look-up.c",
    "plugin/engine/order-echo.c", "plugin/engine/order-words.c", "plugin/engine/prepare.c", "plugin/engine/reach.c",
    "plugin/engine/receipt.c", "plugin/engine/reconcile.c", "plugin/engine/refund.c", "plugin/engine/resend.c", "plugin/engine/retry.c",
    "plugin/engine/status.c", "plugin/engine/submit.c", "plugin/engine/unseen.c", "ui/model/page-model.c",
    "ui/model/setup.c", "ui/model/token.c",
)
# Not met by a merchant: a request of a program.
UNMET = ('"%s" is not a day such as 2026-03-01',)


def language_of(source):
    return source.path.rsplit("/", 1)[-1].split(".")[0]


def plain(text):
    return re.sub(r"_(?=\w)", "", text)


def build_pattern(text):
    """Of a translated text: what changes in it may be anything."""
    parts, end = [], 0
    for match in catalogue.PLACEHOLDER.finditer(text):
        parts += [re.escape(text[end:match.start()]), ".+"]
        end = match.end()
    parts += [re.escape(text[end:])] + [".+"] * text.endswith(" ")  # a prefix
    return re.compile("".join(parts).replace("%%", "%"))


def is_telling(text):
    return len(re.findall(r"[^\W\d_]", catalogue.PLACEHOLDER.sub("", text))) >= FEWEST_LETTERS


def read_catalogue(language, cache={}):
    """(messages, whole texts, patterns)"""
    if language not in cache:
        messages = catalogue.read(lint.ROOT / "po" / (language + ".po"))
        texts = [plain(text) for message in messages for text in message.texts]
        patterns = [build_pattern(text) for text in texts
                    if (catalogue.PLACEHOLDER.search(text) or text.endswith(" ")) and is_telling(text)]
        cache[language] = messages, set(texts), patterns
    return cache[language]


def quotations(source, pattern):
    """(line, text), a text over several lines as one."""
    for match in pattern.finditer(source.text):
        yield source.text.count("\n", 0, match.start()) + 1, re.sub(r"\n\s*", " ", match.group(1))


def quoted(source):
    """What a guide says that the program shows is in its catalogue."""
    _, texts, patterns = read_catalogue(language_of(source))
    for line, text in quotations(source, BOLD):
        if text not in texts and not any(pattern.fullmatch(text) for pattern in patterns):
            yield line, "the program does not say: " + text


def vendors(source):
    """Words of Shopcaisse are those by which the program calls them."""
    messages, texts, _ = read_catalogue(language_of(source))
    for line, text in quotations(source, ITALIC):
        if not any(text in known for known in texts):
            yield line, "the catalogue does not know these words of Shopcaisse: " + text


def explained(source):
    """Each message that asks something of a merchant is in the guide."""
    said = [text for _, text in quotations(source, BOLD)]
    for message in read_catalogue(language_of(source))[0]:
        if message.id in UNMET or not set(message.files) & set(EXPLAINED):
            continue
        patterns = [build_pattern(plain(text)) for text in message.texts]
        if not any(pattern.fullmatch(text) for pattern in patterns for text in said):
            yield 1, "not in the guide: " + message.texts[-1]


def shown(source):
    """Each picture that is made is shown; that each one shown is there, the links' test says."""
    pictures = {path.rsplit("/", 1)[-1] for path in PICTURE.findall(source.text)}
    for name in sorted(PICTURES[language_of(source)] - pictures):
        yield 1, "not shown: " + name


def headings(source):
    """The same chapters, steps, tables and pictures as the first guide: neither lags behind."""
    def outline(text):
        return re.findall(r"^(#+ |!\[|\| ---)", text, re.M)
    if outline(source.text) != outline(FIRST.text):
        yield 1, "other chapters, tables or pictures than " + FIRST.path


def hide(match):
    return re.sub(r"[^\n]", "x", match.group(0))


def french(source):
    if language_of(source) != "fr":
        return
    for number, line in enumerate(ASIDE.sub(hide, source.text).split("\n"), 1):
        if FRENCH_SPACE.search(line):
            yield number, "a no-break space is missing"
        if STRAIGHT.search(line):
            yield number, "an apostrophe is ’"


def words(source):
    prose = ITALIC.sub(hide, ASIDE.sub(hide, source.text))
    for number, line in enumerate(prose.split("\n"), 1):
        for word in glossary.find_forbidden(language_of(source), line):
            yield number, '"%s" is not a word of the glossary' % word


PICTURES = {language: {path.name for path in (lint.ROOT / "docs/screenshots" / language).glob("*.png")}
            for language in ("fr", "nl")} | {"sample": {"a.png", "b.png"}}

tap = lint.Tap()
guides = [lint.read(name) for name in lint.list_files() if name.startswith("docs/guide/") and name.endswith(".md")]
FIRST = guides[0]

tap.case("guides_are_in_french_and_in_dutch", [] if [language_of(s) for s in guides] == ["fr", "nl"] else
         [str([s.path for s in guides])])
tap.rule("each_quoted_word_is_in_the_catalogue", quoted, guides, [
    ("docs/guide/fr.md", "Choisissez **Se connecter**.\n"), ("docs/guide/nl.md", "Kies **Verbinden\nmaar**.\n")])
tap.rule("words_of_shopcaisse_are_those_of_the_catalogue", vendors, guides, [
    ("docs/guide/fr.md", "Touchez *Process the order*.\n")])
tap.rule("each_message_that_asks_something_is_explained", explained, guides, [
    ("docs/guide/fr.md", FIRST.text.replace("Il manque une partie", "Il manque un bout")), ("docs/guide/nl.md", "")])
tap.rule("each_picture_is_shown", shown, guides, [
    ("docs/guide/sample.md", "![a](../screenshots/sample/a.png)\n")])
tap.rule("guides_have_the_same_chapters", headings, guides, [("docs/guide/nl.md", FIRST.text.replace("### ", "#### "))])
tap.rule("french_guide_is_set_as_in_french", french, guides, [
    ("docs/guide/fr.md", "Quoi ?\n"), ("docs/guide/fr.md", "l'iPad\n"), ("docs/guide/fr.md", "«a\u00a0»\n")])
tap.rule("guides_use_the_words_of_the_glossary", words, guides, [
    ("docs/guide/fr.md", "Le token est là.\n"), ("docs/guide/nl.md", "de BTW\n")])
tap.done()
