/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* (transfer floating): {rows}: findings, the gravest first missing prerequisite named. */
GVariant *shopcaisse_doctor_examine(ShopcaisseContext *context, GError **error);

G_END_DECLS
