/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hosts that have got little, half and everything, for the tests of the contract. */
#pragma once

#include "test-contract-loop.h"

#include <comptoir/comptoir.h>

/* A host that has got only what is needed. */
typedef GObject BareHost;
typedef GObjectClass BareHostClass;
GType bare_host_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BareHost, g_object_unref)
static void bare_host_fill(ComptoirHostInterface *iface);
G_DEFINE_TYPE_WITH_CODE(BareHost,
                        bare_host,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, bare_host_fill))

/* A host that has got everything, and remembers what it was asked last. */
typedef struct {
  GObject parent_instance;

  const char *called; /* the slot */
  char *given;        /* (owned) (nullable): its argument as text */
  const char *text;   /* (nullable): what every dup_ slot answers */
} FullHost;
typedef GObjectClass FullHostClass;
GType full_host_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FullHost, g_object_unref)
static void full_host_fill(ComptoirHostInterface *iface);
G_DEFINE_TYPE_WITH_CODE(FullHost,
                        full_host,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, full_host_fill))

/* A host that can look secrets up and cannot keep any. */
typedef GObject HalfHost;
typedef GObjectClass HalfHostClass;
GType half_host_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HalfHost, g_object_unref)
static void half_host_fill(ComptoirHostInterface *iface);
G_DEFINE_TYPE_WITH_CODE(HalfHost,
                        half_host,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, half_host_fill))

static guint
speak_current_version(ComptoirHost *host)
{
  return COMPTOIR_API_VERSION;
}

static char *
dup_till(ComptoirHost *host)
{
  return g_strdup("till");
}

static void
bare_host_fill(ComptoirHostInterface *iface)
{
  iface->get_api_version = speak_current_version;
  iface->dup_name = dup_till;
  iface->dup_instance_id = dup_till;
}

static void
bare_host_init(BareHost *self)
{
}

static void
bare_host_class_init(BareHostClass *class)
{
}

static void
remember(ComptoirHost *host, const char *slot, GVariant *argument)
{
  FullHost *self = (FullHost *)host;
  self->called = slot;
  g_free(self->given);
  self->given = g_variant_print(argument, FALSE);
}

static void
answer_empty(ComptoirRequest *request)
{
  comptoir_request_answer(request, g_variant_new("a{sv}", NULL));
}

static char *
dup_text(ComptoirHost *host)
{
  return g_strdup(((FullHost *)host)->text);
}

static void
list_articles(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_articles", query);
  answer_empty(request);
}

static void
list_sales(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_sales", query);
  answer_empty(request);
}

static void
apply_articles(ComptoirHost *host, GVariant *changes, ComptoirRequest *request)
{
  remember(host, "apply_articles", changes);
  answer_empty(request);
}

static void
record_sales(ComptoirHost *host, GVariant *sales, ComptoirRequest *request)
{
  remember(host, "record_sales", sales);
  answer_empty(request);
}

static void
list_customers(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_customers", query);
  answer_empty(request);
}

static void
list_payment_methods(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_payment_methods", query);
  answer_empty(request);
}

static void
list_taxes(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_taxes", query);
  answer_empty(request);
}

static void
list_shipments(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_shipments", query);
  answer_empty(request);
}

static void
list_sale_statuses(ComptoirHost *host, GVariant *query, ComptoirRequest *request)
{
  remember(host, "list_sale_statuses", query);
  answer_empty(request);
}

static void
lookup_secret(ComptoirHost *host, const char *name, ComptoirRequest *request)
{
  g_autoptr(GVariant) given = g_variant_ref_sink(g_variant_new_string(name));
  remember(host, "lookup_secret", given);
  answer_empty(request);
}

static void
store_secret(ComptoirHost *host, const char *name, const char *secret, ComptoirRequest *request)
{
  g_autoptr(GVariant) given = g_variant_ref_sink(g_variant_new("(ss)", name, secret));
  remember(host, "store_secret", given);
  answer_empty(request);
}

static void
sale_progressed(ComptoirHost *host, GVariant *progress)
{
  remember(host, "sale_progressed", progress);
}

static void
show_notice(ComptoirHost *host, GVariant *notice)
{
  remember(host, "show_notice", notice);
}

static void
full_host_fill(ComptoirHostInterface *iface)
{
  iface->get_api_version = speak_current_version;
  iface->dup_name = dup_text;
  iface->dup_instance_id = dup_text;
  iface->dup_location = dup_text;
  iface->dup_state_dir = dup_text;
  iface->dup_document_locale = dup_text;
  iface->list_articles = list_articles;
  iface->list_sales = list_sales;
  iface->apply_articles = apply_articles;
  iface->record_sales = record_sales;
  iface->list_customers = list_customers;
  iface->list_payment_methods = list_payment_methods;
  iface->list_taxes = list_taxes;
  iface->list_shipments = list_shipments;
  iface->lookup_secret = lookup_secret;
  iface->store_secret = store_secret;
  iface->sale_progressed = sale_progressed;
  iface->show_notice = show_notice;
  iface->list_sale_statuses = list_sale_statuses;
}

static void
full_host_finalize(GObject *object)
{
  g_free(((FullHost *)object)->given);
  G_OBJECT_CLASS(full_host_parent_class)->finalize(object);
}

static void
full_host_init(FullHost *self)
{
  self->text = "text";
}

static void
full_host_class_init(FullHostClass *class)
{
  class->finalize = full_host_finalize;
}

static void
half_host_fill(ComptoirHostInterface *iface)
{
  iface->lookup_secret = lookup_secret;
}

static void
half_host_init(HalfHost *self)
{
}

static void
half_host_class_init(HalfHostClass *class)
{
}
