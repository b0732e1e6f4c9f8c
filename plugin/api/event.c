/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The body of a webhook; docs/PROTOCOL.md 4. Its content is not read: what changed is asked for. */
#include "api/event.h"

#include "api/json.h"

#include <string.h>

#define NAME_MAX_BYTES 64

static gboolean
is_name(const char *text)
{
  gsize length = strlen(text);

  if (length == 0 || length > NAME_MAX_BYTES)
    return FALSE;
  for (; *text != '\0'; text++) {
    if (!g_ascii_isalnum(*text) && strchr(".-_", *text) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_name(json_t *root, char **name, GError **error)
{
  g_autofree char *text = NULL;

  if (!shopcaisse_json_get_text(root, "event", &text, error))
    return FALSE;
  if (text == NULL || !is_name(text)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "event: the name of an event is wanted");
    return FALSE;
  }
  *name = g_steal_pointer(&text);
  return TRUE;
}

static gboolean
read_resource(json_t *root, char **id, GError **error)
{
  json_t *resource = NULL;

  if (!shopcaisse_json_get_object(root, "resource", &resource, error))
    return FALSE;
  if (resource == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "resource: it is missing");
    return FALSE;
  }
  if (shopcaisse_json_get_id(resource, "id", SHOPCAISSE_JSON_REQUIRED, id, error))
    return TRUE;
  g_prefix_error(error, "resource.");
  return FALSE;
}

/**
 * shopcaisse_event_parse:
 * @body: a body whose signature is right
 * @error: return location for an error
 *
 * Reads which event it is, and of which resource.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL for a text that is no event.
 *
 * Returns: (transfer full): the event
 */
ShopcaisseEvent *
shopcaisse_event_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  g_autoptr(ShopcaisseEvent) event = NULL;

  if (root == NULL)
    return NULL;
  event = g_new0(ShopcaisseEvent, 1);
  if (!read_name(root, &event->name, error) || !read_resource(root, &event->resource_id, error))
    return NULL;
  return g_steal_pointer(&event);
}

/**
 * shopcaisse_event_free:
 * @self: (nullable): an event
 *
 * Frees it.
 */
void
shopcaisse_event_free(ShopcaisseEvent *self)
{
  if (self == NULL)
    return;
  g_free(self->name);
  g_free(self->resource_id);
  g_free(self);
}
