/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A disk in memory for tests of the store: content is kept by inode, names by a directory, and both
 * become durable apart from each other, as on a journalling file system. */
#include "simulated-disk.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR_SIZE 512

typedef struct {
  guint number;
  GByteArray *bytes; /* (owned) */
} Inode;

typedef enum {
  EVENT_WRITE,
  EVENT_TRUNCATE,
  EVENT_SYNC,
  EVENT_LINK,
  EVENT_UNLINK
} EventKind;

typedef struct {
  EventKind kind;
  guint inode;
  gint64 offset; /* or the size after a truncation */
  GBytes *bytes; /* (owned) (nullable): written */
  char *name;    /* (owned) (nullable): linked or unlinked */
  gboolean syncs_directory;
} Event;

struct SimulatedDisk {
  sqlite3_vfs vfs;
  char *name;        /* (owned) */
  GHashTable *names; /* (owned): file name to inode number */
  GPtrArray *inodes; /* (owned) (element-type Inode), by number */
  GPtrArray *events; /* (owned) (nullable) (element-type Event) */
  guint fail_at;     /* calls until one fails, 0: none */
  SimulatedDiskFailure failure;
  gboolean has_failed;
  gint64 capacity; /* bytes, -1: endless */
  /* What is durable after the first n_replayed events, and what is not yet: */
  guint n_replayed;
  GHashTable *durable_names; /* (owned) (nullable) */
  GPtrArray *durable_inodes; /* (owned) (nullable) (element-type Inode) */
  GPtrArray *pending;        /* (owned) (nullable) (element-type Event), borrowed from events */
};

typedef struct {
  sqlite3_file base;
  SimulatedDisk *disk; /* (unowned) */
  guint inode;
  gboolean is_new; /* its name is durable with its first sync */
} DiskFile;

static Inode *
add_inode(GPtrArray *inodes)
{
  Inode *inode = g_new0(Inode, 1);

  inode->number = inodes->len;
  inode->bytes = g_byte_array_new();
  g_ptr_array_add(inodes, inode);
  return inode;
}

static void
free_inode(Inode *self)
{
  g_byte_array_unref(self->bytes);
  g_free(self);
}

static void
free_event(Event *self)
{
  g_clear_pointer(&self->bytes, g_bytes_unref);
  g_free(self->name);
  g_free(self);
}

/* Grows with zeros, as a file does. */
static void
resize(GByteArray *bytes, gint64 size)
{
  guint present = bytes->len;

  g_byte_array_set_size(bytes, (guint)size);
  if (size > present)
    memset(bytes->data + present, 0, (gsize)size - present);
}

static void
put_bytes(GByteArray *bytes, gint64 offset, const void *data, gsize size)
{
  if (offset + (gint64)size > bytes->len)
    resize(bytes, offset + (gint64)size);
  memcpy(bytes->data + offset, data, size);
}

static void
note(SimulatedDisk *self, const Event *event)
{
  if (self->events != NULL)
    g_ptr_array_add(self->events, g_memdup2(event, sizeof *event));
  else
    g_free(event->name);
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
  return ((Inode *)file->disk->inodes->pdata[file->inode])->bytes;
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
  if (disk->capacity >= 0 && growth > 0 && simulated_disk_get_size(disk) + growth > disk->capacity)
    return SQLITE_FULL;
  put_bytes(bytes, offset, data, (gsize)amount);
  if (disk->events != NULL)
    note(disk, &(Event){ .kind = EVENT_WRITE,
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
  resize(get_bytes(file), size);
  note(file->disk, &(Event){ .kind = EVENT_TRUNCATE, .inode = file->inode, .offset = size });
  return SQLITE_OK;
}

static int
sync_cb(sqlite3_file *base, int flags)
{
  DiskFile *file = (DiskFile *)base;

  if (must_fail(file->disk))
    return SQLITE_IOERR_FSYNC;
  note(file->disk,
       &(Event){ .kind = EVENT_SYNC, .inode = file->inode, .syncs_directory = file->is_new });
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
    file->inode = add_inode(self->inodes)->number;
    file->is_new = (flags & SQLITE_OPEN_MAIN_DB) == 0;
    g_hash_table_insert(self->names, g_strdup(name), GUINT_TO_POINTER(file->inode));
    note(self,
         &(Event){ .kind = EVENT_LINK, .inode = file->inode, .name = g_steal_pointer(&name) });
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
  note(self, &(Event){ .kind = EVENT_UNLINK,
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
             ((Inode *)self->inodes->pdata[GPOINTER_TO_UINT(number)])->bytes->len > 0);
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

static void
empty_disk(SimulatedDisk *self)
{
  g_hash_table_remove_all(self->names);
  g_ptr_array_set_size(self->inodes, 0);
}

SimulatedDisk *
simulated_disk_new(const char *name)
{
  SimulatedDisk *self = g_new0(SimulatedDisk, 1);

  self->name = g_strdup(name);
  self->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->inodes = g_ptr_array_new_with_free_func((GDestroyNotify)free_inode);
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
    size += ((Inode *)self->inodes->pdata[GPOINTER_TO_UINT(number)])->bytes->len;
  return size;
}

static void
copy_inodes(GPtrArray *from, GPtrArray *to)
{
  g_ptr_array_set_size(to, 0);
  for (guint i = 0; i < from->len; i++) {
    const Inode *inode = from->pdata[i];

    g_byte_array_append(add_inode(to)->bytes, inode->bytes->data, inode->bytes->len);
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
simulated_disk_record(SimulatedDisk *self)
{
  g_assert_null(self->events);
  self->events = g_ptr_array_new_with_free_func((GDestroyNotify)free_event);
  self->pending = g_ptr_array_new();
  self->durable_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->durable_inodes = g_ptr_array_new_with_free_func((GDestroyNotify)free_inode);
  copy_names(self->names, self->durable_names);
  copy_inodes(self->inodes, self->durable_inodes);
}

guint
simulated_disk_get_n_events(SimulatedDisk *self)
{
  return self->events->len;
}

static gboolean
is_about_names(const Event *event)
{
  return event->kind == EVENT_LINK || event->kind == EVENT_UNLINK;
}

static void
apply_name(GHashTable *names, const Event *event)
{
  if (event->kind == EVENT_LINK)
    g_hash_table_insert(names, g_strdup(event->name), GUINT_TO_POINTER(event->inode));
  else
    g_hash_table_remove(names, event->name);
}

static void
apply_content(GPtrArray *inodes, const Event *event, GRand *tearing)
{
  while (inodes->len <= event->inode)
    add_inode(inodes);

  GByteArray *bytes = ((Inode *)inodes->pdata[event->inode])->bytes;

  if (event->kind == EVENT_TRUNCATE) {
    resize(bytes, event->offset);
    return;
  }

  gsize size = 0;
  const guint8 *data = g_bytes_get_data(event->bytes, &size);
  gsize begin = 0;

  while (begin < size) {
    gsize n = MIN(size - begin, SECTOR_SIZE - ((gsize)event->offset + begin) % SECTOR_SIZE);

    if (tearing == NULL || g_rand_boolean(tearing))
      put_bytes(bytes, event->offset + (gint64)begin, data + begin, n);
    begin += n;
  }
}

/* Makes what a sync covers durable, and keeps the rest pending in its order. */
static void
apply_sync(SimulatedDisk *self, const Event *sync)
{
  g_autoptr(GPtrArray) pending = g_steal_pointer(&self->pending);

  self->pending = g_ptr_array_new();
  for (guint i = 0; i < pending->len; i++) {
    Event *event = pending->pdata[i];

    if (is_about_names(event) && sync->syncs_directory)
      apply_name(self->durable_names, event);
    else if (!is_about_names(event) && sync->kind == EVENT_SYNC && event->inode == sync->inode)
      apply_content(self->durable_inodes, event, NULL);
    else
      g_ptr_array_add(self->pending, event);
  }
}

static void
replay_event(SimulatedDisk *self, Event *event)
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
    const Event *event = self->pending->pdata[i];
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
      add_inode(image->inodes);
  }
}
