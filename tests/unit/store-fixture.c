/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of the store share: a folder, a database in it, and a few rows. */
#include "store-fixture.h"

#include "folder-copy.h"
#include "store/statement.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

void
store_fixture_delete_folder(const char *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);

    assert_int_equal(g_unlink(path), 0);
  }
  assert_int_equal(g_rmdir(folder), 0);
}

ShopcaisseDatabase *
store_fixture_open(StoreFixture *self, const char *vfs)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "test", .vfs = vfs };
  g_autoptr(GError) error = NULL;

  assert_null(self->database);
  self->database = shopcaisse_database_open(&config, &error);
  assert_no_error(error);
  assert_non_null(self->database);
  return self->database;
}

GError *
store_fixture_open_failing(StoreFixture *self)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "second" };
  GError *error = NULL;

  assert_null(shopcaisse_database_open(&config, &error));
  return error;
}

void
store_fixture_close(StoreFixture *self)
{
  g_clear_pointer(&self->database, shopcaisse_database_close);
}

char *
store_fixture_dup_path(StoreFixture *self, const char *name)
{
  return g_build_filename(self->folder, name, NULL);
}

gboolean
store_fixture_has_file(StoreFixture *self, const char *name)
{
  g_autofree char *path = store_fixture_dup_path(self, name);

  return g_file_test(path, G_FILE_TEST_EXISTS);
}

void
store_fixture_write(
    StoreFixture *self, const char *name, gint64 offset, const char *bytes, gsize size)
{
  g_autofree char *path = store_fixture_dup_path(self, name);
  int fd = g_open(path, O_WRONLY | O_CREAT, 0600);

  assert_true(fd >= 0);
  assert_int_equal(pwrite(fd, bytes, size, offset), size);
  assert_true(g_close(fd, NULL));
}

void
store_fixture_reopen(StoreFixture *self)
{
  g_clear_pointer(&self->database, shopcaisse_database_close);
  store_fixture_open(self, NULL);
}

int
store_fixture_set_up_folder(void **state)
{
  StoreFixture *self = g_new0(StoreFixture, 1);
  /* In memory where there is such a folder: these tests sync by the thousand. */
  const char *parent = g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir();

  self->folder = g_build_filename(parent, "shopcaisse-store-XXXXXX", NULL);
  assert_non_null(g_mkdtemp(self->folder));
  *state = self;
  return 0;
}

/* A database as it is when it has just been made: once for all tests of a program. */
static FolderCopy *
get_new_profile(void)
{
  static FolderCopy *profile;

  if (profile == NULL) {
    void *state = NULL;
    StoreFixture *self = NULL;

    assert_int_equal(store_fixture_set_up_folder(&state), 0);
    self = state;
    store_fixture_open(self, NULL);
    store_fixture_close(self);
    profile = folder_copy_new(self->folder);
    store_fixture_tear_down(&state);
  }
  return profile;
}

int
store_fixture_set_up(void **state)
{
  int result = store_fixture_set_up_folder(state);

  folder_copy_write(get_new_profile(), ((StoreFixture *)*state)->folder);
  store_fixture_open(*state, NULL);
  return result;
}

int
store_fixture_tear_down(void **state)
{
  StoreFixture *self = *state;

  g_clear_pointer(&self->database, shopcaisse_database_close);
  store_fixture_delete_folder(self->folder);
  g_free(self->folder);
  g_free(self);
  return 0;
}

gint64
store_fixture_append(StoreFixture *self, const char *key, const char *lane, gint64 due_at)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);
  g_autoptr(GError) error = NULL;

  g_free(job->lane);
  job->lane = g_strdup(lane);
  job->due_at = due_at;
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, &error));
  assert_no_error(error);
  return job->id;
}

gint64
store_fixture_query(StoreFixture *self, const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(self->database, sql, &error);
  gint64 number = -1;

  assert_no_error(error);
  assert_true(shopcaisse_statement_read_number(statement, -1, &number, &error));
  return number;
}

void
store_fixture_claim_next(StoreFixture *self, gint64 now)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, now, NULL);

  assert_non_null(job);
  assert_true(shopcaisse_outbox_claim(self->database, job, NULL));
}

void
store_fixture_assert_next(StoreFixture *self, gint64 now, const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, now, &error);

  assert_no_error(error);
  assert_string_equal(job != NULL ? job->key : "", key);
}

void
store_fixture_set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text);
}
