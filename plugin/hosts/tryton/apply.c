/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of articles, one after another; one that fails holds up no other. */

#include "apply.h"

#include "change.h"
#include "failure.h"

#define BUDGET_US (20 * G_USEC_PER_SEC) /* the channel waits for 30 s */

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  GVariant *changes;        /* (owned) */
  GVariantBuilder answers;
  char *key;      /* (owned) (nullable): of the change that is being made */
  gsize position; /* of the next change */
  gint64 end_at;  /* monotonic, microseconds */
} Batch;

static void refreshed_cb(gpointer story, const GError *error);
static void changed_cb(const char *article_id, const GError *error, gpointer user_data);

static void
free_batch(Batch *self)
{
  g_variant_builder_clear(&self->answers);
  g_variant_unref(self->changes);
  g_object_unref(self->request);
  tryton_books_unref(self->books);
  g_free(self->key);
  g_free(self);
}

static void
add_answer(Batch *self, const char *id, const char *message)
{
  g_variant_builder_add_value(&self->answers, comptoir_change_answer_new(self->key, id, message));
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
  while (self->position < g_variant_n_children(self->changes)) {
    g_autoptr(GVariant) change = take_change(self);

    if (g_get_monotonic_time() < self->end_at) {
      tryton_change_article(self->books, change, changed_cb, self);
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
  self->end_at = g_get_monotonic_time() + BUDGET_US;
  g_variant_builder_init(&self->answers, G_VARIANT_TYPE("aa{sv}"));
  tryton_books_refresh(books, refreshed_cb, self);
}

static void
refreshed_cb(gpointer story, const GError *error)
{
  Batch *self = story;

  if (error == NULL) {
    change_next(self);
    return;
  }
  tryton_request_fail(self->request, error);
  free_batch(self);
}
