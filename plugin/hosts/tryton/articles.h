/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

#include <comptoir/comptoir.h>

/* Articles of our own in the merchant's books, for what the till sells without one. */
#define TRYTON_OWN_CODE "SHOPCAISSE-"

/* The identifier of an article that says which change was last made to it. */
#define TRYTON_KEY_CODE "comptoir:"

/* The identifier of an article that says which item of the till it is. */
#define TRYTON_EXTERNAL_CODE "shopcaisse:"

void tryton_articles_list(TrytonBooks *books, GVariant *query, ComptoirRequest *request);
GVariant *tryton_articles_new_row(TrytonCatalogue *catalogue, json_t *record);
