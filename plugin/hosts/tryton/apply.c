/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of articles, one after another; one that fails holds up no other. */

#include "apply.h"

#include "articles.h"
#include "change.h"
#include "failure.h"
#include "value.h"

#include <string.h>

#define BUDGET_US (25 * G_USEC_PER_SEC) /* the channel waits for 30 s */

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  GVariant *changes;        /* (owned) */
  GVariantBuilder answers;
  GHashTable *known; /* (owned): the article of each key that is in Tryton, as text */
  char *key;         /* (owned) (nullable): of the change that is being made */
  gsize position;    /* of the next change */
  gint64 end_at;     /* monotonic, microseconds */
} Batch;

static void refreshed_cb(gpointer story, const GError *error);
static void looked_cb(gpointer story, const GError *error);
static void changed_cb(const char *article_id, const GError *error, gpointer user_data);

static void
free_batch(Batch *self)
{
  g_variant_builder_clear(&self->answers);
  g_variant_unref(self->changes);
  g_object_unref(self->request);
  g_hash_table_unref(self->known);
  tryton_books_unref(self->books);
  g_free(self->key);
  g_free(self);
}

static void
add_answer(Batch *self, const char *id, const char *message)
{
  g_variant_builder_add_value(&self->answers, comptoir_change_answer_new(self->key, id, message));
}

static char *
dup_key(GVariant *changes, gsize position)
{
  g_autoptr(GVariant) change = g_variant_get_child_value(changes, position);
  const char *key = "";

  (void)g_variant_lookup(change, COMPTOIR_KEY_KEY, "&s", &key);
  return g_strdup(key);
}

/* All keys at once: each question costs as much as a change. */
static gboolean
ask_known(gpointer story, TrytonCall *call)
{
  Batch *self = story;
  json_t *codes = json_array();

  for (gsize i = 0; i < g_variant_n_children(self->changes); i++) {
    g_autofree char *key = dup_key(self->changes, i);
    g_autofree char *code = g_strconcat(TRYTON_KEY_CODE, key, NULL);

    (void)json_array_append_new(codes, json_string(code));
  }
  call->method = "model.product.identifier.search_read";
  call->params = json_pack("[[[s,s,o]],i,n,[[s,s]],[s,s]]", "code", "in", codes, 0, "id", "DESC",
                           "code", "product");
  return TRUE;
}

/* The oldest comes last and stays. */
static gboolean
take_known(gpointer story, json_t *result, GError **error)
{
  Batch *self = story;
  json_t *row = NULL;
  size_t i = 0;

  json_array_foreach(result, i, row)
  {
    const char *code = tryton_value_get_text(row, "code");

    if (code != NULL)
      (void)g_hash_table_replace(
          self->known, g_strdup(code + strlen(TRYTON_KEY_CODE)),
          g_strdup_printf("%" G_GINT64_FORMAT, tryton_value_get_id(row, "product")));
  }
  return TRUE;
}

static gint64
get_known(Batch *self)
{
  gint64 id = 0;

  (void)tryton_value_parse_id(g_hash_table_lookup(self->known, self->key), &id);
  return id;
}

/* (transfer full): the next change */
static GVariant *
take_change(Batch *self)
{
  GVariant *change = g_variant_get_child_value(self->changes, self->position++);

  g_clear_pointer(&self->key, g_free);
  if (!g_variant_lookup(change, COMPTOIR_KEY_KEY, "s", &self->key))
    self->key = g_strdup("");
  return change;
}

static void
change_next(Batch *self)
{
  /* Nobody waits for the rest any more. */
  if (comptoir_request_is_answered(self->request)) {
    free_batch(self);
    return;
  }
  while (self->position < g_variant_n_children(self->changes)) {
    g_autoptr(GVariant) change = take_change(self);

    if (g_get_monotonic_time() < self->end_at) {
      tryton_change_article(self->books, change, get_known(self), changed_cb, self);
      return;
    }
    add_answer(self, NULL, "Tryton answers too slowly: apply the rest again");
  }
  comptoir_request_answer(self->request,
                          comptoir_page_new(g_variant_builder_end(&self->answers), NULL));
  g_variant_builder_init(&self->answers, G_VARIANT_TYPE("aa{sv}"));
  free_batch(self);
}

static void
changed_cb(const char *article_id, const GError *error, gpointer user_data)
{
  Batch *self = user_data;

  add_answer(self, article_id, error == NULL ? NULL : error->message);
  if (article_id != NULL)
    (void)g_hash_table_replace(self->known, g_strdup(self->key), g_strdup(article_id));
  change_next(self);
}

/**
 * tryton_apply_articles:
 * @books: open books
 * @changes: article changes, `aa{sv}`
 * @request: to be answered with a change answer for each
 *
 * Makes changes, each once for its key.
 */
void
tryton_apply_articles(TrytonBooks *books, GVariant *changes, ComptoirRequest *request)
{
  Batch *self = g_new0(Batch, 1);

  self->books = tryton_books_ref(books);
  self->request = g_object_ref(request);
  self->changes = g_variant_ref_sink(changes);
  self->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->end_at = g_get_monotonic_time() + BUDGET_US;
  g_variant_builder_init(&self->answers, G_VARIANT_TYPE("aa{sv}"));
  tryton_books_refresh(books, refreshed_cb, self);
}

static void
refreshed_cb(gpointer story, const GError *error)
{
  static const TrytonStep steps[] = {
    { ask_known, take_known, FALSE },
    { NULL, NULL, FALSE },
  };
  Batch *self = story;

  if (error == NULL)
    tryton_steps_run(self->books->rpc, steps, looked_cb, self);
  else
    looked_cb(self, error);
}

static void
looked_cb(gpointer story, const GError *error)
{
  Batch *self = story;

  if (error == NULL) {
    change_next(self);
    return;
  }
  tryton_request_fail(self->request, error);
  free_batch(self);
}
