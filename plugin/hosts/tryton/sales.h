/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

#include <comptoir/comptoir.h>

/* What a sale of the till is called in Tryton: how it is found again, and never sent back. */
#define TRYTON_TILL_REFERENCE "shopcaisse:"

void tryton_sales_list(TrytonBooks *books, GVariant *query, ComptoirRequest *request);
void tryton_sales_read(TrytonBooks *books, gint64 sale_id, ComptoirRequest *request);
