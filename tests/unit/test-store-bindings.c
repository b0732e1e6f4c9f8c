/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One store, one profile: whoever comes second hears who was first. */
#include "store/bindings.h"
#include "tests/repeat.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define N_RIVALS 8
#define N_ROUNDS 40

typedef struct {
  char *folder;               /* (owned): of all */
  char *profile[N_RIVALS];    /* (owned): folders of as many profiles */
  ShopcaisseBindings *till;   /* (owned) */
  ShopcaisseBindings *office; /* (owned) */
} Fixture;

static ShopcaisseBindings *
open_bindings(Fixture *self, const char *name, guint index, const char *location)
{
  g_autofree char *bindings = g_build_filename(self->folder, "bindings", NULL);
  ShopcaisseBindingOwner owner = {
    .folder = bindings,
    .instance_id = name,
    .profile_folder = self->profile[index],
    .host = name,
    .location = location,
  };

  return shopcaisse_bindings_new(&owner);
}

static int
set_up(void **state)
{
  Fixture *self = g_new0(Fixture, 1);

  self->folder = g_dir_make_tmp("shopcaisse-bindings-XXXXXX", NULL);
  assert_non_null(self->folder);
  for (guint i = 0; i < N_RIVALS; i++) {
    g_autofree char *name = g_strdup_printf("profile-%u", i);

    self->profile[i] = g_build_filename(self->folder, name, NULL);
    assert_int_equal(g_mkdir(self->profile[i], 0700), 0);
  }
  self->till = open_bindings(self, "Till", 0, "Lille");
  self->office = open_bindings(self, "Office", 1, NULL);
  *state = self;
  return 0;
}

static void
delete_folder(const char *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);

    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      delete_folder(path);
    else
      g_unlink(path);
  }
  g_rmdir(folder);
}

static int
tear_down(void **state)
{
  Fixture *self = *state;

  shopcaisse_bindings_free(self->till);
  shopcaisse_bindings_free(self->office);
  delete_folder(self->folder);
  g_free(self->folder);
  for (guint i = 0; i < N_RIVALS; i++)
    g_free(self->profile[i]);
  g_free(self);
  return 0;
}

/* (transfer full): every file of the bindings, one after another. */
static char *
read_files(Fixture *self, guint *n_files)
{
  g_autofree char *folder = g_build_filename(self->folder, "bindings", NULL);
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  g_autoptr(GString) all = g_string_new(NULL);
  const char *name = NULL;

  *n_files = 0;
  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    struct stat status;

    if (g_str_equal(name, "lock"))
      continue;
    assert_int_equal(g_lstat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_string_append(all, text);
    (*n_files)++;
  }
  return g_string_free(g_steal_pointer(&all), FALSE);
}

static void
assert_taken_by(ShopcaisseBindings *bindings, const char *store_id, const char *who)
{
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_bindings_take(bindings, store_id, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT));
  assert_non_null(strstr(error->message, who));
}

static void
free_store_is_taken(void **state)
{
  Fixture *self = *state;
  guint n_files = 0;
  g_autofree char *text = NULL;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  text = read_files(self, &n_files);
  assert_int_equal(n_files, 1);
  assert_non_null(strstr(text, "host=Till"));
  assert_non_null(strstr(text, "location=Lille"));
}

static void
store_of_another_names_him_and_his_place(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_taken_by(self->office, "store-1", "Till (Lille)");
}

static void
host_without_a_place_is_named_alone(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->office, "store-1", NULL));
  assert_taken_by(self->till, "store-1", "to Office on this");
}

static void
own_store_is_taken_again(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
}

static void
two_stores_are_two_bindings(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_true(shopcaisse_bindings_take(self->office, "store-2", NULL));
}

static void
store_that_was_left_is_free(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_true(shopcaisse_bindings_take(self->till, "store-2", NULL));
  assert_true(shopcaisse_bindings_keep(self->till, "store-2", NULL));
  assert_true(shopcaisse_bindings_take(self->office, "store-1", NULL));
  assert_taken_by(self->office, "store-2", "Till");
}

static void
leaving_leaves_the_stores_of_others(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_true(shopcaisse_bindings_keep(self->office, "", NULL));
  assert_taken_by(self->office, "store-1", "Till");
}

static void
profile_that_is_gone_binds_nobody(void **state)
{
  Fixture *self = *state;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  assert_int_equal(g_rmdir(self->profile[0]), 0);
  assert_true(shopcaisse_bindings_take(self->office, "store-1", NULL));
}

static void
damaged_binding_binds_nobody(void **state)
{
  Fixture *self = *state;
  g_autofree char *folder = g_build_filename(self->folder, "bindings", NULL);
  g_autoptr(GDir) directory = NULL;
  g_autofree char *path = NULL;

  assert_true(shopcaisse_bindings_take(self->till, "store-1", NULL));
  directory = g_dir_open(folder, 0, NULL);
  path = g_build_filename(folder, g_dir_read_name(directory), NULL);
  assert_true(g_file_set_contents(path, "not a binding", -1, NULL));
  assert_true(shopcaisse_bindings_take(self->office, "store-1", NULL));
}

static void
folder_that_cannot_be_made_is_told(void **state)
{
  Fixture *self = *state;
  g_autofree char *folder = g_build_filename(self->folder, "bindings", NULL);
  g_autoptr(GError) error = NULL;

  assert_true(g_file_set_contents(folder, "a file", -1, NULL));
  assert_false(shopcaisse_bindings_take(self->till, "store-1", &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE));
}

/* A process of its own; 0: it has the store. */
static pid_t
start_rival(Fixture *self, guint number, const char *store_id, const int *gate)
{
  pid_t pid = fork();
  g_autofree char *name = NULL;
  g_autoptr(ShopcaisseBindings) rival = NULL;
  g_autoptr(GError) error = NULL;
  char byte = 0;

  if (pid != 0)
    return pid;
  name = g_strdup_printf("Rival %u", number);
  rival = open_bindings(self, name, number, NULL);
  close(gate[1]);
  (void)!read(gate[0], &byte, 1); /* until all of them are there */
  if (shopcaisse_bindings_take(rival, store_id, &error))
    _exit(0);
  _exit(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT) ||
                g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY)
            ? 1
            : 2);
}

static guint
count_winners(Fixture *self, const char *store_id)
{
  pid_t rivals[N_RIVALS];
  guint n_winners = 0;
  int gate[2];

  assert_int_equal(pipe(gate), 0);
  for (guint i = 0; i < N_RIVALS; i++)
    rivals[i] = start_rival(self, i, store_id, gate);
  close(gate[0]);
  close(gate[1]);
  for (guint i = 0; i < N_RIVALS; i++) {
    int status = 0;

    assert_int_equal(waitpid(rivals[i], &status, 0), rivals[i]);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    n_winners += WEXITSTATUS(status) == 0 ? 1 : 0;
  }
  return n_winners;
}

static void
one_of_many_processes_gets_a_free_store(void **state)
{
  for (guint i = 0; i < repeat(N_ROUNDS); i++) {
    g_autofree char *store_id = g_strdup_printf("store-%u", i);

    assert_int_equal(count_winners(*state, store_id), 1);
  }
}

static void
at_most_one_of_many_processes_gets_a_stale_one(void **state)
{
  Fixture *self = *state;
  guint n_files = 0;

  for (guint i = 0; i < repeat(N_ROUNDS); i++) {
    g_autofree char *store_id = g_strdup_printf("store-%u", i);
    g_autofree char *folder = g_build_filename(self->folder, "gone", NULL);
    g_autofree char *kept = self->profile[0];
    g_autoptr(ShopcaisseBindings) gone = NULL;
    g_autofree char *text = NULL;

    assert_int_equal(g_mkdir(folder, 0700), 0);
    self->profile[0] = folder;
    gone = open_bindings(self, "Gone", 0, NULL);
    self->profile[0] = g_steal_pointer(&kept);
    assert_true(shopcaisse_bindings_take(gone, store_id, NULL));
    assert_int_equal(g_rmdir(folder), 0);
    assert_in_range(count_winners(self, store_id), 0, 1);
    text = read_files(self, &n_files);
  }
  assert_in_range(n_files, 1, repeat(N_ROUNDS));
}

#define fixture_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    fixture_test(free_store_is_taken),
    fixture_test(store_of_another_names_him_and_his_place),
    fixture_test(host_without_a_place_is_named_alone),
    fixture_test(own_store_is_taken_again),
    fixture_test(two_stores_are_two_bindings),
    fixture_test(store_that_was_left_is_free),
    fixture_test(leaving_leaves_the_stores_of_others),
    fixture_test(profile_that_is_gone_binds_nobody),
    fixture_test(damaged_binding_binds_nobody),
    fixture_test(folder_that_cannot_be_made_is_told),
    fixture_test(one_of_many_processes_gets_a_free_store),
    fixture_test(at_most_one_of_many_processes_gets_a_stale_one),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
