/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A million inputs from a target's corpus: cut, doubled, joined, with bytes changed. The same ones
 * every time, so that what breaks can be repeated. */
#include "fuzz.h"

#include <string.h>

#define ROUNDS     1000000
#define SEED       20260302
#define CHANGES    8
#define INPUT_SIZE 4096

static gboolean
load_folder(const char *path, GPtrArray *inputs)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = NULL;

  if (folder == NULL)
    return FALSE;
  for (name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
    g_autofree char *inner = g_build_filename(path, name, NULL);
    char *contents = NULL;
    gsize length = 0;

    if (!g_file_get_contents(inner, &contents, &length, NULL))
      return FALSE;
    g_ptr_array_add(inputs, g_bytes_new_take(contents, length));
  }
  return TRUE;
}

static gint
compare_cb(gconstpointer a, gconstpointer b)
{
  return g_bytes_compare(*(GBytes *const *)a, *(GBytes *const *)b);
}

static void
append_part(GByteArray *input, GBytes *from, GRand *chance)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data(from, &size);
  guint32 start = size > 0 ? (guint32)g_rand_int_range(chance, 0, (gint32)size) : 0;

  if (g_rand_boolean(chance))
    start = 0;
  g_byte_array_append(input, data + start, (guint)MIN(size - start, INPUT_SIZE));
}

static void
change_bytes(GByteArray *input, GRand *chance)
{
  static const char telling[] = "{}[]\",:\\u0eE+-.\r\n\xff";
  gint32 n_changes = g_rand_int_range(chance, 0, CHANGES);

  for (gint32 i = 0; i < n_changes && input->len > 0; i++) {
    gint32 at = g_rand_int_range(chance, 0, (gint32)input->len);

    if (g_rand_boolean(chance))
      input->data[at] = (guint8)telling[g_rand_int_range(chance, 0, (gint32)sizeof telling)];
    else
      input->data[at] = (guint8)g_rand_int_range(chance, 0, 256);
  }
}

int
main(int argc, char **argv)
{
  g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  GRand *chance = g_rand_new_with_seed(SEED);

  for (int i = 1; i < argc; i++) {
    if (!load_folder(argv[i], inputs))
      return 1;
  }
  g_ptr_array_sort(inputs, compare_cb);
  for (guint i = 0; inputs->len > 0 && i < ROUNDS; i++) {
    g_autoptr(GByteArray) input = g_byte_array_new();
    g_autofree guint8 *copy = NULL;

    do
      append_part(input, inputs->pdata[g_rand_int_range(chance, 0, (gint32)inputs->len)], chance);
    while (g_rand_int_range(chance, 0, 4) == 0);
    change_bytes(input, chance);
    copy = g_memdup2(input->data, input->len); /* of its size, so that a read behind it is seen */
    (void)LLVMFuzzerTestOneInput(copy, input->len); /* always 0 */
  }
  g_rand_free(chance);
  g_print("%u seeds, %u inputs\n", inputs->len, ROUNDS);
  return inputs->len > 0 ? 0 : 1;
}
