/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "simulated-disk.h"
#include "store-fixture.h"
#include "store/schema.h"
#include "store/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
dup_path(StoreFixture *self, const char *name)
{
  return g_build_filename(self->folder, name, NULL);
}

static gboolean
has_file(StoreFixture *self, const char *name)
{
  g_autofree char *path = dup_path(self, name);

  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void
write_raw(StoreFixture *self, const char *name, gint64 offset, const char *bytes, gsize size)
{
  g_autofree char *path = dup_path(self, name);
  int fd = g_open(path, O_WRONLY | O_CREAT, 0600);

  assert_true(fd >= 0);
  assert_int_equal(pwrite(fd, bytes, size, offset), size);
  assert_true(g_close(fd, NULL));
}

static void
truncate_raw(StoreFixture *self, const char *name)
{
  g_autofree char *path = dup_path(self, name);

  assert_int_equal(truncate(path, 0), 0);
}

static void
close_database(StoreFixture *self)
{
  g_clear_pointer(&self->database, shopcaisse_database_close);
}

/* Tries to open the fixture's folder, which is to fail. */
static GError *
open_failing(StoreFixture *self)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "second" };
  GError *error = NULL;

  assert_null(shopcaisse_database_open(&config, &error));
  return error;
}

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
  g_autofree char *folder = dup_path(self, "nested");
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
  g_autofree char *path = dup_path(self, "shopcaisse.db-wal");
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
  assert_false(has_file(self, "shopcaisse.db-shm"));
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
  g_autoptr(GError) error = open_failing(self);
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

  close_database(self);
  write_raw(self, "lock", 0, "gone, process 1, since then\n", 28);
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
a_newer_schema_is_refused(void **state)
{
  StoreFixture *self = *state;

  store_fixture_query(self, "PRAGMA user_version = 9999");
  close_database(self);

  g_autoptr(GError) error = open_failing(self);

  assert_store_error(error, COMPTOIR_ERROR_VERSION);
}

static void
a_newer_database_is_left_as_it_is(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = dup_path(self, "shopcaisse.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before = 0;
  gsize size_after = 0;

  store_fixture_query(self, "PRAGMA user_version = 9999");
  close_database(self);
  assert_true(g_file_get_contents(path, &before, &size_before, NULL));

  g_autoptr(GError) error = open_failing(self);

  assert_true(g_file_get_contents(path, &after, &size_after, NULL));
  assert_int_equal(size_before, size_after);
  assert_memory_equal(before, after, size_before);
}

static void
assert_set_aside(StoreFixture *self)
{
  store_fixture_open(self, NULL);
  assert_true(shopcaisse_database_was_replaced(self->database));
  assert_true(has_file(self, "shopcaisse.db.damaged-1"));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
what_is_no_database_is_set_aside(void **state)
{
  StoreFixture *self = *state;

  close_database(self);
  write_raw(self, "shopcaisse.db", 0, "this is no database at all", 26);
  assert_set_aside(self);
}

static void
a_damaged_page_is_set_aside(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *rubbish = g_strnfill(4096, 'x');

  close_database(self);
  write_raw(self, "shopcaisse.db", 4096, rubbish, 4096);
  assert_set_aside(self);
}

static void
a_truncated_file_is_noticed(void **state)
{
  StoreFixture *self = *state;

  close_database(self);
  truncate_raw(self, "shopcaisse.db");
  assert_set_aside(self);
}

static void
a_missing_file_is_noticed(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = dup_path(self, "shopcaisse.db");

  close_database(self);
  assert_int_equal(g_unlink(path), 0);
  store_fixture_open(self, NULL);
  assert_true(shopcaisse_database_was_replaced(self->database));
}

static void
an_empty_file_without_marker_is_a_first_start(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *marker = dup_path(self, "profile");

  close_database(self);
  truncate_raw(self, "shopcaisse.db");
  assert_int_equal(g_unlink(marker), 0);
  store_fixture_open(self, NULL);
  assert_false(shopcaisse_database_was_replaced(self->database));
}

static void
the_log_is_set_aside_with_its_database(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = dup_path(self, "shopcaisse.db-wal");

  close_database(self);
  truncate_raw(self, "shopcaisse.db");
  assert_true(g_file_set_contents(path, "log", -1, NULL));
  assert_set_aside(self);
  assert_true(has_file(self, "shopcaisse.db.damaged-1-wal"));
}

static void
a_second_damaged_file_keeps_the_first(void **state)
{
  StoreFixture *self = *state;

  for (int i = 0; i < 2; i++) {
    close_database(self);
    truncate_raw(self, "shopcaisse.db");
    store_fixture_open(self, NULL);
  }
  assert_true(has_file(self, "shopcaisse.db.damaged-1"));
  assert_true(has_file(self, "shopcaisse.db.damaged-2"));
}

static void
after_a_replacement_the_next_start_is_plain(void **state)
{
  StoreFixture *self = *state;

  close_database(self);
  truncate_raw(self, "shopcaisse.db");
  store_fixture_open(self, NULL);
  store_fixture_reopen(self);
  assert_false(shopcaisse_database_was_replaced(self->database));
}

static void
a_folder_that_is_a_file_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = dup_path(self, "profile");
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

  close_database(self);
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
  g_autofree char *lock = dup_path(self, "lock");
  g_autofree char *file = dup_path(self, "shopcaisse.db");

  close_database(self);
  assert_int_equal(g_chmod(self->folder, 0777), 0);
  assert_int_equal(g_chmod(lock, 0666), 0);
  assert_int_equal(g_chmod(file, 0444), 0);

  pid_t child = fork();

  if (child == 0)
    _exit(open_fails_unprivileged(self->folder) ? 0 : 1);
  assert_int_equal(wait_for(child), 0);
  assert_false(has_file(self, "shopcaisse.db.damaged-1"));
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
  close_database(self);
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
  close_database(self);
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

  close_database(self);
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

/* A released database, opened by the program as it is now. */
static void
every_released_database_opens(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *target = dup_path(self, "shopcaisse.db");

  for (int version = 1; version <= shopcaisse_schema_get_version(); version++) {
    g_autofree char *name = g_strdup_printf("%04d.db", version);
    g_autofree char *source =
        g_build_filename(g_getenv("G_TEST_SRCDIR"), "data", "databases", name, NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;

    assert_true(g_file_get_contents(source, &bytes, &size, NULL));
    close_database(self);
    assert_true(g_file_set_contents(target, bytes, (gssize)size, NULL));
    store_fixture_open(self, NULL);
    assert_false(shopcaisse_database_was_replaced(self->database));
    assert_int_equal(store_fixture_query(self, "PRAGMA user_version"),
                     shopcaisse_schema_get_version());

    g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, G_MAXINT64, NULL);

    assert_non_null(job);
    assert_string_equal(job->path, "/v1/example");
  }
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
    store_test(a_newer_schema_is_refused),
    store_test(a_newer_database_is_left_as_it_is),
    store_test(what_is_no_database_is_set_aside),
    store_test(a_damaged_page_is_set_aside),
    store_test(a_truncated_file_is_noticed),
    store_test(a_missing_file_is_noticed),
    store_test(an_empty_file_without_marker_is_a_first_start),
    store_test(the_log_is_set_aside_with_its_database),
    store_test(a_second_damaged_file_keeps_the_first),
    store_test(after_a_replacement_the_next_start_is_plain),
    store_test(a_folder_that_is_a_file_is_refused),
    store_test(a_read_only_folder_is_refused),
    store_test(a_read_only_file_is_refused),
    store_folder_test(a_full_disk_refuses_and_recovers),
    store_folder_test(a_full_disk_within_a_transaction_gives_all_of_it_up),
    store_test(a_file_that_may_not_grow_loses_nothing),
    store_test(every_released_database_opens),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
