/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Failures as exit codes and as words for programs. */

#include "failure.h"

#include "arguments.h"

#include <comptoir/comptoir.h>

typedef struct {
  ComptoirError code;
  ExitCode exit_code;
  const char *word;
} Meaning;

static const Meaning meanings[] = {
  { COMPTOIR_ERROR_INVALID, EXIT_CODE_INVALID, "invalid" },
  { COMPTOIR_ERROR_NOT_CONFIGURED, EXIT_CODE_NOT_CONFIGURED, "not-configured" },
  { COMPTOIR_ERROR_UNAUTHORIZED, EXIT_CODE_UNAUTHORIZED, "unauthorized" },
  { COMPTOIR_ERROR_UNREACHABLE, EXIT_CODE_UNREACHABLE, "unreachable" },
  { COMPTOIR_ERROR_BUSY, EXIT_CODE_BUSY, "busy" },
  { COMPTOIR_ERROR_REJECTED, EXIT_CODE_REFUSED, "rejected" },
  { COMPTOIR_ERROR_CONFLICT, EXIT_CODE_REFUSED, "conflict" },
  { COMPTOIR_ERROR_PROTOCOL, EXIT_CODE_FAILED, "protocol" },
  { COMPTOIR_ERROR_STORAGE, EXIT_CODE_FAILED, "storage" },
  { COMPTOIR_ERROR_VERSION, EXIT_CODE_FAILED, "version" },
  { COMPTOIR_ERROR_NOT_SUPPORTED, EXIT_CODE_FAILED, "not-supported" },
};

static Meaning
find_meaning(const GError *error)
{
  if (error->domain == ARGUMENTS_ERROR)
    return (Meaning){ 0, EXIT_CODE_USAGE, "usage" };
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return (Meaning){ 0, EXIT_CODE_CANCELLED, "cancelled" };
  for (gsize i = 0; error->domain == COMPTOIR_ERROR && i < G_N_ELEMENTS(meanings); i++) {
    if ((ComptoirError)error->code == meanings[i].code)
      return meanings[i];
  }
  return (Meaning){ 0, EXIT_CODE_FAILED, "failed" };
}

/**
 * failure_get_exit_code:
 * @error: what went wrong
 *
 * Tells how the program ends after @error.
 *
 * Returns: the exit code
 */
ExitCode
failure_get_exit_code(const GError *error)
{
  return find_meaning(error).exit_code;
}

/**
 * failure_check_answer:
 * @answer: a command's answer
 *
 * Tells how the program ends after an answer: a count of failed rows is a failure.
 *
 * Returns: the exit code
 */
ExitCode
failure_check_answer(GVariant *answer)
{
  guint n_failed = 0;

  (void)g_variant_lookup(answer, "failed", "u", &n_failed);
  return n_failed == 0 ? EXIT_CODE_DONE : EXIT_CODE_FAILED;
}

/**
 * failure_build:
 * @error: what went wrong
 *
 * Makes a dictionary of a failure: `code` (a word), `exit`, `message`.
 *
 * Returns: (transfer floating): the dictionary
 */
GVariant *
failure_build(const GError *error)
{
  g_auto(GVariantDict) failure = G_VARIANT_DICT_INIT(NULL);
  Meaning meaning = find_meaning(error);

  g_variant_dict_insert(&failure, "code", "s", meaning.word);
  g_variant_dict_insert(&failure, "exit", "u", (guint)meaning.exit_code);
  g_variant_dict_insert(&failure, COMPTOIR_KEY_MESSAGE, "s", error->message);
  return g_variant_dict_end(&failure);
}
