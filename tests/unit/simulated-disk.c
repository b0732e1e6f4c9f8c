/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A disk in memory for tests of the store: content is kept by inode, names by a directory. What a
 * power cut leaves of it is in simulated-disk-cut.c. */
#include "simulated-disk-private.h"

#include <string.h>

typedef struct {
  sqlite3_file base;
  SimulatedDisk *disk; /* (unowned) */
  guint inode;
  gboolean is_new; /* its name is durable with its first sync */
} DiskFile;

SimulatedDiskInode *
simulated_disk_add_inode(GPtrArray *inodes)
{
  SimulatedDiskInode *inode = g_new0(SimulatedDiskInode, 1);

  inode->number = inodes->len;
  inode->bytes = g_byte_array_new();
  g_ptr_array_add(inodes, inode);
  return inode;
}

void
simulated_disk_free_inode(SimulatedDiskInode *self)
{
  g_byte_array_unref(self->bytes);
  g_free(self);
}

void
simulated_disk_free_event(SimulatedDiskEvent *self)
{
  g_clear_pointer(&self->bytes, g_bytes_unref);
  g_free(self->name);
  g_free(self);
}

void
simulated_disk_resize(GByteArray *bytes, gint64 size)
{
  guint present = bytes->len;

  g_byte_array_set_size(bytes, (guint)size);
  if (size > present)
    memset(bytes->data + present, 0, (gsize)size - present);
}

void
simulated_disk_put_bytes(GByteArray *bytes, gint64 offset, const void *data, gsize size)
{
  if (offset + (gint64)size > bytes->len)
    simulated_disk_resize(bytes, offset + (gint64)size);
  memcpy(bytes->data + offset, data, size);
}

static void
note(SimulatedDisk *self, const SimulatedDiskEvent *event)
{
  if (self->events == NULL) {
    g_free(event->name);
    return;
  }
  g_ptr_array_add(self->events, g_memdup2(event, sizeof *event));
  if (self->watch_in > 0 && --self->watch_in == 0)
    self->watch(self->watch_data);
}

static gboolean
is_full(SimulatedDisk *self, gint64 growth)
{
  gboolean is_refused =
      (self->capacity >= 0 && growth > 0 &&
       simulated_disk_get_size(self) + growth > self->capacity) ||
      (self->refusal > 0 && (guint)g_rand_int_range(self->chance, 0, 1000) < self->refusal);

  self->n_refused += is_refused ? 1 : 0;
  return is_refused;
}

static gboolean
must_fail(SimulatedDisk *self)
{
  if (self->fail_at == 0)
    return FALSE;
  if (self->fail_at > 1) {
    self->fail_at--;
    return FALSE;
  }
  if (self->failure == SIMULATED_DISK_FAIL_ONCE)
    self->fail_at = 0;
  self->has_failed = TRUE;
  return TRUE;
}

static GByteArray *
get_bytes(DiskFile *file)
{
  return ((SimulatedDiskInode *)file->disk->inodes->pdata[file->inode])->bytes;
}

static int
close_cb(sqlite3_file *base)
{
  return SQLITE_OK;
}

static int
read_cb(sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
  DiskFile *file = (DiskFile *)base;
  GByteArray *bytes = get_bytes(file);

  if (must_fail(file->disk))
    return SQLITE_IOERR_READ;

  gint64 available = CLAMP((gint64)bytes->len - offset, 0, amount);

  memset(buffer, 0, (gsize)amount);
  if (available > 0)
    memcpy(buffer, bytes->data + offset, (gsize)available);
  return available < amount ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int
write_cb(sqlite3_file *base, const void *data, int amount, sqlite3_int64 offset)
{
  DiskFile *file = (DiskFile *)base;
  SimulatedDisk *disk = file->disk;
  GByteArray *bytes = get_bytes(file);
  gint64 growth = MAX(offset + amount - (gint64)bytes->len, 0);

  if (must_fail(disk))
    return SQLITE_IOERR_WRITE;
  if (is_full(disk, growth))
    return SQLITE_FULL;
  simulated_disk_put_bytes(bytes, offset, data, (gsize)amount);
  if (disk->events != NULL)
    note(disk, &(SimulatedDiskEvent){ .kind = EVENT_WRITE,
                                      .inode = file->inode,
                                      .offset = offset,
                                      .bytes = g_bytes_new(data, (gsize)amount) });
  return SQLITE_OK;
}

static int
truncate_cb(sqlite3_file *base, sqlite3_int64 size)
{
  DiskFile *file = (DiskFile *)base;

  if (must_fail(file->disk))
    return SQLITE_IOERR_TRUNCATE;
  simulated_disk_resize(get_bytes(file), size);
  note(file->disk,
       &(SimulatedDiskEvent){ .kind = EVENT_TRUNCATE, .inode = file->inode, .offset = size });
  return SQLITE_OK;
}

static int
sync_cb(sqlite3_file *base, int flags)
{
  DiskFile *file = (DiskFile *)base;

  if (must_fail(file->disk))
    return SQLITE_IOERR_FSYNC;
  note(file->disk, &(SimulatedDiskEvent){
                       .kind = EVENT_SYNC, .inode = file->inode, .syncs_directory = file->is_new });
  file->is_new = FALSE;
  return SQLITE_OK;
}

static int
file_size_cb(sqlite3_file *base, sqlite3_int64 *size)
{
  DiskFile *file = (DiskFile *)base;

  if (must_fail(file->disk))
    return SQLITE_IOERR_FSTAT;
  *size = get_bytes(file)->len;
  return SQLITE_OK;
}

static int
lock_cb(sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
check_reserved_lock_cb(sqlite3_file *base, int *is_reserved)
{
  *is_reserved = 0;
  return SQLITE_OK;
}

static int
file_control_cb(sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
sector_size_cb(sqlite3_file *base)
{
  return 4096;
}

static int
device_characteristics_cb(sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1 has no shared memory: a second connection is impossible. */
static const sqlite3_io_methods io_methods = {
  .iVersion = 1,
  .xClose = close_cb,
  .xRead = read_cb,
  .xWrite = write_cb,
  .xTruncate = truncate_cb,
  .xSync = sync_cb,
  .xFileSize = file_size_cb,
  .xLock = lock_cb,
  .xUnlock = lock_cb,
  .xCheckReservedLock = check_reserved_lock_cb,
  .xFileControl = file_control_cb,
  .xSectorSize = sector_size_cb,
  .xDeviceCharacteristics = device_characteristics_cb,
};

static int
open_cb(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
  SimulatedDisk *self = vfs->pAppData;
  DiskFile *file = (DiskFile *)base;
  g_autofree char *name = path != NULL ? g_path_get_basename(path) : g_strdup("temporary");
  gpointer number = NULL;

  base->pMethods = NULL;
  if (must_fail(self))
    return SQLITE_CANTOPEN;
  file->disk = self;
  file->is_new = FALSE;
  if (g_hash_table_lookup_extended(self->names, name, NULL, &number)) {
    file->inode = GPOINTER_TO_UINT(number);
  } else {
    if ((flags & SQLITE_OPEN_CREATE) == 0)
      return SQLITE_CANTOPEN;
    file->inode = simulated_disk_add_inode(self->inodes)->number;
    file->is_new = (flags & SQLITE_OPEN_MAIN_DB) == 0;
    g_hash_table_insert(self->names, g_strdup(name), GUINT_TO_POINTER(file->inode));
    note(self, &(SimulatedDiskEvent){
                   .kind = EVENT_LINK, .inode = file->inode, .name = g_steal_pointer(&name) });
  }
  if (flags_out != NULL)
    *flags_out = flags;
  base->pMethods = &io_methods;
  return SQLITE_OK;
}

static int
delete_cb(sqlite3_vfs *vfs, const char *path, int syncs_directory)
{
  SimulatedDisk *self = vfs->pAppData;
  g_autofree char *name = g_path_get_basename(path);

  if (must_fail(self))
    return SQLITE_IOERR_DELETE;
  if (!g_hash_table_remove(self->names, name))
    return SQLITE_IOERR_DELETE_NOENT;
  note(self, &(SimulatedDiskEvent){ .kind = EVENT_UNLINK,
                                    .name = g_steal_pointer(&name),
                                    .syncs_directory = syncs_directory != 0 });
  return SQLITE_OK;
}

static int
access_cb(sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
  SimulatedDisk *self = vfs->pAppData;
  g_autofree char *name = g_path_get_basename(path);
  gpointer number = NULL;

  if (must_fail(self))
    return SQLITE_IOERR_ACCESS;
  *result = g_hash_table_lookup_extended(self->names, name, NULL, &number) &&
            (flags != SQLITE_ACCESS_EXISTS ||
             ((SimulatedDiskInode *)self->inodes->pdata[GPOINTER_TO_UINT(number)])->bytes->len > 0);
  return SQLITE_OK;
}

static int
full_pathname_cb(sqlite3_vfs *vfs, const char *path, int size, char *result)
{
  return g_strlcpy(result, path, (gsize)size) < (gsize)size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
randomness_cb(sqlite3_vfs *vfs, int size, char *bytes)
{
  memset(bytes, 42, (gsize)size);
  return size;
}

static int
sleep_cb(sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
current_time_cb(sqlite3_vfs *vfs, double *days)
{
  *days = 2460000.5;
  return SQLITE_OK;
}

SimulatedDisk *
simulated_disk_new(const char *name)
{
  SimulatedDisk *self = g_new0(SimulatedDisk, 1);

  self->name = g_strdup(name);
  self->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->inodes = g_ptr_array_new_with_free_func((GDestroyNotify)simulated_disk_free_inode);
  self->capacity = -1;
  self->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof(DiskFile),
    .mxPathname = 1024,
    .zName = self->name,
    .pAppData = self,
    .xOpen = open_cb,
    .xDelete = delete_cb,
    .xAccess = access_cb,
    .xFullPathname = full_pathname_cb,
    .xRandomness = randomness_cb,
    .xSleep = sleep_cb,
    .xCurrentTime = current_time_cb,
  };
  g_assert_cmpint(sqlite3_vfs_register(&self->vfs, 0), ==, SQLITE_OK);
  return self;
}

void
simulated_disk_make_default(SimulatedDisk *self)
{
  sqlite3_vfs_register(&self->vfs, TRUE);
}

void
simulated_disk_free(SimulatedDisk *self)
{
  if (self == NULL)
    return;
  sqlite3_vfs_unregister(&self->vfs);
  g_clear_pointer(&self->pending, g_ptr_array_unref);
  g_clear_pointer(&self->durable_names, g_hash_table_unref);
  g_clear_pointer(&self->durable_inodes, g_ptr_array_unref);
  g_clear_pointer(&self->events, g_ptr_array_unref);
  g_hash_table_unref(self->names);
  g_ptr_array_unref(self->inodes);
  g_clear_pointer(&self->chance, g_rand_free);
  g_free(self->name);
  g_free(self);
}

void
simulated_disk_fail_at(SimulatedDisk *self, guint n, SimulatedDiskFailure failure)
{
  self->fail_at = n;
  self->failure = failure;
  self->has_failed = FALSE;
}

gboolean
simulated_disk_has_failed(SimulatedDisk *self)
{
  return self->has_failed;
}

void
simulated_disk_set_capacity(SimulatedDisk *self, gint64 n_bytes)
{
  self->capacity = n_bytes;
}

gint64
simulated_disk_get_size(SimulatedDisk *self)
{
  gint64 size = 0;
  GHashTableIter iter;
  gpointer number = NULL;

  g_hash_table_iter_init(&iter, self->names);
  while (g_hash_table_iter_next(&iter, NULL, &number))
    size += ((SimulatedDiskInode *)self->inodes->pdata[GPOINTER_TO_UINT(number)])->bytes->len;
  return size;
}

void
simulated_disk_refuse(SimulatedDisk *self, guint thousandths, guint32 seed)
{
  g_clear_pointer(&self->chance, g_rand_free);
  self->chance = g_rand_new_with_seed(seed);
  self->refusal = thousandths;
}

guint
simulated_disk_count_refused(SimulatedDisk *self)
{
  return self->n_refused;
}

void
simulated_disk_watch(SimulatedDisk *self, guint n, SimulatedDiskFunc function, gpointer data)
{
  self->watch_in = n;
  self->watch = function;
  self->watch_data = data;
}
