/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about plans: every change is shown before it is made, and can be undone. */

#include "arguments.h"
#include "command-sync.h"
#include "commands.h"
#include "text-table.h"

static const char *const counts[] = { "create",    "update",    "delete", "links", "unchanged",
                                      "ambiguous", "unmatched", "done",   "failed" };

static GVariant *
parse_plan_options(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 0, G_MAXUINT }, error))
    return NULL;
  return arguments_build_dictionary(*words, error);
}

static GVariant *
parse_plan_id(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, 1 }, error))
    return NULL;
  return arguments_build_one("plan", (*words)[0]);
}

static void
append_counts(GString *out, GVariant *answer)
{
  const char *gap = "";

  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
    g_autoptr(GVariant) count = g_variant_lookup_value(answer, counts[i], NULL);
    g_autofree char *text = NULL;

    if (count == NULL)
      continue;
    text = text_table_dup_cell(answer, counts[i]);
    g_string_append_printf(out, "%s%s %s", gap, counts[i], text);
    gap = ", ";
  }
  if (gap[0] != '\0')
    g_string_append_c(out, '\n');
}

static void
print_plan(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "change", "CHANGE" }, { "id", "ARTICLE" },    { "external_id", "ITEM" },
    { "name", "NAME" },     { "field", "FIELD" },   { "before", "BEFORE" },
    { "after", "AFTER" },   { "reason", "REASON" },
  };
  g_autofree char *plan = text_table_dup_cell(answer, "plan");

  if (plan[0] != '\0')
    g_string_append_printf(out, "plan %s\n", plan);
  append_counts(out, answer);
  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

static void
print_applied(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "status", "STATUS" },    { "change", "CHANGE" }, { "id", "ARTICLE" },
    { "external_id", "ITEM" }, { "name", "NAME" },     { "message", "MESSAGE" },
  };

  append_counts(out, answer);
  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

static void
append_part(GString *out, GVariant *answer, const char *key, CommandPrint print)
{
  g_autoptr(GVariant) part = g_variant_lookup_value(answer, key, G_VARIANT_TYPE_VARDICT);

  if (part != NULL)
    print(part, out);
}

static void
print_sync(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "task", "TASK" },
    { "status", "STATUS" },
    { "message", "MESSAGE" },
  };

  append_part(out, answer, "plan", print_plan);
  append_part(out, answer, "applied", print_applied);
  text_table_append_rows_of(out, answer, "tasks", columns, G_N_ELEMENTS(columns));
}

const Command plan_commands[] = {
  {
      .name = "plan",
      .synopsis = "[KEY=VALUE...]",
      .summary = "Compare and show what a synchronisation would change",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_PLAN,
      .parse = parse_plan_options,
      .print = print_plan,
  },
  {
      .name = "apply",
      .synopsis = "PLAN",
      .summary = "Make exactly the changes of a plan",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_APPLY_PLAN,
      .parse = parse_plan_id,
      .print = print_applied,
  },
  {
      .name = "undo",
      .synopsis = "PLAN",
      .summary = "Take back what a plan changed",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_UNDO,
      .parse = parse_plan_id,
      .print = print_applied,
  },
  {
      .name = "sync",
      .synopsis = "[KEY=VALUE...]",
      .summary = "Plan, apply, and exchange stock, orders and sales",
      .parts = SESSION_CHANNEL,
      .parse = parse_plan_options,
      .start = command_sync_start,
      .print = print_sync,
  },
  { .name = NULL },
};
