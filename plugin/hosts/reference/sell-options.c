/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of `sell`, as a request. */

#include "sell-options.h"

#include "arguments.h"
#include "sale-builder.h"

#include <comptoir/comptoir.h>

#define MAX_RANDOM_SALES 100000

typedef GVariant *(*ParseWord)(const char *word, GError **error);

static gboolean
insert_parsed(GVariantDict *request, const char *key, char **words, ParseWord parse, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    GVariant *row = parse(words[i], error);

    if (row == NULL)
      return FALSE;
    g_variant_builder_add_value(&rows, row);
  }
  if (words != NULL)
    g_variant_dict_insert_value(request, key, g_variant_builder_end(&rows));
  return TRUE;
}

typedef struct {
  const char *key;
  char *text; /* (owned) (nullable) */
} TextOption;

/* Filled by GOption; the texts are in the order of the entries below. */
typedef struct {
  TextOption texts[13];
  char **lines;    /* (owned) (nullable) */
  char **payments; /* (owned) (nullable) */
  int n_random;
  int seed;
  gboolean no_submit;
  gboolean only_linked;
} SellOptions;

static void
clear_options(SellOptions *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS(options->texts); i++)
    g_free(options->texts[i].text);
  g_strfreev(options->lines);
  g_strfreev(options->payments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SellOptions, clear_options)

static GVariant *
build_request(SellOptions *options, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);

  for (gsize i = 0; i < G_N_ELEMENTS(options->texts); i++) {
    if (options->texts[i].text != NULL)
      g_variant_dict_insert(&request, options->texts[i].key, "s", options->texts[i].text);
  }
  if (!insert_parsed(&request, COMPTOIR_KEY_LINES, options->lines, sale_builder_parse_line,
                     error) ||
      !insert_parsed(&request, COMPTOIR_KEY_PAYMENTS, options->payments, sale_builder_parse_payment,
                     error))
    return NULL;
  g_variant_dict_insert(&request, "random", "u", (guint)options->n_random);
  g_variant_dict_insert(&request, "seed", "u", (guint)options->seed);
  g_variant_dict_insert(&request, "no_submit", "b", options->no_submit);
  g_variant_dict_insert(&request, "linked", "b", options->only_linked);
  return g_variant_dict_end(&request);
}

static gboolean
check_options(SellOptions *options, GError **error)
{
  const char *reason = NULL;

  if (options->n_random < 0 || options->n_random > MAX_RANDOM_SALES)
    reason = "--random is not in 0..100000";
  else if (options->n_random > 0 && options->lines != NULL)
    reason = "either --random or --line";
  else if (options->n_random == 0 && options->lines == NULL)
    reason = "--line is missing";
  if (reason == NULL)
    return TRUE;
  g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, reason);
  return FALSE;
}

/**
 * sell_options_parse:
 * @words: (inout): the words
 * @error: return location for an error
 *
 * Reads the words of `sell`.
 *
 * Returns: (transfer floating) (nullable): the request
 */
GVariant *
sell_options_parse(char ***words, GError **error)
{
  g_auto(SellOptions) options = { .texts = {
                                      { "id", NULL },
                                      { "number", NULL },
                                      { "till", NULL },
                                      { "order_type", NULL },
                                      { "sold_at", NULL },
                                      { "pickup_at", NULL },
                                      { "discount", NULL },
                                      { "service_charge", NULL },
                                      { "delivery_cost", NULL },
                                      { "tip", NULL },
                                      { "rounding", NULL },
                                      { "note", NULL },
                                      { "total", NULL },
                                  } };
  TextOption *texts = options.texts;
  const GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_STRING, &texts[0].text, "Sale id; a known one sells nothing", "ID" },
    { "number", 0, 0, G_OPTION_ARG_STRING, &texts[1].text, "What people call it", "N" },
    { "till", 0, 0, G_OPTION_ARG_STRING, &texts[2].text, "The register that sold", "T" },
    { "order-type", 0, 0, G_OPTION_ARG_STRING, &texts[3].text, "EAT_IN, PICKUP, DELIVERY", "TYPE" },
    { "sold-at", 0, 0, G_OPTION_ARG_STRING, &texts[4].text, "ISO 8601; default: now", "TIME" },
    { "pickup-at", 0, 0, G_OPTION_ARG_STRING, &texts[5].text, "ISO 8601", "TIME" },
    { "discount", 0, 0, G_OPTION_ARG_STRING, &texts[6].text, "Taken off the sale", "AMOUNT" },
    { "service-charge", 0, 0, G_OPTION_ARG_STRING, &texts[7].text, "A fee", "AMOUNT" },
    { "delivery-cost", 0, 0, G_OPTION_ARG_STRING, &texts[8].text, "A fee", "AMOUNT" },
    { "tip", 0, 0, G_OPTION_ARG_STRING, &texts[9].text, "A tip", "AMOUNT" },
    { "rounding", 0, 0, G_OPTION_ARG_STRING, &texts[10].text, "Cash rounding", "AMOUNT" },
    { "note", 0, 0, G_OPTION_ARG_STRING, &texts[11].text, "A note for the kitchen", "TEXT" },
    { "total", 0, 0, G_OPTION_ARG_STRING, &texts[12].text, "Not the sum, but this", "AMOUNT" },
    { "line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.lines, "One line", "ARTICLE=QTY[@PRICE]" },
    { "payment", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.payments, "Default: card",
      "METHOD=AMOUNT" },
    { "random", 0, 0, G_OPTION_ARG_INT, &options.n_random, "Make up N sales", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "The same seed, the same sales", "S" },
    { "linked", 0, 0, G_OPTION_ARG_NONE, &options.only_linked, "Of articles with an external id",
      NULL },
    { "no-submit", 0, 0, G_OPTION_ARG_NONE, &options.no_submit, "Keep it from the channel", NULL },
    { .long_name = NULL },
  };

  if (!arguments_parse(words, entries, (ArgumentsCount){ 0, 0 }, error))
    return NULL;
  if (!check_options(&options, error))
    return NULL;
  return build_request(&options, error);
}
