/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Reading of answers. A getter takes an object and a key; its error is PROTOCOL and begins with the
 * key, callers put the way to the object before it: "items[3].defaultPrice: a number is wanted,
 * found a string". Absent and null are the same thing. */

#define SHOPCAISSE_JSON_MAX_DEPTH  32
#define SHOPCAISSE_JSON_MAX_BYTES  (16 * 1024 * 1024)
#define SHOPCAISSE_JSON_MAX_VALUES 1000000
#define SHOPCAISSE_JSON_MAX_TEXT   (64 * 1024)

typedef enum {
  SHOPCAISSE_JSON_OPTIONAL, /* absent leaves the output alone */
  SHOPCAISSE_JSON_REQUIRED
} ShopcaisseJsonPresence;

json_t *shopcaisse_json_load(GBytes *body, guint max_depth, GError **error);
json_t *shopcaisse_json_load_object(GBytes *body, GError **error);

const char *shopcaisse_json_describe(const json_t *value);

gboolean shopcaisse_json_fail(GError **error, const char *key, const char *wanted, json_t *found);

gboolean
shopcaisse_json_get_object(json_t *object, const char *key, json_t **value, GError **error);
gboolean shopcaisse_json_get_array(json_t *object, const char *key, json_t **value, GError **error);
gboolean shopcaisse_json_get_id(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, char **id, GError **error);
gboolean shopcaisse_json_get_text(json_t *object, const char *key, char **text, GError **error);
gboolean shopcaisse_json_get_name(json_t *object, const char *key, char **name, GError **error);
gboolean
shopcaisse_json_get_boolean(json_t *object, const char *key, gboolean *value, GError **error);
gboolean
shopcaisse_json_get_integer(json_t *object, const char *key, gint64 *value, GError **error);
gboolean shopcaisse_json_get_count(json_t *object, const char *key, gint64 *value, GError **error);

/* Numbers with a unit; see json-number.c. */
/* An optional price, never negative. */
gboolean shopcaisse_json_get_price(
    json_t *object, const char *key, gboolean *has_price, gint64 *minor, GError **error);

gboolean shopcaisse_json_get_cents(json_t *object,
                                   const char *key,
                                   ShopcaisseJsonPresence presence,
                                   gint64 *minor,
                                   GError **error);
gboolean
shopcaisse_json_get_rounded_cents(json_t *object, const char *key, gint64 *minor, GError **error);
gboolean shopcaisse_json_get_milli(json_t *object,
                                   const char *key,
                                   ShopcaisseJsonPresence presence,
                                   gint64 *milli,
                                   GError **error);
gboolean shopcaisse_json_get_rate(json_t *object, const char *key, gint64 *vat_bp, GError **error);
gboolean shopcaisse_json_get_time(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *at, GError **error);
gboolean shopcaisse_json_get_iso_time(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, gint64 *at, GError **error);
gboolean shopcaisse_json_read_millionths(const json_t *number, gint64 *millionths);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

G_END_DECLS
