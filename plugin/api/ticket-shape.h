/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/shape.h"

G_BEGIN_DECLS

extern const ShopcaisseShape shopcaisse_ticket_shape;

G_END_DECLS
