/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tokens for the engine's tests, and what the service says when one is set. */
#include "engine-bench.h"

#include <string.h>

static char *
encode_part(const char *text)
{
  char *base64 = g_base64_encode((const guchar *)text, strlen(text));

  g_strdelimit(base64, "+", '-');
  g_strdelimit(base64, "/", '_');
  g_strdelimit(base64, "=", '\0');
  return base64;
}

static char *
make_token(const char *environment,
           const char *application_id,
           const char *resources,
           const char *permissions)
{
  g_autofree char *payload =
      g_strdup_printf("{\"data\":{\"id\":\"t\",\"applicationId\":\"%s\",\"namespace\":\"%s\","
                      "\"resources\":[%s],\"permissions\":{%s}},\"iat\":1772000000}",
                      application_id, environment, resources, permissions);
  g_autofree char *head = encode_part("{\"alg\":\"HS256\"}");
  g_autofree char *middle = encode_part(payload);

  return g_strconcat(head, ".", middle, ".c2lnbmF0dXJl", NULL);
}

char *
bench_make_token_with(const char *environment, const char *application_id, const char *permissions)
{
  return make_token(environment, application_id, "", permissions);
}

char *
bench_make_token_of(const char *resources)
{
  g_autofree char *quoted = g_strdelimit(g_strdup(resources), "'", '"');

  return make_token("prod", "app", quoted, "");
}

char *
bench_make_token(const char *environment)
{
  return bench_make_token_with(environment, "app", "");
}

/* What the service says of each page of a discovery, by the path's beginning. */
static const char *
find_page(const char *path)
{
  static const char *const pages[][2] = {
    { "/v1/authentication", BENCH_GRANT },
    { "/v1/companies?", "{'items':[{'id':'company-1','name':'Le Panier'}],'hasNextPage':false}" },
    { "/v1/stores?", "{'items':[{'id':'store-1','name':'Centre','companyId':'company-1'}],"
                     "'hasNextPage':false}" },
    { "/v1/pos?",
      "{'items':[{'id':'pos-1','name':'Caisse','storeId':'store-1'}],'hasNextPage':false}" },
    { "/v1/companies/company-1/prices?", "{'items':[],'hasNextPage':false}" },
    { "/v1/companies/company-1/currency", "[{'setting':'CURRENCY_CODE','value':'EUR'}]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
    if (g_str_has_prefix(path, pages[i][0]))
      return pages[i][1];
  }
  return NULL;
}

void
bench_answer_discovery(Bench *self)
{
  bench_run(self);
  while (self->network.requests->len > 0) {
    FakeExchange *exchange = self->network.requests->pdata[0];
    const char *page = find_page(exchange->path);

    if (page == NULL)
      return;
    bench_reply(self, bench_take(self, exchange->method, exchange->path), SHOPCAISSE_REPLY_OK,
                page);
  }
}
