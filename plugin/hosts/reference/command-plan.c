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

/* "price 1.50 -> 1.70, stock 3 -> 4"; what was not there has no arrow. */
static char *
describe_change(GVariant *row)
{
  static const char *const fields[] = { "variant", "price", "stock", "vat_rate", "barcodes" };
  g_autoptr(GVariant) before = g_variant_lookup_value(row, "before", G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) after = g_variant_lookup_value(row, "after", G_VARIANT_TYPE_VARDICT);
  GString *text = g_string_new(NULL);

  for (gsize i = 0; after != NULL && i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *new_value = text_table_dup_cell(after, fields[i]);
    g_autofree char *old_value = before != NULL ? text_table_dup_cell(before, fields[i]) : NULL;

    if (*new_value == '\0')
      continue;
    g_string_append_printf(text, "%s%s ", text->len > 0 ? ", " : "", fields[i]);
    if (old_value != NULL && *old_value != '\0')
      g_string_append_printf(text, "%s -> ", old_value);
    g_string_append(text, new_value);
  }
  return g_string_free(text, FALSE);
}

static GVariant *
dup_described_rows(GVariant *answer)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  GVariantBuilder described;

  g_variant_builder_init(&described, G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; rows != NULL && i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *what = describe_change(row);
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(row);

    g_variant_dict_insert(&dict, "what", "s", what);
    g_variant_builder_add_value(&described, g_variant_dict_end(&dict));
  }
  return g_variant_ref_sink(g_variant_builder_end(&described));
}

static void
print_plan(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "change", "CHANGE" }, { "name", "NAME" },  { "what", "WHAT" },
    { "reason", "REASON" }, { "id", "ARTICLE" }, { "external_id", "ITEM" },
  };
  g_autofree char *plan = text_table_dup_cell(answer, "plan");
  g_autoptr(GVariant) rows = dup_described_rows(answer);

  if (plan[0] != '\0')
    g_string_append_printf(out, "plan %s\n", plan);
  append_counts(out, answer);
  text_table_append(out, rows, columns, G_N_ELEMENTS(columns));
}

static void
print_applied(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "state", "STATE" },      { "change", "CHANGE" }, { "id", "ARTICLE" },
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
