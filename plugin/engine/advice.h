/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

/* What a person does about an order that is not where it should be: one act. */
const char *shopcaisse_advice_for_order(const ShopcaisseSaleRecord *record);

G_END_DECLS
