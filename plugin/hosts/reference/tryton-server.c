/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The company in Tryton that the program sells from. A password is never on the command line. */

#include "tryton-server.h"

#include "tryton-library.h"

#define USER_VARIABLE     "COMPTOIR_TRYTON_USER"
#define PASSWORD_VARIABLE "COMPTOIR_TRYTON_PASSWORD"

/**
 * tryton_server_copy:
 * @self: to be filled
 * @other: what to copy
 *
 * Copies.
 */
void
tryton_server_copy(TrytonServer *self, const TrytonServer *other)
{
  *self = (TrytonServer){
    .url = g_strdup(other->url),
    .user = g_strdup(other->user),
    .password_file = g_strdup(other->password_file),
    .authority = g_strdup(other->authority),
    .interval_s = other->interval_s,
  };
}

/**
 * tryton_server_clear:
 * @self: a server
 *
 * Releases what it holds.
 */
void
tryton_server_clear(TrytonServer *self)
{
  g_clear_pointer(&self->url, g_free);
  g_clear_pointer(&self->user, g_free);
  g_clear_pointer(&self->password_file, g_free);
  g_clear_pointer(&self->authority, g_free);
}

/* (transfer full) (nullable): the first line of the file, or what the environment has */
static char *
read_password(const TrytonServer *self, GError **error)
{
  g_autofree char *text = NULL;
  const char *from_environment = g_getenv(PASSWORD_VARIABLE);

  if (self->password_file != NULL) {
    g_autoptr(GError) file_error = NULL;

    if (g_file_get_contents(self->password_file, &text, NULL, &file_error)) {
      g_strdelimit(text, "\r\n", '\0');
      return g_steal_pointer(&text);
    }
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED, "%s", file_error->message);
    return NULL;
  }
  if (from_environment != NULL)
    return g_strdup(from_environment);
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                      "--tryton-password-file is missing, and " PASSWORD_VARIABLE " is not set");
  return NULL;
}

/**
 * tryton_server_new_host:
 * @self: a server with an address
 * @state_dir: the channel's folder
 * @error: return location for an error
 *
 * Makes the host, not started yet. Fails with %COMPTOIR_ERROR_NOT_CONFIGURED without a user or a
 * password, and with %COMPTOIR_ERROR_NOT_SUPPORTED when the library is not installed.
 *
 * Returns: (transfer full) (nullable): the host
 */
ComptoirTrytonHost *
tryton_server_new_host(const TrytonServer *self, const char *state_dir, GError **error)
{
  const char *user = self->user != NULL ? self->user : g_getenv(USER_VARIABLE);
  g_autofree char *password = NULL;
  ComptoirTrytonHost *host = NULL;

  if (user == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        "--tryton-user is missing, and " USER_VARIABLE " is not set");
    return NULL;
  }
  password = read_password(self, error);
  if (password == NULL || !tryton_library_open(error))
    return NULL;
  if (self->interval_s > 0)
    host = g_object_new(COMPTOIR_TRYTON_TYPE_HOST, "url", self->url, "state-dir", state_dir,
                        "interval", (guint)self->interval_s, NULL);
  else
    host = g_object_new(COMPTOIR_TRYTON_TYPE_HOST, "url", self->url, "state-dir", state_dir, NULL);
  if (self->authority != NULL)
    g_object_set(host, "authority", self->authority, NULL);
  comptoir_tryton_host_set_credentials(host, user, password);
  return host;
}
