/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packs the arguments of an operation into the dictionary that `perform` takes. What cannot be
 * packed becomes NULL, and `perform` answers INVALID to that. */
#include "contract/argument.h"

#include "contract/text.h"

#include <comptoir/comptoir-rows.h>

/**
 * comptoir_argument_new_options: (skip)
 * @options: (nullable): a dictionary; a floating reference is consumed
 *
 * Takes @options as the whole argument; nothing given means an empty dictionary.
 *
 * Returns: (transfer none): a floating or borrowed argument
 */
GVariant *
comptoir_argument_new_options(GVariant *options)
{
  return options != NULL ? options : g_variant_new("a{sv}", NULL);
}

/**
 * comptoir_argument_new_text: (skip)
 * @key: the key
 * @text: (nullable): its text
 *
 * Packs one text.
 *
 * Returns: (transfer none) (nullable): a floating argument, or %NULL if @text is missing or not
 * UTF-8
 */
GVariant *
comptoir_argument_new_text(const char *key, const char *text)
{
  g_auto(GVariantBuilder) argument = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add(&argument, key, text))
    return NULL;
  return g_variant_builder_end(&argument);
}

/**
 * comptoir_argument_new_optional_text: (skip)
 * @key: the key
 * @text: (nullable): its text
 *
 * Packs one text, or nothing if it is %NULL.
 *
 * Returns: (transfer none) (nullable): a floating argument, or %NULL if @text is not UTF-8
 */
GVariant *
comptoir_argument_new_optional_text(const char *key, const char *text)
{
  g_auto(GVariantBuilder) argument = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add_optional(&argument, key, text))
    return NULL;
  return g_variant_builder_end(&argument);
}

/**
 * comptoir_argument_new_texts: (skip)
 * @first_key: a key
 * @first_text: (nullable): its text
 * @second_key: another key
 * @second_text: (nullable): its text
 *
 * Packs two texts.
 *
 * Returns: (transfer none) (nullable): a floating argument, or %NULL if a text is missing or not
 * UTF-8
 */
GVariant *
comptoir_argument_new_texts(const char *first_key,
                            const char *first_text,
                            const char *second_key,
                            const char *second_text)
{
  g_auto(GVariantBuilder) argument = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add(&argument, first_key, first_text) ||
      !comptoir_text_add(&argument, second_key, second_text))
    return NULL;
  return g_variant_builder_end(&argument);
}

/**
 * comptoir_argument_new_rows: (skip)
 * @rows: (nullable): rows; a floating reference is consumed
 *
 * Packs rows under their key.
 *
 * Returns: (transfer none) (nullable): a floating argument, or %NULL if @rows are not rows
 */
GVariant *
comptoir_argument_new_rows(GVariant *rows)
{
  return comptoir_page_new(rows, NULL);
}

/**
 * comptoir_argument_new_task: (skip)
 * @task: (nullable): the task's name
 * @options: (nullable): its options; a floating reference is consumed
 *
 * Packs a task beside its options; an option of that name is overwritten.
 *
 * Returns: (transfer none) (nullable): a floating argument, or %NULL if @task is missing or not
 * UTF-8 or @options is not a dictionary
 */
GVariant *
comptoir_argument_new_task(const char *task, GVariant *options)
{
  g_autoptr(GVariant) given = options != NULL ? g_variant_ref_sink(options) : NULL;
  if (task == NULL || !g_utf8_validate(task, -1, NULL))
    return NULL;
  if (given != NULL && !g_variant_is_of_type(given, G_VARIANT_TYPE_VARDICT))
    return NULL;

  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(given);
  g_variant_dict_insert(&argument, "task", "s", task);
  return g_variant_dict_end(&argument);
}
