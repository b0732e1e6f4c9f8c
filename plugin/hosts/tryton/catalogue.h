/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "taxes.h"

#include <jansson.h>

/* What is behind prices and lines and changes seldom: taxes, categories, units, payment terms. */
typedef struct TrytonCatalogue TrytonCatalogue;

TrytonCatalogue *tryton_catalogue_new(gint64 today);
void tryton_catalogue_free(TrytonCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TrytonCatalogue, tryton_catalogue_free)

void tryton_catalogue_take_taxes(TrytonCatalogue *self, json_t *rows);
void tryton_catalogue_take_categories(TrytonCatalogue *self, json_t *rows);
void tryton_catalogue_take_units(TrytonCatalogue *self, json_t *rows);
void tryton_catalogue_take_terms(TrytonCatalogue *self, json_t *rows);

TrytonTaxes tryton_catalogue_sum_taxes(TrytonCatalogue *self, json_t *tax_ids);
TrytonTaxes tryton_catalogue_get_category_taxes(TrytonCatalogue *self, gint64 category_id);
gint64 tryton_catalogue_find_category(TrytonCatalogue *self, gint64 rate);
json_t *tryton_catalogue_new_taxes_for(TrytonCatalogue *self, gint64 rate);
const char *tryton_catalogue_get_family(TrytonCatalogue *self, json_t *category_ids);
const char *tryton_catalogue_get_unit(TrytonCatalogue *self, gint64 unit_id);
gint64 tryton_catalogue_round_quantity(TrytonCatalogue *self, gint64 unit_id, gint64 quantity);
gint64 tryton_catalogue_find_unit(TrytonCatalogue *self, const char *unit);
GVariant *tryton_catalogue_list_taxes(TrytonCatalogue *self);
GVariant *tryton_catalogue_list_terms(TrytonCatalogue *self);
