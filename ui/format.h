/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts, quantities, rates and times as people read and type them, in the language of the
 * process. Each answers its text unchanged when it cannot be read, and "" for NULL. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shopcaisse_format_money(const char *decimal, const char *currency);
char *shopcaisse_format_quantity(const char *decimal);
char *shopcaisse_format_rate(const char *decimal);
char *shopcaisse_format_time(const char *iso8601);
char *shopcaisse_format_age(const char *iso8601, gint64 now_us);

gboolean shopcaisse_format_parse_decimal(const char *typed, char **decimal);

G_END_DECLS
