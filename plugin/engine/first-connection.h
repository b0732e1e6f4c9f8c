/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* When the token was first accepted: no sale of before is ever sent. Once set it stays; it is kept
 * beside the database too, so that sales of after are looked for even when that was lost. */
gboolean shopcaisse_first_connection_note(ShopcaisseContext *context, GError **error);

/* After a database had to be made anew. */
gboolean shopcaisse_first_connection_recover(ShopcaisseContext *context, GError **error);

G_END_DECLS
