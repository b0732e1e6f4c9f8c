/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands that run one of the channel's tasks. */

#include "arguments.h"
#include "commands.h"

static GVariant *
build_task(const char *name, char **pairs, GError **error)
{
  g_autoptr(GVariant) options = arguments_build_dictionary(pairs, error);
  g_auto(GVariantDict) request = { 0 };

  if (options == NULL)
    return NULL;
  (void)g_variant_ref_sink(options);
  g_variant_dict_init(&request, options);
  g_variant_dict_insert(&request, "task", "s", name);
  return g_variant_dict_end(&request);
}

static GVariant *
parse_task(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, G_MAXUINT }, error))
    return NULL;
  return build_task((*words)[0], *words + 1, error);
}

static GVariant *
parse_options(char ***words, const char *name, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 0, G_MAXUINT }, error))
    return NULL;
  return build_task(name, *words, error);
}

static GVariant *
parse_test(char ***words, GError **error)
{
  return parse_options(words, "test-connection", error);
}

static GVariant *
parse_discover(char ***words, GError **error)
{
  return parse_options(words, "discover", error);
}

static GVariant *
parse_calibrate(char ***words, GError **error)
{
  return parse_options(words, "calibrate", error);
}

const Command task_commands[] = {
  {
      .name = "test",
      .synopsis = "",
      .summary = "Test the connection",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_RUN,
      .parse = parse_test,
  },
  {
      .name = "discover",
      .synopsis = "[KEY=VALUE...]",
      .summary = "Find the stores and what they have",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_RUN,
      .parse = parse_discover,
  },
  {
      .name = "calibrate",
      .synopsis = "[KEY=VALUE...]",
      .summary = "Find out how a store reads amounts, with one test order",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_RUN,
      .parse = parse_calibrate,
  },
  {
      .name = "run-task",
      .synopsis = "TASK [KEY=VALUE...]",
      .summary = "Run a task: pull-catalogue, pull-stock, send-orders, poll-orders, ...",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_RUN,
      .parse = parse_task,
  },
  { .name = NULL },
};
