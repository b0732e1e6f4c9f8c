/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "engine/job.h"

G_BEGIN_DECLS

/* Writes large pages in batches, between which sales have their turn. */
typedef struct ShopcaissePageWriter ShopcaissePageWriter;

typedef struct {
  guint page_size;                     /* rows that were asked for */
  const char *(*get_id)(gpointer row); /* of the row, or of what it is about */
  gboolean (*put)(ShopcaisseContext *context,
                  const ShopcaisseJob *job,
                  gpointer row,
                  GError **error);
} ShopcaissePageRows;

/* From apply. @page is taken. Its row of the outbox stays on the wire until the last batch, which
 * settles it and appends the pages that follow: after a crash the page is asked for again. */
void shopcaisse_page_writer_take(ShopcaisseContext *context,
                                 const ShopcaisseJob *job,
                                 const ShopcaissePageRows *rows,
                                 ShopcaissePage *page,
                                 ShopcaisseVerdict *verdict);

/* The channel closes: what is not written is asked for at the next start. */
void shopcaisse_page_writer_cancel(ShopcaisseContext *context);

G_END_DECLS
