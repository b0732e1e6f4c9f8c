/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-request.h>

G_BEGIN_DECLS

/**
 * ComptoirHost:
 *
 * What a program that sells implements. Only `get_api_version`, `dup_name` and `dup_instance_id`
 * are needed to open a channel; everything else may be left out.
 */
#define COMPTOIR_TYPE_HOST (comptoir_host_get_type())
G_DECLARE_INTERFACE(ComptoirHost, comptoir_host, COMPTOIR, HOST, GObject)

/**
 * ComptoirHostInterface:
 * @get_api_version: the %COMPTOIR_API_VERSION the host was written for
 * @dup_name: the program and its version, for people
 * @dup_instance_id: names the host's *sales database*, not the computer: several clients of one
 *   server answer the same. Order ids are derived from it: it never changes and is never reused
 * @dup_location: (nullable): the place of sale in the host's words, for people
 * @dup_state_dir: (nullable): a folder of this profile, for this channel alone; an absolute path
 * @dup_document_locale: (nullable): the language of documents, as in `fr_BE`
 * @list_articles: pages of article rows, deletions as rows with `deleted`
 * @list_sales: pages of paid sales
 * @apply_articles: writes article changes, answers a row each
 * @record_sales: writes what the till sold, answers a row each
 * @list_customers: pages of customer rows
 * @list_payment_methods: the payment methods
 * @list_taxes: the VAT rates
 * @list_shipments: pages of shipments
 * @lookup_secret: answers `{"secret": s}` or an empty dictionary
 * @store_secret: keeps a secret, or forgets it when the value is empty
 * @sale_progressed: a sale moved: a progress row
 * @show_notice: something a person should see: a notice row
 * @list_sale_statuses: the statuses of sales, in their order
 *
 * Functions are only ever appended.
 */
struct _ComptoirHostInterface {
  GTypeInterface parent_iface;

  guint (*get_api_version)(ComptoirHost *self);
  char *(*dup_name)(ComptoirHost *self);
  char *(*dup_instance_id)(ComptoirHost *self);
  char *(*dup_location)(ComptoirHost *self);
  char *(*dup_state_dir)(ComptoirHost *self);
  char *(*dup_document_locale)(ComptoirHost *self);

  void (*list_articles)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*list_sales)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*apply_articles)(ComptoirHost *self, GVariant *changes, ComptoirRequest *request);
  void (*record_sales)(ComptoirHost *self, GVariant *sales, ComptoirRequest *request);
  void (*list_customers)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*list_payment_methods)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*list_taxes)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*list_shipments)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
  void (*lookup_secret)(ComptoirHost *self, const char *name, ComptoirRequest *request);
  void (*store_secret)(ComptoirHost *self,
                       const char *name,
                       const char *secret,
                       ComptoirRequest *request);
  void (*sale_progressed)(ComptoirHost *self, GVariant *progress);
  void (*show_notice)(ComptoirHost *self, GVariant *notice);
  void (*list_sale_statuses)(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
};

/**
 * ComptoirHostFeatures:
 * @COMPTOIR_HOST_LIST_ARTICLES: articles can be read
 * @COMPTOIR_HOST_LIST_SALES: sales can be read
 * @COMPTOIR_HOST_APPLY_ARTICLES: articles can be written
 * @COMPTOIR_HOST_RECORD_SALES: sales of the till can be written
 * @COMPTOIR_HOST_LIST_CUSTOMERS: customers can be read
 * @COMPTOIR_HOST_LIST_PAYMENT_METHODS: payment methods can be read
 * @COMPTOIR_HOST_LIST_TAXES: VAT rates can be read
 * @COMPTOIR_HOST_LIST_SHIPMENTS: shipments can be read
 * @COMPTOIR_HOST_SECRETS: secrets can be kept in the host: both functions are there
 * @COMPTOIR_HOST_LIST_SALE_STATUSES: statuses of sales can be read
 *
 * What a host has got, read off its interface.
 */
typedef enum /*< flags >*/ {
  COMPTOIR_HOST_LIST_ARTICLES = 1 << 0,
  COMPTOIR_HOST_LIST_SALES = 1 << 1,
  COMPTOIR_HOST_APPLY_ARTICLES = 1 << 2,
  COMPTOIR_HOST_RECORD_SALES = 1 << 3,
  COMPTOIR_HOST_LIST_CUSTOMERS = 1 << 4,
  COMPTOIR_HOST_LIST_PAYMENT_METHODS = 1 << 5,
  COMPTOIR_HOST_LIST_TAXES = 1 << 6,
  COMPTOIR_HOST_LIST_SHIPMENTS = 1 << 7,
  COMPTOIR_HOST_SECRETS = 1 << 8,
  COMPTOIR_HOST_LIST_SALE_STATUSES = 1 << 9
} ComptoirHostFeatures;

#define COMPTOIR_TYPE_HOST_FEATURES (comptoir_host_features_get_type())

GType comptoir_host_features_get_type(void);

ComptoirHostFeatures comptoir_host_get_features(ComptoirHost *self);

guint comptoir_host_get_api_version(ComptoirHost *self);
char *comptoir_host_dup_name(ComptoirHost *self);
char *comptoir_host_dup_instance_id(ComptoirHost *self);
char *comptoir_host_dup_location(ComptoirHost *self);
char *comptoir_host_dup_state_dir(ComptoirHost *self);
char *comptoir_host_dup_document_locale(ComptoirHost *self);

void comptoir_host_list_articles(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void comptoir_host_list_sales(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void comptoir_host_apply_articles(ComptoirHost *self, GVariant *changes, ComptoirRequest *request);
void comptoir_host_record_sales(ComptoirHost *self, GVariant *sales, ComptoirRequest *request);
void comptoir_host_list_customers(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void
comptoir_host_list_payment_methods(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void comptoir_host_list_taxes(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void comptoir_host_list_shipments(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void
comptoir_host_list_sale_statuses(ComptoirHost *self, GVariant *query, ComptoirRequest *request);
void comptoir_host_lookup_secret(ComptoirHost *self, const char *name, ComptoirRequest *request);
void comptoir_host_store_secret(ComptoirHost *self,
                                const char *name,
                                const char *secret,
                                ComptoirRequest *request);
void comptoir_host_sale_progressed(ComptoirHost *self, GVariant *progress);
void comptoir_host_show_notice(ComptoirHost *self, GVariant *notice);

void comptoir_host_emit_articles_changed(ComptoirHost *self);
void comptoir_host_emit_sales_changed(ComptoirHost *self);
void comptoir_host_emit_closing(ComptoirHost *self);

G_END_DECLS
