/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an answer holds beyond docs/PROTOCOL.md 3: fields and words of enumerations that nobody has
 * described. They are counted by name, so that a change of the service is seen. */
#include "api/shape.h"

#include <string.h>

#define MAX_NAME_BYTES 40
#define ODD_NAME       "?"

/* A key or a word may be anything, a customer's name too: only what looks like one is kept. */
static const char *
clean_name(const char *name)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  gsize length = strlen(name);

  return length > 0 && length <= MAX_NAME_BYTES && strspn(name, allowed) == length ? name
                                                                                   : ODD_NAME;
}

/* Called for each member of each row: the first letter spares most of the comparisons. */
static const ShopcaisseShapeField *
find_field(const ShopcaisseShape *self, const char *key)
{
  for (gsize i = 0; i < self->n_fields; i++) {
    if (self->fields[i].key[0] == key[0] && strcmp(self->fields[i].key, key) == 0)
      return &self->fields[i];
  }
  return NULL;
}

static void
count_name(ShopcaisseTally *tally, const ShopcaisseShape *shape, const char *key, const char *word)
{
  g_autofree char *name = g_strconcat(shape->name, ".", clean_name(key), word != NULL ? "=" : NULL,
                                      word != NULL ? clean_name(word) : NULL, NULL);

  (void)shopcaisse_tally_add(tally, name, 1); /* new or not */
}

static void
count_value(const ShopcaisseShapeField *field, json_t *value, ShopcaisseTally *tally)
{
  if (json_is_object(value))
    shopcaisse_shape_count(field->below, value, tally);
  for (gsize i = 0; i < json_array_size(value); i++) {
    json_t *element = json_array_get(value, i);

    if (json_is_object(element))
      shopcaisse_shape_count(field->below, element, tally);
  }
}

/**
 * shopcaisse_shape_count:
 * @self: what is known of such an object
 * @object: an object of an answer
 * @tally: where it is counted
 *
 * Counts the fields of @object, and of what it holds, that are not known, and the words of known
 * fields that are not. Fields of another type than known are for the parsers to refuse.
 */
void
shopcaisse_shape_count(const ShopcaisseShape *self, json_t *object, ShopcaisseTally *tally)
{
  g_return_if_fail(self != NULL && tally != NULL);

  const char *key = NULL;
  json_t *value = NULL;

  json_object_foreach(object, key, value)
  {
    const ShopcaisseShapeField *field = find_field(self, key);
    const char *word = json_string_value(value);

    if (field == NULL)
      count_name(tally, self, key, NULL);
    else if (field->below != NULL)
      count_value(field, value, tally);
    else if (field->is_known != NULL && word != NULL && !field->is_known(word))
      count_name(tally, self, key, word);
  }
}
