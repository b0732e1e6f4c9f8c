/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/json.h"
#include "api/page.h"

G_BEGIN_DECLS

#define SHOPCAISSE_PAGE_MAX_ROWS 100000

/* Reads one row, NULL and an error when it has to be left out. */
typedef gpointer (*ShopcaisseRowRead)(json_t *row, GError **error);

ShopcaissePage *shopcaisse_page_open(json_t *root, GDestroyNotify row_free, GError **error);

ShopcaissePage *shopcaisse_page_read(GBytes *body,
                                     ShopcaisseRowRead row_read,
                                     GDestroyNotify row_free,
                                     GError **error);

void shopcaisse_page_reject(ShopcaissePage *self, const GError *error);

G_END_DECLS
