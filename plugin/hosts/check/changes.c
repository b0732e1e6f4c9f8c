/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes to a host's articles and sales of a till, their answers row by row, and the many articles
 * that are made so that there are pages to turn. */

#include "changes.h"

#define BATCH 500

/**
 * changed_clear:
 * @self: the answer
 *
 * Releases what @self owns.
 */
void
changed_clear(Changed *self)
{
  reply_clear(&self->reply);
  g_clear_pointer(&self->rows, g_variant_unref);
}

/**
 * changed_ask:
 * @self: (out caller-allocates): the answer, zero before
 * @run: the run
 * @question: apply_articles or record_sales
 * @rows: (array) changes; a floating reference is consumed
 *
 * Asks the host to write.
 *
 * Returns: %TRUE when it answered with rows
 */
gboolean
changed_ask(Changed *self, Run *run, Question question, GVariant *rows)
{
  if (!run_ask(run, question, rows, &self->reply))
    return FALSE;
  self->rows =
      g_variant_lookup_value(self->reply.answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  return self->rows != NULL;
}

/**
 * changed_find:
 * @self: the answer
 * @key: a change's key
 *
 * Finds the answer to one change, the first if there are several.
 *
 * Returns: (transfer full) (nullable): a change answer
 */
GVariant *
changed_find(const Changed *self, const char *key)
{
  gsize n_rows = self->rows == NULL ? 0 : g_variant_n_children(self->rows);

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->rows, i);
    const char *found = NULL;

    if (g_variant_lookup(row, COMPTOIR_KEY_KEY, "&s", &found) && g_str_equal(found, key))
      return g_steal_pointer(&row);
  }
  return NULL;
}

/**
 * changed_dup_id:
 * @self: the answer
 * @key: a change's key
 *
 * Gives the id of what was written.
 *
 * Returns: (transfer full) (nullable): the id, or %NULL when the change is not done
 */
char *
changed_dup_id(const Changed *self, const char *key)
{
  g_autoptr(GVariant) row = changed_find(self, key);
  const char *status = "";
  char *id = NULL;

  if (row == NULL || !g_variant_lookup(row, COMPTOIR_KEY_STATUS, "&s", &status) ||
      !g_str_equal(status, "done"))
    return NULL;
  (void)g_variant_lookup(row, COMPTOIR_KEY_ID, "s", &id);
  return id;
}

/**
 * changed_dup_fault:
 * @self: the answer
 * @key: the key of a change that can be made
 *
 * Says why there is no id, for people.
 *
 * Returns: (transfer full): a half sentence
 */
char *
changed_dup_fault(const Changed *self, const char *key)
{
  g_autoptr(GVariant) row = changed_find(self, key);
  const char *status = "nothing";
  const char *message = "no message";

  if (self->reply.error != NULL)
    return g_strdup_printf("the whole question fails: %s", self->reply.error->message);
  if (row == NULL)
    return g_strdup_printf("no row answers the key \"%.40s\"", key);
  (void)g_variant_lookup(row, COMPTOIR_KEY_STATUS, "&s", &status);
  (void)g_variant_lookup(row, COMPTOIR_KEY_MESSAGE, "&s", &message);
  return g_strdup_printf("\"%.40s\" is answered with %s, %s", key, status, message);
}

/**
 * change_new:
 * @key: names the change
 * @change: create, update or delete
 * @id: (nullable): the article
 * @fields: (nullable): what to write; a floating reference is consumed
 *
 * Makes an article change.
 *
 * Returns: (transfer none): a floating row
 */
GVariant *
change_new(const char *key, const char *change, const char *id, GVariant *fields)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, COMPTOIR_KEY_KEY, "s", key);
  g_variant_dict_insert(&row, COMPTOIR_KEY_CHANGE, "s", change);
  if (id != NULL)
    g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", id);
  if (fields != NULL)
    g_variant_dict_insert_value(&row, COMPTOIR_KEY_FIELDS, fields);
  return g_variant_dict_end(&row);
}

/**
 * change_new_article:
 * @key: names the change
 * @name: the article's name
 *
 * Makes a change that creates an article.
 *
 * Returns: (transfer none): a floating row
 */
GVariant *
change_new_article(const char *key, const char *name)
{
  return change_new(
      key, "create", NULL,
      g_variant_new_parsed("{'name': <%s>, 'price': <'2.50'>, 'vat_rate': <'10'>}", name));
}

/**
 * till_sale_new:
 * @key: names the recording
 * @id: the channel's id of the sale
 *
 * Makes a sale of the till, of one coffee.
 *
 * Returns: (transfer none): a floating row
 */
GVariant *
till_sale_new(const char *key, const char *id)
{
  return g_variant_new_parsed(
      "{'key': <%s>, 'id': <%s>, 'type': <'SALE'>, 'sold_at': <'2026-03-01T11:02:00Z'>,"
      " 'total': <'2.50'>,"
      " 'lines': <[{'name': <'Check'>, 'quantity': <'1'>, 'unit_price': <'2.50'>,"
      " 'total': <'2.50'>, 'vat_rate': <'10'>}]>,"
      " 'payments': <[{'method': <'cash'>, 'amount': <'2.50'>}]>,"
      " 'vat': <[{'rate': <'10'>, 'gross': <'2.50'>, 'vat': <'0.23'>, 'net': <'2.27'>}]>}",
      key, id);
}

static GVariant *
build_batch(guint first, guint end)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = first; i < end; i++) {
    g_autofree char *key = g_strdup_printf("check-row-%u", i);
    g_autofree char *name = g_strdup_printf("Check %05u", i);

    g_variant_builder_add_value(&rows, change_new_article(key, name));
  }
  return g_variant_builder_end(&rows);
}

static void
note_batch(Run *run, const Changed *changed)
{
  gsize n_rows = changed->rows == NULL ? 0 : g_variant_n_children(changed->rows);

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(changed->rows, i);
    char *key = NULL;
    char *id = NULL;

    if (g_variant_lookup(row, COMPTOIR_KEY_KEY, "s", &key) &&
        g_variant_lookup(row, COMPTOIR_KEY_ID, "s", &id)) {
      g_hash_table_insert(run->seeded, key, id);
    } else {
      g_free(key);
    }
  }
}

/**
 * run_seed:
 * @self: the run
 *
 * Makes articles where that is allowed, so that there are pages to turn. A host that cannot keeps
 * those it has.
 */
void
run_seed(Run *self)
{
  if (!self->options.can_write || !run_can_ask(self, QUESTION_APPLY_ARTICLES))
    return;
  for (guint first = 0; first < self->options.n_rows && !asker_is_dead(self->asker);
       first += BATCH) {
    g_auto(Changed) changed = { 0 };

    if (!changed_ask(&changed, self, QUESTION_APPLY_ARTICLES,
                     build_batch(first, MIN(first + BATCH, self->options.n_rows))))
      return;
    note_batch(self, &changed);
  }
  self->is_seeded = g_hash_table_size(self->seeded) == self->options.n_rows;
}
