/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A till that sells one coffee. Usage: host [CHANNEL]. A till with a window has got a main loop,
 * and goes on in the callbacks instead of waiting for them. */
#include <comptoir/comptoir.h>

G_DECLARE_FINAL_TYPE(Till, till, EXAMPLE, TILL, GObject)
struct _Till {
  GObject parent_instance;
};

static guint get_api_version(ComptoirHost *till) { return COMPTOIR_API_VERSION; }
static char *dup_name(ComptoirHost *till) { return g_strdup("Example till 1.0"); }
static char *dup_instance_id(ComptoirHost *till) { return g_strdup("example-till-database"); }

static void fill(ComptoirHostInterface *host)
{
  host->get_api_version = get_api_version;
  host->dup_name = dup_name;
  host->dup_instance_id = dup_instance_id;
}

G_DEFINE_TYPE_WITH_CODE(Till, till, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, fill))
static void till_init(Till *till) {}
static void till_class_init(TillClass *till_class) {}

static void keep_cb(GObject *channel, GAsyncResult *result, gpointer kept)
{
  g_set_object((GAsyncResult **)kept, result);
}

static GAsyncResult *wait_for(GAsyncResult **kept)
{
  while (*kept == NULL) g_main_context_iteration(NULL, TRUE);
  return *kept;
}

int main(int argc, char **argv)
{
  g_autoptr(GAsyncResult) opened = NULL, sold = NULL, closed = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(Till) till = g_object_new(till_get_type(), NULL);
  g_autoptr(ComptoirChannel) shop = comptoir_channel_new(argc > 1 ? argv[1] : "shopcaisse", &error);
  g_assert_no_error(error);
  comptoir_channel_open_async(shop, COMPTOIR_HOST(till), NULL, keep_cb, &opened);
  comptoir_channel_open_finish(shop, wait_for(&opened), &error);
  g_assert_no_error(error);

  GVariant *line = comptoir_sale_line_new("coffee", "Coffee", "2", "2.50", "10");
  GVariant *payment = comptoir_payment_new("cash", "5.00");
  GVariant *sale = comptoir_sale_new("1042", "2026-03-01T11:02:00Z", "5.00",
                                     comptoir_rows_new(&line, 1), comptoir_rows_new(&payment, 1));
  comptoir_channel_submit_sale_async(shop, sale, NULL, keep_cb, &sold);
  g_autoptr(GVariant) row = comptoir_channel_submit_sale_finish(shop, wait_for(&sold), &error);
  g_assert_no_error(error);
  const char *state = "unknown";
  g_variant_lookup(row, "state", "&s", &state);
  g_print("%s\n", state);

  comptoir_channel_close_async(shop, keep_cb, &closed);
  comptoir_channel_close_finish(shop, wait_for(&closed), NULL);
}
