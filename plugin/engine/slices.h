/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseSlices ShopcaisseSlices;

/* Work that is too long for one go. @step does a slice of it inside a transaction of its own: about
 * @limit rows, or whatever it counts, as many as the disk allows in the time a slice may take. Its
 * turn comes when nothing else is to be done, so that a sale never waits for it. */
typedef gboolean (*ShopcaisseSliceStep)(guint limit,
                                        gboolean *is_done,
                                        gpointer user_data,
                                        GError **error);

/* After the last commit, or with what ended it: an error of @step, or CANCELLED. */
typedef void (*ShopcaisseSlicesDone)(const GError *error, gpointer user_data);

void shopcaisse_slices_run(ShopcaisseContext *context,
                           ShopcaisseSliceStep step,
                           ShopcaisseSlicesDone done,
                           gpointer user_data);

/* The same when a power cut may take slices back that are done, as long as nothing else was done.
 */
void shopcaisse_slices_run_repeatable(ShopcaisseContext *context,
                                      ShopcaisseSliceStep step,
                                      ShopcaisseSlicesDone done,
                                      gpointer user_data);

/* The same outside any transaction, for what a database does not do inside one; @limit means what
 * the step takes it for. */
void shopcaisse_slices_run_bare(ShopcaisseContext *context,
                                ShopcaisseSliceStep step,
                                ShopcaisseSlicesDone done,
                                gpointer user_data);

/* The channel closes: what runs ends with CANCELLED, and so does what begins from now on. */
void shopcaisse_slices_cancel_all(ShopcaisseContext *context);

/* How many rows the next slice may have, after one of @limit rows took @cost_us. */
#define SHOPCAISSE_SLICE_FIRST 20
guint shopcaisse_slice_adapt(guint limit, gint64 cost_us);

/* The same for pages that the host answers or writes on its own thread. */
#define SHOPCAISSE_HOST_PAGE_FIRST 20
guint shopcaisse_host_page_adapt(guint limit, guint max, gint64 cost_us);

G_END_DECLS
