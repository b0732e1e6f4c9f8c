/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host that is wrong on purpose, in the one way that COMPTOIR_FAULT names; without it a host in
 * order. What a host maker writes for comptoir-host --check looks like the end of this file. */
#include "fault-books.h"

#include <gmodule.h>
#include <unistd.h>

#define LATE_MS  900
#define SULK_MS  10
#define ASKED_BY 100 /* the limit of a question that only wants an answer */

G_DECLARE_FINAL_TYPE(FaultHost, fault_host, FAULT, HOST, GObject)

struct _FaultHost {
  GObject parent_instance;

  FaultBooks books;
  char *folder; /* (owned) */
  guint n_versions;
  guint n_ids;
  gboolean is_sulking;
  ComptoirRequest *held; /* (owned) (nullable): never answered */
};

typedef struct {
  FaultHost *host;          /* (owned) */
  ComptoirRequest *request; /* (owned) */
  GVariant *answer;         /* (owned) */
} Sulk;

GObject *comptoir_check_new_host(const char *folder);
void comptoir_check_sell(GObject *host, ComptoirChannel *channel);
static void fault_host_iface_init(ComptoirHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(FaultHost,
                              fault_host,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, fault_host_iface_init))

static guint
get_api_version(ComptoirHost *host)
{
  FaultHost *self = FAULT_HOST(host);
  self->n_versions++;
  if (fault_is("leaks-host"))
    g_object_ref(self);
  if (fault_is("version-new"))
    return COMPTOIR_API_VERSION + 1;
  return fault_is("version-changes") && self->n_versions % 2 == 0 ? 0 : COMPTOIR_API_VERSION;
}

static char *
dup_name(ComptoirHost *host)
{
  return g_strdup(fault_is("name-bytes") ? "Caf\xe9" : "Fault host");
}

static char *
dup_instance_id(ComptoirHost *host)
{
  if (fault_is("no-instance-id"))
    return g_strdup("");
  if (fault_is("instance-changes"))
    return g_strdup_printf("database-%u", ++FAULT_HOST(host)->n_ids);
  return g_strdup("fault-database");
}

static char *
dup_state_dir(ComptoirHost *host)
{
  return g_strdup(fault_is("relative-state-dir") ? "check" : FAULT_HOST(host)->folder);
}

/* In one of the manners that are nobody's fault. */
static void
answer(ComptoirRequest *request, GVariant *given)
{
  if (fault_is("from-thread"))
    fault_answer_from_thread(request, given);
  else if (fault_is("from-idle"))
    fault_answer_later(request, given, 0);
  else
    comptoir_request_answer(request, given);
}

/* The wrong ways are tried at one question, which COMPTOIR_FAULT_AT names. */
static gboolean
is_at_fault(const char *question)
{
  const char *at = g_getenv("COMPTOIR_FAULT_AT");
  return g_str_equal(question, at != NULL ? at : "list_taxes");
}

static void
respond_wrongly(FaultHost *self, ComptoirRequest *request, GVariant *page)
{
  if (fault_is("forgets"))
    return;
  if (fault_is("holds"))
    (void)g_set_object(&self->held, request);
  else if (fault_is("no-dictionary"))
    comptoir_request_answer(request, g_variant_new_strv(NULL, 0));
  else if (fault_is("no-rows"))
    comptoir_request_answer(request, g_variant_new_parsed("{'pages': <1>}"));
  else if (fault_is("always-busy"))
    comptoir_request_fail(request, COMPTOIR_ERROR_BUSY, "stocktaking");
  else if (fault_is("late"))
    fault_answer_later(request, page, LATE_MS);
  else if (fault_is("blocks-later"))
    fault_answer_later(request, page, 0);
  else
    answer(request, page);
  if (fault_is("twice"))
    comptoir_request_answer(request, page);
  if (fault_is("twice-later"))
    fault_answer_later(request, page, SULK_MS);
  if (fault_is("blocks"))
    fault_sleep();
  if (fault_is("hangs"))
    fault_hang();
}

static void
respond(ComptoirHost *host, const char *question, ComptoirRequest *request, GVariant *page)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink(page);
  if (is_at_fault(question))
    respond_wrongly(FAULT_HOST(host), request, owned);
  else
    answer(request, owned);
}

static gboolean
sulk_cb(gpointer user_data)
{
  Sulk *sulk = user_data;
  if (comptoir_request_is_answered(sulk->request))
    sulk->host->is_sulking = TRUE;
  comptoir_request_answer(sulk->request, sulk->answer);
  return G_SOURCE_REMOVE;
}

static void
sulk_free(gpointer data)
{
  Sulk *sulk = data;
  g_object_unref(sulk->host);
  g_object_unref(sulk->request);
  g_variant_unref(sulk->answer);
  g_free(sulk);
}

/* Answers after a while; when nobody waits any more, it takes offence. */
static void
answer_or_sulk(FaultHost *self, GVariant *query, ComptoirRequest *request, GVariant *given)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink(given);
  guint limit = 0;
  (void)g_variant_lookup(query, "limit", "u", &limit);
  if (limit != ASKED_BY) {
    comptoir_request_answer(request, owned);
    return;
  }
  if (self->is_sulking)
    return;
  Sulk *sulk = g_new0(Sulk, 1);
  sulk->host = g_object_ref(self);
  sulk->request = g_object_ref(request);
  sulk->answer = g_variant_ref(owned);
  g_autoptr(GSource) source = g_timeout_source_new(SULK_MS);
  g_source_set_callback(source, sulk_cb, sulk, sulk_free);
  g_source_attach(source, g_main_context_get_thread_default());
}

static void
list_articles(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  FaultHost *self = FAULT_HOST(host);
  if (fault_is("slow-page"))
    fault_work();
  GVariant *page = fault_books_list_articles(&self->books, query);
  if (page == NULL && fault_is("drops-bad-query"))
    return;
  if (page == NULL)
    comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, "the cursor is not one of ours");
  else if (fault_is("minds-query-key") && g_variant_lookup(query, "comptoir-check", "ad", NULL)) {
    g_variant_unref(g_variant_ref_sink(page));
    comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, "comptoir-check is not a key");
  } else if (fault_is("sulks"))
    answer_or_sulk(self, query, request, page);
  else
    respond(host, "list_articles", request, page);
}

static void
list_sales(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  GVariant *page = fault_books_list_sales(&FAULT_HOST(host)->books, query);
  if (page == NULL)
    comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, "the cursor is not one of ours");
  else
    respond(host, "list_sales", request, page);
}

static void
apply_articles(ComptoirHost *host, GVariant *changes, ComptoirRequest *request)
{
  GVariant *page = fault_books_apply(&FAULT_HOST(host)->books, changes);
  if (page == NULL)
    comptoir_request_fail(request, COMPTOIR_ERROR_CONFLICT, "a change cannot be made");
  else
    respond(host, "apply_articles", request, page);
}

static void
record_sales(ComptoirHost *host, GVariant *sales, ComptoirRequest *request)
{
  respond(host, "record_sales", request, fault_books_record(&FAULT_HOST(host)->books, sales));
}

static void
list_customers(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  if (fault_is("fails-in-it"))
    comptoir_request_fail(request, COMPTOIR_ERROR_NOT_SUPPORTED, "not made yet");
  else
    answer(request, g_variant_new_parsed("{'rows': <@aa{sv} []>}"));
}

static void
list_payment_methods(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  answer(request,
         g_variant_new_parsed(fault_is("method-without-id") ? "{'rows': <[{'name': <'Cash'>}]>}"
                                                            : "{'rows': <[{'id': <'cash'>}]>}"));
}

static void
list_sale_statuses(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  answer(request, g_variant_new_parsed(fault_is("status-without-id")
                                           ? "{'rows': <[{'name': <'Sold'>}]>}"
                                           : "{'rows': <[{'id': <'open'>, 'sold': <false>}]>}"));
}

static void
list_taxes(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  respond(host, "list_taxes", request,
          g_variant_new_parsed(fault_is("tax-number")
                                   ? "{'rows': <[{'id': <'vat-10'>, 'rate': <10.0>}]>}"
                                   : "{'rows': <[{'id': <'vat-10'>, 'rate': <'10'>}]>}"));
}

static void
lookup_secret(ComptoirHost *host, const char *name, ComptoirRequest *request)
{
  const char *secret = FAULT_HOST(host)->books.secret;
  answer(request, secret == NULL || *secret == '\0'
                      ? g_variant_new("a{sv}", NULL)
                      : g_variant_new_parsed("{'secret': <%s>}", secret));
}

static void
store_secret(ComptoirHost *host, const char *name, const char *secret, ComptoirRequest *request)
{
  FaultBooks *books = &FAULT_HOST(host)->books;
  if (!fault_is("keeps-secret") || *secret != '\0') {
    g_free(books->secret);
    books->secret = g_strdup(secret);
  }
  answer(request, g_variant_new("a{sv}", NULL));
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  if (fault_is("blocks-in-progress"))
    fault_sleep();
}

static void
show_notice(ComptoirHost *host, GVariant *notice)
{
  if (fault_is("blocks-in-notice"))
    fault_sleep();
}

static void
fault_host_iface_init(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->dup_name = dup_name;
  iface->dup_instance_id = dup_instance_id;
  iface->dup_state_dir = dup_state_dir;
  iface->list_articles = list_articles;
  iface->list_sales = list_sales;
  iface->apply_articles = apply_articles;
  iface->record_sales = record_sales;
  iface->list_customers = list_customers;
  iface->list_payment_methods = list_payment_methods;
  iface->list_taxes = list_taxes;
  iface->lookup_secret = lookup_secret;
  iface->store_secret = store_secret;
  iface->sale_progressed = sale_progressed;
  iface->show_notice = show_notice;
  iface->list_sale_statuses = list_sale_statuses;
}

static void
fault_host_finalize(GObject *object)
{
  FaultHost *self = FAULT_HOST(object);
  g_clear_object(&self->held);
  fault_books_clear(&self->books);
  g_free(self->folder);
  G_OBJECT_CLASS(fault_host_parent_class)->finalize(object);
}

static void
fault_host_class_init(FaultHostClass *class)
{
  G_OBJECT_CLASS(class)->finalize = fault_host_finalize;
}

static gpointer
stay(gpointer data)
{
  (void)pause();
  return NULL;
}

static void
fault_host_init(FaultHost *self)
{
  fault_books_init(&self->books);
  if (fault_is("leaks-descriptor") && dup(STDERR_FILENO) < 0)
    g_warning("no descriptor is left to leak");
  if (fault_is("leaks-thread"))
    g_thread_unref(g_thread_new("stays", stay, NULL));
}

G_MODULE_EXPORT GObject *
comptoir_check_new_host(const char *folder)
{
  FaultHost *host = g_object_new(fault_host_get_type(), NULL);
  host->folder = g_strdup(folder);
  return G_OBJECT(host);
}

G_MODULE_EXPORT void
comptoir_check_sell(GObject *host, ComptoirChannel *channel)
{
  if (fault_is("sells-nothing"))
    return;
  g_autoptr(GVariant) sale = fault_books_sell(&FAULT_HOST(host)->books);
  comptoir_channel_submit_sale_async(channel, sale, NULL, NULL, NULL);
}
