/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The libcurl transport: one pump towards one origin. The library's own global state is shared with
 * the host, who may use it, too: it is set up, counted, and never torn down. */

#include "net/curl/transport.h"

#include "error.h"
#include "net/curl/call.h"

typedef struct {
  ShopcaisseFront front;  /* first */
  ShopcaisseGuide *guide; /* (owned) */
  ShopcaissePump *pump;   /* (owned) (nullable): made by the first request */
  char *ca_file;          /* (owned) (nullable): NULL is the system's authorities */
} CurlTransport;

static void
begin(ShopcaisseFront *front, ShopcaisseExchange *exchange, const ShopcaisseErrand *errand)
{
  CurlTransport *self = (CurlTransport *)front;

  if (self->pump == NULL)
    self->pump = shopcaisse_pump_new(front->context, shopcaisse_curl_call_done);
  shopcaisse_curl_call_begin(exchange,
                             &(ShopcaisseCurlMeans){ .pump = self->pump,
                                                     .guide = self->guide,
                                                     .user_agent = front->user_agent,
                                                     .ca_file = self->ca_file },
                             errand);
}

/* Questions that are not answered yet hold the guide. */
static void
close_pump(ShopcaisseFront *front)
{
  CurlTransport *self = (CurlTransport *)front;

  g_clear_pointer(&self->pump, shopcaisse_pump_close);
  g_clear_pointer(&self->guide, shopcaisse_guide_unref);
  g_clear_pointer(&self->ca_file, g_free);
}

/* libcurl reads authorities from a file of its own; another kind of database cannot be asked, and
 * to ask the system's instead would trust the wrong ones. */
static gboolean
find_ca_file(GTlsDatabase *database, char **ca_file, GError **error)
{
  *ca_file = NULL;
  if (database == NULL)
    return TRUE;

  if (G_IS_TLS_FILE_DATABASE(database))
    g_object_get(database, "anchors", ca_file, NULL);
  if (*ca_file == NULL)
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                        "the curl transport needs its authorities in a file");
  return *ca_file != NULL;
}

/* GLib ignores SIGPIPE for the whole process as soon as it has a socket, and libcurl relies on
 * that: the first connection of the other transport has the same effect. */
static void
prepare_process(void)
{
  g_type_class_unref(g_type_class_ref(G_TYPE_SOCKET));
}

/**
 * shopcaisse_curl_transport_open:
 * @config: (transfer none): copied or referenced as needed
 * @error: return location for an error
 *
 * Opens a transport; nothing goes over the network yet. The process's default proxy resolver is
 * first touched here.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the base URL or the proxy is not acceptable, with
 * %COMPTOIR_ERROR_NOT_SUPPORTED for authorities that are not in a file, and with
 * %COMPTOIR_ERROR_VERSION when libcurl cannot be used.
 *
 * Returns: (transfer full): free with its own `free`
 */
ShopcaisseTransport *
shopcaisse_curl_transport_open(const ShopcaisseTransportConfig *config, GError **error)
{
  static const ShopcaisseFrontLibrary library = { .begin = begin, .close = close_pump };

  g_autofree char *ca_file = NULL;
  if (!find_ca_file(config->tls_database, &ca_file, error))
    return NULL;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION, "libcurl cannot be used");
    return NULL;
  }
  prepare_process();

  g_autofree CurlTransport *self = g_new0(CurlTransport, 1);
  if (!shopcaisse_front_init(&self->front, &library, config, error))
    return NULL;

  self->guide = shopcaisse_guide_new(self->front.proxy);
  self->ca_file = g_steal_pointer(&ca_file);
  return &g_steal_pointer(&self)->front.table;
}
