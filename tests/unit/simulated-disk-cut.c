/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a power cut leaves of a simulated disk: names and content become durable apart from each
 * other, as on a journalling file system. */
#include "simulated-disk-private.h"

#define SECTOR_SIZE 512

static void
empty_disk(SimulatedDisk *self)
{
  g_hash_table_remove_all(self->names);
  g_ptr_array_set_size(self->inodes, 0);
}

static void
copy_inodes(GPtrArray *from, GPtrArray *to)
{
  g_ptr_array_set_size(to, 0);
  for (guint i = 0; i < from->len; i++) {
    const SimulatedDiskInode *inode = from->pdata[i];

    g_byte_array_append(simulated_disk_add_inode(to)->bytes, inode->bytes->data, inode->bytes->len);
  }
}

static void
copy_names(GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer number = NULL;

  g_hash_table_remove_all(to);
  g_hash_table_iter_init(&iter, from);
  while (g_hash_table_iter_next(&iter, &name, &number))
    g_hash_table_insert(to, g_strdup(name), number);
}

void
simulated_disk_copy(SimulatedDisk *self, SimulatedDisk *image)
{
  copy_names(self->names, image->names);
  copy_inodes(self->inodes, image->inodes);
}

void
simulated_disk_record(SimulatedDisk *self)
{
  g_assert_null(self->events);
  self->events = g_ptr_array_new_with_free_func((GDestroyNotify)simulated_disk_free_event);
  self->pending = g_ptr_array_new();
  self->durable_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->durable_inodes = g_ptr_array_new_with_free_func((GDestroyNotify)simulated_disk_free_inode);
  copy_names(self->names, self->durable_names);
  copy_inodes(self->inodes, self->durable_inodes);
}

guint
simulated_disk_get_n_events(SimulatedDisk *self)
{
  return self->events->len;
}

static gboolean
is_about_names(const SimulatedDiskEvent *event)
{
  return event->kind == EVENT_LINK || event->kind == EVENT_UNLINK;
}

static void
apply_name(GHashTable *names, const SimulatedDiskEvent *event)
{
  if (event->kind == EVENT_LINK)
    g_hash_table_insert(names, g_strdup(event->name), GUINT_TO_POINTER(event->inode));
  else
    g_hash_table_remove(names, event->name);
}

static void
apply_content(GPtrArray *inodes, const SimulatedDiskEvent *event, GRand *tearing)
{
  while (inodes->len <= event->inode)
    simulated_disk_add_inode(inodes);

  GByteArray *bytes = ((SimulatedDiskInode *)inodes->pdata[event->inode])->bytes;

  if (event->kind == EVENT_TRUNCATE) {
    simulated_disk_resize(bytes, event->offset);
    return;
  }

  gsize size = 0;
  const guint8 *data = g_bytes_get_data(event->bytes, &size);
  gsize begin = 0;

  while (begin < size) {
    gsize n = MIN(size - begin, SECTOR_SIZE - ((gsize)event->offset + begin) % SECTOR_SIZE);

    if (tearing == NULL || g_rand_boolean(tearing))
      simulated_disk_put_bytes(bytes, event->offset + (gint64)begin, data + begin, n);
    begin += n;
  }
}

/* Makes what a sync covers durable, and keeps the rest pending in its order. */
static void
apply_sync(SimulatedDisk *self, const SimulatedDiskEvent *sync)
{
  g_autoptr(GPtrArray) pending = g_steal_pointer(&self->pending);

  self->pending = g_ptr_array_new();
  for (guint i = 0; i < pending->len; i++) {
    SimulatedDiskEvent *event = pending->pdata[i];

    if (is_about_names(event) && sync->syncs_directory)
      apply_name(self->durable_names, event);
    else if (!is_about_names(event) && sync->kind == EVENT_SYNC && event->inode == sync->inode)
      apply_content(self->durable_inodes, event, NULL);
    else
      g_ptr_array_add(self->pending, event);
  }
}

static void
replay_event(SimulatedDisk *self, SimulatedDiskEvent *event)
{
  if (event->kind != EVENT_SYNC)
    g_ptr_array_add(self->pending, event);
  /* The database's file is made by the store before SQLite opens it. */
  if (event->kind == EVENT_LINK && g_str_has_suffix(event->name, ".db"))
    apply_name(self->durable_names, event);
  if (event->kind == EVENT_SYNC || event->syncs_directory)
    apply_sync(self, event);
}

void
simulated_disk_cut_power(
    SimulatedDisk *self, guint n_events, SimulatedDiskCut cut, guint32 seed, SimulatedDisk *image)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  gboolean has_lost_name = FALSE;

  g_assert_cmpuint(n_events, >=, self->n_replayed);
  while (self->n_replayed < n_events)
    replay_event(self, self->events->pdata[self->n_replayed++]);

  empty_disk(image);
  copy_names(self->durable_names, image->names);
  copy_inodes(self->durable_inodes, image->inodes);
  for (guint i = 0; cut != SIMULATED_DISK_LOST && i < self->pending->len; i++) {
    const SimulatedDiskEvent *event = self->pending->pdata[i];
    gboolean is_kept = g_rand_boolean(random);

    if (is_about_names(event)) {
      /* A journal of names keeps their order. */
      has_lost_name = has_lost_name || !is_kept;
      if (!has_lost_name)
        apply_name(image->names, event);
    } else if (event->kind == EVENT_WRITE && cut == SIMULATED_DISK_TORN) {
      apply_content(image->inodes, event, random);
    } else if (is_kept) {
      apply_content(image->inodes, event, NULL);
    }
  }

  GHashTableIter iter;
  gpointer number = NULL;

  g_hash_table_iter_init(&iter, image->names);
  while (g_hash_table_iter_next(&iter, NULL, &number)) {
    while (image->inodes->len <= GPOINTER_TO_UINT(number))
      simulated_disk_add_inode(image->inodes);
  }
}
