/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading articles: a row for each variant, with its price as customers see it. What is no longer
 * sold comes as a tombstone to who asks what changed. */

#include "articles.h"

#include "amount.h"
#include "failure.h"
#include "query.h"
#include "value.h"

#include <string.h>

#define LIMIT_MAX     20
#define MOVES_MAX     1000 /* more stock moves than that: every article is looked at */
#define EAN_TYPE      "ean"
#define PIECES_DIGITS TRYTON_PIECE_DIGITS

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  TrytonQuery query;
  json_t *moved_ids; /* (owned) (nullable): articles whose stock moved */
  json_t *records;   /* (owned) (nullable) */
} Listing;

static void refreshed_cb(gpointer story, const GError *error);

static void
free_listing(Listing *self)
{
  tryton_books_unref(self->books);
  g_object_unref(self->request);
  json_decref(self->moved_ids);
  json_decref(self->records);
  g_free(self);
}

static gboolean
ask_moves(gpointer story, TrytonCall *call)
{
  Listing *self = story;

  if (self->query.since_us == 0)
    return FALSE;
  call->method = "model.stock.move.search_read";
  call->params = json_pack("[[[s,s,s],o],i,i,n,[s]]", "state", "=", "done",
                           tryton_query_new_since(&self->query, "", NULL), 0, MOVES_MAX, "product");
  return TRUE;
}

static gboolean
take_moves(gpointer story, json_t *result, GError **error)
{
  Listing *self = story;
  json_t *row = NULL;
  size_t i = 0;

  if (json_array_size(result) >= MOVES_MAX) {
    self->query.since_us = 1;
    return TRUE;
  }
  self->moved_ids = json_array();
  json_array_foreach(result, i, row)(void)
      json_array_append(self->moved_ids, json_object_get(row, "product"));
  return TRUE;
}

static json_t *
new_changes(Listing *self)
{
  json_t *any = tryton_query_new_since(&self->query, "", NULL);

  any = tryton_query_new_since(&self->query, "template.", any);
  any = tryton_query_new_since(&self->query, "identifiers.", any);
  if (json_array_size(self->moved_ids) > 0)
    (void)json_array_append_new(any,
                                tryton_value_new_clause("id", "in", json_incref(self->moved_ids)));
  return any;
}

/* "not like" is not true of an article without a code. */
static json_t *
new_domain(Listing *self)
{
  json_t *domain =
      json_pack("[[s,s,I],[s,[s,s,n],[s,s,s]]]", "id", ">", (json_int_t)self->query.after_id, "OR",
                "code", "=", "code", "not like", TRYTON_OWN_CODE "%");

  if (self->query.since_us != 0)
    (void)json_array_append_new(domain, new_changes(self));
  else
    (void)json_array_append_new(domain, tryton_value_new_clause("salable", "=", json_true()));
  return domain;
}

static gboolean
ask_articles(gpointer story, TrytonCall *call)
{
  Listing *self = story;

  call->method = "model.product.product.search_read";
  call->params =
      json_pack("[o,i,i,[[s,s]],[s,s,s,s,s,s,s,s,s,s,s,s,s,s,s,s,s]]", new_domain(self), 0,
                (int)self->query.limit + 1, "id", "ASC", "code", "suffix_code", "list_price",
                "quantity", "type", "active", "salable", "default_uom", "account_category",
                "categories", "create_date", "write_date", "template.name", "template.write_date",
                "template.products", "identifiers.type", "identifiers.code");
  call->context = json_pack("{s:[I]}", "locations", (json_int_t)self->books->warehouse_id);
  if (self->query.since_us != 0)
    (void)json_object_set_new(call->context, "active_test", json_false());
  return TRUE;
}

static gboolean
take_articles(gpointer story, json_t *result, GError **error)
{
  ((Listing *)story)->records = json_incref(result);
  return TRUE;
}

static void
insert_identifiers(GVariantDict *row, json_t *identifiers)
{
  g_auto(GVariantBuilder) codes = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("as"));
  json_t *identifier = NULL;
  size_t i = 0;

  json_array_foreach(identifiers, i, identifier)
  {
    const char *type = tryton_value_get_text(identifier, "type");
    const char *code = tryton_value_get_text(identifier, "code");

    if (code == NULL)
      continue;
    if (g_strcmp0(type, EAN_TYPE) == 0)
      g_variant_builder_add(&codes, "s", code);
    else if (g_str_has_prefix(code, TRYTON_EXTERNAL_CODE))
      g_variant_dict_insert(row, COMPTOIR_KEY_EXTERNAL_ID, "s",
                            code + strlen(TRYTON_EXTERNAL_CODE));
  }
  g_variant_dict_insert_value(row, "barcodes", g_variant_builder_end(&codes));
}

static void
insert_price(GVariantDict *row, TrytonCatalogue *catalogue, json_t *record)
{
  gint64 category_id = tryton_value_get_id(record, "account_category");
  TrytonTaxes taxes = tryton_catalogue_get_category_taxes(catalogue, category_id);
  gint64 price = 0;
  gint64 gross = 0;

  if (tryton_value_get_amount(record, "list_price", TRYTON_MICRO_DIGITS, &price) &&
      tryton_taxes_add_to(&taxes, price, &gross)) {
    g_autofree char *text = tryton_amount_format(tryton_amount_divide(gross, TRYTON_CENT),
                                                 TRYTON_MONEY_DIGITS, TRYTON_MONEY_DIGITS);

    g_variant_dict_insert(row, "price", "s", text);
    g_variant_dict_insert(row, "price_includes_tax", "b", TRUE);
  }
  if (category_id != 0) {
    g_autofree char *rate = tryton_amount_format(taxes.rate, TRYTON_PERCENT_DIGITS, 0);

    g_variant_dict_insert(row, COMPTOIR_KEY_VAT_RATE, "s", rate);
  }
}

static void
insert_stock(GVariantDict *row, json_t *record)
{
  gint64 quantity = 0;

  if (g_strcmp0(tryton_value_get_text(record, "type"), "goods") == 0 &&
      tryton_value_get_amount(record, "quantity", PIECES_DIGITS, &quantity)) {
    g_autofree char *text = tryton_amount_format(quantity, PIECES_DIGITS, 0);

    g_variant_dict_insert(row, "stock", "s", text);
  }
}

static void
insert_changed_at(GVariantDict *row, json_t *record)
{
  json_t *template = tryton_value_get_record(record, "template");
  gint64 changed_us = MAX(tryton_value_get_time(record, "create_date"),
                          MAX(tryton_value_get_time(record, "write_date"),
                              tryton_value_get_time(template, "write_date")));
  g_autofree char *text = tryton_value_format_time(changed_us);

  if (changed_us > 0)
    g_variant_dict_insert(row, "changed_at", "s", text);
}

/**
 * tryton_articles_new_row:
 * @catalogue: taxes and what else is behind the record's numbers
 * @record: a record of `product.product`
 *
 * Returns: (transfer floating): an article row
 */
GVariant *
tryton_articles_new_row(TrytonCatalogue *catalogue, json_t *record)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  json_t *template = tryton_value_get_record(record, "template");
  const char *name = tryton_value_get_text(template, "name");
  const char *code = tryton_value_get_text(record, "code");
  const char *suffix = tryton_value_get_text(record, "suffix_code");

  tryton_value_insert_id(&row, COMPTOIR_KEY_ID, tryton_value_get_id(record, "id"));
  g_variant_dict_insert(&row, COMPTOIR_KEY_NAME, "s", name == NULL ? "?" : name);
  insert_changed_at(&row, record);
  if (!tryton_value_get_boolean(record, "active") || !tryton_value_get_boolean(record, "salable")) {
    g_variant_dict_insert(&row, "deleted", "b", TRUE);
    return g_variant_dict_end(&row);
  }
  if (json_array_size(json_object_get(template, "products")) > 1)
    tryton_value_insert_text(&row, "variant", suffix == NULL ? code : suffix);
  tryton_value_insert_text(&row, "reference", code);
  tryton_value_insert_text(
      &row, "family",
      tryton_catalogue_get_family(catalogue, json_object_get(record, "categories")));
  g_variant_dict_insert(
      &row, "unit", "s",
      tryton_catalogue_get_unit(catalogue, tryton_value_get_id(record, "default_uom")));
  insert_identifiers(&row, tryton_value_get_record(record, "identifiers"));
  insert_price(&row, catalogue, record);
  insert_stock(&row, record);
  return g_variant_dict_end(&row);
}

static void
listed_cb(gpointer story, const GError *error)
{
  Listing *self = story;
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  gsize n_rows = error == NULL ? tryton_query_count(&self->query, self->records) : 0;
  g_autoptr(GVariant) page = NULL;

  if (error != NULL) {
    tryton_request_fail(self->request, error);
    free_listing(self);
    return;
  }
  for (gsize i = 0; i < n_rows; i++)
    g_variant_builder_add_value(
        &rows, tryton_articles_new_row(self->books->catalogue, json_array_get(self->records, i)));
  page = tryton_query_new_page(&self->query, g_variant_builder_end(&rows), self->records);
  comptoir_request_answer(self->request, page);
  free_listing(self);
}

/**
 * tryton_articles_list:
 * @books: open books
 * @query: (nullable): `since`, `cursor`, `limit`
 * @request: to be answered
 *
 * Lists articles in the order of their numbers.
 */
void
tryton_articles_list(TrytonBooks *books, GVariant *query, ComptoirRequest *request)
{
  g_autoptr(GError) error = NULL;
  Listing *self = NULL;
  TrytonQuery asked = { 0 };

  if (!tryton_query_init(&asked, query, LIMIT_MAX, &error)) {
    comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, error->message);
    return;
  }
  self = g_new0(Listing, 1);
  self->books = tryton_books_ref(books);
  self->request = g_object_ref(request);
  self->query = asked;
  tryton_books_refresh(books, refreshed_cb, self);
}

static void
refreshed_cb(gpointer story, const GError *error)
{
  static const TrytonStep steps[] = {
    { ask_moves, take_moves, FALSE },
    { ask_articles, take_articles, FALSE },
    { NULL, NULL, FALSE },
  };
  Listing *self = story;

  if (error == NULL)
    tryton_steps_run(self->books->rpc, steps, listed_cb, self);
  else
    listed_cb(self, error);
}
