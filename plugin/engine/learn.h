/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/vocabulary.h"
#include "model/sale.h"

G_BEGIN_DECLS

/* Asks the host for its statuses and its ways of paying, where it has them. */
void shopcaisse_learn_host(ShopcaisseContext *context);

/* Notes the words of a sale that are new; inside the caller's transaction. */
gboolean
shopcaisse_learn_sale(ShopcaisseContext *context, const ShopcaisseSale *sale, GError **error);

/* After a commit: shows the settings of words that are new. */
void shopcaisse_learn_tell(ShopcaisseContext *context);

G_END_DECLS
