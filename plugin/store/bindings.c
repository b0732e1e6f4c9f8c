/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A binding appears whole or not at all, and never over another: it is written under a name of its
 * own, brought to disk, and linked to the name of the store, which fails where there is one. */
#include "store/bindings.h"

#include "config.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FOLDER_MODE 0700
#define FILE_MODE   0600
#define NAME_LENGTH 32 /* hex digits of a SHA-256: 128 bits */
#define GROUP       "binding"
#define LOCK_NAME   "lock"
#define TRIES_MAX   8

struct ShopcaisseBindings {
  char *folder;         /* (owned) */
  char *profile;        /* (owned): hash of the instance id */
  char *profile_folder; /* (owned) */
  char *host;           /* (owned) */
  char *location;       /* (owned): "" when it is not known */
};

/* What a file says. */
typedef struct {
  char *profile; /* (owned) (nullable), as all of these */
  char *profile_folder;
  char *host;
  char *location;
} Binding;

static void
clear_binding(Binding *binding)
{
  g_free(binding->profile);
  g_free(binding->profile_folder);
  g_free(binding->host);
  g_free(binding->location);
  *binding = (Binding){ NULL };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Binding, clear_binding)

static char *
hash(const char *text)
{
  char *name = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

  name[NAME_LENGTH] = '\0';
  return name;
}

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
 * shopcaisse_bindings_new:
 * @owner: whose bindings are taken here; copied
 *
 * Touches no disk.
 *
 * Returns: (transfer full): the bindings
 */
ShopcaisseBindings *
shopcaisse_bindings_new(const ShopcaisseBindingOwner *owner)
{
  ShopcaisseBindings *self = g_new0(ShopcaisseBindings, 1);

  self->folder = g_strdup(owner->folder);
  self->profile = hash(owner->instance_id);
  self->profile_folder = g_canonicalize_filename(owner->profile_folder, NULL);
  self->host = g_strdup(owner->host);
  self->location = g_strdup(owner->location != NULL ? owner->location : "");
  return self;
}

/**
 * shopcaisse_bindings_free:
 * @self: (transfer full) (nullable): the bindings
 *
 * Frees them; what was taken stays taken.
 */
void
shopcaisse_bindings_free(ShopcaisseBindings *self)
{
  if (self == NULL)
    return;
  g_free(self->folder);
  g_free(self->profile);
  g_free(self->profile_folder);
  g_free(self->host);
  g_free(self->location);
  g_free(self);
}

typedef enum {
  FOUND_NOTHING,
  FOUND_DAMAGED, /* somebody's file that says nothing: it binds nobody */
  FOUND_BINDING
} Finding;

/* Looks once: a file that comes after a first look is not the one that was looked at. */
static Finding
read_binding(const char *path, Binding *binding)
{
  g_autoptr(GKeyFile) file = g_key_file_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (g_file_test(path, G_FILE_TEST_IS_SYMLINK))
    return FOUND_DAMAGED;
  if (!g_file_get_contents(path, &text, &length, &error))
    return g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? FOUND_NOTHING : FOUND_DAMAGED;
  if (!g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, NULL))
    return FOUND_DAMAGED;
  binding->profile = g_key_file_get_string(file, GROUP, "profile", NULL);
  binding->profile_folder = g_key_file_get_string(file, GROUP, "folder", NULL);
  binding->host = g_key_file_get_string(file, GROUP, "host", NULL);
  binding->location = g_key_file_get_string(file, GROUP, "location", NULL);
  return binding->profile != NULL && binding->profile_folder != NULL ? FOUND_BINDING
                                                                     : FOUND_DAMAGED;
}

/* There is one, and it binds nobody: a profile that was removed serves nothing. */
static gboolean
is_stale(Finding finding, const Binding *binding)
{
  return finding == FOUND_DAMAGED ||
         (finding == FOUND_BINDING && !g_file_test(binding->profile_folder, G_FILE_TEST_IS_DIR));
}

static char *
build_text(ShopcaisseBindings *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new();

  g_key_file_set_string(file, GROUP, "profile", self->profile);
  g_key_file_set_string(file, GROUP, "folder", self->profile_folder);
  g_key_file_set_string(file, GROUP, "host", self->host);
  g_key_file_set_string(file, GROUP, "location", self->location);
  return g_key_file_to_data(file, NULL, NULL);
}

static gboolean
write_file(const char *path, const char *text)
{
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  gsize length = strlen(text);
  gboolean is_written = FALSE;
  int number = 0;

  if (fd < 0)
    return FALSE;
  is_written = write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
  number = errno;
  g_close(fd, NULL);
  errno = number;
  return is_written;
}

static gboolean
sync_folder(ShopcaisseBindings *self, GError **error)
{
  int fd = open(self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync(fd) == 0;
  int number = errno;

  if (fd >= 0)
    g_close(fd, NULL);
  return is_synced ||
         fail(error, _("cannot write in %1$s: %2$s"), self->folder, g_strerror(number));
}

typedef enum {
  CLAIM_DONE,
  CLAIM_TAKEN, /* there is a binding of that name */
  CLAIM_FAILED
} Claim;

static Claim
claim(ShopcaisseBindings *self, const char *path, GError **error)
{
  g_autofree char *own = hash(self->profile_folder);
  g_autofree char *own_path = g_strdup_printf("%s.%s", path, own);
  g_autofree char *text = build_text(self);
  Claim result = CLAIM_DONE;

  /* One process has the profile: it is what a crash left. */
  (void)g_unlink(own_path);
  if (!write_file(own_path, text) || link(own_path, path) != 0)
    result = errno == EEXIST ? CLAIM_TAKEN : CLAIM_FAILED;
  if (result == CLAIM_FAILED)
    fail(error, _("cannot write %1$s: %2$s"), path, g_strerror(errno));
  (void)g_unlink(own_path); /* at worst a file that nobody reads */
  return result;
}

static gboolean
refuse(const Binding *binding, GError **error)
{
  const char *host = binding->host != NULL ? binding->host : "";
  const char *location = binding->location != NULL ? binding->location : "";

  if (*location == '\0')
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                /* Translators: %s is the name of a program. */
                _("The store is already connected to %s on this computer. Choose another store, "
                  "or another store there."),
                host);
  else
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                /* Translators: the name of a program, then the place where it sells. */
                _("The store is already connected to %1$s (%2$s) on this computer. Choose another "
                  "store, or another store there."),
                host, location);
  return FALSE;
}

/* Two that find the same stale binding would each remove what the other has just taken: one at a
 * time, and what is removed is looked at again. Who takes a name that is free needs no lock: where
 * nothing was found, nothing is removed. */
static gboolean
remove_stale(ShopcaisseBindings *self, const char *path, GError **error)
{
  g_autofree char *lock_path = g_build_filename(self->folder, LOCK_NAME, NULL);
  int lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  g_auto(Binding) binding = { NULL };

  if (lock < 0)
    return fail(error, _("cannot write in %1$s: %2$s"), self->folder, g_strerror(errno));
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    g_close(lock, NULL);
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                        _("Another program is choosing its store just now: try again."));
    return FALSE;
  }
  if (is_stale(read_binding(path, &binding), &binding))
    (void)g_unlink(path); /* if it stays, it is found again */
  (void)flock(lock, LOCK_UN);
  g_close(lock, NULL);
  return TRUE;
}

/* Of whoever has it: *is_ours, or CONFLICT; both FALSE: it was in nobody's way. */
static gboolean
examine(ShopcaisseBindings *self, const char *path, gboolean *is_ours, GError **error)
{
  g_auto(Binding) binding = { NULL };
  Finding finding = read_binding(path, &binding);

  *is_ours = finding == FOUND_BINDING && g_str_equal(binding.profile, self->profile);
  if (*is_ours || finding == FOUND_NOTHING)
    return TRUE;
  return is_stale(finding, &binding) ? remove_stale(self, path, error) : refuse(&binding, error);
}

static char *
build_path(ShopcaisseBindings *self, const char *store_id)
{
  g_autofree char *name = hash(store_id);

  return g_build_filename(self->folder, name, NULL);
}

/**
 * shopcaisse_bindings_take:
 * @self: the bindings
 * @store_id: a store
 * @error: return location for an error
 *
 * Takes a store for this profile. A binding whose profile is gone is in nobody's way.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when another profile of this computer has it,
 * %COMPTOIR_ERROR_BUSY when that cannot be told just now, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
shopcaisse_bindings_take(ShopcaisseBindings *self, const char *store_id, GError **error)
{
  g_autofree char *path = build_path(self, store_id);
  gboolean is_ours = FALSE;

  if (g_mkdir_with_parents(self->folder, FOLDER_MODE) != 0)
    return fail(error, _("cannot make %1$s: %2$s"), self->folder, g_strerror(errno));
  for (guint i = 0; i < TRIES_MAX; i++) {
    Claim result = CLAIM_TAKEN;

    if (!examine(self, path, &is_ours, error))
      return FALSE;
    if (is_ours)
      return TRUE;
    result = claim(self, path, error);
    if (result != CLAIM_TAKEN)
      return result == CLAIM_DONE && sync_folder(self, error);
  }
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                      _("Another program is choosing its store just now: try again."));
  return FALSE;
}

static gboolean
is_own(ShopcaisseBindings *self, const char *path)
{
  g_auto(Binding) binding = { NULL };

  return read_binding(path, &binding) == FOUND_BINDING &&
         g_str_equal(binding.profile, self->profile) &&
         g_str_equal(binding.profile_folder, self->profile_folder);
}

/**
 * shopcaisse_bindings_keep:
 * @self: the bindings
 * @store_id: the store that stays, "" for none
 * @error: return location for an error
 *
 * Gives back what this profile had taken before: also after a crash between taking a store and
 * storing that it is the one.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_bindings_keep(ShopcaisseBindings *self, const char *store_id, GError **error)
{
  g_autofree char *kept = hash(store_id);
  g_autoptr(GDir) folder = g_dir_open(self->folder, 0, NULL);
  const char *name = folder != NULL ? g_dir_read_name(folder) : NULL;
  gboolean is_changed = FALSE;

  for (; name != NULL; name = g_dir_read_name(folder)) {
    g_autofree char *path = g_build_filename(self->folder, name, NULL);

    if (strlen(name) != NAME_LENGTH || g_str_equal(name, kept) || !is_own(self, path))
      continue;
    if (g_unlink(path) != 0 && errno != ENOENT)
      return fail(error, _("cannot remove %1$s: %2$s"), path, g_strerror(errno));
    is_changed = TRUE;
  }
  return !is_changed || sync_folder(self, error);
}
