/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The library of hosts in Tryton, opened when one is wanted and not before: it brings libsoup 3,
 * which a process that has libsoup 2 does not survive. Its functions, forwarded. */

#include "tryton-library.h"

#include <comptoir-tryton-host.h>
#include <dlfcn.h>

#define LIBRARY "libcomptoir-tryton-1.so.0"

/**
 * tryton_library_open:
 * @error: return location for an error
 *
 * Opens the library for good. Nothing else of it may be called before.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED when it is not installed.
 *
 * Returns: %TRUE once it is open
 */
gboolean
tryton_library_open(GError **error)
{
  if (dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) != NULL)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "--tryton: %s", dlerror());
  return FALSE;
}

/* (nullable): %NULL while the library is not open. */
static gpointer
find(const char *name)
{
  void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_NOLOAD);
  gpointer function = NULL;

  if (library == NULL)
    return NULL;
  function = dlsym(library, name);
  (void)dlclose(library); /* what RTLD_NOLOAD has counted */
  return function;
}

GType
comptoir_tryton_host_get_type(void)
{
  GType (*get_type)(void) = find("comptoir_tryton_host_get_type");

  return get_type != NULL ? get_type() : G_TYPE_INVALID;
}

void
comptoir_tryton_host_set_credentials(ComptoirTrytonHost *self,
                                     const char *login,
                                     const char *password)
{
  void (*set_credentials)(ComptoirTrytonHost *, const char *, const char *) =
      find("comptoir_tryton_host_set_credentials");

  set_credentials(self, login, password);
}

void
comptoir_tryton_host_start_async(ComptoirTrytonHost *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  void (*start)(ComptoirTrytonHost *, GCancellable *, GAsyncReadyCallback, gpointer) =
      find("comptoir_tryton_host_start_async");

  start(self, cancellable, callback, user_data);
}

gboolean
comptoir_tryton_host_start_finish(ComptoirTrytonHost *self, GAsyncResult *result, GError **error)
{
  gboolean (*finish)(ComptoirTrytonHost *, GAsyncResult *, GError **) =
      find("comptoir_tryton_host_start_finish");

  return finish(self, result, error);
}

void
comptoir_tryton_host_stop(ComptoirTrytonHost *self)
{
  void (*stop)(ComptoirTrytonHost *) = find("comptoir_tryton_host_stop");

  stop(self);
}

void
comptoir_tryton_host_send_sale_async(ComptoirTrytonHost *self,
                                     ComptoirChannel *channel,
                                     gint64 sale_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  void (*send)(ComptoirTrytonHost *, ComptoirChannel *, gint64, GCancellable *, GAsyncReadyCallback,
               gpointer) = find("comptoir_tryton_host_send_sale_async");

  send(self, channel, sale_id, cancellable, callback, user_data);
}

GVariant *
comptoir_tryton_host_send_sale_finish(ComptoirTrytonHost *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  GVariant *(*finish)(ComptoirTrytonHost *, GAsyncResult *, GError **) =
      find("comptoir_tryton_host_send_sale_finish");

  return finish(self, result, error);
}
