/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* (transfer full): a line of the journal with subject_kind and subject_name, where there is one. */
GVariant *shopcaisse_list_name_line(ShopcaisseContext *context, GVariant *line, GError **error);

G_END_DECLS
