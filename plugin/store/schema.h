/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Inside store/ only. The numbered files of data/migrations and the file they are applied to. */
typedef enum {
  SHOPCAISSE_SCHEMA_EMPTY,   /* nothing was ever written */
  SHOPCAISSE_SCHEMA_OURS,    /* this version or an older one */
  SHOPCAISSE_SCHEMA_DAMAGED, /* not a database, or pages of it are wrong */
  SHOPCAISSE_SCHEMA_FAILED   /* it could not be examined, or is newer: error is set */
} ShopcaisseSchemaState;

/* Writes nothing. */
ShopcaisseSchemaState shopcaisse_schema_examine(sqlite3 *connection, GError **error);

gboolean shopcaisse_schema_migrate(sqlite3 *connection, GError **error);

int shopcaisse_schema_get_version(void);

G_END_DECLS
