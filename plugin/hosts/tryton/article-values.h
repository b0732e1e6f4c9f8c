/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "catalogue.h"

/* What of an article has to be said. */
typedef enum {
  TRYTON_ARTICLE_WHOLE, /* a new one: it needs a name */
  TRYTON_ARTICLE_PART   /* what is not said stays as it is */
} TrytonArticleExtent;

gboolean tryton_article_check(TrytonCatalogue *catalogue,
                              GVariant *fields,
                              TrytonArticleExtent extent,
                              GError **error);
json_t *
tryton_article_new_values(TrytonCatalogue *catalogue, GVariant *fields, const char *key_code);
json_t *tryton_article_new_update(TrytonCatalogue *catalogue,
                                  GVariant *fields,
                                  json_t *record,
                                  const char *key_code);
json_t *tryton_article_new_key(json_t *record, const char *key_code);
