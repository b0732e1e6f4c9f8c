/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Typed reading of a host's row, a{sv}; the keys and texts are those of comptoir-rows.h. A key that
 * is absent and optional leaves the output alone. Errors are INVALID and begin with the key. */
typedef enum {
  SHOPCAISSE_ROW_OPTIONAL,
  SHOPCAISSE_ROW_REQUIRED
} ShopcaisseRowPresence;

#define SHOPCAISSE_ROW_TEXT_MAX_BYTES 1024

gboolean shopcaisse_row_get_id(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, char **id, GError **error);
gboolean shopcaisse_row_get_text(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, char **text, GError **error);
gboolean shopcaisse_row_get_money(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *minor, GError **error);
gboolean shopcaisse_row_get_quantity(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *milli, GError **error);
gboolean shopcaisse_row_get_rate(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *vat_bp, GError **error);
gboolean shopcaisse_row_get_time(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *at, GError **error);
gboolean shopcaisse_row_get_rows(GVariant *row,
                                 const char *key,
                                 ShopcaisseRowPresence presence,
                                 GVariant **rows,
                                 GError **error);
/* Optional. */
gboolean
shopcaisse_row_get_boolean(GVariant *row, const char *key, gboolean *value, GError **error);
gboolean shopcaisse_row_get_number(GVariant *row, const char *key, guint32 *value, GError **error);
gboolean shopcaisse_row_get_row(GVariant *row, const char *key, GVariant **inner, GError **error);

G_END_DECLS
