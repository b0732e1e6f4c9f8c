/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about what the channel keeps of one customer. The host's own books are not theirs.
 */

#include "arguments.h"
#include "command-export.h"
#include "commands.h"

/* KEY=VALUE..., such as email=ana@example.org. */
static GVariant *
parse_customer(char ***words, const GOptionEntry *entries, GError **error)
{
  if (!arguments_parse(words, entries, (ArgumentsCount){ 1, G_MAXUINT }, error))
    return NULL;
  return arguments_build_dictionary(*words, error);
}

static GVariant *
parse_export(char ***words, GError **error)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Write it there", "FILE" },
    { .long_name = NULL },
  };
  GVariant *parsed = parse_customer(words, entries, error);
  g_autoptr(GVariant) customer = parsed != NULL ? g_variant_ref_sink(parsed) : NULL;
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(customer);

  if (customer == NULL)
    return NULL;
  g_variant_dict_insert(&request, "kind", "s", "customer");
  g_variant_dict_insert(&request, "format", "s", "json");
  if (path != NULL)
    g_variant_dict_insert(&request, "output", "s", path);
  return g_variant_dict_end(&request);
}

static GVariant *
parse_erase(char ***words, GError **error)
{
  gboolean is_sure = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &is_sure, "Erase; without it: only show what would be",
      NULL },
    { .long_name = NULL },
  };
  GVariant *parsed = parse_customer(words, entries, error);
  g_autoptr(GVariant) customer = parsed != NULL ? g_variant_ref_sink(parsed) : NULL;

  if (customer == NULL)
    return NULL;
  return g_variant_new_parsed("{'customer': <%*>, 'sure': <%b>}", customer, is_sure);
}

static void
start_erase(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_autoptr(GVariant) customer = g_variant_lookup_value(request, "customer", NULL);
  gboolean is_sure = FALSE;

  g_variant_lookup(request, "sure", "b", &is_sure);
  command_ask_channel(session_get_channel(session),
                      is_sure ? COMPTOIR_OPERATION_ERASE_CUSTOMER : COMPTOIR_OPERATION_PLAN_ERASURE,
                      customer, task);
}

static void
print_erasure(GVariant *answer, GString *out)
{
  const char *message = "";

  g_variant_lookup(answer, COMPTOIR_KEY_MESSAGE, "&s", &message);
  g_string_append_printf(out, "%s\n", message);
}

const Command customer_commands[] = {
  {
      .name = "customer export",
      .synopsis = "KEY=VALUE... [--output FILE]",
      .summary = "Export all that the channel keeps of a customer",
      .parts = SESSION_CHANNEL,
      .parse = parse_export,
      .start = command_export_start,
      .print = command_export_print,
  },
  {
      .name = "customer erase",
      .synopsis = "KEY=VALUE... [--yes]",
      .summary = "Show what the channel keeps of a customer, or erase it",
      .parts = SESSION_CHANNEL,
      .parse = parse_erase,
      .start = start_erase,
      .print = print_erasure,
  },
  { .name = NULL },
};
