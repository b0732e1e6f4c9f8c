/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "folder-copy.h"

#include <glib/gstdio.h>

struct FolderCopy {
  GHashTable *files; /* (owned): name -> GBytes */
};

FolderCopy *
folder_copy_new(const char *folder)
{
  FolderCopy *self = g_new0(FolderCopy, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) directory = g_dir_open(folder, 0, &error);
  const char *name = NULL;

  g_assert_no_error(error);
  self->files =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  while ((name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *contents = NULL;
    gsize length = 0;

    g_file_get_contents(path, &contents, &length, &error);
    g_assert_no_error(error);
    g_hash_table_insert(self->files, g_strdup(name), g_bytes_new_take(contents, length));
  }
  return self;
}

void
folder_copy_free(FolderCopy *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->files);
  g_free(self);
}

void
folder_copy_write(FolderCopy *self, const char *folder)
{
  g_autoptr(GError) error = NULL;
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer bytes = NULL;

  g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
  g_hash_table_iter_init(&iter, self->files);
  while (g_hash_table_iter_next(&iter, &name, &bytes)) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    gsize length = 0;
    const char *contents = g_bytes_get_data(bytes, &length);

    g_file_set_contents_full(path, contents, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600,
                             &error);
    g_assert_no_error(error);
  }
}
