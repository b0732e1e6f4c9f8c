/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#define ARGUMENTS_ERROR (arguments_error_quark())

/**
 * ArgumentsError:
 * @ARGUMENTS_ERROR_USAGE: what was typed is not a command
 * @ARGUMENTS_ERROR_HELP: help was asked for; the message is the help
 *
 * Why words were not read.
 */
typedef enum {
  ARGUMENTS_ERROR_USAGE,
  ARGUMENTS_ERROR_HELP
} ArgumentsError;

/**
 * ArgumentsCount:
 * @min: at least so many words
 * @max: at most so many
 *
 * How many words may be left when the options are read.
 */
typedef struct {
  guint min;
  guint max;
} ArgumentsCount;

GQuark arguments_error_quark(void);

gboolean arguments_take_flag(char **words, const char *flag);

gboolean
arguments_parse(char ***words, const GOptionEntry *entries, ArgumentsCount count, GError **error);

gboolean arguments_split_pair(const char *word, char **key, char **value, GError **error);

GVariant *arguments_build_dictionary(char **pairs, GError **error);

GVariant *arguments_build_one(const char *key, const char *text);
