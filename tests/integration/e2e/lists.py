#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lists: what a person sees of both sides, searches in it and chooses from it."""

from shop import Refused, Shop, case, holds, need, run, same


def add(host, article, *words):
    host.ask("article", "add", "--id", article, *words)


def ids(rows):
    return [row["id"] for row in rows]


@case
def the_tills_articles_are_searched_without_accents_and_case():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("plan")
        row, = shop.host.rows("items", "--search", "FLEURS miel 250")
        same((row["id"], row["name"], row["price"], row["vat_rate"], row["state"]),
             (shop.till.item("honey-flowers")["id"], "Miel de fleurs 250 g", "6.50", "5.5", "unlinked"))
        same(ids(shop.host.rows("list", "items", "--search", "3760100000016")), [row["id"]], "by barcode")
        same(ids(shop.host.rows("items", "--search", "moutarde A L'ANCIENNE")), [shop.till.item("mustard")["id"]])


@case
def every_article_of_the_till_that_is_not_deleted_is_listed_by_name():
    with Shop() as shop:
        shop.choose()
        shop.host.ask("plan")
        rows = shop.host.rows("items")
        same(sorted(ids(rows)), sorted(item["id"] for item in shop.till.items() if not item.get("deleted")), "items")
        prices = [float(row["price"]) for row in shop.host.rows("items", "--sort", "-price") if "price" in row]
        same(prices, sorted(prices, reverse=True), "prices")


@case
def both_sides_say_what_is_linked_what_is_not_and_what_is_ambiguous():
    with Shop() as shop:
        shop.choose()
        add(shop.host, "a", "--name", "Miel a", "--barcode", "3760100000016")
        add(shop.host, "b", "--name", "Miel b", "--barcode", "3760100000016")
        add(shop.host, "own", "--name", "Rillettes")
        add(shop.host, "m", "--name", "Moutarde", "--reference", "MOUT-200")
        shop.host.ask("apply", shop.host.ask("plan")["plan"])
        same(ids(shop.host.rows("articles", "--state", "ambiguous")), ["a", "b"])
        same(ids(shop.host.rows("articles", "--state", "unlinked")), ["own"])
        same(ids(shop.host.rows("items", "--state", "ambiguous")), [shop.till.item("honey-flowers")["id"]])
        row, = shop.host.rows("articles", "--search", "moutarde", "--state", "linked", "--sort", "reference",
                              "--limit", 1)
        same((row["id"], row["external_id"], row["method"]), ("m", shop.till.item("mustard")["id"], "reference"))


@case
def three_rates_that_differ_are_three_rows_and_nothing_changes():
    with Shop() as shop:
        shop.choose()
        for article, reference in (("m", "MOUT-200"), ("l", "TS-BEF-L"), ("x", "TS-BEF-XL")):
            add(shop.host, article, "--name", article, "--reference", reference, "--vat", "10")
        add(shop.host, "same", "--name", "same", "--reference", "TS-BEF-S", "--vat", "20")
        shop.host.ask("apply", shop.host.ask("plan")["plan"])
        rows = {row["id"]: (row["vat_rate"], row["linked_vat_rate"])
                for row in shop.host.rows("articles", "--vat", "differs")}
        same(rows, {"m": ("10", "5.5"), "l": ("10", "20"), "x": ("10", "20")})
        same(sorted(row["article_id"] for row in shop.host.rows("items", "--vat", "differs")), ["l", "m", "x"])
        kept = {row["id"]: row["vat_rate"] for row in shop.host.rows("article", "list") if row["id"] in rows}
        same(kept, {"m": "10", "l": "10", "x": "10"}, "rates of the host")


@case
def the_count_of_articles_not_linked_is_that_of_their_list():
    with Shop() as shop:
        shop.choose()
        add(shop.host, "own", "--name", "Rillettes", "--price", "4.40")
        plan = shop.host.ask("plan")
        shop.host.ask("apply", plan["plan"])
        shop.host.ask("plan")
        same(ids(shop.host.rows("articles", "--state", "unlinked")), ["own"])
        shop.host.ask("link", "own=" + shop.till.item("mug")["id"])
        same(shop.host.rows("articles", "--state", "unlinked"), [])


@case
def a_word_that_no_list_knows_is_refused_by_name():
    with Shop() as shop:
        shop.choose()
        for words in (("articles", "--state", "broken"), ("items", "--sort", "colour"),
                      ("orders", "--state", "broken")):
            try:
                shop.host.rows(*words)
            except Refused as refused:
                same(refused.code, "invalid")
                holds(refused.message, words[-1])
            else:
                need(False, "%s was answered" % " ".join(words))


run()
