/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts, times and names as people read them, in the language of the process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *local_text_format_amount(gint64 cents);
char *local_text_format_time(const char *iso8601, gint64 now_us);
char *local_text_dup_name(GVariant *article);

G_END_DECLS
