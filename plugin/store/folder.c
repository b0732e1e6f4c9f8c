/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The folder of a profile: who may use it, the lock against a second process, the marker that says
 * that a database existed, and the place where a damaged one is put. Nothing here knows SQL. */
#include "store/folder.h"

#include "config.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define FOLDER_MODE   0700
#define FILE_MODE     0600
#define DATABASE_NAME "shopcaisse.db"
#define LOCK_NAME     "lock"
#define MARKER_NAME   "profile"
#define LOCK_MAX_SIZE 512
#define MAX_SET_ASIDE 1000

struct ShopcaisseFolder {
  char *path; /* (owned) */
  int fd;     /* of the folder, -1: not open */
  int lock;   /* descriptor that holds the lock, -1: none */
};

/* What follows the database's name: the file itself, its log, its rollback journal. */
static const char *const database_suffixes[] = { "", "-wal", "-journal" };

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, text);
  return FALSE;
}

/**
 * shopcaisse_file_system_classify:
 * @type: what statfs() says
 *
 * Tells how far locks and syncs of a file system can be trusted.
 *
 * Returns: the class
 */
ShopcaisseFileSystem
shopcaisse_file_system_classify(guint32 type)
{
  switch (type) {
  case NFS_SUPER_MAGIC:
  case SMB_SUPER_MAGIC:
  case CIFS_SUPER_MAGIC:
  case SMB2_SUPER_MAGIC:
  case AFS_SUPER_MAGIC:
  case CODA_SUPER_MAGIC:
  case CEPH_SUPER_MAGIC:
    return SHOPCAISSE_FILE_SYSTEM_REMOTE;
  case FUSE_SUPER_MAGIC:
    return SHOPCAISSE_FILE_SYSTEM_DOUBTFUL;
  default:
    return SHOPCAISSE_FILE_SYSTEM_LOCAL;
  }
}

static gboolean
check_file_system(ShopcaisseFolder *self, GError **error)
{
  struct statfs information;

  if (fstatfs(self->fd, &information) != 0)
    return fail(error, _("cannot examine %1$s: %2$s"), self->path, g_strerror(errno));

  switch (shopcaisse_file_system_classify((guint32)information.f_type)) {
  case SHOPCAISSE_FILE_SYSTEM_REMOTE:
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                _("%s is on a network file system: choose a folder on this computer"), self->path);
    return FALSE;
  case SHOPCAISSE_FILE_SYSTEM_DOUBTFUL:
    g_warning("%s may be on another computer, ignoring", self->path);
    return TRUE;
  case SHOPCAISSE_FILE_SYSTEM_LOCAL:
  default:
    return TRUE;
  }
}

/* Who holds the lock, as that process wrote it: "owner, process 12". (transfer full) */
static char *
read_holder(int lock)
{
  char text[LOCK_MAX_SIZE + 1] = "";
  ssize_t size = pread(lock, text, LOCK_MAX_SIZE, 0);

  text[MAX(size, 0)] = '\0';

  char *since = g_strrstr(text, ", since ");

  if (since == NULL)
    return g_strdup(_("another process"));
  *since = '\0';
  for (char *at = text; *at != '\0'; at++) {
    if (g_ascii_iscntrl(*at))
      *at = ' ';
  }
  return g_utf8_make_valid(text, -1);
}

/* The text helps people only; the lock itself is the kernel's. The time is the file's own. */
static gboolean
write_holder(ShopcaisseFolder *self, const char *owner, GError **error)
{
  struct stat information;

  if (ftruncate(self->lock, 0) != 0 || fstat(self->lock, &information) != 0)
    return fail(error, _("cannot write the lock in %1$s: %2$s"), self->path, g_strerror(errno));

  g_autoptr(GDateTime) taken_at = g_date_time_new_from_unix_utc(information.st_mtime);
  g_autofree char *since = g_date_time_format_iso8601(taken_at);
  g_autofree char *text =
      g_strdup_printf("%.300s, process %d, since %s\n", owner, (int)getpid(), since);
  gsize size = strlen(text);

  if (pwrite(self->lock, text, size, 0) != (ssize_t)size)
    return fail(error, _("cannot write the lock in %1$s: %2$s"), self->path, g_strerror(errno));
  return TRUE;
}

static gboolean
take_lock(ShopcaisseFolder *self, const char *owner, GError **error)
{
  self->lock = openat(self->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  if (self->lock < 0)
    return fail(error, _("cannot write in %1$s: %2$s"), self->path, g_strerror(errno));
  if (flock(self->lock, LOCK_EX | LOCK_NB) == 0)
    return write_holder(self, owner, error);
  if (errno != EWOULDBLOCK)
    return fail(error, _("cannot lock %1$s: %2$s"), self->path, g_strerror(errno));

  g_autofree char *holder = read_holder(self->lock);

  /* Closed without unlocking: the lock is another descriptor's. */
  g_close(self->lock, NULL);
  self->lock = -1;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, _("this profile is in use by %s"),
              holder);
  return FALSE;
}

/**
 * shopcaisse_folder_open:
 * @path: the folder; made with mode 0700 when absent
 * @owner: names this process to a second one
 * @error: return location for an error
 *
 * Takes a profile's folder for this process.
 *
 * Fails with %COMPTOIR_ERROR_BUSY when it is taken, naming who has it, and with
 * %COMPTOIR_ERROR_STORAGE when it cannot be used.
 *
 * Returns: (transfer full): the folder, locked; %NULL on failure
 */
ShopcaisseFolder *
shopcaisse_folder_open(const char *path, const char *owner, GError **error)
{
  g_autoptr(ShopcaisseFolder) self = g_new0(ShopcaisseFolder, 1);

  self->path = g_strdup(path);
  self->fd = -1;
  self->lock = -1;
  if (g_mkdir_with_parents(path, FOLDER_MODE) != 0) {
    fail(error, _("cannot make %1$s: %2$s"), path, g_strerror(errno));
    return NULL;
  }
  self->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0) {
    fail(error, _("cannot open %1$s: %2$s"), path, g_strerror(errno));
    return NULL;
  }
  if (!check_file_system(self, error) || !take_lock(self, owner, error))
    return NULL;
  return g_steal_pointer(&self);
}

/**
 * shopcaisse_folder_close:
 * @self: (transfer full) (nullable): the folder
 *
 * Gives the folder up.
 */
void
shopcaisse_folder_close(ShopcaisseFolder *self)
{
  if (self == NULL)
    return;
  if (self->lock >= 0) {
    /* A child that the host forked may still have the descriptor: closing alone is not enough. */
    (void)flock(self->lock, LOCK_UN);
    g_close(self->lock, NULL);
  }
  if (self->fd >= 0)
    g_close(self->fd, NULL);
  g_free(self->path);
  g_free(self);
}

/**
 * shopcaisse_folder_dup_database_path:
 * @self: the folder
 *
 * Names the database's file.
 *
 * Returns: (transfer full): its path
 */
char *
shopcaisse_folder_dup_database_path(ShopcaisseFolder *self)
{
  return g_build_filename(self->path, DATABASE_NAME, NULL);
}

/**
 * shopcaisse_folder_make_database:
 * @self: the folder
 * @error: return location for an error
 *
 * Makes an empty file with mode 0600 for the database when there is none, since SQLite would make a
 * readable one. SQLite gives its log the same mode.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_folder_make_database(ShopcaisseFolder *self, GError **error)
{
  int fd = openat(self->fd, DATABASE_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

  if (fd < 0)
    return fail(error, _("cannot write the database in %1$s: %2$s"), self->path, g_strerror(errno));
  g_close(fd, NULL);
  return TRUE;
}

/**
 * shopcaisse_folder_has_marker:
 * @self: the folder
 *
 * Tells whether a database was once complete here: an empty one is then a loss, not a first start.
 *
 * Returns: %TRUE when there is a marker
 */
gboolean
shopcaisse_folder_has_marker(ShopcaisseFolder *self)
{
  return faccessat(self->fd, MARKER_NAME, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
write_all(int fd, const char *text)
{
  size_t length = strlen(text);

  return pwrite(fd, text, length, 0) == (ssize_t)length && ftruncate(fd, (off_t)length) == 0;
}

/**
 * shopcaisse_folder_write_marker:
 * @self: the folder
 * @text: what is to outlive the database
 * @error: return location for an error
 *
 * Notes on disk that the database is complete, with a line of text.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_folder_write_marker(ShopcaisseFolder *self, const char *text, GError **error)
{
  int fd = openat(self->fd, MARKER_NAME, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

  if (fd < 0)
    return fail(error, _("cannot write in %1$s: %2$s"), self->path, g_strerror(errno));

  gboolean is_synced = write_all(fd, text) && fsync(fd) == 0 && fsync(self->fd) == 0;
  int number = errno;

  g_close(fd, NULL);
  return is_synced || fail(error, _("cannot write in %1$s: %2$s"), self->path, g_strerror(number));
}

/**
 * shopcaisse_folder_dup_marker:
 * @self: the folder
 *
 * Reads the marker.
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
shopcaisse_folder_dup_marker(ShopcaisseFolder *self)
{
  g_autofree char *path = g_build_filename(self->path, MARKER_NAME, NULL);
  char *text = NULL;

  return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

static gboolean
is_number_free(ShopcaisseFolder *self, guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS(database_suffixes); i++) {
    g_autofree char *name =
        g_strdup_printf(DATABASE_NAME ".damaged-%u%s", number, database_suffixes[i]);

    if (faccessat(self->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_folder_set_aside:
 * @self: the folder
 * @error: return location for an error
 *
 * Renames the database and its log to `shopcaisse.db.damaged-N`, never over another file. The
 * database goes first: were the log to go first, a crash in between would leave an older database.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_folder_set_aside(ShopcaisseFolder *self, GError **error)
{
  guint number = 1;

  while (number < MAX_SET_ASIDE && !is_number_free(self, number))
    number++;
  if (number == MAX_SET_ASIDE)
    return fail(error, _("cannot set the damaged database aside in %1$s: %2$s"), self->path,
                g_strerror(EEXIST));
  for (gsize i = 0; i < G_N_ELEMENTS(database_suffixes); i++) {
    g_autofree char *from = g_strconcat(DATABASE_NAME, database_suffixes[i], NULL);
    g_autofree char *to =
        g_strdup_printf(DATABASE_NAME ".damaged-%u%s", number, database_suffixes[i]);

    if (renameat(self->fd, from, self->fd, to) != 0 && errno != ENOENT)
      return fail(error, _("cannot set the damaged database aside in %1$s: %2$s"), self->path,
                  g_strerror(errno));
  }
  if (fsync(self->fd) != 0)
    return fail(error, _("cannot set the damaged database aside in %1$s: %2$s"), self->path,
                g_strerror(errno));
  g_warning(
      "the database in %s is damaged or missing: what is left of it was set aside as number %u,"
      " starting a new one",
      self->path, number);
  return TRUE;
}

/**
 * shopcaisse_folder_count_set_aside:
 * @self: the folder
 *
 * Counts the databases that were set aside.
 *
 * Returns: their number
 */
guint
shopcaisse_folder_count_set_aside(ShopcaisseFolder *self)
{
  guint n_found = 0;

  for (guint number = 1; number < MAX_SET_ASIDE; number++)
    n_found += is_number_free(self, number) ? 0 : 1;
  return n_found;
}

static gboolean
delete_number(ShopcaisseFolder *self, guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS(database_suffixes); i++) {
    g_autofree char *name =
        g_strdup_printf(DATABASE_NAME ".damaged-%u%s", number, database_suffixes[i]);

    if (unlinkat(self->fd, name, 0) != 0 && errno != ENOENT)
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_folder_delete_set_aside:
 * @self: the folder
 * @error: return location for an error
 *
 * Deletes the databases that were set aside, with their logs.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE when none is left
 */
gboolean
shopcaisse_folder_delete_set_aside(ShopcaisseFolder *self, GError **error)
{
  if (shopcaisse_folder_count_set_aside(self) == 0)
    return TRUE;
  for (guint number = 1; number < MAX_SET_ASIDE; number++) {
    if (!delete_number(self, number))
      return fail(error, _("cannot delete the damaged database in %1$s: %2$s"), self->path,
                  g_strerror(errno));
  }
  return fsync(self->fd) == 0 || fail(error, _("cannot delete the damaged database in %1$s: %2$s"),
                                      self->path, g_strerror(errno));
}
