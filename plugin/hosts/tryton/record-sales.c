/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the till sold, ticket after ticket. Those for which there is no time are left out of the
 * answer, and are given again. */

#include "record-sales.h"

#include "failure.h"
#include "record.h"

#define BUDGET_US (20 * G_USEC_PER_SEC) /* the channel waits for 30 s */

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  GVariant *sales;          /* (owned) */
  GVariantBuilder answers;
  char *key;      /* (owned) (nullable): of the ticket that is being written */
  gsize position; /* of the next ticket */
  gint64 end_at;  /* monotonic, microseconds */
} Batch;

static void refreshed_cb(gpointer story, const GError *error);
static void recorded_cb(const char *sale_id, const GError *error, gpointer user_data);

static void
free_batch(Batch *self)
{
  g_variant_builder_clear(&self->answers);
  g_variant_unref(self->sales);
  g_object_unref(self->request);
  tryton_books_unref(self->books);
  g_free(self->key);
  g_free(self);
}

static void
end_batch(Batch *self)
{
  comptoir_request_answer(self->request,
                          comptoir_page_new(g_variant_builder_end(&self->answers), NULL));
  g_variant_builder_init(&self->answers, G_VARIANT_TYPE("aa{sv}"));
  free_batch(self);
}

static void
add_answer(Batch *self, const char *id, const GError *error)
{
  g_variant_builder_add_value(
      &self->answers,
      comptoir_change_answer_new(self->key, id, error == NULL ? NULL : error->message));
}

/* A ticket that cannot be read holds up no other. */
static TrytonTicket *
take_ticket(Batch *self)
{
  g_autoptr(GVariant) row = g_variant_get_child_value(self->sales, self->position++);
  g_autoptr(GError) error = NULL;
  TrytonTicket *ticket = tryton_ticket_parse(row, &error);

  g_clear_pointer(&self->key, g_free);
  if (!g_variant_lookup(row, COMPTOIR_KEY_KEY, "s", &self->key))
    self->key = g_strdup("");
  if (ticket == NULL)
    add_answer(self, NULL, error);
  return ticket;
}

static void
record_next(Batch *self)
{
  /* Nobody waits for the rest any more. */
  if (comptoir_request_is_answered(self->request)) {
    free_batch(self);
    return;
  }
  while (self->position < g_variant_n_children(self->sales) &&
         g_get_monotonic_time() < self->end_at) {
    TrytonTicket *ticket = take_ticket(self);

    if (ticket != NULL) {
      tryton_record_ticket(self->books, ticket, recorded_cb, self);
      return;
    }
  }
  end_batch(self);
}

/* Without Tryton there is no answer to any of them. */
static gboolean
is_of_all(const GError *error)
{
  return error != NULL && (error->domain != COMPTOIR_ERROR || comptoir_error_is_retryable(error) ||
                           error->code == COMPTOIR_ERROR_UNAUTHORIZED);
}

static void
recorded_cb(const char *sale_id, const GError *error, gpointer user_data)
{
  Batch *self = user_data;

  if (is_of_all(error) && error->code != COMPTOIR_ERROR_BUSY) {
    tryton_request_fail(self->request, error);
    free_batch(self);
    return;
  }
  add_answer(self, sale_id, error);
  record_next(self);
}

/**
 * tryton_record_sales:
 * @books: open books
 * @sales: till sales, `aa{sv}`
 * @request: to be answered with a change answer for each
 *
 * Writes what the till sold, each ticket once.
 */
void
tryton_record_sales(TrytonBooks *books, GVariant *sales, ComptoirRequest *request)
{
  Batch *self = g_new0(Batch, 1);

  self->books = tryton_books_ref(books);
  self->request = g_object_ref(request);
  self->sales = g_variant_ref_sink(sales);
  self->end_at = g_get_monotonic_time() + BUDGET_US;
  g_variant_builder_init(&self->answers, G_VARIANT_TYPE("aa{sv}"));
  tryton_books_refresh(books, refreshed_cb, self);
}

static void
refreshed_cb(gpointer story, const GError *error)
{
  Batch *self = story;

  if (error == NULL) {
    record_next(self);
    return;
  }
  tryton_request_fail(self->request, error);
  free_batch(self);
}
