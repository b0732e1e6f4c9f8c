/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the slices of one operation took. */
typedef struct {
  const char *name; /* (not owned) */
  guint n_rows;     /* of all slices together */
  GArray *slices;   /* (owned) (element-type double): milliseconds */
  gint64 began_at;
} BenchSeries;

void bench_series_begin(BenchSeries *self);
void bench_series_end(BenchSeries *self);
double bench_series_get_last(const BenchSeries *self);

BenchSeries *bench_series_new(const char *name);
void bench_table_print_head(void);
/* Prints a line and frees the series. */
void bench_table_take(BenchSeries *series);

G_END_DECLS
