/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes an object again with some members changed. All the others stay as they came, byte for
 * byte: what is not known here must come back, and no number may pass through a double. */
#include "api/json-edit.h"

#include "api/json-writer.h"
#include "api/json.h"

#include <string.h>

/* The text has been parsed once, so only well-formed JSON is walked. */
typedef struct {
  const char *data;
  gsize size;
  gsize at;
} Walk;

static void
skip_spaces(Walk *walk)
{
  while (walk->at < walk->size && strchr(" \t\r\n", walk->data[walk->at]) != NULL)
    walk->at++;
}

static void
skip_string(Walk *walk)
{
  for (walk->at++; walk->at < walk->size && walk->data[walk->at] != '"'; walk->at++) {
    if (walk->data[walk->at] == '\\')
      walk->at++;
  }
  walk->at++;
}

/* Ends on the comma or brace behind the value. */
static void
skip_value(Walk *walk)
{
  guint depth = 0;

  while (walk->at < walk->size) {
    char character = walk->data[walk->at];

    if (character == '"') {
      skip_string(walk);
      continue;
    }
    if (depth == 0 && (character == ',' || character == '}'))
      return;
    if (character == '{' || character == '[')
      depth++;
    else if (character == '}' || character == ']')
      depth--;
    walk->at++;
  }
}

static char *
read_key(Walk *walk)
{
  gsize start = walk->at;
  json_t *key = NULL;
  char *text = NULL;

  skip_string(walk);
  key = json_loadb(walk->data + start, walk->at - start, JSON_DECODE_ANY, NULL);
  text = g_strdup(json_string_value(key));
  json_decref(key);
  return text;
}

static gssize
find_member(const ShopcaisseJsonMember *members, gsize n_members, const char *key)
{
  for (gsize i = 0; i < n_members; i++) {
    if (g_strcmp0(members[i].key, key) == 0)
      return (gssize)i;
  }
  return -1;
}

/* One member of the object as it came, or in its new form. */
static void
copy_member(Walk *walk,
            const ShopcaisseJsonMember *members,
            gsize n_members,
            gboolean *is_written,
            GString *json)
{
  gsize start = walk->at;
  g_autofree char *key = read_key(walk);
  gssize place = find_member(members, n_members, key);

  skip_value(walk);
  if (place < 0) {
    shopcaisse_json_add_raw(json, NULL, walk->data + start, walk->at - start);
    return;
  }
  is_written[place] = TRUE;
  if (members[place].json != NULL)
    shopcaisse_json_add_raw(json, members[place].key, members[place].json,
                            strlen(members[place].json));
}

static void
copy_members(Walk *walk,
             const ShopcaisseJsonMember *members,
             gsize n_members,
             gboolean *is_written,
             GString *json)
{
  skip_spaces(walk);
  walk->at++; /* the brace */
  skip_spaces(walk);
  while (walk->at < walk->size && walk->data[walk->at] == '"') {
    copy_member(walk, members, n_members, is_written, json);
    if (walk->at < walk->size && walk->data[walk->at] == ',')
      walk->at++;
    skip_spaces(walk);
  }
}

/**
 * shopcaisse_json_edit:
 * @object: an object as it was read
 * @members: (array length=n_members): what is to be in it, each key once
 * @n_members: how many
 * @error: return location for an error
 *
 * Writes @object with @members in the place of those of the same keys, or behind the others; one
 * without a value is left out.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @object is not such JSON.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_json_edit(GBytes *object,
                     const ShopcaisseJsonMember *members,
                     gsize n_members,
                     GError **error)
{
  g_return_val_if_fail(object != NULL && (members != NULL || n_members == 0), NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(object, error);
  g_autofree gboolean *is_written = g_new0(gboolean, n_members + 1);
  GString *json = NULL;
  Walk walk = { 0 };

  if (root == NULL)
    return NULL;
  walk.data = g_bytes_get_data(object, &walk.size);
  json = g_string_sized_new(walk.size);
  shopcaisse_json_begin_object(json, NULL);
  copy_members(&walk, members, n_members, is_written, json);
  for (gsize i = 0; i < n_members; i++) {
    if (!is_written[i] && members[i].json != NULL)
      shopcaisse_json_add_raw(json, members[i].key, members[i].json, strlen(members[i].json));
  }
  shopcaisse_json_end_object(json);
  return g_string_free_to_bytes(json);
}
