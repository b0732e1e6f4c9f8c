/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread that owns the reference host's books, and the main loop that goes on meanwhile. */

#include "host-worker.h"

#include <comptoir/comptoir.h>
#include <glib/gstdio.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define WATCHDOG_S 30

typedef struct {
  char *path; /* (owned) */
  char *file; /* (owned): the database in it */
} Folder;

static int
set_up(void **state)
{
  Folder *folder = g_new0(Folder, 1);

  folder->path = g_dir_make_tmp("host-database-XXXXXX", NULL);
  folder->file = g_build_filename(folder->path, "host.sqlite", NULL);
  *state = folder;
  return 0;
}

static int
tear_down(void **state)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  Folder *folder = *state;

  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    g_autofree char *path = g_strconcat(folder->file, suffixes[i], NULL);

    (void)g_unlink(path);
  }
  (void)g_rmdir(folder->path);
  g_free(folder->path);
  g_free(folder->file);
  g_free(folder);
  return 0;
}

typedef struct {
  GMutex gate;
  guint n_done;
  char order[3]; /* which jobs are done, in order */
  gboolean has_failed;
} Race;

/* The first job stands at the gate until the main loop has turned. */
static GVariant *
wait_at_gate(HostDatabase *database, GVariant *argument, GError **error)
{
  Race *race = GSIZE_TO_POINTER(g_variant_get_uint64(argument));

  g_mutex_lock(&race->gate);
  g_mutex_unlock(&race->gate);
  return g_variant_ref_sink(g_variant_new_byte('1'));
}

static GVariant *
answer_second(HostDatabase *database, GVariant *argument, GError **error)
{
  return g_variant_ref_sink(g_variant_new_byte('2'));
}

static GVariant *
fail_always(HostDatabase *database, GVariant *argument, GError **error)
{
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "no");
  return NULL;
}

static void
job_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Race *race = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = host_worker_run_finish(NULL, result, &error);

  if (answer == NULL)
    race->has_failed = TRUE;
  else
    race->order[race->n_done] = (char)g_variant_get_byte(answer);
  race->n_done++;
}

static gboolean
expire_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_until_done(Race *race, guint n_jobs)
{
  gboolean has_expired = FALSE;
  guint watchdog = g_timeout_add_seconds(WATCHDOG_S, expire_cb, &has_expired);

  while (race->n_done < n_jobs && !has_expired)
    (void)g_main_context_iteration(NULL, TRUE);
  assert_false(has_expired);
  (void)g_source_remove(watchdog);
}

static void
jobs_run_in_order_while_the_main_loop_turns(void **state)
{
  Folder *folder = *state;
  Race race = { 0 };
  g_autoptr(HostWorker) worker = host_worker_new(folder->file);

  g_mutex_init(&race.gate);
  g_mutex_lock(&race.gate);
  host_worker_run_async(worker, wait_at_gate, g_variant_new_uint64(GPOINTER_TO_SIZE(&race)), job_cb,
                        &race);
  host_worker_run_async(worker, answer_second, NULL, job_cb, &race);
  for (guint i = 0; i < 100; i++)
    (void)g_main_context_iteration(NULL, FALSE);
  assert_int_equal(race.n_done, 0);
  g_mutex_unlock(&race.gate);
  run_until_done(&race, 2);
  assert_string_equal(race.order, "12");
  g_mutex_clear(&race.gate);
}

static void
failed_job_answers_its_error(void **state)
{
  Folder *folder = *state;
  Race race = { 0 };
  g_autoptr(HostWorker) worker = host_worker_new(folder->file);

  host_worker_run_async(worker, fail_always, NULL, job_cb, &race);
  run_until_done(&race, 1);
  assert_true(race.has_failed);
}

static void
database_that_cannot_open_fails_each_job(void **state)
{
  Folder *folder = *state;
  Race race = { 0 };
  g_autofree char *path = g_build_filename(folder->path, "absent", "host.sqlite", NULL);
  g_autoptr(HostWorker) worker = host_worker_new(path);

  host_worker_run_async(worker, answer_second, NULL, job_cb, &race);
  run_until_done(&race, 1);
  assert_true(race.has_failed);
}

#define FOLDER_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    FOLDER_TEST(jobs_run_in_order_while_the_main_loop_turns),
    FOLDER_TEST(failed_job_answers_its_error),
    FOLDER_TEST(database_that_cannot_open_fails_each_job),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
