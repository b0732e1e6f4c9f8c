/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Families of a company: a flat list; docs/PROTOCOL.md 3.6. */
#include "api/catalogue.h"
#include "api/page-read.h"
#include "api/path.h"

/**
 * shopcaisse_families_request:
 * @company_id: the company
 * @page: which page, from 0
 *
 * Asks for a page of families.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_families_request(const char *company_id, guint page)
{
  g_return_val_if_fail(company_id != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "families", NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_FAMILIES_PAGE_SIZE);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gpointer
read_family(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseFamily) family = g_new0(ShopcaisseFamily, 1);

  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &family->id, error) ||
      !shopcaisse_json_get_name(object, "name", &family->name, error))
    return NULL;
  family->is_technical = shopcaisse_family_name_is_technical(family->name);
  return g_steal_pointer(&family);
}

static const ShopcaisseShapeField family_fields[] = {
  { .key = "id" },   { .key = "organisation" }, { .key = "company" },
  { .key = "name" }, { .key = "position" },     { .key = "active" },
};

static const ShopcaisseShape family_shape = SHOPCAISSE_SHAPE("family", family_fields);

static const ShopcaisseRowKind family_row = {
  .shape = &family_shape,
  .row_read = read_family,
  .row_free = (GDestroyNotify)shopcaisse_family_free,
};

/**
 * shopcaisse_families_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of families.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseFamily
 */
ShopcaissePage *
shopcaisse_families_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &family_row, error);
}
