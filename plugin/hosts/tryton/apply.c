/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of articles, one after another; one that fails holds up no other. Stock is counted of
 * many at a time. */

#include "apply.h"

#include "articles.h"
#include "change.h"
#include "count.h"
#include "creation.h"
#include "failure.h"
#include "value.h"

#include <string.h>

#define BUDGET_US   (22 * G_USEC_PER_SEC) /* the channel waits for 30 s */
#define COUNTED_MAX 20                    /* articles of one inventory: a second or two */

typedef struct {
  char *key;     /* (owned) */
  char *id;      /* (owned) (nullable) */
  char *message; /* (owned) (nullable): why it was not made, or not all of it */
} Answer;

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  GVariant *changes;        /* (owned) */
  GPtrArray *answers;       /* (owned) (element-type Answer): to the changes so far */
  GArray *counted;          /* (owned) (element-type TrytonCounted): not written yet */
  guint n_at_once;          /* of those, in one inventory */
  GHashTable *known;        /* (owned): TrytonKnown of each key that is in Tryton */
  char *key;                /* (owned) (nullable): of the change that is being made */
  gsize position;           /* of the next change */
  gint64 end_at;            /* monotonic, microseconds */
} Batch;

static void refreshed_cb(gpointer story, const GError *error);
static void looked_cb(gpointer story, const GError *error);
static void created_cb(gpointer story, const GError *error);
static void changed_cb(const TrytonOutcome *outcome, const GError *error, gpointer user_data);
static void counted_cb(gpointer story, const GError *error);

static void
free_answer(gpointer data)
{
  Answer *self = data;

  g_free(self->key);
  g_free(self->id);
  g_free(self->message);
  g_free(self);
}

static void
free_batch(Batch *self)
{
  g_ptr_array_unref(self->answers);
  g_array_unref(self->counted);
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
  Answer *answer = g_new0(Answer, 1);

  answer->key = g_strdup(self->key);
  answer->id = g_strdup(id);
  answer->message = g_strdup(message);
  g_ptr_array_add(self->answers, answer);
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
      tryton_known_insert(self->known, code, tryton_value_get_id(row, "product"), FALSE);
  }
  return TRUE;
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

/* (transfer floating) */
static GVariant *
build_answers(Batch *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->answers->len; i++) {
    const Answer *answer = self->answers->pdata[i];

    g_variant_builder_add_value(
        &rows, comptoir_change_answer_new(answer->key, answer->id, answer->message));
  }
  return g_variant_builder_end(&rows);
}

static void
count_next(Batch *self)
{
  guint n_counted = MIN(self->n_at_once, self->counted->len);
  const TrytonCounted *last = &g_array_index(self->counted, TrytonCounted, self->counted->len);

  tryton_count_stock(self->books, last - n_counted, n_counted, counted_cb, self);
}

/* Nobody may wait for it any more: what was made is counted all the same. */
static void
end_batch(Batch *self)
{
  if (self->counted->len > 0) {
    count_next(self);
    return;
  }
  comptoir_request_answer(self->request, comptoir_page_new(build_answers(self), NULL));
  free_batch(self);
}

static void
change_next(Batch *self)
{
  gsize n_changes = g_variant_n_children(self->changes);

  if (comptoir_request_is_answered(self->request))
    self->position = n_changes;
  while (self->position < n_changes) {
    g_autoptr(GVariant) change = take_change(self);

    if (g_get_monotonic_time() < self->end_at) {
      const TrytonKnown *known = g_hash_table_lookup(self->known, self->key);

      tryton_change_article(self->books, change, known, changed_cb, self);
      return;
    }
    add_answer(self, NULL, "Tryton answers too slowly: apply the rest again");
  }
  end_batch(self);
}

/* Of an article that was changed twice, what was said last. */
static void
add_counted(Batch *self, const TrytonCounted *counted)
{
  for (guint i = 0; i < self->counted->len; i++) {
    TrytonCounted *other = &g_array_index(self->counted, TrytonCounted, i);

    if (other->product_id == counted->product_id) {
      other->stock = counted->stock;
      return;
    }
  }
  g_array_append_val(self->counted, *counted);
}

/* The same key again changes nothing. */
static void
remember(Batch *self, gint64 product_id)
{
  g_autofree char *code = g_strconcat(TRYTON_KEY_CODE, self->key, NULL);

  tryton_known_insert(self->known, code, product_id, FALSE);
}

static void
changed_cb(const TrytonOutcome *outcome, const GError *error, gpointer user_data)
{
  Batch *self = user_data;
  g_autofree char *id = NULL;

  if (outcome != NULL)
    id = g_strdup_printf("%" G_GINT64_FORMAT, outcome->counted.product_id);
  add_answer(self, id, error == NULL ? NULL : error->message);
  if (outcome != NULL)
    remember(self, outcome->counted.product_id);
  if (outcome != NULL && outcome->needs_count)
    add_counted(self, &outcome->counted);
  if (self->counted->len < COUNTED_MAX)
    change_next(self);
  else
    count_next(self);
}

static void
blame(Batch *self, gint64 product_id, const char *message)
{
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, product_id);

  for (guint i = 0; i < self->answers->len; i++) {
    Answer *answer = self->answers->pdata[i];

    if (g_strcmp0(answer->id, id) != 0)
      continue;
    g_clear_pointer(&answer->id, g_free);
    answer->message = g_strdup(message);
  }
}

/* One that cannot be counted holds up no other: after a failure each is counted by itself. */
static void
counted_cb(gpointer story, const GError *error)
{
  Batch *self = story;
  guint n_counted = MIN(self->n_at_once, self->counted->len);
  guint n_left = self->counted->len - n_counted;

  if (error != NULL && n_counted > 1) {
    self->n_at_once = 1;
    count_next(self);
    return;
  }
  if (error != NULL)
    blame(self, g_array_index(self->counted, TrytonCounted, n_left).product_id, error->message);
  g_array_set_size(self->counted, n_left);
  if (n_left > 0) {
    count_next(self);
    return;
  }
  self->n_at_once = COUNTED_MAX;
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
  self->answers = g_ptr_array_new_with_free_func(free_answer);
  self->counted = g_array_new(FALSE, FALSE, sizeof(TrytonCounted));
  self->n_at_once = COUNTED_MAX;
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

  if (error == NULL)
    tryton_create_articles(self->books, self->changes, self->known, created_cb, self);
  else
    created_cb(self, error);
}

static void
created_cb(gpointer story, const GError *error)
{
  Batch *self = story;

  if (error == NULL) {
    change_next(self);
    return;
  }
  tryton_request_fail(self->request, error);
  free_batch(self);
}
