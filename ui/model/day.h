/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShopcaissePageDayLine:
 * @name: (owned): what it is
 * @value: (owned): how much
 * @note: (owned): more about it, or ""
 * @is_heading: whether it begins something new
 *
 * One line of the report of a day.
 */
typedef struct {
  char *name;
  char *value;
  char *note;
  gboolean is_heading;
} ShopcaissePageDayLine;

GPtrArray *shopcaisse_page_day_list_lines(GVariant *report);
gboolean shopcaisse_page_day_is_date(const char *text);
char *shopcaisse_page_day_dup_other(const char *day, int n_days);

G_END_DECLS
