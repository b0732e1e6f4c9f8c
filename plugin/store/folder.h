/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Inside store/ only. The folder of one profile while it is locked: the files around the database.
 */
typedef struct ShopcaisseFolder ShopcaisseFolder;

typedef enum {
  SHOPCAISSE_FILE_SYSTEM_LOCAL,
  SHOPCAISSE_FILE_SYSTEM_DOUBTFUL, /* it may be far away: FUSE */
  SHOPCAISSE_FILE_SYSTEM_REMOTE    /* locks and syncs cannot be trusted */
} ShopcaisseFileSystem;

/* @type is the f_type of statfs(). */
ShopcaisseFileSystem shopcaisse_file_system_classify(guint32 type);

ShopcaisseFolder *shopcaisse_folder_open(const char *path, const char *owner, GError **error);

void shopcaisse_folder_close(ShopcaisseFolder *self);

char *shopcaisse_folder_dup_database_path(ShopcaisseFolder *self);

/* Makes the database's file, empty and for its owner alone, when it is absent. */
gboolean shopcaisse_folder_make_database(ShopcaisseFolder *self, GError **error);

/* Whether a database was once complete here. */
gboolean shopcaisse_folder_has_marker(ShopcaisseFolder *self);

/* Makes it, or writes other words into it: one short line that outlives the database. */
gboolean shopcaisse_folder_write_marker(ShopcaisseFolder *self, const char *text, GError **error);

/* (transfer full) (nullable): what is written in it. */
char *shopcaisse_folder_dup_marker(ShopcaisseFolder *self);

/* Renames the database and its log to a name that was never used. */
gboolean shopcaisse_folder_set_aside(ShopcaisseFolder *self, GError **error);

/* How many such there are, and their end. */
guint shopcaisse_folder_count_set_aside(ShopcaisseFolder *self);
gboolean shopcaisse_folder_delete_set_aside(ShopcaisseFolder *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseFolder, shopcaisse_folder_close)

G_END_DECLS
