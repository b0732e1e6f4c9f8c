/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the host for the check comes from: a module, or this program's own. */

#include "checked-host.h"

#include "host-sales.h"
#include "reference-host.h"

#include <gmodule.h>

#define NEW_HOST   "comptoir_check_new_host"
#define SELL       "comptoir_check_sell"
#define WORKER_KEY "checked-host-worker"
#define N_SALES    30

typedef struct {
  HostWorker *worker;       /* (unowned) */
  ComptoirChannel *channel; /* (owned) */
} Selling;

static void stored_cb(GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * checked_host_load:
 * @self: (out caller-allocates): the functions
 * @path: a shared module; it stays loaded
 * @error: return location for an error
 *
 * Takes the functions of a module. Fails with %COMPTOIR_ERROR_NOT_SUPPORTED when it cannot be
 * opened or exports no `comptoir_check_new_host`.
 *
 * Returns: %TRUE when @self is filled
 */
gboolean
checked_host_load(CheckedHost *self, const char *path, GError **error)
{
  /* A name without a slash would be looked for among the system's libraries. */
  g_autofree char *whole_path = g_canonicalize_filename(path, NULL);
  GModule *module = g_module_open(whole_path, G_MODULE_BIND_LOCAL);
  gpointer new_host = NULL;
  gpointer sell = NULL;

  if (module == NULL || !g_module_symbol(module, NEW_HOST, &new_host)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "%s", g_module_error());
    return FALSE;
  }
  g_module_make_resident(module);
  (void)g_module_symbol(module, SELL, &sell);
  self->new_host = (GObject * (*)(const char *)) new_host;
  self->sell = (void (*)(GObject *, ComptoirChannel *))sell;
  return TRUE;
}

static GVariant *
build_sale(void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  g_autofree char *sold_at = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
  GVariant *line = comptoir_sale_line_new("coffee", "Coffee", "2", "2.50", "10");
  GVariant *payment = comptoir_payment_new("cash", "5.00");
  g_auto(GVariantDict) sale = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&sale, COMPTOIR_KEY_SOLD_AT, "s", sold_at);
  g_variant_dict_insert(&sale, COMPTOIR_KEY_TOTAL, "s", "5.00");
  g_variant_dict_insert_value(&sale, COMPTOIR_KEY_LINES, comptoir_rows_new(&line, 1));
  g_variant_dict_insert_value(&sale, COMPTOIR_KEY_PAYMENTS, comptoir_rows_new(&payment, 1));
  return g_variant_ref_sink(g_variant_dict_end(&sale));
}

/* New books get some sales, so that there is something to list. */
static GVariant *
read_summary(const char *path, GError **error)
{
  gboolean is_new = !g_file_test(path, G_FILE_TEST_EXISTS);
  g_autoptr(HostDatabase) database = host_database_open(path, error);

  if (database == NULL)
    return NULL;
  for (guint i = 0; is_new && i < N_SALES; i++) {
    g_autoptr(GVariant) sale = build_sale();
    g_autoptr(GVariant) stored = host_sales_add(database, sale, error);

    if (stored == NULL)
      return NULL;
  }
  return host_database_read_summary(database, NULL, error);
}

static GObject *
new_reference_host(const char *folder)
{
  g_autofree char *path = g_build_filename(folder, "host.sqlite", NULL);
  g_autofree char *channel_dir = g_build_filename(folder, "channel", NULL);
  ReferenceHostProfile profile = { .location = "Check", .channel_dir = channel_dir };
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) summary = read_summary(path, &error);
  HostWorker *worker = NULL;
  ReferenceHost *host = NULL;

  if (summary == NULL) {
    g_warning("the reference host cannot be made: %s", error->message);
    return NULL;
  }
  (void)g_variant_lookup(summary, "instance_id", "&s", &profile.instance_id);
  worker = host_worker_new(path);
  host = reference_host_new(worker, &profile);
  /* Goes after the host, which needs it to its end. */
  g_object_set_data_full(G_OBJECT(host), WORKER_KEY, worker, (GDestroyNotify)host_worker_free);
  return G_OBJECT(host);
}

/* The books first, then the channel. */
static void
sell_reference(GObject *host, ComptoirChannel *channel)
{
  g_autoptr(GVariant) sale = build_sale();
  Selling *selling = g_new0(Selling, 1);

  selling->worker = g_object_get_data(host, WORKER_KEY);
  selling->channel = g_object_ref(channel);
  host_worker_run_async(selling->worker, host_sales_add, sale, stored_cb, selling);
}

static void
stored_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Selling *selling = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) sale = host_worker_run_finish(selling->worker, result, &error);

  if (sale != NULL)
    comptoir_channel_submit_sale_async(selling->channel, sale, NULL, NULL, NULL);
  else
    g_warning("the sale cannot be stored: %s", error->message);
  g_object_unref(selling->channel);
  g_free(selling);
}

/**
 * checked_host_use_reference:
 * @self: (out caller-allocates): the functions
 *
 * Takes the reference host.
 */
void
checked_host_use_reference(CheckedHost *self)
{
  *self = (CheckedHost){ .new_host = new_reference_host, .sell = sell_reference };
}
