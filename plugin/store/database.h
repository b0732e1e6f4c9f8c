/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* The file of one host profile: one process, one connection, used in one thread. */
typedef struct ShopcaisseDatabase ShopcaisseDatabase;

typedef struct {
  const char *folder; /* made with mode 0700 when absent */
  const char *owner;  /* names this process to a second one */
  const char *vfs;    /* (nullable): SQLite's name of another file system, for tests */
} ShopcaisseDatabaseConfig;

ShopcaisseDatabase *shopcaisse_database_open(const ShopcaisseDatabaseConfig *config,
                                             GError **error);

void shopcaisse_database_close(ShopcaisseDatabase *self);

/* Changes between begin and commit are on disk together or not at all. Both may be nested: the
 * outermost pair counts. After a failed statement only rollback is left. */
gboolean shopcaisse_database_begin(ShopcaisseDatabase *self, GError **error);
gboolean shopcaisse_database_commit(ShopcaisseDatabase *self, GError **error);
void shopcaisse_database_rollback(ShopcaisseDatabase *self);

/* The same for rows that whoever wrote them would write again: their commit waits for no flush. A
 * power cut may take them back, the next other commit brings them to disk with it. */
gboolean shopcaisse_database_begin_repeatable(ShopcaisseDatabase *self, GError **error);

/* What lists are made of, and how often each was written since opening, or nearly: a list that was
 * read is still true while the number is the same. */
typedef enum {
  SHOPCAISSE_CHANGED_ARTICLES,
  SHOPCAISSE_CHANGED_ITEMS,
  SHOPCAISSE_CHANGED_LINKS,
  SHOPCAISSE_CHANGED_KEYS, /* by which both sides are matched, and who is there to be matched */
  SHOPCAISSE_CHANGED_JOURNAL,
  SHOPCAISSE_N_CHANGED
} ShopcaisseChanged;

void shopcaisse_database_note_change(ShopcaisseDatabase *self, ShopcaisseChanged changed);
guint64 shopcaisse_database_count_writes(ShopcaisseDatabase *self, ShopcaisseChanged changed);

/* Whether the file was damaged and set aside on opening: the host's sales are to be read again. */
gboolean shopcaisse_database_was_replaced(ShopcaisseDatabase *self);

/* One short line beside the database, which is there still when that was damaged. */
gboolean
shopcaisse_database_write_keepsake(ShopcaisseDatabase *self, const char *text, GError **error);
char *shopcaisse_database_dup_keepsake(ShopcaisseDatabase *self);

/* Damaged databases that were set aside; deleting is for good. */
guint shopcaisse_database_count_set_aside(ShopcaisseDatabase *self);
gboolean shopcaisse_database_delete_set_aside(ShopcaisseDatabase *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseDatabase, shopcaisse_database_close)

G_END_DECLS
