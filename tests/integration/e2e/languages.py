#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the channel says to people is in the language of the process; what it says to the service is not."""

import re

from shop import Refused, Shop, case, holds, need, run, same

FRENCH = {"locale": "fr_FR.UTF-8", "language": "fr"}
BELGIAN_FRENCH = {"locale": "fr_FR.UTF-8", "language": "fr_BE:fr"}
DUTCH = {"locale": "nl_BE.UTF-8", "language": "nl"}
GERMAN = {"locale": "fr_FR.UTF-8", "language": "de"}
EVERYWHERE = (FRENCH, BELGIAN_FRENCH, DUTCH, GERMAN)
NO_BREAK_SPACE = "\u00a0"


def labels(shop):
    return {row["key"]: row["label"] for row in shop.host.rows("settings", "list")}


def findings(shop):
    return {row["id"]: row["title"] for row in shop.host.rows("diagnose")}


def refusal(ask, *words, **options):
    try:
        answer = ask(*words, **options)
    except Refused as error:
        return error.message
    raise AssertionError("%s was not refused: %s" % (words, answer))


def sell_mustard(shop):
    """A sale that is the same in every shop, and its order as the service got it."""
    sale = shop.host.sell("--id", "sale-7", "--number", "7", "--till", "T1", "--sold-at", "2026-03-01T11:02:00Z",
                          "--discount", "0.55", "--line", shop.articles()["mustard"]["id"] + "=2.5")
    shop.host.wait_sale(sale["id"], state="sent")
    order = next(o for o in shop.till.ask("/orders?limit=10000")["orders"] if o["orderId"] == sale["order_id"])
    # The one thing that differs from shop to shop.
    return order["raw"].replace(sale["order_id"], "ORDER")


@case
def settings_are_in_the_language_of_the_process():
    wanted = [(FRENCH, "token", "Jeton d’accès"), (DUTCH, "token", "Toegangstoken"), (GERMAN, "token", "Zugriffstoken"),
              (FRENCH, "send-customer", "Envoyer le nom et le numéro de téléphone du client")]
    for place, key, label in wanted:
        with Shop(**place) as shop:
            same(labels(shop)[key], label)


@case
def ways_of_paying_are_in_the_language_of_the_process():
    for place, names in ((FRENCH, ["Espèces", "Carte", "En ligne"]), (DUTCH, ["Contant", "Kaart", "Online"]),
                         (GERMAN, ["Bar", "Karte", "Online"])):
        with Shop(**place) as shop:
            shop.set_up()
            same([labels(shop)["payment:" + method] for method in ("cash", "card", "online")], names)


@case
def belgium_has_its_own_words_and_frances_for_the_rest():
    with Shop(**BELGIAN_FRENCH) as shop:
        same(labels(shop)["token"], "Jeton d’accès")
        holds(labels(shop)["send-customer"], "GSM")


@case
def without_a_language_it_is_english():
    with Shop(locale="fr_FR.UTF-8", language="en") as shop:
        same(labels(shop)["token"], "Access token")


@case
def the_doctor_speaks_the_language_of_the_process():
    for place, words in ((FRENCH, "aucun jeton n’a été"), (DUTCH, "er is geen token"), (GERMAN, "es ist kein Token")):
        with Shop(**place) as shop:
            holds(findings(shop)["token"], words)


@case
def a_refused_sale_is_explained_in_the_language_of_the_process_with_both_sums():
    for place, words in ((FRENCH, "le total indique 8,00"), (DUTCH, "het totaal zegt 8,00"),
                         (GERMAN, "die Summe sagt 8,00")):
        with Shop(**place) as shop:
            shop.set_up()
            article = shop.articles()["mustard"]["id"]
            message = refusal(shop.host.sell_line, article + "=2", total="8.00", payment="card=8.00")
            holds(message, words)
            holds(message, "7,90")


@case
def french_sentences_have_their_no_break_spaces_on_the_way_out():
    with Shop(**FRENCH) as shop:
        message = refusal(shop.set_token, "eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7fX0")
        holds(message, "2 parties au lieu de 3%s: il n’a pas été copié en entier" % NO_BREAK_SPACE)


@case
def a_broken_network_is_reported_in_the_language_of_the_process():
    with Shop(**DUTCH) as shop:
        shop.connect()
        shop.till.fault("refuse", path="/", method="*", times=0)
        shop.host.start("test")
        shop.host.wait_status("offline", "de dienst is onbereikbaar")


@case
def tryton_is_spoken_of_in_the_language_of_the_process():
    for place, words in ((FRENCH, "n’indique pas de serveur"), (DUTCH, "noemt geen server"), (GERMAN, "nennt keinen Server")):
        with Shop(opened=False, **place) as shop:
            shop.environment["COMPTOIR_TRYTON_PASSWORD"] = "secret"
            status, answer, _ = shop.once("--tryton", "https://erp.example.org", "--tryton-user", "shop", "status")
            need(status != 0, "an address without a database was taken")
            holds(answer["error"]["message"], words)


@case
def a_sentence_of_the_service_is_shown_as_it_came():
    with Shop(**FRENCH) as shop:
        shop.set_up()
        shop.till.fault("body", status=401, body='{"message": "Your token was revoked"}', path="/v1/authentication", method="GET",
                        times=0)
        holds(refusal(shop.host.ask, "test"), "Shopcaisse répond%s: Your token was revoked" % NO_BREAK_SPACE)


REFUSALS = (400, 401, 403, 404, 409, 422, 429)


def explain_refusals(**place):
    """For each status with which the service refuses an order: (cause, act)."""
    found = {}
    with Shop(**place) as shop:
        shop.set_up()
        article = shop.articles()["mustard"]["id"]
        for status in REFUSALS:
            shop.till.fault("status_%d" % status, times=0)
            sale = shop.host.sell_line(article + "=1")
            shop.host.until(lambda: shop.host.sales.get(sale["id"], {}).get("reason"), "a cause for %d" % status)
            row = shop.host.order_row(sale["id"])
            steps = [step.get("text", "") for step in shop.host.rows("timeline", sale["id"])]
            found[status] = (row.get("message") or steps[-1], row["next_step"])
            shop.till.clear_faults()
            shop.host.run("send-orders")
            shop.host.wait_sale(sale["id"], state="sent")
    return found


@case
def each_refusal_of_an_order_has_a_cause_and_an_act_in_french_and_english():
    french, english = explain_refusals(**FRENCH), explain_refusals(locale="fr_FR.UTF-8", language="en")
    for status in REFUSALS:
        for text, other in zip(french[status], english[status]):
            need(text and other, "nothing is said of %d" % status)
            need(text != other, "%d: no French: %s" % (status, text))


@case
def the_journal_keeps_what_was_said_in_the_language_it_was_said_in():
    with Shop(**DUTCH) as shop:
        shop.set_up()
        shop.host.end()
        shop.environment.update(LANGUAGE="fr")
        shop.open()
        texts = [row["text"] for row in shop.host.rows("journal", "--limit", 1000)]
        need(any(re.search(r"artikelen: \d+ rijen gelezen", text) for text in texts), texts)


@case
def an_order_is_the_same_to_the_byte_in_every_language():
    orders = []
    for place in ({"locale": "C", "language": ""}, *EVERYWHERE):
        with Shop(**place) as shop:
            shop.set_up()
            orders.append(sell_mustard(shop))
    holds(orders[0], "ORDER")
    holds(orders[0], "2.5")
    for order in orders[1:]:
        same(order, orders[0], "order")


run()
