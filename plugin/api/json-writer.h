/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/order-unit.h"

G_BEGIN_DECLS

/* Writing of requests into a GString: keys in the order of the calls, amounts from integers. @key
 * is NULL inside an array and for the outermost object. */
void shopcaisse_json_begin_object(GString *json, const char *key);
void shopcaisse_json_end_object(GString *json);
void shopcaisse_json_begin_array(GString *json, const char *key);
void shopcaisse_json_end_array(GString *json);

void shopcaisse_json_add_text(GString *json, const char *key, const char *text);
char *shopcaisse_json_quote(const char *text);
void shopcaisse_json_add_boolean(GString *json, const char *key, gboolean value);
void shopcaisse_json_add_integer(GString *json, const char *key, gint64 value);
void shopcaisse_json_add_decimal_money(GString *json, const char *key, gint64 minor);
void shopcaisse_json_add_money(GString *json, const char *key, gint64 minor, ShopcaisseForm form);
void shopcaisse_json_add_rate(GString *json, const char *key, gint64 vat_bp);
void shopcaisse_json_add_quantity(GString *json, const char *key, gint64 quantity_milli);
void shopcaisse_json_add_raw(GString *json, const char *key, const char *value, gsize size);

G_END_DECLS
