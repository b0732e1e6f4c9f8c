/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"
#include "store/folder.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Inside store/ only. A prepared statement, kept by the database under its text; @sql must be a
 * literal. Bind with sqlite3_bind_*, then step; it is reset and cleared when it goes out of scope.
 */
typedef sqlite3_stmt ShopcaisseStatement;

/* (transfer none): where the file is. */
ShopcaisseFolder *shopcaisse_database_get_folder(ShopcaisseDatabase *self);

ShopcaisseStatement *
shopcaisse_database_prepare(ShopcaisseDatabase *self, const char *sql, GError **error);

void shopcaisse_statement_bind_text(ShopcaisseStatement *self, int index, const char *text);

/* A dictionary as text, "" for NULL. */
void shopcaisse_statement_bind_variant(ShopcaisseStatement *self, int index, GVariant *value);

char *shopcaisse_statement_dup_text(ShopcaisseStatement *self, int column);

/* Reads what bind_variant wrote: NULL without an error for "". */
gboolean shopcaisse_statement_read_variant(ShopcaisseStatement *self,
                                           int column,
                                           const GVariantType *type,
                                           GVariant **value,
                                           GError **error);

/* Steps to the next row: TRUE and *has_row. */
gboolean shopcaisse_statement_step(ShopcaisseStatement *self, gboolean *has_row, GError **error);

/* Steps a statement that answers no rows. */
gboolean shopcaisse_statement_run(ShopcaisseStatement *self, GError **error);

/* Steps a statement that answers one row with one number; none or NULL is @fallback. */
gboolean shopcaisse_statement_read_number(ShopcaisseStatement *self,
                                          gint64 fallback,
                                          gint64 *number,
                                          GError **error);

/* a{su} of a statement that answers rows of a word and its count. */
GVariant *shopcaisse_statement_read_counts(ShopcaisseStatement *self, GError **error);

/* Rows changed by the last statement. */
int shopcaisse_database_count_changes(ShopcaisseDatabase *self);

gint64 shopcaisse_database_get_last_id(ShopcaisseDatabase *self);

void shopcaisse_statement_release(ShopcaisseStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseStatement, shopcaisse_statement_release)

/* The one translation of SQLite's codes: sets @error from the last failure of @connection. */
void shopcaisse_storage_set_error(GError **error, sqlite3 *connection, int code);

G_END_DECLS
