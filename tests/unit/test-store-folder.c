/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/folder.h"

#include <glib/gstdio.h>
#include <linux/magic.h>
#include <unistd.h>

static void
a_disk_of_this_computer_is_local(void **state)
{
  assert_int_equal(shopcaisse_file_system_classify(EXT4_SUPER_MAGIC), SHOPCAISSE_FILE_SYSTEM_LOCAL);
  assert_int_equal(shopcaisse_file_system_classify(BTRFS_SUPER_MAGIC),
                   SHOPCAISSE_FILE_SYSTEM_LOCAL);
}

static void
network_file_systems_are_remote(void **state)
{
  assert_int_equal(shopcaisse_file_system_classify(NFS_SUPER_MAGIC), SHOPCAISSE_FILE_SYSTEM_REMOTE);
  assert_int_equal(shopcaisse_file_system_classify(CIFS_SUPER_MAGIC),
                   SHOPCAISSE_FILE_SYSTEM_REMOTE);
  assert_int_equal(shopcaisse_file_system_classify(SMB2_SUPER_MAGIC),
                   SHOPCAISSE_FILE_SYSTEM_REMOTE);
}

static void
fuse_is_doubtful(void **state)
{
  assert_int_equal(shopcaisse_file_system_classify(FUSE_SUPER_MAGIC),
                   SHOPCAISSE_FILE_SYSTEM_DOUBTFUL);
}

static void
a_link_in_place_of_the_lock_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *lock = g_build_filename(self->folder, "lock", NULL);
  g_autoptr(GError) error = NULL;

  assert_int_equal(symlink("elsewhere", lock), 0);
  assert_null(shopcaisse_folder_open(self->folder, "test", &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

static void
a_link_in_place_of_the_database_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *file = g_build_filename(self->folder, "shopcaisse.db", NULL);
  g_autoptr(ShopcaisseFolder) folder = shopcaisse_folder_open(self->folder, "test", NULL);
  g_autoptr(GError) error = NULL;

  assert_int_equal(symlink("elsewhere", file), 0);
  assert_false(shopcaisse_folder_make_database(folder, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

static void
the_lock_says_who_has_it(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *lock = g_build_filename(self->folder, "lock", NULL);
  g_autofree char *expected = g_strdup_printf("till 1, process %d, since 2", (int)getpid());
  g_autofree char *text = NULL;
  g_autoptr(ShopcaisseFolder) folder = shopcaisse_folder_open(self->folder, "till 1", NULL);

  assert_true(g_file_get_contents(lock, &text, NULL, NULL));
  assert_true(g_str_has_prefix(text, expected));
}

static void
a_marker_is_there_once_made(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseFolder) folder = shopcaisse_folder_open(self->folder, "test", NULL);

  assert_false(shopcaisse_folder_has_marker(folder));
  assert_null(shopcaisse_folder_dup_marker(folder));
  assert_true(shopcaisse_folder_write_marker(folder, "twelve", NULL));
  assert_true(shopcaisse_folder_has_marker(folder));
  assert_true(shopcaisse_folder_write_marker(folder, "two", NULL));

  g_autofree char *text = shopcaisse_folder_dup_marker(folder);

  assert_string_equal(text, "two");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_folder_test(a_disk_of_this_computer_is_local),
    store_folder_test(network_file_systems_are_remote),
    store_folder_test(fuse_is_doubtful),
    store_folder_test(a_link_in_place_of_the_lock_is_refused),
    store_folder_test(a_link_in_place_of_the_database_is_refused),
    store_folder_test(the_lock_says_who_has_it),
    store_folder_test(a_marker_is_there_once_made),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
