/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One change of an article. The key of the last change is an identifier of the article, written in
 * the same call as the change: the same key again is found by it and changes nothing. */

#include "change.h"

#include "amount.h"
#include "article-values.h"
#include "articles.h"
#include "config.h"
#include "value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  CHANGE_CREATE,
  CHANGE_UPDATE,
  CHANGE_DELETE
} ChangeKind;

typedef struct {
  TrytonBooks *books; /* (owned) */
  TrytonChanged done;
  gpointer user_data;
  GVariant *fields; /* (owned): what to write */
  char *key_code;   /* (owned): the key as an identifier */
  ChangeKind kind;
  gint64 product_id;
  gint64 made_id; /* the template that was made here; 0: none, or it is the one */
  json_t *record; /* (owned) (nullable): the article as it is */
  gint64 stock;   /* wanted, in thousandths */
  gboolean has_stock;
  gboolean is_known; /* done under this key already */
  gboolean is_new;   /* and but for its stock */
} Change;

static void
free_change(Change *self)
{
  tryton_books_unref(self->books);
  g_variant_unref(self->fields);
  json_decref(self->record);
  g_free(self->key_code);
  g_free(self);
}

static gboolean
ask_record(gpointer story, TrytonCall *call)
{
  Change *self = story;

  if (self->is_known || self->kind == CHANGE_CREATE)
    return FALSE;
  call->method = "model.product.product.search_read";
  call->params =
      json_pack("[[[s,s,I]],i,i,n,[s,s,s,s,s,s,s]]", "id", "=", (json_int_t)self->product_id, 0, 1,
                "template", "list_price", "quantity", "account_category", "default_uom",
                "identifiers.type", "identifiers.code");
  call->context = json_pack("{s:[I],s:b}", "locations", (json_int_t)self->books->warehouse_id,
                            "active_test", 0);
  return TRUE;
}

static gboolean
take_record(gpointer story, json_t *result, GError **error)
{
  Change *self = story;

  self->record = json_incref(json_array_get(result, 0));
  if (self->record != NULL)
    return TRUE;

  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, self->product_id);

  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, _("there is no article %s"), id);
  return FALSE;
}

static gboolean
ask_change(gpointer story, TrytonCall *call)
{
  Change *self = story;
  g_autoptr(GError) error = NULL;

  if (self->is_known)
    return FALSE;
  if (self->kind == CHANGE_CREATE) {
    call->method = "model.product.template.create";
    call->params = json_pack(
        "[[o]]", tryton_article_new_values(self->books->catalogue, self->fields, self->key_code));
  } else if (self->kind == CHANGE_DELETE) {
    call->method = "model.product.product.write";
    call->params = json_pack("[[I],{s:b,s:o}]", (json_int_t)self->product_id, "active", 0,
                             "identifiers", tryton_article_new_key(self->record, self->key_code));
  } else {
    call->method = "model.product.template.write";
    call->params = json_pack("[[I],o]", (json_int_t)tryton_value_get_id(self->record, "template"),
                             tryton_article_new_update(self->books->catalogue, self->fields,
                                                       self->record, self->key_code));
  }
  return TRUE;
}

static gboolean
take_change(gpointer story, json_t *result, GError **error)
{
  Change *self = story;

  if (self->kind == CHANGE_CREATE)
    self->made_id = json_integer_value(json_array_get(result, 0));
  return TRUE;
}

/* Which article was made, and whether somebody else made it at the same time. */
static gboolean
ask_created(gpointer story, TrytonCall *call)
{
  Change *self = story;

  if (self->made_id == 0)
    return FALSE;
  call->method = "model.product.identifier.search_read";
  call->params = json_pack("[[[s,s,s]],i,i,[[s,s]],[s,s]]", "code", "=", self->key_code, 0, 1, "id",
                           "ASC", "product", "product.template");
  return TRUE;
}

static gboolean
take_created(gpointer story, json_t *result, GError **error)
{
  Change *self = story;
  json_t *first = json_array_get(result, 0);

  self->product_id = tryton_value_get_id(first, "product");
  if (tryton_value_get_id(tryton_value_get_record(first, "product"), "template") == self->made_id)
    self->made_id = 0;
  if (self->product_id != 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                      _("the article was made and is gone again"));
  return FALSE;
}

/* Another program made it first: that one stays. */
static gboolean
ask_removal(gpointer story, TrytonCall *call)
{
  Change *self = story;

  if (self->made_id == 0)
    return FALSE;
  call->method = "model.product.template.delete";
  call->params = json_pack("[[I]]", (json_int_t)self->made_id);
  return TRUE;
}

static gboolean
take_nothing(gpointer story, json_t *result, GError **error)
{
  return TRUE;
}

static gint64
get_unit(const Change *self)
{
  const char *unit = NULL;

  if (self->record != NULL)
    return tryton_value_get_id(self->record, "default_uom");
  (void)g_variant_lookup(self->fields, "unit", "&s", &unit);
  return tryton_catalogue_find_unit(self->books->catalogue, unit);
}

static gboolean
needs_stock(Change *self)
{
  gint64 quantity = 0;

  if ((self->is_known && !self->is_new) || !self->has_stock || self->kind == CHANGE_DELETE)
    return FALSE;
  self->stock =
      tryton_catalogue_round_quantity(self->books->catalogue, get_unit(self), self->stock);
  (void)tryton_value_get_amount(self->record, "quantity", TRYTON_PIECE_DIGITS, &quantity);
  return quantity != self->stock;
}

static void
changed_cb(gpointer story, const GError *error)
{
  Change *self = story;
  TrytonOutcome outcome = { .needs_count = error == NULL && needs_stock(self) };

  outcome.counted = (TrytonCounted){ self->product_id, self->stock };
  self->done(error == NULL ? &outcome : NULL, error, self->user_data);
  free_change(self);
}

static gboolean
read_kind(Change *self, GVariant *row, GError **error)
{
  const char *kind = "";
  const char *id = NULL;

  (void)g_variant_lookup(row, COMPTOIR_KEY_CHANGE, "&s", &kind);
  (void)g_variant_lookup(row, COMPTOIR_KEY_ID, "&s", &id);
  if (g_str_equal(kind, "create")) {
    self->kind = CHANGE_CREATE;
    return TRUE;
  }
  self->kind = g_str_equal(kind, "delete") ? CHANGE_DELETE : CHANGE_UPDATE;
  if (self->kind == CHANGE_UPDATE && !g_str_equal(kind, "update")) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "\"%s\" is not a change", kind);
    return FALSE;
  }
  if (tryton_value_parse_id(id, &self->product_id))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, _("there is no article %s"),
              id == NULL ? "" : id);
  return FALSE;
}

static gboolean
read_change(Change *self, GVariant *row, GError **error)
{
  const char *key = "";
  const char *stock = NULL;

  (void)g_variant_lookup(row, COMPTOIR_KEY_KEY, "&s", &key);
  self->key_code = g_strconcat(TRYTON_KEY_CODE, key, NULL);
  self->fields = g_variant_lookup_value(row, COMPTOIR_KEY_FIELDS, G_VARIANT_TYPE_VARDICT);
  if (self->fields == NULL)
    self->fields = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  if (key[0] == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "a change needs a key");
    return FALSE;
  }
  if (g_variant_lookup(self->fields, "stock", "&s", &stock) && stock[0] != '\0') {
    self->has_stock = tryton_amount_parse(stock, TRYTON_PIECE_DIGITS, &self->stock);
    /* The till may have sold what it had not got; nothing can be counted below nothing. */
    self->stock = MAX(self->stock, 0);
    if (!self->has_stock) {
      g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "stock \"%s\" is not a number",
                  stock);
      return FALSE;
    }
  }
  return read_kind(self, row, error) &&
         tryton_article_check(
             self->books->catalogue, self->fields,
             self->kind == CHANGE_CREATE ? TRYTON_ARTICLE_WHOLE : TRYTON_ARTICLE_PART, error);
}

/**
 * tryton_known_insert:
 * @known: (element-type utf8 TrytonKnown): the article of each key
 * @code: a key, as an identifier
 * @product_id: its article
 * @is_new: whether it was made a moment ago
 *
 * Remembers an article, instead of any other of that key.
 */
void
tryton_known_insert(GHashTable *known, const char *code, gint64 product_id, gboolean is_new)
{
  TrytonKnown *found = g_new0(TrytonKnown, 1);

  *found = (TrytonKnown){ product_id, is_new };
  (void)g_hash_table_replace(known, g_strdup(code + strlen(TRYTON_KEY_CODE)), found);
}

static Change *
new_change(TrytonBooks *books)
{
  Change *self = g_new0(Change, 1);

  self->books = tryton_books_ref(books);
  return self;
}

/**
 * tryton_change_new_article:
 * @books: open books
 * @row: an article change of the contract
 *
 * Returns: (transfer full) (nullable): the template that it makes; %NULL when it makes none, or
 *   cannot be done
 */
json_t *
tryton_change_new_article(TrytonBooks *books, GVariant *row)
{
  Change *self = new_change(books);
  json_t *values = NULL;

  if (read_change(self, row, NULL) && self->kind == CHANGE_CREATE)
    values = tryton_article_new_values(books->catalogue, self->fields, self->key_code);
  free_change(self);
  return values;
}

/**
 * tryton_change_article:
 * @books: open books
 * @row: an article change of the contract
 * @known: (nullable): the article that carries its key already
 * @done: called once
 * @user_data: for @done
 *
 * Makes an article, writes one, or takes one out of sale. Its stock is left to be counted.
 */
void
tryton_change_article(TrytonBooks *books,
                      GVariant *row,
                      const TrytonKnown *known,
                      TrytonChanged done,
                      gpointer user_data)
{
  static const TrytonStep steps[] = {
    { ask_record, take_record, FALSE },
    { ask_change, take_change, FALSE },
    { ask_created, take_created, FALSE },
    { ask_removal, take_nothing, FALSE },
    { NULL, NULL, FALSE },
  };
  Change *self = new_change(books);
  g_autoptr(GError) error = NULL;

  self->done = done;
  self->user_data = user_data;
  if (!read_change(self, row, &error)) {
    changed_cb(self, error);
    return;
  }
  if (known != NULL) {
    self->is_known = TRUE;
    self->is_new = known->is_new;
    self->product_id = known->product_id;
  }
  tryton_steps_run(books->rpc, steps, changed_cb, self);
}
