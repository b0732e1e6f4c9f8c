/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The contract's questions, each handed to the file that asks Tryton. What is not there is not in
 * Tryton 6.0 or not needed: customers, shipments, secrets. */

#include "apply.h"
#include "articles.h"
#include "config.h"
#include "host-private.h"
#include "record-sales.h"
#include "sales.h"
#include "statuses.h"

#include <glib/gi18n-lib.h>

typedef void (*Question)(TrytonBooks *books, GVariant *argument, ComptoirRequest *request);

static guint
get_api_version(ComptoirHost *host)
{
  return COMPTOIR_API_VERSION;
}

static char *
dup_name(ComptoirHost *host)
{
  const char *program = COMPTOIR_TRYTON_HOST(host)->program;

  return g_strdup(program == NULL ? "Tryton" : program);
}

static char *
dup_instance_id(ComptoirHost *host)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(host);

  return self->is_started ? g_strdup(self->books->instance_id) : NULL;
}

static char *
dup_location(ComptoirHost *host)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(host);

  return self->is_started ? g_strdup(self->books->location) : NULL;
}

/* One for each database that the user works with, unless the program chose one. */
static char *
dup_state_dir(ComptoirHost *host)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(host);

  if (self->state_dir != NULL)
    return g_strdup(self->state_dir);
  if (!self->is_started)
    return NULL;
  return g_build_filename(g_get_user_data_dir(), "comptoir", self->books->instance_id, NULL);
}

static char *
dup_document_locale(ComptoirHost *host)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(host);

  return self->is_started ? g_strdup(self->books->language) : NULL;
}

static void
ask(ComptoirHost *host, Question question, GVariant *argument, ComptoirRequest *request)
{
  ComptoirTrytonHost *self = COMPTOIR_TRYTON_HOST(host);

  if (self->is_started)
    question(self->books, argument, request);
  else
    comptoir_request_fail(request, COMPTOIR_ERROR_NOT_CONFIGURED,
                          _("there is no session with Tryton yet"));
}

static void
list_articles(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask(host, tryton_articles_list, query, request);
}

static void
list_sales(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask(host, tryton_sales_list, query, request);
}

static void
apply_articles(ComptoirHost *host, GVariant *changes, ComptoirRequest *request)
{
  ask(host, tryton_apply_articles, changes, request);
}

static void
record_sales(ComptoirHost *host, GVariant *sales, ComptoirRequest *request)
{
  ask(host, tryton_record_sales, sales, request);
}

static void
answer_taxes(TrytonBooks *books, GVariant *query, ComptoirRequest *request)
{
  comptoir_request_answer(request, tryton_catalogue_list_taxes(books->catalogue));
}

static void
list_taxes(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask(host, answer_taxes, query, request);
}

static void
answer_methods(TrytonBooks *books, GVariant *query, ComptoirRequest *request)
{
  comptoir_request_answer(request, tryton_catalogue_list_terms(books->catalogue));
}

static void
list_payment_methods(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask(host, answer_methods, query, request);
}

static void
answer_statuses(TrytonBooks *books, GVariant *query, ComptoirRequest *request)
{
  comptoir_request_answer(request, tryton_statuses_new_page(books));
}

static void
list_sale_statuses(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  ask(host, answer_statuses, query, request);
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  g_signal_emit_by_name(host, TRYTON_HOST_PROGRESSED, progress);
}

static void
show_notice(ComptoirHost *host, GVariant *notice)
{
  g_signal_emit_by_name(host, TRYTON_HOST_NOTICED, notice);
}

/**
 * tryton_host_iface_init: (skip)
 * @iface: the table of the contract
 *
 * Fills in what this host has got.
 */
void
tryton_host_iface_init(ComptoirHostInterface *iface)
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
  iface->list_taxes = list_taxes;
  iface->list_payment_methods = list_payment_methods;
  iface->sale_progressed = sale_progressed;
  iface->show_notice = show_notice;
  iface->list_sale_statuses = list_sale_statuses;
}
