/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the module that speaks HTTP, after looking at what the process already has: two versions of
 * libsoup abort it. A module is never closed, it has registered types by then. */
#include "channel/transport-loader.h"

#include "config.h"
#include "error.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <stdlib.h>

typedef struct {
  const char *name;    /* as in the setting and the file's name */
  const char *rival;   /* (nullable): a library that must not be in the process */
  const char *refusal; /* what is said then */
} Transport;

/* In the order in which "auto" tries them; the curl transport gets its line after these. */
static const Transport transports[] = {
  { "soup", "libsoup-2.4.so.1", "this host already uses libsoup 2; the curl transport is needed" },
};

static gboolean
is_in_process(const char *soname)
{
  void *library = dlopen(soname, RTLD_NOLOAD | RTLD_LAZY);
  if (library == NULL)
    return FALSE;
  dlclose(library); /* takes back the reference that the look has taken */
  return TRUE;
}

static const Transport *
choose(const char *choice, GError **error)
{
  const char *refusal = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(transports); i++) {
    const Transport *transport = &transports[i];
    if (!g_str_equal(choice, "auto") && !g_str_equal(choice, transport->name))
      continue;
    if (transport->rival == NULL || !is_in_process(transport->rival))
      return transport;
    refusal = transport->refusal;
  }
  if (refusal != NULL)
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, refusal);
  else
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "there is no transport \"%s\"",
                choice);
  return NULL;
}

/* GLib makes these once for the process and binds them to the thread that asks first: that must be
 * the host's. The network monitor is left alone: it may wait for the system bus. */
static void
touch_singletons(void)
{
  (void)g_proxy_resolver_get_default();
  (void)g_tls_backend_get_default();
  g_autoptr(GResolver) resolver = g_resolver_get_default();
  (void)resolver;
}

/**
 * shopcaisse_transport_load:
 * @choice: (nullable): a transport's name, or %NULL or `auto` for the first that fits
 * @error: return location for an error
 *
 * Opens the module of a transport, for good. The folder is that of the installation;
 * `SHOPCAISSE_NET_PATH` takes its place in a build tree.
 *
 * Fails with %COMPTOIR_ERROR_VERSION when the process already has what the transport cannot live
 * with, and with %COMPTOIR_ERROR_NOT_SUPPORTED when there is no such transport or its module is
 * missing.
 *
 * Returns: what opens the transport, or %NULL
 */
ShopcaisseTransportOpenFunc
shopcaisse_transport_load(const char *choice, GError **error)
{
  const Transport *transport = choose(choice != NULL ? choice : "auto", error);
  if (transport == NULL)
    return NULL;
  touch_singletons();

  const char *override = secure_getenv("SHOPCAISSE_NET_PATH");
  g_autofree char *file = g_strconcat(transport->name, "." G_MODULE_SUFFIX, NULL);
  g_autofree char *path =
      g_build_filename(override != NULL ? override : SHOPCAISSE_NET_DIR, file, NULL);
  GModule *module = g_module_open(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  ShopcaisseTransportOpenFunc open_transport = NULL;
  if (module == NULL ||
      !g_module_symbol(module, SHOPCAISSE_TRANSPORT_SYMBOL, (gpointer *)&open_transport)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "transport %s: %s",
                transport->name, g_module_error());
    return NULL;
  }
  g_module_make_resident(module);
  return open_transport;
}
