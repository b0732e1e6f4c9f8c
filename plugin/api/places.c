/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Organisations, companies, stores and registers, and the tree between them; docs/PROTOCOL.md 3.1
 * to 3.4. Some answers carry what hangs below a place, as objects or as bare ids. */
#include "api/places.h"

#include "api/page-read.h"
#include "api/path.h"

/* A place stands on a page of its kind, below its parent, or both. */
static const ShopcaisseShape store_shape;
static const ShopcaisseShape pos_shape;
static const ShopcaisseShape company_shape;

static const ShopcaisseShapeField address_fields[] = {
  { .key = "id" },      { .key = "name" },    { .key = "description" },
  { .key = "line1" },   { .key = "line2" },   { .key = "postalCode" },
  { .key = "city" },    { .key = "country" }, { .key = "extraAddressInfo" },
  { .key = "default" },
};

static const ShopcaisseShape address_shape = SHOPCAISSE_SHAPE("store.address", address_fields);

static const ShopcaisseShapeField subscription_fields[] = {
  { .key = "id" },
  { .key = "storeModuleId" },
  { .key = "storeModuleSettings" },
};

static const ShopcaisseShape subscription_shape =
    SHOPCAISSE_SHAPE("store.subscriptions", subscription_fields);

static const ShopcaisseShapeField organisation_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "companies", .below = &company_shape },
};

static const ShopcaisseShape organisation_shape =
    SHOPCAISSE_SHAPE("organisation", organisation_fields);

static const ShopcaisseShapeField company_fields[] = {
  { .key = "id" },          { .key = "name" },
  { .key = "countryCode" }, { .key = "organisationId" },
  { .key = "active" },      { .key = "stores", .below = &store_shape },
};

static const ShopcaisseShape company_shape = SHOPCAISSE_SHAPE("company", company_fields);

static const ShopcaisseShapeField store_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "companyId" },
  { .key = "active" },
  { .key = "address", .below = &address_shape },
  { .key = "poss", .below = &pos_shape },
  { .key = "customerGroup" },
  { .key = "loyaltyGroup" },
  { .key = "subscriptions", .below = &subscription_shape },
};

static const ShopcaisseShape store_shape = SHOPCAISSE_SHAPE("store", store_fields);

static const ShopcaisseShapeField pos_fields[] = {
  { .key = "id" },     { .key = "storeId" },           { .key = "name" },
  { .key = "active" }, { .key = "configurationMode" }, { .key = "plan" },
};

static const ShopcaisseShape pos_shape = SHOPCAISSE_SHAPE("pos", pos_fields);

typedef struct {
  const ShopcaisseShape *shape;
  const char *segment;    /* of the path */
  const char *parent_key; /* (nullable): the field with the parent's id */
  const char *child_key;  /* (nullable): the field with what hangs below */
  ShopcaissePlaceKind child_kind;
} PlaceWords;

static const PlaceWords place_words[] = {
  [SHOPCAISSE_PLACE_ORGANISATION] = { &organisation_shape, "organisations", NULL, "companies",
                                      SHOPCAISSE_PLACE_COMPANY },
  [SHOPCAISSE_PLACE_COMPANY] = { &company_shape, "companies", "organisationId", "stores",
                                 SHOPCAISSE_PLACE_STORE },
  [SHOPCAISSE_PLACE_STORE] = { &store_shape, "stores", "companyId", "poss", SHOPCAISSE_PLACE_POS },
  [SHOPCAISSE_PLACE_POS] = { &pos_shape, "pos", "storeId", NULL, SHOPCAISSE_PLACE_POS },
};

static const PlaceWords *
get_words(ShopcaissePlaceKind kind)
{
  g_return_val_if_fail((gsize)kind < G_N_ELEMENTS(place_words), &place_words[0]);
  return &place_words[kind];
}

/**
 * shopcaisse_places_request:
 * @kind: which kind of place
 * @page: which page, from 0
 *
 * Asks for the places of one kind that the token sees.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_places_request(ShopcaissePlaceKind kind, guint page)
{
  GString *path = shopcaisse_path_new(get_words(kind)->segment, NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_PLACES_PAGE_SIZE);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gboolean
read_city(json_t *object, char **city, GError **error)
{
  json_t *address = NULL;

  if (!shopcaisse_json_get_object(object, "address", &address, error))
    return FALSE;
  if (address != NULL && !shopcaisse_json_get_text(address, "city", city, error)) {
    g_prefix_error(error, "address.");
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_details(ShopcaissePlace *place, json_t *object, GError **error)
{
  switch (place->kind) {
  case SHOPCAISSE_PLACE_COMPANY:
    return shopcaisse_json_get_text(object, "countryCode", &place->country, error);
  case SHOPCAISSE_PLACE_STORE:
    return read_city(object, &place->city, error);
  case SHOPCAISSE_PLACE_POS:
    return shopcaisse_json_get_boolean(object, "configurationMode", &place->configuration_mode,
                                       error);
  case SHOPCAISSE_PLACE_ORGANISATION:
  default:
    return TRUE;
  }
}

static ShopcaissePlace *
read_place(ShopcaissePlaceKind kind, const char *parent_id, json_t *object, GError **error)
{
  const char *parent_key = get_words(kind)->parent_key;
  g_autoptr(ShopcaissePlace) place = g_new0(ShopcaissePlace, 1);

  place->kind = kind;
  place->parent_id = g_strdup(parent_id);
  place->active = TRUE;
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &place->id, error) ||
      !shopcaisse_json_get_name(object, "name", &place->name, error) ||
      !shopcaisse_json_get_boolean(object, "active", &place->active, error) ||
      !read_details(place, object, error))
    return NULL;
  if (parent_key != NULL && !shopcaisse_json_get_id(object, parent_key, SHOPCAISSE_JSON_OPTIONAL,
                                                    &place->parent_id, error))
    return NULL;
  return g_steal_pointer(&place);
}

/* A bare id: the place is known to be there and nothing more. */
static ShopcaissePlace *
read_bare_place(ShopcaissePlaceKind kind, const char *parent_id, json_t *id, GError **error)
{
  g_autoptr(json_t) object = json_pack("{s:O}", "id", id);

  return read_place(kind, parent_id, object, error);
}

static ShopcaissePlace *
read_object_or_id(ShopcaissePlaceKind kind,
                  const char *parent_id,
                  json_t *value,
                  const char *path,
                  GError **error)
{
  ShopcaissePlace *place = NULL;

  if (!json_is_object(value) && !json_is_string(value)) {
    shopcaisse_json_fail(error, path, "an object", value);
    return NULL;
  }
  if (json_is_string(value))
    place = read_bare_place(kind, parent_id, value, error);
  else
    place = read_place(kind, parent_id, value, error);
  if (place == NULL)
    g_prefix_error(error, "%s.", path);
  return place;
}

/* Adds the place and what hangs below it; what cannot be read is named on the page. */
static void
add_place(ShopcaissePage *page,
          ShopcaissePlaceKind kind,
          const char *parent_id,
          json_t *value,
          const char *path)
{
  const PlaceWords *words = get_words(kind);
  g_autoptr(GError) error = NULL;
  ShopcaissePlace *place = read_object_or_id(kind, parent_id, value, path, &error);
  json_t *below = NULL;

  if (place == NULL) {
    shopcaisse_page_reject(page, error);
    return;
  }
  g_ptr_array_add(page->rows, place);
  if (words->child_key == NULL || !json_is_object(value))
    return;
  if (!shopcaisse_json_get_array(value, words->child_key, &below, &error)) {
    g_prefix_error(&error, "%s.", path);
    shopcaisse_page_reject(page, error);
    return;
  }
  for (gsize i = 0; i < json_array_size(below); i++) {
    g_autofree char *child_path =
        g_strdup_printf("%s.%s[%" G_GSIZE_FORMAT "]", path, words->child_key, i);

    add_place(page, words->child_kind, place->id, json_array_get(below, i), child_path);
  }
}

/**
 * shopcaisse_places_parse:
 * @kind: the kind that was asked for
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of places. Behind each stand the places that the answer has below it.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaissePlace
 */
ShopcaissePage *
shopcaisse_places_parse(ShopcaissePlaceKind kind, GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  ShopcaissePage *page = NULL;

  if (root == NULL)
    return NULL;
  page = shopcaisse_page_open(root, (GDestroyNotify)shopcaisse_place_free, error);
  for (guint i = 0; page != NULL && i < page->n_seen; i++) {
    g_autofree char *path = g_strdup_printf("items[%u]", i);
    json_t *value = json_array_get(json_object_get(root, "items"), i);

    if (json_is_object(value))
      shopcaisse_shape_count(get_words(kind)->shape, value, page->unknown);
    add_place(page, kind, NULL, value, path);
  }
  return page;
}
