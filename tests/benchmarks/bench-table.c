/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slices of work as a table: how many, how long. */
#include "bench-table.h"

#include <stdio.h>

BenchSeries *
bench_series_new(const char *name)
{
  BenchSeries *self = g_new0(BenchSeries, 1);

  self->name = name;
  self->slices = g_array_new(FALSE, FALSE, sizeof(double));
  return self;
}

void
bench_series_begin(BenchSeries *self)
{
  self->began_at = g_get_monotonic_time();
}

void
bench_series_end(BenchSeries *self)
{
  double took = (double)(g_get_monotonic_time() - self->began_at) / 1000.0;

  g_array_append_val(self->slices, took);
}

double
bench_series_get_last(const BenchSeries *self)
{
  return g_array_index(self->slices, double, self->slices->len - 1);
}

void
bench_table_print_head(void)
{
  printf("%-26s %7s %7s %9s %9s %9s %9s\n", "operation", "rows", "slices", "median ms", "99 % ms",
         "worst ms", "all ms");
}

static int
compare_slices(gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return (left > right) - (left < right);
}

void
bench_table_take(BenchSeries *series)
{
  GArray *slices = series->slices;
  double sum = 0;

  for (guint i = 0; i < slices->len; i++)
    sum += g_array_index(slices, double, i);
  g_array_sort(slices, compare_slices);
  if (slices->len > 0)
    printf("%-26s %7u %7u %9.2f %9.2f %9.2f %9.0f\n", series->name, series->n_rows, slices->len,
           g_array_index(slices, double, slices->len / 2),
           g_array_index(slices, double, slices->len * 99 / 100),
           g_array_index(slices, double, slices->len - 1), sum);
  fflush(stdout);
  g_array_unref(slices);
  g_free(series);
}
