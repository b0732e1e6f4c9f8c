/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The report of a day close, comptoir-rows.h, as a file; docs/decisions/0020-closing-a-day.md.
 * Pure: the same report is the same text, in the language of the process. All are UTF-8. */

/* One table for a spreadsheet: semicolons, decimal commas, CRLF, with a byte order mark. */
char *shopcaisse_day_report_to_csv(GVariant *report);

/* The report as it is, for programs. */
char *shopcaisse_day_report_to_json(GVariant *report);

/* A page that prints, and needs nothing but itself. */
char *shopcaisse_day_report_to_html(GVariant *report);

G_END_DECLS
