/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_JOURNAL_INFO,
  SHOPCAISSE_JOURNAL_WARNING,
  SHOPCAISSE_JOURNAL_ERROR
} ShopcaisseJournalLevel;

/* What happened, one line, for the merchant. */
typedef struct {
  gint64 at;
  ShopcaisseJournalLevel level;
  const char *flow;    /* what was going on, a word */
  const char *subject; /* what it is about: a sale, an item or "" */
  const char *text;
} ShopcaisseJournalLine;

/* Control characters are escaped, 500 characters of text kept; the oldest of more than 100 000
 * lines go. */
gboolean shopcaisse_journal_append(ShopcaisseDatabase *database,
                                   const ShopcaisseJournalLine *line,
                                   GError **error);

/* (element-type GVariant) a{sv}: id (x), at, level, flow, subject, text; newest first. Some of them
 * are found by store/list-walk.h and read one by one; NULL without an error: gone. */
GPtrArray *
shopcaisse_journal_list(ShopcaisseDatabase *database, guint offset, guint limit, GError **error);
GVariant *shopcaisse_journal_read(ShopcaisseDatabase *database, gint64 id, GError **error);
gboolean shopcaisse_journal_count(ShopcaisseDatabase *database, guint *n_lines, GError **error);

G_END_DECLS
