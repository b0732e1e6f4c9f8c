/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

gboolean amounts_parse_money(const char *text, gint64 *cents);

gboolean amounts_parse_quantity(const char *text, gint64 *milli);

char *amounts_format_money(gint64 cents);

char *amounts_format_quantity(gint64 milli);

gboolean amounts_multiply(gint64 cents, gint64 milli, gint64 *total_cents);
