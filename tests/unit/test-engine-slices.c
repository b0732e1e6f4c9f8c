/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long work in slices: as long as the disk allows, undone when it fails, ended when all closes. */
#include "engine-bench.h"
#include "engine/context.h"
#include "engine/slices.h"
#include "simulated-disk.h"
#include "store/settings.h"

/* Something long, with the parts of an engine that slices need. */
typedef struct {
  Bench *bench;
  ShopcaisseEngineConfig config;
  ShopcaisseContext context;
  guint n_slices;
  guint n_wanted;
  guint last_limit;
  gint64 cost_us;    /* of a slice */
  gboolean is_cruel; /* the last slice fails */
  guint n_done;
  GError *error; /* (owned) (nullable) */
} Work;

static gboolean
step(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Work *self = user_data;
  g_autofree char *name = g_strdup_printf("slice-%u", self->n_slices);

  self->last_limit = limit;
  self->n_slices++;
  self->bench->clock.monotonic += self->cost_us;
  *is_done = self->n_slices >= self->n_wanted;
  if (!shopcaisse_cursors_set_time(self->context.database, name, 1, error))
    return FALSE;
  if (!*is_done || !self->is_cruel)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "cruel");
  return FALSE;
}

static void
done_cb(const GError *error, gpointer user_data)
{
  Work *self = user_data;

  self->n_done++;
  self->error = error != NULL ? g_error_copy(error) : NULL;
}

static void
prepare(Work *self, Bench *bench, guint n_wanted)
{
  self->bench = bench;
  self->n_wanted = n_wanted;
  self->config.context = bench->context;
  self->context.config = &self->config;
  self->context.clock = &bench->clock.clock;
  self->context.database = bench_open_store(bench);
}

static void
begin(Work *self, Bench *bench, guint n_wanted)
{
  prepare(self, bench, n_wanted);
  shopcaisse_slices_run(&self->context, step, done_cb, self);
}

static gboolean
has_written(Work *self, const char *name)
{
  return shopcaisse_cursors_get_time(self->context.database, name, 0) == 1;
}

static void
end(Work *self)
{
  g_ptr_array_unref(self->context.slices);
  shopcaisse_database_close(self->context.database);
  g_clear_error(&self->error);
}

static void
slices_run_until_done(void **state)
{
  Work work = { 0 };

  begin(&work, *state, 3);
  assert_int_equal(work.n_slices, 0);
  bench_run(*state);
  assert_int_equal(work.n_slices, 3);
  assert_int_equal(work.n_done, 1);
  assert_null(work.error);
  assert_true(has_written(&work, "slice-2"));
  end(&work);
}

static void
other_work_has_its_turn_between_slices(void **state)
{
  Bench *bench = *state;
  Work work = { 0 };

  begin(&work, bench, 3);
  g_main_context_iteration(bench->context, FALSE);
  assert_int_equal(work.n_slices, 1);
  bench_run(bench);
  end(&work);
}

static void
slice_that_fails_is_undone(void **state)
{
  Work work = { .is_cruel = TRUE };

  begin(&work, *state, 2);
  bench_run(*state);
  assert_int_equal(work.n_done, 1);
  assert_true(g_error_matches(work.error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  assert_true(has_written(&work, "slice-0"));
  assert_false(has_written(&work, "slice-1"));
  end(&work);
}

static void
closing_ends_what_is_underway(void **state)
{
  Bench *bench = *state;
  Work work = { 0 };

  begin(&work, bench, 3);
  g_main_context_iteration(bench->context, FALSE);
  work.context.is_closing = TRUE;
  shopcaisse_slices_cancel_all(&work.context);
  assert_int_equal(work.n_done, 1);
  assert_true(g_error_matches(work.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  bench_run(bench);
  assert_int_equal(work.n_slices, 1);
  end(&work);
}

static void
long_work_makes_slices_short(void **state)
{
  Work work = { .cost_us = 18 * 1000 };

  begin(&work, *state, 20);
  bench_run(*state);
  assert_in_range(work.last_limit, 1, 10);
  end(&work);
}

static void
short_work_makes_slices_long(void **state)
{
  Work work = { .cost_us = 1000 };

  begin(&work, *state, 20);
  bench_run(*state);
  assert_in_range(work.last_limit, 100, 1000);
  end(&work);
}

typedef void (*Run)(ShopcaisseContext *context,
                    ShopcaisseSliceStep step,
                    ShopcaisseSlicesDone done,
                    gpointer user_data);

/* Whether the last of three slices is there when the power is cut as soon as all are done. */
static gboolean
survives(Bench *bench, Run run)
{
  g_autoptr(SimulatedDisk) disk = simulated_disk_new("slices");
  g_autoptr(SimulatedDisk) image = simulated_disk_new("slices-left");
  Work work = { 0 };
  gboolean is_there = FALSE;

  simulated_disk_make_default(disk);
  prepare(&work, bench, 3);
  simulated_disk_record(disk);
  run(&work.context, step, done_cb, &work);
  bench_run(bench);
  assert_int_equal(work.n_done, 1);
  simulated_disk_cut_power(disk, simulated_disk_get_n_events(disk), SIMULATED_DISK_LOST, 0, image);
  end(&work);
  simulated_disk_make_default(image);
  work.context.database = bench_open_store(bench);
  is_there = has_written(&work, "slice-2");
  shopcaisse_database_close(work.context.database);
  return is_there;
}

static void
slices_that_are_done_survive_a_power_cut(void **state)
{
  assert_true(survives(*state, shopcaisse_slices_run));
}

static void
repeatable_slices_wait_for_no_flush(void **state)
{
  assert_false(survives(*state, shopcaisse_slices_run_repeatable));
}

static void
page_that_costs_the_host_little_grows_to_its_maximum(void **state)
{
  guint limit = SHOPCAISSE_HOST_PAGE_FIRST;

  (void)state;
  for (guint i = 0; i < 20; i++)
    limit = shopcaisse_host_page_adapt(limit, 50, 100);
  assert_int_equal(limit, 50);
}

static void
page_that_costs_the_host_much_never_becomes_empty(void **state)
{
  guint limit = SHOPCAISSE_HOST_PAGE_FIRST;

  (void)state;
  for (guint i = 0; i < 20; i++)
    limit = shopcaisse_host_page_adapt(limit, 50, 100 * 1000);
  assert_in_range(limit, 1, 10);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_empty_test(slices_run_until_done),
    bench_empty_test(other_work_has_its_turn_between_slices),
    bench_empty_test(slice_that_fails_is_undone),
    bench_empty_test(closing_ends_what_is_underway),
    bench_empty_test(long_work_makes_slices_short),
    bench_empty_test(short_work_makes_slices_long),
    bench_empty_test(slices_that_are_done_survive_a_power_cut),
    bench_empty_test(repeatable_slices_wait_for_no_flush),
    cmocka_unit_test(page_that_costs_the_host_little_grows_to_its_maximum),
    cmocka_unit_test(page_that_costs_the_host_much_never_becomes_empty),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
