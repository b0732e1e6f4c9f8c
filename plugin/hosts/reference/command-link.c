/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about links between the host's articles and the channel's items. */

#include "arguments.h"
#include "commands.h"
#include "text-table.h"

static GVariant *
build_link(const char *id, const char *external_id)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", id);
  if (external_id != NULL)
    g_variant_dict_insert(&row, COMPTOIR_KEY_EXTERNAL_ID, "s", external_id);
  return g_variant_dict_end(&row);
}

static GVariant *
parse_link(char ***words, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, G_MAXUINT }, error))
    return NULL;
  for (guint i = 0; (*words)[i] != NULL; i++) {
    g_autofree char *id = NULL;
    g_autofree char *external_id = NULL;

    if (!arguments_split_pair((*words)[i], &id, &external_id, error))
      return NULL;
    g_variant_builder_add_value(&rows, build_link(id, external_id));
  }
  return comptoir_page_new(g_variant_builder_end(&rows), NULL);
}

static GVariant *
parse_unlink(char ***words, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, G_MAXUINT }, error))
    return NULL;
  for (guint i = 0; (*words)[i] != NULL; i++)
    g_variant_builder_add_value(&rows, build_link((*words)[i], NULL));
  return comptoir_page_new(g_variant_builder_end(&rows), NULL);
}

static GVariant *
parse_suggest(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 0, 1 }, error))
    return NULL;
  return arguments_build_one(COMPTOIR_KEY_ID, (*words)[0]);
}

static void
print_links(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "key", "KEY" },   { "status", "STATUS" }, { "id", "ARTICLE" },      { "external_id", "ITEM" },
    { "name", "NAME" }, { "reason", "REASON" }, { "message", "MESSAGE" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

const Command link_commands[] = {
  {
      .name = "suggest",
      .synopsis = "[ARTICLE]",
      .summary = "Show which items an article might be",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_SUGGEST,
      .parse = parse_suggest,
      .print = print_links,
  },
  {
      .name = "link",
      .synopsis = "ARTICLE=ITEM...",
      .summary = "Link articles to items",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_LINK,
      .parse = parse_link,
      .print = print_links,
  },
  {
      .name = "unlink",
      .synopsis = "ARTICLE...",
      .summary = "Forget the links of articles",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_UNLINK,
      .parse = parse_unlink,
      .print = print_links,
  },
  { .name = NULL },
};
