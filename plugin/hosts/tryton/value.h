/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/* What Tryton's JSON holds beside plain values: decimals, dates, and records within records. */
gint64 tryton_value_get_id(json_t *row, const char *key);
const char *tryton_value_get_text(json_t *row, const char *key);
gboolean tryton_value_get_boolean(json_t *row, const char *key);
gboolean tryton_value_get_amount(json_t *row, const char *key, guint digits, gint64 *value);
gint64 tryton_value_get_time(json_t *row, const char *key);
gint64 tryton_value_get_day(json_t *row, const char *key);
json_t *tryton_value_get_record(json_t *row, const char *key);

json_t *tryton_value_new_decimal(gint64 value, guint digits);
json_t *tryton_value_new_time(gint64 time_us);
json_t *tryton_value_new_date(GDateTime *date);
json_t *tryton_value_new_create(json_t *values);
json_t *tryton_value_new_clause(const char *field, const char *operator, json_t * value);

gboolean tryton_value_parse_time(const char *text, gint64 *time_us);
char *tryton_value_format_time(gint64 time_us);
void tryton_value_insert_id(GVariantDict *row, const char *key, gint64 id);
void tryton_value_insert_text(GVariantDict *row, const char *key, const char *text);
gboolean tryton_value_parse_id(const char *text, gint64 *id);
