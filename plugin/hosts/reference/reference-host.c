/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A ComptoirHost, whole: read this first to make your own. Each question goes to the database's
 * thread and is answered when that is done; no function here waits. What a host cannot do it leaves
 * out of the interface, as this one leaves out customers, shipments and secrets. */

#include "reference-host.h"

#include "config.h"
#include "host-article-changes.h"
#include "host-articles.h"
#include "host-records.h"
#include "host-sales.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ReferenceHost {
  GObject parent_instance;

  HostWorker *worker; /* (unowned): outlives the host */
  char *instance_id;  /* (owned) */
  char *location;     /* (owned) (nullable) */
  char *channel_dir;  /* (owned) */
};

static void reference_host_iface_init(ComptoirHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(ReferenceHost,
                              reference_host,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, reference_host_iface_init))

typedef enum {
  SIGNAL_PROGRESSED,
  SIGNAL_NOTICED,
  N_SIGNALS
} ReferenceHostSignal;

static guint signals[N_SIGNALS];

/* A question on its way through the database's thread. */
typedef struct {
  ReferenceHost *host;      /* (owned): lives until it has answered */
  ComptoirRequest *request; /* (owned) */
} Question;

/* News on its way to disk; told to the program when it is there. */
typedef struct {
  ReferenceHost *host; /* (owned) */
  ReferenceHostSignal signal;
} News;

static guint
get_api_version(ComptoirHost *host)
{
  return COMPTOIR_API_VERSION;
}

static char *
dup_name(ComptoirHost *host)
{
  return g_strdup("Comptoir reference host " COMPTOIR_HOST_VERSION);
}

/* Of the database, made once with it: a copy of the program elsewhere is another instance. */
static char *
dup_instance_id(ComptoirHost *host)
{
  return g_strdup(REFERENCE_HOST(host)->instance_id);
}

static char *
dup_location(ComptoirHost *host)
{
  return g_strdup(REFERENCE_HOST(host)->location);
}

static char *
dup_state_dir(ComptoirHost *host)
{
  return g_strdup(REFERENCE_HOST(host)->channel_dir);
}

static char *
dup_document_locale(ComptoirHost *host)
{
  g_auto(GStrv) variants = g_get_locale_variants(g_get_language_names()[0]);
  guint n_variants = g_strv_length(variants);

  /* From "fr_BE.UTF-8" on the variants get simpler; the one without a charset is wanted. "C" is no
   * language, with a charset neither. */
  for (guint i = 0; i < n_variants; i++) {
    if (strpbrk(variants[i], ".@") == NULL)
      return g_ascii_islower(variants[i][0]) ? g_strdup(variants[i]) : NULL;
  }
  return NULL;
}

static void
answered_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = host_worker_run_finish(question->host->worker, result, &error);

  if (answer != NULL)
    comptoir_request_answer(question->request, answer);
  else if (error->domain == COMPTOIR_ERROR)
    comptoir_request_fail(question->request, (ComptoirError)error->code, error->message);
  else
    comptoir_request_fail(question->request, COMPTOIR_ERROR_STORAGE, error->message);
  g_object_unref(question->request);
  g_object_unref(question->host);
  g_free(question);
}

static void
ask_database(ComptoirHost *host,
             HostWorkerFunction function,
             GVariant *argument,
             ComptoirRequest *request)
{
  Question *question = g_new0(Question, 1);

  question->host = g_object_ref(REFERENCE_HOST(host));
  question->request = g_object_ref(request);
  host_worker_run_async(question->host->worker, function, argument, answered_cb, question);
}

static void
list_articles(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask_database(host, host_articles_list, query, request);
}

static void
list_sales(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask_database(host, host_sales_list, query, request);
}

static void
apply_articles(ComptoirHost *host, GVariant *changes, ComptoirRequest *request)
{
  ask_database(host, host_article_changes_apply, changes, request);
}

static void
record_sales(ComptoirHost *host, GVariant *sales, ComptoirRequest *request)
{
  ask_database(host, host_records_add_till_sales, sales, request);
}

static GVariant *
build_row(const char *id, const char *name, const char *rate)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", id);
  g_variant_dict_insert(&row, COMPTOIR_KEY_NAME, "s", name);
  if (rate != NULL)
    g_variant_dict_insert(&row, "rate", "s", rate);
  return g_variant_dict_end(&row);
}

/* What needs no disk is answered at once: an answer never re-enters the channel. */
static void
list_payment_methods(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  GVariant *rows[] = {
    build_row("cash", C_("way of paying", "Cash"), NULL),
    build_row("card", C_("way of paying", "Card"), NULL),
    build_row("online", C_("way of paying", "Online"), NULL),
  };

  comptoir_request_answer(request,
                          comptoir_page_new(comptoir_rows_new(rows, G_N_ELEMENTS(rows)), NULL));
}

static void
list_taxes(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  GVariant *rows[] = {
    build_row("vat-20", "VAT 20 %", "20"),    build_row("vat-10", "VAT 10 %", "10"),
    build_row("vat-5.5", "VAT 5.5 %", "5.5"), build_row("vat-2.1", "VAT 2.1 %", "2.1"),
    build_row("vat-0", "No VAT", "0"),
  };

  comptoir_request_answer(request,
                          comptoir_page_new(comptoir_rows_new(rows, G_N_ELEMENTS(rows)), NULL));
}

static void
stored_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  News *news = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) row = host_worker_run_finish(news->host->worker, result, &error);

  /* The channel repeats what it told, so a row that is not on disk now comes again. */
  if (row == NULL)
    g_warning("news of the channel cannot be stored: %s, ignoring", error->message);
  else
    g_signal_emit(news->host, signals[news->signal], 0, row);
  g_object_unref(news->host);
  g_free(news);
}

static void
store_news(ComptoirHost *host,
           HostWorkerFunction function,
           GVariant *row,
           ReferenceHostSignal signal)
{
  News *news = g_new0(News, 1);

  news->host = g_object_ref(REFERENCE_HOST(host));
  news->signal = signal;
  host_worker_run_async(news->host->worker, function, row, stored_cb, news);
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  store_news(host, host_sales_progress, progress, SIGNAL_PROGRESSED);
}

static void
show_notice(ComptoirHost *host, GVariant *notice)
{
  store_news(host, host_records_put_notice, notice, SIGNAL_NOTICED);
}

static void
reference_host_iface_init(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->dup_name = dup_name;
  iface->dup_instance_id = dup_instance_id;
  iface->dup_location = dup_location;
  iface->dup_state_dir = dup_state_dir;
  iface->dup_document_locale = dup_document_locale;
  iface->list_articles = list_articles;
  iface->list_sales = list_sales;
  iface->apply_articles = apply_articles;
  iface->record_sales = record_sales;
  iface->list_payment_methods = list_payment_methods;
  iface->list_taxes = list_taxes;
  iface->sale_progressed = sale_progressed;
  iface->show_notice = show_notice;
}

/**
 * reference_host_new:
 * @worker: the database's thread; it must outlive the host
 * @profile: who the host is; copied
 *
 * Makes a host. Its signals `progressed` and `noticed` carry the row that has just been stored.
 *
 * Returns: (transfer full): the host
 */
ReferenceHost *
reference_host_new(HostWorker *worker, const ReferenceHostProfile *profile)
{
  ReferenceHost *self = g_object_new(TYPE_REFERENCE_HOST, NULL);

  self->worker = worker;
  self->instance_id = g_strdup(profile->instance_id);
  self->location = g_strdup(profile->location);
  self->channel_dir = g_strdup(profile->channel_dir);
  return self;
}

static void
reference_host_finalize(GObject *object)
{
  ReferenceHost *self = REFERENCE_HOST(object);

  g_free(self->instance_id);
  g_free(self->location);
  g_free(self->channel_dir);
  G_OBJECT_CLASS(reference_host_parent_class)->finalize(object);
}

static guint
add_signal(const char *name)
{
  return g_signal_new(name, TYPE_REFERENCE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_VARIANT);
}

static void
reference_host_class_init(ReferenceHostClass *class)
{
  G_OBJECT_CLASS(class)->finalize = reference_host_finalize;
  signals[SIGNAL_PROGRESSED] = add_signal("progressed");
  signals[SIGNAL_NOTICED] = add_signal("noticed");
}

static void
reference_host_init(ReferenceHost *self)
{
  (void)self; /* filled by reference_host_new() */
}
