/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mask.h"
#include "store/database.h"

G_BEGIN_DECLS

/* What was deleted is gone from the rows; these see to the bytes of the files. None is called
 * inside a transaction. */

/* Brings the log into the file and empties it. */
gboolean shopcaisse_wash_truncate(ShopcaisseDatabase *database, GError **error);

typedef struct {
  ShopcaisseMask *mask; /* (not owned): what to look for */
  gint64 from;          /* the first byte that was not looked at */
  gboolean is_found;
  gboolean is_end; /* all of the file was looked at */
} ShopcaisseWashSearch;

/* Looks at the next @size bytes of the file, its unused pages included. */
gboolean shopcaisse_wash_search(ShopcaisseDatabase *database,
                                ShopcaisseWashSearch *search,
                                gsize size,
                                GError **error);

/* Writes the whole file anew from its rows: nothing else is in it then. */
gboolean shopcaisse_wash_rebuild(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
