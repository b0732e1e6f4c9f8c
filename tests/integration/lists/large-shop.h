/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A shop as large as lists have to bear, always the same. Of both sides number n is called
 * "<word> n", where the word goes round; every fifth is linked to its like; of every hundred the
 * numbers 1 and 3 share a barcode on both sides; of three linked articles the rate is another. */
#define LARGE_SHOP_ROWS      50000
#define LARGE_SHOP_LINES     100000
#define LARGE_SHOP_WORDS     7 /* the first of which is "Crème brûlée" */
#define LARGE_SHOP_LINKED    (LARGE_SHOP_ROWS / 5)
#define LARGE_SHOP_AMBIGUOUS (LARGE_SHOP_ROWS / 50)
#define LARGE_SHOP_DIFFERENT 3

/* The oldest line of the journal says "Aiguille à Noël", no other; every 50th is a warning, every
 * 1000th, the oldest among them, says "Payé". */
gboolean large_shop_fill(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
