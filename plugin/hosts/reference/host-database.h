/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

typedef struct _HostDatabase HostDatabase;

HostDatabase *host_database_open(const char *path, GError **error);
void host_database_close(HostDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HostDatabase, host_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

gboolean host_database_execute(HostDatabase *self, const char *sql, GError **error);

gboolean host_database_begin(HostDatabase *self, GError **error);
gboolean host_database_commit(HostDatabase *self, GError **error);
void host_database_roll_back(HostDatabase *self);

sqlite3_stmt *host_database_prepare(HostDatabase *self, const char *sql, GError **error);
gboolean
host_database_step(HostDatabase *self, sqlite3_stmt *statement, gboolean *has_row, GError **error);
void host_database_bind_text(sqlite3_stmt *statement, int index, const char *text);
void host_database_bind_key(sqlite3_stmt *statement, int index, GVariant *row, const char *key);
const char *host_database_column_text(sqlite3_stmt *statement, int column);
void host_database_insert_column(GVariantDict *row,
                                 const char *key,
                                 sqlite3_stmt *statement,
                                 int column);

gboolean
host_database_next_number(HostDatabase *self, const char *counter, gint64 *number, GError **error);

GVariant *host_database_read_summary(HostDatabase *self, GVariant *argument, GError **error);

char *host_database_format_time(gint64 time_us);
gboolean host_database_parse_time(const char *text, gint64 *time_us);
