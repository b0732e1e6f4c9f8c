/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/page.h"
#include "engine/job.h"

G_BEGIN_DECLS

/* Lists that come in pages: docs/PROTOCOL.md 2.2. args: page u, and what the kind needs. */
guint shopcaisse_paging_get_page(const ShopcaisseJob *job);

const char *shopcaisse_paging_get_text(const ShopcaisseJob *job, const char *key);

gint64 shopcaisse_paging_get_number(const ShopcaisseJob *job, const char *key, gint64 fallback);

/* After a page was stored: notes what makes the sweep partial, appends the page that follows.
 * @first_id is (nullable): the first row's id. */
gboolean shopcaisse_paging_continue(ShopcaisseContext *context,
                                    const ShopcaisseJob *job,
                                    const ShopcaissePage *page,
                                    const char *first_id,
                                    GError **error);

/* The same for a large list, which is read ahead while its pages are full: @page_size rows were
 * asked for. */
gboolean shopcaisse_paging_follow(ShopcaisseContext *context,
                                  const ShopcaisseJob *job,
                                  const ShopcaissePage *page,
                                  const char *first_id,
                                  guint page_size,
                                  GError **error);

/* The sweep this row belongs to. */
gint64 shopcaisse_paging_get_sweep(const ShopcaisseJob *job);

/* From build of a catalogue page: whether it may go now; else the verdict says when.
 * docs/decisions/0006-page-sizes.md. */
gboolean shopcaisse_paging_may_go(ShopcaisseContext *context,
                                  gboolean *may_go,
                                  ShopcaisseVerdict *verdict,
                                  GError **error);

G_END_DECLS
