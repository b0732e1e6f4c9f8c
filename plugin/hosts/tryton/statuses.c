/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The states of Tryton's sales as the contract has them. A draft is nothing anybody has agreed to,
 * and what is cancelled is no sale: neither is among them. */

#include "statuses.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *state;
  const char *name; /* to be translated */
} statuses[] = {
  /* Translators: states of a sale in Tryton, as Tryton calls them in this language. */
  { "quotation", N_("Quotation") },
  { "confirmed", N_("Confirmed") },
  { "processing", N_("Processing") },
  { "done", N_("Done") },
};

static GVariant *
new_row(TrytonBooks *books, gsize i)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  gboolean is_sold = g_strv_contains((const char *const *)books->states, statuses[i].state);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", statuses[i].state);
  g_variant_dict_insert(&row, COMPTOIR_KEY_NAME, "s", _(statuses[i].name));
  g_variant_dict_insert(&row, "sold", "b", is_sold);
  return g_variant_dict_end(&row);
}

/**
 * tryton_statuses_new_page:
 * @books: books
 *
 * Returns: (transfer floating): a page of sale statuses
 */
GVariant *
tryton_statuses_new_page(TrytonBooks *books)
{
  GVariant *rows[G_N_ELEMENTS(statuses)] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
    rows[i] = new_row(books, i);
  return comptoir_page_new(comptoir_rows_new(rows, G_N_ELEMENTS(rows)), NULL);
}

/**
 * tryton_statuses_new_array:
 *
 * Returns: (transfer full): the states, as an array
 */
json_t *
tryton_statuses_new_array(void)
{
  json_t *states = json_array();

  for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
    (void)json_array_append_new(states, json_string(statuses[i].state));
  return states;
}
