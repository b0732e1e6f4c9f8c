/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tables of one store of a day close, as HTML. Inside report/ only. */
void shopcaisse_day_tables_append(GString *out, GVariant *store);

/* Escaped, for a text or an attribute. */
void shopcaisse_day_tables_append_text(GString *out, const char *text);

G_END_DECLS
