/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/articles.h"
#include "store/statement.h"

G_BEGIN_DECLS

/* Inside store/ only. Reads the columns id, name, variant, reference, barcodes, price_minor,
 * vat_bp, stock_milli, external_id, deleted, in this order from column 0. */
ShopcaisseArticle *shopcaisse_article_read(ShopcaisseStatement *row);

#define SHOPCAISSE_ARTICLE_COLUMNS 10 /* how many these are */

G_END_DECLS
