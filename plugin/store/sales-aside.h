/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A host that was restored from a backup gives ids out again. What had one keeps everything else:
 * docs/decisions/0022-restored-host.md. */

/* The sale is called @aside_id from now on, wherever it is mentioned; the host hears no more of it.
 */
gboolean shopcaisse_sales_set_aside(ShopcaisseDatabase *database,
                                    const char *sale_id,
                                    const char *aside_id,
                                    GError **error);

/* Whether the host's sale of that id, till and time was taken over, and why it is held. */
gboolean shopcaisse_sales_find_same(ShopcaisseDatabase *database,
                                    const char *sale_id,
                                    const char *discriminator,
                                    char **held_for,
                                    GError **error);

/* The sale sold last, at @since or later, that is wanted and not set aside; *sale_id is NULL
 * without an error when there is none. */
gboolean shopcaisse_sales_find_newest(ShopcaisseDatabase *database,
                                      gint64 since,
                                      char **sale_id,
                                      GError **error);

/* The host has none of the next @limit tickets behind *id any more; *id follows and is NULL at the
 * end. */
gboolean shopcaisse_tickets_forget_recorded(ShopcaisseDatabase *database,
                                            guint limit,
                                            char **id,
                                            GError **error);

G_END_DECLS
