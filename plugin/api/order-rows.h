/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page-read.h"

G_BEGIN_DECLS

extern const ShopcaisseShape shopcaisse_order_shape;
extern const ShopcaisseRowKind shopcaisse_order_row;

G_END_DECLS
