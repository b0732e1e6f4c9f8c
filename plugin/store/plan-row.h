/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/plans.h"
#include "store/statement.h"

G_BEGIN_DECLS

/* Inside store/ only. Reads the columns position, change, article_id, item_id, name, before, after,
 * reason, state, message, in this order from column 0. */
ShopcaissePlanLine *shopcaisse_plan_line_read(ShopcaisseStatement *row, GError **error);

G_END_DECLS
