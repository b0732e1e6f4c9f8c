/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Something that became of a sale, once or several times in a row. */
typedef struct {
  gint64 id;
  char *kind;    /* (owned): state, kitchen, fiscal, host or shipment */
  char *word;    /* (owned): what it became, as in the sale */
  char *reason;  /* (owned): of a state, or "" */
  char *message; /* (owned): the same, for people, or "" */
  gint64 first_at;
  gint64 last_at;
  guint times;
} ShopcaisseSaleEvent;

/* (element-type ShopcaisseSaleEvent): of one sale, as they happened. */
GPtrArray *shopcaisse_sale_events_list(
    ShopcaisseDatabase *database, const char *sale_id, guint offset, guint limit, GError **error);

gboolean shopcaisse_sale_events_count(ShopcaisseDatabase *database,
                                      const char *sale_id,
                                      guint *n_events,
                                      GError **error);

/* What the host says of it, "host" or "shipment", if that is another word than the last. */
gboolean shopcaisse_sale_events_note(ShopcaisseDatabase *database,
                                     const char *sale_id,
                                     const char *kind,
                                     const char *word,
                                     gint64 at,
                                     GError **error);

G_END_DECLS
