/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* New articles, all of a batch in one call: ten cost Tryton little more than one. Whatever it
 * refuses is left to be made one by one, so that each hears its own reason. */

#include "creation.h"

#include "articles.h"
#include "change.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <string.h>

typedef struct {
  TrytonBooks *books; /* (owned) */
  GHashTable *known;  /* (owned): TrytonKnown of each key that is in Tryton */
  json_t *values;     /* (owned): the templates to be made */
  json_t *codes;      /* (owned): their keys, as identifiers */
  json_t *made;       /* (owned) (nullable): the templates, once they are made */
  json_t *doomed;     /* (owned): of those the ones that somebody else made first */
  TrytonStepsDone done;
  gpointer user_data;
} Creation;

static void made_cb(gpointer story, const GError *error);

static void
free_creation(Creation *self)
{
  tryton_books_unref(self->books);
  g_hash_table_unref(self->known);
  json_decref(self->values);
  json_decref(self->codes);
  json_decref(self->made);
  json_decref(self->doomed);
  g_free(self);
}

static gboolean
has_number(json_t *list, gint64 number)
{
  json_t *item = NULL;
  size_t i = 0;

  json_array_foreach(list, i, item)
  {
    if (json_integer_value(item) == number)
      return TRUE;
  }
  return FALSE;
}

static gboolean
ask_creation(gpointer story, TrytonCall *call)
{
  Creation *self = story;

  call->method = "model.product.template.create";
  call->params = json_pack("[O]", self->values);
  return TRUE;
}

static gboolean
take_creation(gpointer story, json_t *result, GError **error)
{
  ((Creation *)story)->made = json_incref(result);
  return TRUE;
}

/* Which articles were made, and which of them somebody else made at the same time. */
static gboolean
ask_articles(gpointer story, TrytonCall *call)
{
  Creation *self = story;

  call->method = "model.product.identifier.search_read";
  call->params = json_pack("[[[s,s,O]],i,n,[[s,s]],[s,s,s]]", "code", "in", self->codes, 0, "id",
                           "ASC", "code", "product", "product.template");
  return TRUE;
}

/* The oldest of each key stays. */
static gboolean
take_articles(gpointer story, json_t *result, GError **error)
{
  Creation *self = story;
  json_t *row = NULL;
  size_t i = 0;

  json_array_foreach(result, i, row)
  {
    const char *code = tryton_value_get_text(row, "code");
    gint64 template_id = tryton_value_get_id(tryton_value_get_record(row, "product"), "template");
    gboolean is_ours = has_number(self->made, template_id);

    if (code == NULL)
      continue;
    if (!g_hash_table_contains(self->known, code + strlen(TRYTON_KEY_CODE)))
      tryton_known_insert(self->known, code, tryton_value_get_id(row, "product"), is_ours);
    else if (is_ours)
      (void)json_array_append_new(self->doomed, json_integer(template_id));
  }
  return TRUE;
}

static gboolean
ask_removal(gpointer story, TrytonCall *call)
{
  Creation *self = story;

  if (json_array_size(self->doomed) == 0)
    return FALSE;
  call->method = "model.product.template.delete";
  call->params = json_pack("[O]", self->doomed);
  return TRUE;
}

static gboolean
take_nothing(gpointer story, json_t *result, GError **error)
{
  return TRUE;
}

/* Each key once, and none that is there. */
static void
collect(Creation *self, GVariant *changes)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < g_variant_n_children(changes); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(changes, i);
    g_autofree char *code = NULL;
    json_t *values = NULL;
    const char *key = "";

    (void)g_variant_lookup(row, COMPTOIR_KEY_KEY, "&s", &key);
    if (g_hash_table_contains(self->known, key) || !g_hash_table_add(seen, g_strdup(key)))
      continue;
    code = g_strconcat(TRYTON_KEY_CODE, key, NULL);
    values = tryton_change_new_article(self->books, row);
    if (values == NULL)
      continue;
    (void)json_array_append_new(self->values, values);
    (void)json_array_append_new(self->codes, json_string(code));
  }
}

/**
 * tryton_create_articles:
 * @books: open books
 * @changes: article changes, `aa{sv}`
 * @known: the article of each key that is in Tryton; what is made is added
 * @done: called once
 * @user_data: for @done
 *
 * Makes those that are new, if there are several. What Tryton refuses is no error here.
 */
void
tryton_create_articles(TrytonBooks *books,
                       GVariant *changes,
                       GHashTable *known,
                       TrytonStepsDone done,
                       gpointer user_data)
{
  static const TrytonStep steps[] = {
    { ask_creation, take_creation, FALSE },
    { ask_articles, take_articles, FALSE },
    { ask_removal, take_nothing, FALSE },
    { NULL, NULL, FALSE },
  };
  Creation *self = g_new0(Creation, 1);

  self->books = tryton_books_ref(books);
  self->known = g_hash_table_ref(known);
  self->values = json_array();
  self->codes = json_array();
  self->doomed = json_array();
  self->done = done;
  self->user_data = user_data;
  collect(self, changes);
  if (json_array_size(self->values) > 1)
    tryton_steps_run(books->rpc, steps, made_cb, self);
  else
    made_cb(self, NULL);
}

/* What was refused has not happened; of anything else nobody knows. */
static void
made_cb(gpointer story, const GError *error)
{
  Creation *self = story;
  gboolean is_refused =
      self->made == NULL && (g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED) ||
                             g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT));

  self->done(self->user_data, is_refused ? NULL : error);
  free_creation(self);
}
