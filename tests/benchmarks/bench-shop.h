/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store/articles.h"

G_BEGIN_DECLS

/* A large shop: every second article has a barcode, every tenth a reference, on both sides the
 * same. Ids are like the service's, in no order. */
#define BENCH_COMPANY "0b5c0bb0-3b5e-4a0f-8b1c-1d2e3f4a5b6c"
#define BENCH_STORE   "5e2b7a10-93c4-4d7e-8f21-6a7b8c9d0e1f"

char *bench_shop_make_item_id(guint number);
ShopcaisseItem *bench_shop_make_item(guint number);
ShopcaisseArticle *bench_shop_make_article(guint number);

G_END_DECLS
