/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the module that speaks HTTP, after looking at what the process already has: two versions of
 * libsoup abort it (docs/decisions/0009-two-transports.md). A module is never closed, it has
 * registered types by then. */
#include "channel/transport-loader.h"

#include "config.h"
#include "error.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>
#include <gmodule.h>
#include <stdlib.h>

typedef struct {
  const char *name;    /* as in the setting and the file's name */
  const char *rival;   /* (nullable): a library that must not be in the process */
  const char *refusal; /* what is said then */
} Transport;

/* In the order in which "auto" tries them. */
static const Transport transports[] = {
  { "soup", "libsoup-2.4.so.1",
    N_("this host already uses libsoup 2; the curl transport is needed") },
  { "curl", NULL, NULL },
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

static gboolean
is_chosen(const Transport *transport, const char *choice)
{
  return choice == NULL || g_str_equal(choice, "auto") || g_str_equal(choice, transport->name);
}

static gboolean
check_rival(const Transport *transport, GError **error)
{
  if (transport->rival == NULL || !is_in_process(transport->rival))
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, _(transport->refusal));
  return FALSE;
}

static char *
build_path(const Transport *transport)
{
  const char *override = secure_getenv("SHOPCAISSE_NET_PATH");
  g_autofree char *file = g_strconcat(transport->name, "." G_MODULE_SUFFIX, NULL);
  return g_build_filename(override != NULL ? override : SHOPCAISSE_NET_DIR, file, NULL);
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
 * shopcaisse_transport_prepare:
 * @error: return location for an error
 *
 * Does what belongs in the host's thread before any transport is opened, and looks whether there is
 * one. No module is opened: a person may have chosen another than the first.
 *
 * Fails with %COMPTOIR_ERROR_VERSION or %COMPTOIR_ERROR_NOT_SUPPORTED when no transport fits.
 *
 * Returns: %TRUE when there is one
 */
gboolean
shopcaisse_transport_prepare(GError **error)
{
  g_autoptr(GError) refusal = NULL;

  touch_singletons();
  for (gsize i = 0; i < G_N_ELEMENTS(transports); i++) {
    g_autofree char *path = build_path(&transports[i]);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
      continue;
    g_clear_error(&refusal);
    if (check_rival(&transports[i], &refusal))
      return TRUE;
  }
  if (refusal != NULL)
    g_propagate_error(error, g_steal_pointer(&refusal));
  else
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                        _("the part of the channel that talks to the network is not installed"));
  return FALSE;
}

static ShopcaisseTransportOpenFunc
open_module(const Transport *transport, GError **error)
{
  if (!check_rival(transport, error))
    return NULL;

  g_autofree char *path = build_path(transport);
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

/**
 * shopcaisse_transport_load:
 * @choice: (nullable): a transport's name, or %NULL or `auto` for the first that fits
 * @error: return location for an error
 *
 * Opens the module of a transport, for good, in any thread after shopcaisse_transport_prepare().
 * The folder is that of the installation; `SHOPCAISSE_NET_PATH` takes its place in a build tree.
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
  g_autoptr(GError) refusal = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS(transports); i++) {
    if (!is_chosen(&transports[i], choice))
      continue;
    g_clear_error(&refusal);
    ShopcaisseTransportOpenFunc open_transport = open_module(&transports[i], &refusal);
    if (open_transport != NULL)
      return open_transport;
  }
  if (refusal != NULL)
    g_propagate_error(error, g_steal_pointer(&refusal));
  else
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "there is no transport \"%s\"",
                choice);
  return NULL;
}
