# SPDX-License-Identifier: LGPL-2.1-or-later
"""Words that docs/GLOSSARY.md has others for; each a whole word, in capitals or not as it stands here."""

import re

FORBIDDEN = {
    "fr": ["produit", "produits", "ordre", "ordres", "token", "tokens", "email", "e-mail", "tu", "SKU"],
    "nl": ["BTW", "filiaal", "filialen", "je", "jij", "jouw", "order", "orders", "kassabon", "product", "producten"],
    "de": ["TSE", "KassenSichV", "Produkt", "Produkte", "du", "dein", "deine", "USt", "Umsatzsteuer", "Order"],
}
# What others have written, and what they call their things.
NAMES = re.compile("[«„][^»“]*[»“]|\"[^\"]*\"|Order Management")


def find_forbidden(language, text):
    """The words in @text that are not the glossary's."""
    forbidden = FORBIDDEN.get(language.split("_")[0], [])
    pattern = r"(?<![\w/.*-])(?:%s)(?![\w/.*-])" % "|".join(map(re.escape, forbidden or ["-"]))
    return re.findall(pattern, NAMES.sub("", text))
