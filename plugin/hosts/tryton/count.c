/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stock is set by an inventory. One of many articles costs Tryton little more than one of one. */

#include "count.h"

#include "amount.h"
#include "value.h"

typedef struct {
  TrytonBooks *books; /* (owned) */
  json_t *lines;      /* (owned) */
  gint64 inventory;   /* the record; 0: not made yet */
  GError *error;      /* (owned) (nullable): why it was not confirmed */
  TrytonStepsDone done;
  gpointer user_data;
} Count;

static void confirmed_cb(gpointer story, const GError *error);
static void removed_cb(gpointer story, const GError *error);

static void
end(Count *self)
{
  self->done(self->user_data, self->error);
  tryton_books_unref(self->books);
  json_decref(self->lines);
  g_clear_error(&self->error);
  g_free(self);
}

static json_t *
new_line(const TrytonCounted *counted)
{
  g_autofree char *quantity = tryton_amount_format(counted->stock, TRYTON_PIECE_DIGITS, 0);

  return json_pack("{s:I,s:f}", "product", (json_int_t)counted->product_id, "quantity",
                   g_ascii_strtod(quantity, NULL));
}

static gboolean
ask_inventory(gpointer story, TrytonCall *call)
{
  Count *self = story;

  call->method = "model.stock.inventory.create";
  call->params = json_pack("[[{s:I,s:[[s,O]]}]]", "location", (json_int_t)self->books->storage_id,
                           "lines", "create", self->lines);
  return TRUE;
}

static gboolean
take_inventory(gpointer story, json_t *result, GError **error)
{
  ((Count *)story)->inventory = json_integer_value(json_array_get(result, 0));
  return TRUE;
}

static gboolean
ask_confirmation(gpointer story, TrytonCall *call)
{
  Count *self = story;

  call->method = "model.stock.inventory.confirm";
  call->params = json_pack("[[I]]", (json_int_t)self->inventory);
  return TRUE;
}

static gboolean
ask_removal(gpointer story, TrytonCall *call)
{
  Count *self = story;

  call->method = "model.stock.inventory.delete";
  call->params = json_pack("[[I]]", (json_int_t)self->inventory);
  return TRUE;
}

static gboolean
take_nothing(gpointer story, json_t *result, GError **error)
{
  return TRUE;
}

/**
 * tryton_count_stock:
 * @books: open books
 * @counted: (array length=n_counted): each article once; copied
 * @n_counted: how many
 * @done: called once
 * @user_data: for @done
 *
 * Sets the stock of articles, of all or of none.
 */
void
tryton_count_stock(TrytonBooks *books,
                   const TrytonCounted *counted,
                   guint n_counted,
                   TrytonStepsDone done,
                   gpointer user_data)
{
  static const TrytonStep steps[] = {
    { ask_inventory, take_inventory, FALSE },
    { ask_confirmation, take_nothing, FALSE },
    { NULL, NULL, FALSE },
  };
  Count *self = g_new0(Count, 1);

  self->books = tryton_books_ref(books);
  self->lines = json_array();
  self->done = done;
  self->user_data = user_data;
  for (guint i = 0; i < n_counted; i++)
    (void)json_array_append_new(self->lines, new_line(&counted[i]));
  tryton_steps_run(books->rpc, steps, confirmed_cb, self);
}

/* What was not confirmed is no draft that somebody finds. */
static void
confirmed_cb(gpointer story, const GError *error)
{
  static const TrytonStep steps[] = {
    { ask_removal, take_nothing, FALSE },
    { NULL, NULL, FALSE },
  };
  Count *self = story;

  if (error != NULL)
    self->error = g_error_copy(error);
  if (error == NULL || self->inventory == 0)
    end(self);
  else
    tryton_steps_run(self->books->rpc, steps, removed_cb, self);
}

static void
removed_cb(gpointer story, const GError *error)
{
  end(story);
}
