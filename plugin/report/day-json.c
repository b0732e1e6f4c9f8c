/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A day close for programs: every key of the report, amounts as decimal texts, never as floats. */
#include "report/day-report.h"

#include <jansson.h>

#define INDENT 2

static json_t *build(GVariant *value);

static json_t *
build_object(GVariant *value)
{
  json_t *object = json_object();
  GVariantIter iter;
  const char *key = NULL;
  GVariant *member = NULL;

  g_variant_iter_init(&iter, value);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &member)) {
    g_autoptr(GVariant) owned = member;

    json_object_set_new(object, key, build(owned));
  }
  return object;
}

static json_t *
build_array(GVariant *value)
{
  json_t *array = json_array();

  for (gsize i = 0; i < g_variant_n_children(value); i++) {
    g_autoptr(GVariant) child = g_variant_get_child_value(value, i);

    json_array_append_new(array, build(child));
  }
  return array;
}

static json_t *
build(GVariant *value)
{
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return json_string(g_variant_get_string(value, NULL));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
    return json_boolean(g_variant_get_boolean(value));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32))
    return json_integer(g_variant_get_uint32(value));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_INT64))
    return json_integer(g_variant_get_int64(value));
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_VARDICT))
    return build_object(value);
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_ARRAY))
    return build_array(value);
  return json_null();
}

/**
 * shopcaisse_day_report_to_json:
 * @report: a report
 *
 * Writes it as JSON, its keys in order.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_day_report_to_json(GVariant *report)
{
  json_t *root = build_object(report);
  char *dumped = json_dumps(root, JSON_INDENT(INDENT) | JSON_SORT_KEYS);
  char *text = g_strconcat(dumped, "\n", NULL);

  free(dumped);
  json_decref(root);
  return text;
}
