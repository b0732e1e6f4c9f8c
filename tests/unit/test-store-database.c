/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "simulated-disk.h"
#include "store-fixture.h"
#include "store/schema.h"
#include "store/settings.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child process does ends in its exit status; the parent asserts. */
static int
wait_for(pid_t child)
{
  int status = 0;

  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static void
a_new_folder_is_for_its_owner_alone(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *folder = store_fixture_dup_path(self, "nested");
  g_autofree char *file = g_build_filename(folder, "shopcaisse.db", NULL);
  ShopcaisseDatabaseConfig config = { .folder = folder, .owner = "test" };
  g_autoptr(ShopcaisseDatabase) database = shopcaisse_database_open(&config, NULL);
  GStatBuf of_folder;
  GStatBuf of_file;

  assert_non_null(database);
  assert_int_equal(g_stat(folder, &of_folder), 0);
  assert_int_equal(g_stat(file, &of_file), 0);
  assert_int_equal(of_folder.st_mode & 0777, 0700);
  assert_int_equal(of_file.st_mode & 0777, 0600);
  g_clear_pointer(&database, shopcaisse_database_close);
  store_fixture_delete_folder(folder);
}

static void
the_log_is_for_its_owner_alone(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = store_fixture_dup_path(self, "shopcaisse.db-wal");
  GStatBuf information;

  store_fixture_append(self, "key", "lane", 0);
  assert_int_equal(g_stat(path, &information), 0);
  assert_int_equal(information.st_mode & 0777, 0600);
}

static void
it_is_opened_as_decided(void **state)
{
  StoreFixture *self = *state;

  assert_int_equal(store_fixture_query(self, "PRAGMA synchronous"), 2);
  assert_int_equal(
      store_fixture_query(self, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
  assert_int_equal(store_fixture_query(self, "PRAGMA user_version"),
                   shopcaisse_schema_get_version());
  assert_false(store_fixture_has_file(self, "shopcaisse.db-shm"));
}

static void
what_was_written_is_there_after_reopening(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  store_fixture_reopen(self);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 1);
  assert_false(shopcaisse_database_was_replaced(self->database));
}

static void
a_commit_keeps_both_changes(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  store_fixture_append(self, "two", "lane", 0);
  assert_true(shopcaisse_database_commit(self->database, NULL));
  store_fixture_reopen(self);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 2);
}

static void
a_rollback_keeps_nothing(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  shopcaisse_database_rollback(self->database);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
closing_rolls_back(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  store_fixture_reopen(self);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
only_the_outermost_commit_counts(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  assert_true(shopcaisse_database_commit(self->database, NULL));
  shopcaisse_database_rollback(self->database);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
an_inner_rollback_dooms_the_outer_commit(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  assert_true(shopcaisse_database_begin(self->database, NULL));
  shopcaisse_database_rollback(self->database);
  assert_false(shopcaisse_database_commit(self->database, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
a_doomed_transaction_refuses_statements(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  assert_true(shopcaisse_database_begin(self->database, NULL));
  shopcaisse_database_rollback(self->database);
  assert_false(shopcaisse_settings_set(self->database, "key", "value", &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  shopcaisse_database_rollback(self->database);
  assert_true(shopcaisse_settings_set(self->database, "key", "value", NULL));
}

static void
a_rollback_after_a_failed_commit_does_no_harm(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  assert_true(shopcaisse_database_begin(self->database, NULL));
  shopcaisse_database_rollback(self->database);
  assert_false(shopcaisse_database_commit(self->database, NULL));
  shopcaisse_database_rollback(self->database);
  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "one", "lane", 0);
  assert_true(shopcaisse_database_commit(self->database, NULL));
}

static void
the_same_process_is_refused_a_second_time(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = store_fixture_open_failing(self);
  g_autofree char *message =
      g_strdup_printf("this profile is in use by test, process %d", (int)getpid());

  assert_store_error(error, COMPTOIR_ERROR_BUSY);
  assert_string_equal(error->message, message);
}

static void
a_second_process_is_refused_naming_the_first(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *expected =
      g_strdup_printf("this profile is in use by test, process %d", (int)getpid());
  pid_t child = fork();

  if (child == 0) {
    ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "child" };
    GError *error = NULL;
    ShopcaisseDatabase *database = shopcaisse_database_open(&config, &error);

    _exit(database == NULL && g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY) &&
                  g_str_equal(error->message, expected)
              ? 0
              : 1);
  }
  assert_int_equal(wait_for(child), 0);
}

static void
a_lock_left_by_a_dead_process_does_not_hold(void **state)
{
  StoreFixture *self = *state;

  store_fixture_close(self);
  store_fixture_write(self, "lock", 0, "gone, process 1, since then\n", 28);
  store_fixture_open(self, NULL);
}

static void
closing_lets_go_of_the_lock_though_a_fork_lives(void **state)
{
  StoreFixture *self = *state;
  int fds[2] = { -1, -1 };
  char byte = 0;

  assert_int_equal(pipe(fds), 0);

  pid_t child = fork();

  if (child == 0) {
    close(fds[1]);
    _exit(read(fds[0], &byte, 1) < 0);
  }
  close(fds[0]);
  store_fixture_reopen(self);
  close(fds[1]);
  assert_int_equal(wait_for(child), 0);
}

static void
a_folder_that_is_a_file_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = store_fixture_dup_path(self, "profile");
  ShopcaisseDatabaseConfig config = { .folder = path, .owner = "test" };
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_database_open(&config, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

/* Root may write anywhere, so another user tries. */
static gboolean
open_fails_unprivileged(const char *folder)
{
  ShopcaisseDatabaseConfig config = { .folder = folder, .owner = "child" };
  g_autoptr(GError) error = NULL;

  if (geteuid() == 0 && setuid(65534) != 0)
    return FALSE;

  g_autoptr(ShopcaisseDatabase) database = shopcaisse_database_open(&config, &error);

  return database == NULL && g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE);
}

static void
a_read_only_folder_is_refused(void **state)
{
  StoreFixture *self = *state;

  store_fixture_close(self);
  assert_int_equal(g_chmod(self->folder, 0555), 0);

  pid_t child = fork();

  if (child == 0)
    _exit(open_fails_unprivileged(self->folder) ? 0 : 1);
  assert_int_equal(wait_for(child), 0);
  assert_int_equal(g_chmod(self->folder, 0700), 0);
}

static void
a_read_only_file_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *lock = store_fixture_dup_path(self, "lock");
  g_autofree char *file = store_fixture_dup_path(self, "shopcaisse.db");

  store_fixture_close(self);
  assert_int_equal(g_chmod(self->folder, 0777), 0);
  assert_int_equal(g_chmod(lock, 0666), 0);
  assert_int_equal(g_chmod(file, 0444), 0);

  pid_t child = fork();

  if (child == 0)
    _exit(open_fails_unprivileged(self->folder) ? 0 : 1);
  assert_int_equal(wait_for(child), 0);
  assert_false(store_fixture_has_file(self, "shopcaisse.db.damaged-1"));
}

static void
a_full_disk_refuses_and_recovers(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(SimulatedDisk) disk = simulated_disk_new("full-disk");
  g_autofree char *large = g_strnfill(100000, 'x');
  g_autoptr(GError) error = NULL;

  store_fixture_open(self, "full-disk");
  store_fixture_append(self, "before", "lane", 0);
  simulated_disk_set_capacity(disk, simulated_disk_get_size(disk) + 50000);
  assert_false(shopcaisse_settings_set(self->database, "key", large, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  assert_non_null(strstr(error->message, "disk is full"));
  simulated_disk_set_capacity(disk, -1);
  assert_true(shopcaisse_settings_set(self->database, "key", large, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 1);
  store_fixture_close(self);
}

static void
a_full_disk_within_a_transaction_gives_all_of_it_up(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(SimulatedDisk) disk = simulated_disk_new("full-disk");
  g_autofree char *large = g_strnfill(100000, 'x');

  store_fixture_open(self, "full-disk");
  simulated_disk_set_capacity(disk, simulated_disk_get_size(disk) + 50000);
  assert_true(shopcaisse_database_begin(self->database, NULL));
  store_fixture_append(self, "within", "lane", 0);

  gboolean is_done = shopcaisse_settings_set(self->database, "key", large, NULL) &&
                     shopcaisse_database_commit(self->database, NULL);

  assert_false(is_done);
  shopcaisse_database_rollback(self->database);
  simulated_disk_set_capacity(disk, -1);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
  store_fixture_close(self);
}

/* Fills the file up to a limit that the kernel sets; every acknowledged row must be there after. */
static guint
append_until_refused(StoreFixture *self)
{
  struct rlimit limit = { 200000, 200000 };
  guint n_acknowledged = 0;

  signal(SIGXFSZ, SIG_IGN);
  if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
    return 0;
  for (;;) {
    g_autofree char *key = g_strdup_printf("key %u", n_acknowledged);
    g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

    if (!shopcaisse_outbox_append(self->database, job, 1, NULL, NULL))
      return n_acknowledged;
    n_acknowledged++;
  }
}

static void
a_file_that_may_not_grow_loses_nothing(void **state)
{
  StoreFixture *self = *state;
  int fds[2] = { -1, -1 };
  guint n_acknowledged = 0;

  store_fixture_close(self);
  assert_int_equal(pipe(fds), 0);

  pid_t child = fork();

  if (child == 0) {
    store_fixture_open(self, NULL);
    n_acknowledged = append_until_refused(self);
    _exit(write(fds[1], &n_acknowledged, sizeof n_acknowledged) < 0);
  }
  assert_int_equal(read(fds[0], &n_acknowledged, sizeof n_acknowledged), sizeof n_acknowledged);
  close(fds[0]);
  close(fds[1]);
  assert_int_equal(wait_for(child), 0);
  assert_true(n_acknowledged > 0);
  store_fixture_open(self, NULL);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), n_acknowledged);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_new_folder_is_for_its_owner_alone),
    store_test(the_log_is_for_its_owner_alone),
    store_test(it_is_opened_as_decided),
    store_test(what_was_written_is_there_after_reopening),
    store_test(a_commit_keeps_both_changes),
    store_test(a_rollback_keeps_nothing),
    store_test(closing_rolls_back),
    store_test(only_the_outermost_commit_counts),
    store_test(an_inner_rollback_dooms_the_outer_commit),
    store_test(a_doomed_transaction_refuses_statements),
    store_test(a_rollback_after_a_failed_commit_does_no_harm),
    store_test(the_same_process_is_refused_a_second_time),
    store_test(a_second_process_is_refused_naming_the_first),
    store_test(a_lock_left_by_a_dead_process_does_not_hold),
    store_test(closing_lets_go_of_the_lock_though_a_fork_lives),
    store_test(a_folder_that_is_a_file_is_refused),
    store_test(a_read_only_folder_is_refused),
    store_test(a_read_only_file_is_refused),
    store_folder_test(a_full_disk_refuses_and_recovers),
    store_folder_test(a_full_disk_within_a_transaction_gives_all_of_it_up),
    store_test(a_file_that_may_not_grow_loses_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
