/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a token may do: resources and permission nodes with wildcards; docs/PROTOCOL.md 1.1. The
 * service decides, this only lets a missing right be named before a request fails. */
#include "api/grant.h"

#include <string.h>

static int
compare_texts_cb(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char **
finish_texts(GPtrArray *texts)
{
  g_ptr_array_sort(texts, compare_texts_cb);
  g_ptr_array_add(texts, NULL);
  return (char **)g_ptr_array_free(texts, FALSE);
}

/* "company" and "abc" make "company.abc"; an id that has its type already stays as it is. */
static gboolean
add_resource(GPtrArray *texts, const char *type, json_t *value, GError **error)
{
  if (!json_is_string(value))
    return shopcaisse_json_fail(error, "resources", "strings", value);

  const char *id = json_string_value(value);

  if (type == NULL || (g_str_has_prefix(id, type) && id[strlen(type)] == '.'))
    g_ptr_array_add(texts, g_strdup(id));
  else
    g_ptr_array_add(texts, g_strconcat(type, ".", id, NULL));
  return TRUE;
}

static gboolean
add_resources(GPtrArray *texts, const char *type, json_t *value, GError **error)
{
  if (json_is_null(value))
    return TRUE;
  if (!json_is_array(value))
    return add_resource(texts, type, value, error);
  for (gsize i = 0; i < json_array_size(value); i++) {
    if (!add_resource(texts, type, json_array_get(value, i), error))
      return FALSE;
  }
  return TRUE;
}

/* An array, or an object by type: docs/PROTOCOL.md 1.2. */
static gboolean
read_resources(json_t *value, GPtrArray *texts, GError **error)
{
  const char *type = NULL;
  json_t *inner = NULL;

  if (value == NULL || json_is_null(value))
    return TRUE;
  if (json_is_array(value))
    return add_resources(texts, NULL, value, error);
  if (!json_is_object(value))
    return shopcaisse_json_fail(error, "resources", "an array", value);
  json_object_foreach(value, type, inner)
  {
    if (!add_resources(texts, type, inner, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_permissions(json_t *value, GPtrArray *texts, GError **error)
{
  const char *node = NULL;
  json_t *inner = NULL;

  if (value == NULL || json_is_null(value))
    return TRUE;
  if (!json_is_object(value))
    return shopcaisse_json_fail(error, "permissions", "an object", value);
  json_object_foreach(value, node, inner)
  {
    if (json_is_true(inner))
      g_ptr_array_add(texts, g_strdup(node));
  }
  return TRUE;
}

/**
 * shopcaisse_grant_read:
 * @self: the grant to fill
 * @object: an object with resources and permissions
 * @error: return location for an error
 *
 * Reads what the token may act on and what it may do.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when one is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_grant_read(ShopcaisseGrant *self, json_t *object, GError **error)
{
  g_autoptr(GPtrArray) resources = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) permissions = g_ptr_array_new_with_free_func(g_free);

  if (!read_resources(json_object_get(object, "resources"), resources, error) ||
      !read_permissions(json_object_get(object, "permissions"), permissions, error))
    return FALSE;
  g_strfreev(self->resources);
  self->resources = finish_texts(g_steal_pointer(&resources));
  g_strfreev(self->permissions);
  self->permissions = finish_texts(g_steal_pointer(&permissions));
  return TRUE;
}

/* Segments without the star behind the type: "company.*.items" and "company.items" mean the same.
 */
static char **
split_node(const char *node)
{
  g_autofree char *copy = g_strdup(node);
  char *star = strstr(copy, ".*.");

  if (star != NULL && memchr(copy, '.', (gsize)(star - copy)) == NULL)
    memmove(star, star + 2, strlen(star + 2) + 1);
  return g_strsplit(copy, ".", -1);
}

/* A granted node covers all that begins with it; a star covers any one segment. */
static gboolean
covers(char **granted, char **wanted)
{
  gsize i = 0;

  if (granted[0] == NULL || granted[0][0] == '\0')
    return FALSE;
  for (; granted[i] != NULL; i++) {
    if (wanted[i] == NULL || (strcmp(granted[i], "*") != 0 && strcmp(granted[i], wanted[i]) != 0))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_grant_allows:
 * @self: the grant
 * @node: a permission such as "store.*.orders.write"
 *
 * Tells whether a right is granted: by itself, by a node above it ("company.*.items" covers
 * "company.*.items.read") or by a wildcard ("store.*.*" covers all of a store).
 *
 * Returns: %TRUE when it is
 */
gboolean
shopcaisse_grant_allows(const ShopcaisseGrant *self, const char *node)
{
  g_return_val_if_fail(self != NULL && node != NULL, FALSE);

  g_auto(GStrv) wanted = split_node(node);

  for (gsize i = 0; self->permissions != NULL && self->permissions[i] != NULL; i++) {
    g_auto(GStrv) granted = split_node(self->permissions[i]);

    if (covers(granted, wanted))
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_grant_free:
 * @self: (nullable) (transfer full): a grant
 *
 * Frees a grant.
 */
void
shopcaisse_grant_free(ShopcaisseGrant *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->application_id);
  g_free(self->environment);
  g_strfreev(self->resources);
  g_strfreev(self->permissions);
  g_free(self);
}
