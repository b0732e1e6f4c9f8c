/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding, or making, an article of our own. Its code is unique in Tryton, so that of two programs
 * which make it at once one fails, and finds it the next time. */

#include "own-article.h"

#include "amount.h"
#include "articles.h"
#include "config.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>

static char *
dup_code(const TrytonOwnArticle *self)
{
  g_autofree char *rate = tryton_amount_format(self->rate, TRYTON_PERCENT_DIGITS, 0);

  return g_strconcat(TRYTON_OWN_CODE, rate, NULL);
}

static void
ask_creation(TrytonOwnArticle *self, TrytonBooks *books, TrytonCall *call)
{
  g_autofree char *code = dup_code(self);
  g_autofree char *rate = tryton_amount_format(self->rate, TRYTON_PERCENT_DIGITS, 0);
  g_autofree char *name = g_strdup_printf("Shopcaisse %s %%", rate);
  json_int_t unit_id = tryton_catalogue_find_unit(books->catalogue, NULL);
  json_int_t category_id = tryton_catalogue_find_category(books->catalogue, self->rate);

  call->method = "model.product.template.create";
  call->params =
      json_pack("[[{s:s,s:s,s:b,s:I,s:I,s:o,s:I,s:[[s,[{s:s,s:o}]]]}]]", "name", name, "type",
                "service", "salable", 1, "default_uom", unit_id, "sale_uom", unit_id, "list_price",
                tryton_value_new_decimal(0, 0), "account_category", category_id, "products",
                "create", "suffix_code", code, "cost_price", tryton_value_new_decimal(0, 0));
}

/**
 * tryton_own_article_ask:
 * @self: an article of our own
 * @books: the books
 * @call: to be filled
 *
 * Asks for it; asked again, makes it.
 *
 * Returns: %FALSE when it is there
 */
gboolean
tryton_own_article_ask(TrytonOwnArticle *self, TrytonBooks *books, TrytonCall *call)
{
  g_autofree char *code = dup_code(self);

  if (self->product_id != 0)
    return FALSE;
  if (self->was_missing) {
    ask_creation(self, books, call);
    return TRUE;
  }
  call->method = "model.product.product.search_read";
  call->params =
      json_pack("[[[s,s,s]],i,i,[[s,s]],[s]]", "code", "=", code, 0, 1, "id", "ASC", "code");
  return TRUE;
}

/**
 * tryton_own_article_take:
 * @self: an article of our own
 * @books: the books
 * @result: what was answered
 * @error: return location for an error
 *
 * Reads the answer. Fails with %COMPTOIR_ERROR_REJECTED when it would have to be made and no
 * accounting category has its rate.
 *
 * Returns: %TRUE when it is there, or can be asked for again
 */
gboolean
tryton_own_article_take(TrytonOwnArticle *self, TrytonBooks *books, json_t *result, GError **error)
{
  g_autofree char *rate = NULL;

  if (self->was_missing) {
    self->was_missing = FALSE;
    return TRUE;
  }
  self->product_id = tryton_value_get_id(json_array_get(result, 0), "id");
  if (self->product_id != 0)
    return TRUE;
  self->was_missing = TRUE;
  if (tryton_catalogue_find_category(books->catalogue, self->rate) != 0)
    return TRUE;
  rate = tryton_amount_format(self->rate, TRYTON_PERCENT_DIGITS, 0);
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
              _("Tryton has no accounting category whose customer taxes make %s %%"), rate);
  return FALSE;
}
