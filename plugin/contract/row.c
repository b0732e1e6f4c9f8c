/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One row of a list, whose values may come after the row itself. */
#include <comptoir/comptoir-row.h>

struct _ComptoirRow {
  GObject parent_instance;

  GVariant *values; /* (owned) (nullable): a{sv}; absent until read */
};

G_DEFINE_FINAL_TYPE(ComptoirRow, comptoir_row, G_TYPE_OBJECT)

typedef enum {
  PROP_VALUES = 1
} ComptoirRowProperty;

/**
 * comptoir_row_new:
 * @values: (nullable): a dictionary `a{sv}`; a floating reference is consumed
 *
 * Makes a row, or a placeholder when @values is %NULL.
 *
 * Returns: (transfer full): the row
 *
 * Since: 1.0
 */
ComptoirRow *
comptoir_row_new(GVariant *values)
{
  return g_object_new(COMPTOIR_TYPE_ROW, "values", values, NULL);
}

/**
 * comptoir_row_get_values:
 * @self: the row
 *
 * Gives the values, or %NULL while the row is a placeholder.
 *
 * Returns: (transfer none) (nullable): a dictionary `a{sv}`
 *
 * Since: 1.0
 */
GVariant *
comptoir_row_get_values(ComptoirRow *self)
{
  g_return_val_if_fail(COMPTOIR_IS_ROW(self), NULL);

  return self->values;
}

static gboolean
has_same_values(ComptoirRow *self, GVariant *values)
{
  if (self->values == NULL || values == NULL)
    return self->values == values;
  return g_variant_equal(self->values, values);
}

/**
 * comptoir_row_set_values:
 * @self: the row
 * @values: (nullable): a dictionary `a{sv}`; a floating reference is consumed
 *
 * Fills the row, or makes it a placeholder again. `notify::values` is emitted when something
 * changed.
 *
 * Since: 1.0
 */
void
comptoir_row_set_values(ComptoirRow *self, GVariant *values)
{
  g_return_if_fail(COMPTOIR_IS_ROW(self));
  g_return_if_fail(values == NULL || g_variant_is_of_type(values, G_VARIANT_TYPE_VARDICT));

  g_autoptr(GVariant) given = values != NULL ? g_variant_ref_sink(values) : NULL;
  if (has_same_values(self, given))
    return;
  g_clear_pointer(&self->values, g_variant_unref);
  self->values = g_steal_pointer(&given);
  g_object_notify(G_OBJECT(self), "values");
}

/**
 * comptoir_row_dup_text:
 * @self: the row
 * @key: the key
 *
 * Gives one value as text for people: a text as it is, texts with commas between them, anything
 * else as GVariant prints it.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if the row is a placeholder or has not
 * got
 *   @key
 *
 * Since: 1.0
 */
char *
comptoir_row_dup_text(ComptoirRow *self, const char *key)
{
  g_return_val_if_fail(COMPTOIR_IS_ROW(self), NULL);
  g_return_val_if_fail(key != NULL, NULL);

  if (self->values == NULL)
    return NULL;
  g_autoptr(GVariant) value = g_variant_lookup_value(self->values, key, NULL);
  if (value == NULL)
    return NULL;
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string(value, NULL);
  if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY)) {
    g_autofree const char **texts = g_variant_get_strv(value, NULL);
    return g_strjoinv(", ", (char **)texts);
  }
  return g_variant_print(value, FALSE);
}

static void
comptoir_row_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ComptoirRow *self = COMPTOIR_ROW(object);
  switch ((ComptoirRowProperty)id) {
  case PROP_VALUES:
    g_value_set_variant(value, self->values);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
comptoir_row_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ComptoirRow *self = COMPTOIR_ROW(object);
  switch ((ComptoirRowProperty)id) {
  case PROP_VALUES:
    comptoir_row_set_values(self, g_value_get_variant(value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
comptoir_row_finalize(GObject *object)
{
  ComptoirRow *self = COMPTOIR_ROW(object);
  g_clear_pointer(&self->values, g_variant_unref);
  G_OBJECT_CLASS(comptoir_row_parent_class)->finalize(object);
}

static void
comptoir_row_init(ComptoirRow *self)
{
  (void)self; /* a placeholder is all zero */
}

static void
comptoir_row_class_init(ComptoirRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  object_class->get_property = comptoir_row_get_property;
  object_class->set_property = comptoir_row_set_property;
  object_class->finalize = comptoir_row_finalize;

  /**
   * ComptoirRow:values:
   *
   * The values, or %NULL while the row is a placeholder.
   *
   * Since: 1.0
   */
  g_object_class_install_property(
      object_class, PROP_VALUES,
      g_param_spec_variant("values", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}
