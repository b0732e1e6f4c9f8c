/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The token in a file: whole or not at all after a power cut, refused when anybody else could have
 * read it. The writes are small and rare, and in the engine's thread. */
#include "channel/secret-file.h"

#include "channel/secret.h"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME      "token"
#define TEMPORARY_NAME "token.new"

/* A descriptor that closes itself; -1 is none. */
typedef int Descriptor;

static void
close_descriptor(Descriptor *descriptor)
{
  if (*descriptor >= 0)
    (void)g_close(*descriptor, NULL); /* everything that matters was synced before */
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Descriptor, close_descriptor)

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

static Descriptor
open_folder(const char *folder)
{
  return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Whether nobody but us can have read or replaced the file. */
static gboolean
check_file(const struct stat *status, const char *folder, GError **error)
{
  if (!S_ISREG(status->st_mode)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                _("the token in %s is not a regular file"), folder);
    return FALSE;
  }
  if (status->st_size > SHOPCAISSE_SECRET_MAX) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                _("the token in %1$s is longer than %2$d bytes"), folder, SHOPCAISSE_SECRET_MAX);
    return FALSE;
  }
  gboolean is_foreign = status->st_uid != geteuid();
  if (!is_foreign && (status->st_mode & (S_IRWXG | S_IRWXO)) == 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNAUTHORIZED,
              is_foreign ? _("the token in %s belongs to another user")
                         : _("the token in %s can be read by other users"),
              folder);
  return FALSE;
}

/* Fills @bytes, of @size; FALSE and errno if the file cannot be read or is shorter. */
static gboolean
read_all(Descriptor file, char *bytes, gsize size)
{
  gsize n_read = 0;
  while (n_read < size) {
    ssize_t n = read(file, bytes + n_read, size - n_read);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      errno = EIO;
    if (n <= 0)
      return FALSE;
    n_read += (gsize)n;
  }
  return TRUE;
}

static gboolean
write_all(Descriptor file, const char *bytes, gsize size)
{
  gsize n_written = 0;
  while (n_written < size) {
    ssize_t n = write(file, bytes + n_written, size - n_written);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    n_written += (gsize)n;
  }
  return TRUE;
}

static gboolean
read_secret(Descriptor file, const char *folder, char **secret, GError **error)
{
  struct stat status;
  if (fstat(file, &status) != 0)
    return fail(error, _("cannot look at the token in %1$s: %2$s"), folder, g_strerror(errno));
  if (!check_file(&status, folder, error))
    return FALSE;

  gsize size = (gsize)status.st_size;
  if (size == 0) {
    *secret = NULL;
    return TRUE;
  }
  char *bytes = g_malloc0(size + 1);
  if (!read_all(file, bytes, size)) {
    int number = errno;
    explicit_bzero(bytes, size);
    g_free(bytes);
    return fail(error, _("cannot read the token in %1$s: %2$s"), folder, g_strerror(number));
  }
  if (!g_utf8_validate_len(bytes, size, NULL)) {
    explicit_bzero(bytes, size);
    g_free(bytes);
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, _("the token in %s is not text"),
                folder);
    return FALSE;
  }
  *secret = bytes;
  return TRUE;
}

/**
 * shopcaisse_secret_file_load:
 * @folder: the folder of the profile
 * @secret: (out) (transfer full) (nullable): the secret, or %NULL if there is none
 * @error: return location for an error
 *
 * Reads the secret.
 *
 * Fails with %COMPTOIR_ERROR_UNAUTHORIZED when the file belongs to another user or others may read
 * it, and with %COMPTOIR_ERROR_STORAGE when it cannot be read or is no file of ours.
 *
 * Returns: %TRUE if it is known whether there is a secret
 */
gboolean
shopcaisse_secret_file_load(const char *folder, char **secret, GError **error)
{
  g_auto(Descriptor) directory = open_folder(folder);
  if (directory < 0)
    return fail(error, _("cannot reach the token in %1$s: %2$s"), folder, g_strerror(errno));
  /* Non-blocking, or a pipe of that name would hold the thread. */
  g_auto(Descriptor) file =
      openat(directory, FILE_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 && errno == ENOENT) {
    *secret = NULL;
    return TRUE;
  }
  if (file < 0)
    return fail(error, _("cannot open the token in %1$s: %2$s"), folder, g_strerror(errno));
  return read_secret(file, folder, secret, error);
}

static gboolean
write_temporary(Descriptor directory, const char *secret)
{
  /* What a power cut left; a link of that name is removed, not followed. */
  if (unlinkat(directory, TEMPORARY_NAME, 0) != 0 && errno != ENOENT)
    return FALSE;
  g_auto(Descriptor) file =
      openat(directory, TEMPORARY_NAME, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  return file >= 0 && fchmod(file, 0600) == 0 && write_all(file, secret, strlen(secret)) &&
         fsync(file) == 0;
}

/**
 * shopcaisse_secret_file_save:
 * @folder: the folder of the profile
 * @secret: the secret
 * @error: return location for an error
 *
 * Keeps the secret in the place of the one before: after a power cut there is one or the other.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when it cannot be written.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
shopcaisse_secret_file_save(const char *folder, const char *secret, GError **error)
{
  g_auto(Descriptor) directory = open_folder(folder);
  if (directory >= 0 && write_temporary(directory, secret) &&
      renameat(directory, TEMPORARY_NAME, directory, FILE_NAME) == 0 && fsync(directory) == 0)
    return TRUE;
  int number = errno;
  if (directory >= 0)
    (void)unlinkat(directory, TEMPORARY_NAME, 0); /* best effort: the first error is told */
  return fail(error, _("cannot keep the token in %1$s: %2$s"), folder, g_strerror(number));
}

/**
 * shopcaisse_secret_file_forget:
 * @folder: the folder of the profile
 * @error: return location for an error
 *
 * Removes the secret. There being none is a success.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when it cannot be removed.
 *
 * Returns: %TRUE once it is gone
 */
gboolean
shopcaisse_secret_file_forget(const char *folder, GError **error)
{
  g_auto(Descriptor) directory = open_folder(folder);
  if (directory < 0)
    return fail(error, _("cannot reach the token in %1$s: %2$s"), folder, g_strerror(errno));
  if (unlinkat(directory, FILE_NAME, 0) != 0 && errno != ENOENT)
    return fail(error, _("cannot remove the token in %1$s: %2$s"), folder, g_strerror(errno));
  if (fsync(directory) != 0)
    return fail(error, _("cannot remove the token in %1$s: %2$s"), folder, g_strerror(errno));
  return TRUE;
}
