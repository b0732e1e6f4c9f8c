/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words of a command line: options, flags and KEY=VALUE. */

#include "arguments.h"

#include <string.h>

G_DEFINE_QUARK(comptoir - host - arguments - error - quark, arguments_error)

/**
 * arguments_take_flag:
 * @words: the words; the flag is taken out
 * @flag: as in `--json`
 *
 * Looks for a flag anywhere before a lone `--`.
 *
 * Returns: %TRUE when it was there
 */
gboolean
arguments_take_flag(char **words, const char *flag)
{
  gboolean is_there = FALSE;
  guint i = 0;

  while (words[i] != NULL && !g_str_equal(words[i], "--")) {
    if (!g_str_equal(words[i], flag)) {
      i++;
      continue;
    }
    g_free(words[i]);
    for (guint j = i; words[j] != NULL; j++)
      words[j] = words[j + 1];
    is_there = TRUE;
  }
  return is_there;
}

/**
 * arguments_parse:
 * @words: (inout): the words; those that are no options stay
 * @entries: (nullable): the options, ended by an empty one
 * @count: how many words may stay
 * @error: return location for an error
 *
 * Reads the options. Never ends the process: `--help` is an error of its own.
 *
 * Returns: %TRUE when the words fit
 */
gboolean
arguments_parse(char ***words, const GOptionEntry *entries, ArgumentsCount count, GError **error)
{
  static const GOptionEntry no_entries[] = { { .long_name = NULL } };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_auto(GStrv) line = NULL;
  g_autoptr(GError) local_error = NULL;
  guint n_words = 0;

  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_add_main_entries(context, entries == NULL ? no_entries : entries, NULL);
  if (arguments_take_flag(*words, "--help")) {
    g_autofree char *help = g_option_context_get_help(context, FALSE, NULL);
    const char *options = strstr(help, "\n\n");

    /* The usage line of GOption names no command. */
    g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_HELP,
                        options == NULL ? "" : options + 1);
    return FALSE;
  }
  /* GOption takes the first word for the program's name. */
  g_strv_builder_add(builder, "comptoir-host");
  g_strv_builder_addv(builder, (const char **)*words);
  line = g_strv_builder_end(builder);
  if (!g_option_context_parse_strv(context, &line, &local_error)) {
    g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, local_error->message);
    return FALSE;
  }
  n_words = g_strv_length(line) - 1;
  g_strfreev(*words);
  *words = g_strdupv(line + 1);
  if (n_words >= count.min && n_words <= count.max)
    return TRUE;
  if (n_words < count.min)
    g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "an argument is missing");
  else
    g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is too much",
                (*words)[count.max]);
  return FALSE;
}

/**
 * arguments_split_pair:
 * @word: `KEY=VALUE`; the last equals sign divides, so an id may hold one
 * @key: (out) (transfer full): what is before it
 * @value: (out) (transfer full): what is behind it
 * @error: return location for an error
 *
 * Splits a pair.
 *
 * Returns: %TRUE when @word is a pair
 */
gboolean
arguments_split_pair(const char *word, char **key, char **value, GError **error)
{
  const char *equals = strrchr(word, '=');

  if (equals == NULL || equals == word) {
    g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not KEY=VALUE", word);
    return FALSE;
  }
  *key = g_strndup(word, (gsize)(equals - word));
  *value = g_strdup(equals + 1);
  return TRUE;
}

/**
 * arguments_build_dictionary:
 * @pairs: `KEY=VALUE` words; here the first equals sign divides
 * @error: return location for an error
 *
 * Makes a dictionary of texts.
 *
 * Returns: (transfer floating) (nullable): the dictionary
 */
GVariant *
arguments_build_dictionary(char **pairs, GError **error)
{
  g_auto(GVariantDict) dictionary = G_VARIANT_DICT_INIT(NULL);

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++) {
    const char *equals = strchr(pairs[i], '=');
    g_autofree char *key = NULL;

    if (equals == NULL || equals == pairs[i]) {
      g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not KEY=VALUE",
                  pairs[i]);
      return NULL;
    }
    key = g_strndup(pairs[i], (gsize)(equals - pairs[i]));
    g_variant_dict_insert(&dictionary, key, "s", equals + 1);
  }
  return g_variant_dict_end(&dictionary);
}

/**
 * arguments_build_one:
 * @key: a key
 * @text: (nullable): its value
 *
 * Makes a dictionary of one text, or an empty one.
 *
 * Returns: (transfer floating): the dictionary
 */
GVariant *
arguments_build_one(const char *key, const char *text)
{
  g_auto(GVariantDict) dictionary = G_VARIANT_DICT_INIT(NULL);

  if (text != NULL)
    g_variant_dict_insert(&dictionary, key, "s", text);
  return g_variant_dict_end(&dictionary);
}
