#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fills an empty Tryton 6.0 database with a shop. Arguments: trytond.conf, the database, fr or be."""

import datetime
import sys
from decimal import Decimal

from proteus import Model, Wizard, config

CHARTS = {
    "fr": {
        "chart": "Plan comptable (France)",
        "country": ("France", "FR"),
        "rates": {"20": "T.V.A. Vente de biens Taux Normal", "5.5": "T.V.A. Vente de biens Taux Réduit",
                  "10": "T.V.A. Vente de biens Taux Intermédiaire"},
        "revenue": "707%",
        "expense": "607%",
    },
    "be": {
        "chart": "Plan comptable normalisé (Belgique)",
        "country": ("Belgique", "BE"),
        "rates": {"21": "21", "6": "6", "12": "12", "0": "T.V.A. Vente de biens 0%"},
        "revenue": "70%",
        "expense": "60%",
    },
}


def make_company(land):
    currency = Model.get("currency.currency")(
        name="Euro", symbol="€", code="EUR", numeric_code="978", rounding=Decimal("0.01"), digits=2)
    currency.rates.append(Model.get("currency.currency.rate")(date=datetime.date(2000, 1, 1), rate=Decimal("1")))
    currency.save()
    name, code = land["country"]
    country = Model.get("country.country")(name=name, code=code)
    country.save()
    party = Model.get("party.party")(name="Épicerie du Marché")
    party.save()
    wizard = Wizard("company.company.config")
    wizard.execute("company")
    wizard.form.party, wizard.form.currency = party, currency
    wizard.execute("add")
    settings = config.get_config()
    settings._context = Model.get("res.user").get_preferences(True, settings.context)
    company, = Model.get("company.company").find([])
    return company, country


def make_year(company):
    kind = Model.get("ir.sequence.type")
    today = datetime.date.today()
    year = Model.get("account.fiscalyear")(
        name=str(today.year), company=company,
        start_date=datetime.date(today.year, 1, 1), end_date=datetime.date(today.year, 12, 31))
    moves, = kind.find([("name", "=", "Account Move")], limit=1)
    sequence = Model.get("ir.sequence")(name="moves", sequence_type=moves, company=company)
    sequence.save()
    year.post_move_sequence = sequence
    invoices, = kind.find([("name", "=", "Invoice")], limit=1)
    sequence = Model.get("ir.sequence.strict")(name="invoices", sequence_type=invoices, company=company, prefix="F")
    sequence.save()
    rule, = year.invoice_sequences
    rule.out_invoice_sequence = rule.in_invoice_sequence = sequence
    rule.out_credit_note_sequence = rule.in_credit_note_sequence = sequence
    year.save()
    year.click("create_period")


def find_chart(name):
    templates = Model.get("account.account.template").find([("parent", "=", None)])
    for template in templates:
        if template.name == name:
            return template
    raise SystemExit("no chart %r in %r" % (name, [t.name for t in templates]))


def make_chart(company, land):
    wizard = Wizard("account.create_chart")
    wizard.execute("account")
    wizard.form.account_template = find_chart(land["chart"])
    wizard.form.company = company
    wizard.execute("create_account")
    account = Model.get("account.account")

    def find(kind):
        return account.find([("type." + kind, "=", True), ("party_required", "=", True), ("closed", "!=", True),
                             ("company", "=", company.id)], limit=1)[0]

    wizard.form.account_receivable, wizard.form.account_payable = find("receivable"), find("payable")
    wizard.execute("create_properties")

    def find_code(code, kind):
        found = account.find([("code", "like", code), ("type." + kind, "=", True), ("closed", "!=", True)], limit=1)
        return found[0]

    return find_code(land["revenue"], "revenue"), find_code(land["expense"], "expense")


def make_categories(land, revenue, expense):
    tax, category = Model.get("account.tax"), Model.get("product.category")
    made = {}
    for rate, name in land["rates"].items():
        made[rate] = category(name="TVA " + rate, accounting=True, account_revenue=revenue, account_expense=expense)
        made[rate].customer_taxes.append(find_tax(tax, name, rate))
        made[rate].save()
    family = category(name="Épicerie")
    family.save()
    return made, family


def find_tax(tax, name, rate):
    taxes = tax.find([("parent", "=", None), ["OR", ("group", "=", None), ("group.kind", "in", ["sale", "both"])]])
    for candidate in taxes:
        if candidate.name == name:
            return candidate
    share = Decimal(rate) / 100
    for candidate in taxes:
        if candidate.rate == share and not candidate.childs:
            return candidate
    raise SystemExit("no tax %r in %r" % (name, [(t.name, t.rate) for t in taxes]))


ARTICLES = [
    ("Baguette tradition", "BAG01", "3760001000016", "1.0833", 40),
    ("Café moulu 250 g", "CAF250", "3760001000023", "4.1583", 24),
    ("Miel d'acacia 500 g", "MIEL500", "3760001000030", "7.4583", 12),
    ("Carte postale", "CARTE", "3760001000047", "0.8250", 100),
]


def make_articles(categories, family):
    unit, = Model.get("product.uom").find([("name", "=", "Unit")])
    first = next(iter(categories.values()))
    products = []
    for name, code, ean, price, _ in ARTICLES:
        template = Model.get("product.template")(
            name=name, code=code, default_uom=unit, type="goods", salable=True, list_price=Decimal(price),
            account_category=first)
        template.categories.append(Model.get("product.category")(family.id))
        product, = template.products
        product.cost_price = Decimal("1")
        identifier = product.identifiers.new()
        identifier.type, identifier.code = "ean", ean
        template.save()
        products.append(template.products[0])
    storage, = Model.get("stock.location").find([("code", "=", "STO")])
    inventory = Model.get("stock.inventory")(location=storage)
    for product, row in zip(products, ARTICLES):
        line = inventory.lines.new(product=product)
        line.quantity, line.expected_quantity = float(row[4]), 0.0
    inventory.click("confirm")
    return products


def make_customer(country):
    term = Model.get("account.invoice.payment_term")(name="Comptant")
    term.lines.new(type="remainder")
    term.save()
    party = Model.get("party.party")(name="Client comptoir")
    address, = party.addresses
    address.city, address.postal_code, address.country = "Lille", "59000", country
    party.save()


def end_wizard():
    """The client would open it for the administrator, over everything else."""
    for item in Model.get("ir.module.config_wizard.item").find([("state", "!=", "done")]):
        item.state = "done"
        item.save()


def main(configuration, database, land):
    config.set_trytond(database, config_file=configuration)
    land = CHARTS[land]
    company, country = make_company(land)
    make_year(company)
    revenue, expense = make_chart(company, land)
    categories, family = make_categories(land, revenue, expense)
    make_articles(categories, family)
    make_customer(country)
    end_wizard()


if __name__ == "__main__":
    main(*sys.argv[1:])
