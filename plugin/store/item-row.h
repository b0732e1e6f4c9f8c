/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store/statement.h"

G_BEGIN_DECLS

/* Inside store/ only. Reads the columns id, company_id, name, type, unit, reference, barcodes,
 * price_minor, deleted, manage_stock, family_id, family_name, vat_on_site_bp, vat_take_away_bp,
 * parent_id, description, flags, in this order from column 0. */
ShopcaisseItem *shopcaisse_item_read(ShopcaisseStatement *row);

#define SHOPCAISSE_ITEM_COLUMNS 17 /* how many these are */

G_END_DECLS
