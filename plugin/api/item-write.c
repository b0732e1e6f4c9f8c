/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making, changing and deleting items; docs/PROTOCOL.md 3.5, 6.1 (6), 6.2 (1, 2). Each answer is
 * the item, for shopcaisse_item_parse(); a 200 alone proves nothing. */
#include "api/item-write.h"

#include "api/catalogue.h"
#include "api/json-edit.h"
#include "api/json-writer.h"
#include "api/path.h"
#include "model/money.h"
#include "model/text.h"

#define RATE_MAX_BP   10000 /* 100 % */
#define N_CHANGEABLES 5

static gboolean
is_rate(gint64 vat_bp)
{
  return vat_bp >= 0 && vat_bp <= RATE_MAX_BP;
}

static void
add_optional_text(GString *json, const char *key, const char *text)
{
  if (text != NULL)
    shopcaisse_json_add_text(json, key, text);
}

static void
add_text_lines(GString *json, const char *key, const char *const *lines)
{
  shopcaisse_json_begin_array(json, key);
  for (gsize i = 0; i < SHOPCAISSE_ITEM_TEXT_LINES; i++)
    shopcaisse_json_add_text(json, NULL, lines[i]);
  shopcaisse_json_end_array(json);
}

/**
 * shopcaisse_item_build:
 * @draft: the item
 * @form: how amounts are written there: %SHOPCAISSE_FORM_DECIMAL, unless it was found out otherwise
 *
 * Writes a new item as JSON. Rates are numbers here, and objects when the item is read; both are
 * always sent, for the sources disagree on whether one is needed.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_item_build(const ShopcaisseItemDraft *draft, ShopcaisseForm form)
{
  g_return_val_if_fail(draft != NULL && draft->name != NULL, NULL);
  g_return_val_if_fail(form != SHOPCAISSE_FORM_UNKNOWN, NULL);
  g_return_val_if_fail(draft->price_minor >= 0, NULL);
  g_return_val_if_fail(draft->price_minor <= SHOPCAISSE_MONEY_MAX_MINOR, NULL);
  g_return_val_if_fail(is_rate(draft->vat_on_site_bp) && is_rate(draft->vat_take_away_bp), NULL);
  g_return_val_if_fail((draft->text_lines[0] == NULL) == (draft->text_lines[1] == NULL), NULL);

  GString *json = g_string_new(NULL);

  shopcaisse_json_begin_object(json, NULL);
  shopcaisse_json_add_text(json, "name", draft->name);
  shopcaisse_json_add_money(json, "price", draft->price_minor, form);
  if (draft->text_lines[0] != NULL)
    add_text_lines(json, "textLines", draft->text_lines);
  add_optional_text(json, "reference", draft->reference);
  add_optional_text(json, "barcode", draft->barcode);
  add_optional_text(json, "description", draft->description);
  add_optional_text(json, "familyId", draft->family_id);
  shopcaisse_json_add_rate(json, "vatOnSite", draft->vat_on_site_bp);
  shopcaisse_json_add_rate(json, "vatTakeAway", draft->vat_take_away_bp);
  shopcaisse_json_end_object(json);
  return g_string_free_to_bytes(json);
}

/**
 * shopcaisse_item_create_request:
 * @company_id: the company
 * @body: what [func@Shopcaisse.item_build] gave; a reference is taken
 *
 * Makes an item. Nothing recognises a repetition: barcode, reference and name are looked up first.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_item_create_request(const char *company_id, GBytes *body)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && body != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "items", NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_POST, g_string_free(path, FALSE), body,
                                SHOPCAISSE_ANSWER_MAX);
}

static void
add_member(ShopcaisseJsonMember *members, gsize *n_members, const char *key, char *json)
{
  if (json != NULL)
    members[(*n_members)++] = (ShopcaisseJsonMember){ key, json };
}

static char *
quote(const char *text)
{
  return text != NULL ? shopcaisse_json_quote(text) : NULL;
}

static char *
quote_lines(const char *const *lines)
{
  GString *json = NULL;

  if (lines[0] == NULL)
    return NULL;
  json = g_string_new(NULL);
  add_text_lines(json, NULL, lines);
  return g_string_free(json, FALSE);
}

/**
 * shopcaisse_item_edit:
 * @read: the item as the service answered it just now
 * @changes: what is to be changed
 * @error: return location for an error
 *
 * Writes a changed item. Whether what is left out would be erased is unknown (docs/PROTOCOL.md
 * 3.5), so all that was read goes back, what is not known here included.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @read is not an item.
 *
 * Returns: (transfer full): the body of the request
 */
GBytes *
shopcaisse_item_edit(GBytes *read, const ShopcaisseItemChanges *changes, GError **error)
{
  g_return_val_if_fail(read != NULL && changes != NULL, NULL);
  g_return_val_if_fail((changes->text_lines[0] == NULL) == (changes->text_lines[1] == NULL), NULL);

  g_autoptr(ShopcaisseItem) item = shopcaisse_item_parse(read, error);
  g_autofree char *name = quote(changes->name);
  g_autofree char *lines = quote_lines(changes->text_lines);
  g_autofree char *description = quote(changes->description);
  g_autofree char *long_description = quote(changes->long_description);
  g_autofree char *reference = quote(changes->reference);
  ShopcaisseJsonMember members[N_CHANGEABLES] = { { NULL, NULL } };
  gsize n_members = 0;

  if (item == NULL)
    return NULL;
  add_member(members, &n_members, "name", name);
  add_member(members, &n_members, "textLines", lines);
  add_member(members, &n_members, "description", description);
  add_member(members, &n_members, "longDescription", long_description);
  add_member(members, &n_members, "reference", reference);
  return shopcaisse_json_edit(read, members, n_members, error);
}

static ShopcaisseRequest *
new_item_request(ShopcaisseMethod method, const char *company_id, const char *item_id, GBytes *body)
{
  GString *path = shopcaisse_path_new("companies", company_id, "items", item_id, NULL);

  return shopcaisse_request_new(method, g_string_free(path, FALSE), body, SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_item_edit_request:
 * @company_id: the company
 * @item_id: the item
 * @body: what [func@Shopcaisse.item_edit] gave; a reference is taken
 *
 * Changes an item. The service answers 200 to anything, so the answer is compared with what was
 * meant.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_item_edit_request(const char *company_id, const char *item_id, GBytes *body)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && shopcaisse_text_is_id(item_id), NULL);
  g_return_val_if_fail(body != NULL, NULL);

  return new_item_request(SHOPCAISSE_METHOD_PUT, company_id, item_id, body);
}

/**
 * shopcaisse_item_delete_request:
 * @company_id: the company
 * @item_id: the item
 *
 * Deletes an item.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_item_delete_request(const char *company_id, const char *item_id)
{
  g_return_val_if_fail(shopcaisse_text_is_id(company_id) && shopcaisse_text_is_id(item_id), NULL);

  return new_item_request(SHOPCAISSE_METHOD_DELETE, company_id, item_id, NULL);
}
