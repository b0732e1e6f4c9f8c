/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs one fuzz target over files and folders, where libFuzzer is missing. */
#include "fuzz.h"

static gboolean
replay_file(const char *path, guint *n_files)
{
  g_autofree char *contents = NULL;
  g_autofree guint8 *copy = NULL;
  gsize length = 0;

  if (!g_file_get_contents(path, &contents, &length, NULL)) {
    g_printerr("cannot read %s\n", path);
    return FALSE;
  }
  /* Without the NUL that GLib adds, so that a read behind the end is seen. */
  copy = g_memdup2(contents, length);
  (void)LLVMFuzzerTestOneInput(copy, length); /* always 0 */
  (*n_files)++;
  return TRUE;
}

static gboolean
replay_folder(const char *path, guint *n_files)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = NULL;

  if (folder == NULL)
    return FALSE;
  for (name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
    g_autofree char *inner = g_build_filename(path, name, NULL);

    if (!replay_file(inner, n_files))
      return FALSE;
  }
  return TRUE;
}

int
main(int argc, char **argv)
{
  guint n_files = 0;

  for (int i = 1; i < argc; i++) {
    gboolean is_folder = g_file_test(argv[i], G_FILE_TEST_IS_DIR);

    if (!(is_folder ? replay_folder(argv[i], &n_files) : replay_file(argv[i], &n_files)))
      return 1;
  }
  g_print("%u inputs\n", n_files);
  return n_files > 0 ? 0 : 1;
}
