/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page-read.h"

G_BEGIN_DECLS

/* Rows that stand in more than one answer. */
extern const ShopcaisseShape shopcaisse_item_shape;
extern const ShopcaisseRowKind shopcaisse_item_row;
extern const ShopcaisseRowKind shopcaisse_modifier_group_row;

G_END_DECLS
