/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of a host's words share. */
#include "engine-words.h"

static GVariant *
parse(const char *type, const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *value = g_variant_parse(G_VARIANT_TYPE(type), text, NULL, NULL, &error);

  if (value == NULL)
    fail_msg("the test's text: %s", error->message);
  return value;
}

GVariant *
engine_words_sale(const char *sale_id, const char *more)
{
  g_autoptr(GVariant) plain = g_variant_ref_sink(engine_shop_sale(sale_id, "12.50"));
  g_autoptr(GVariant) added = parse("a{sv}", more);
  g_auto(GVariantDict) sale = G_VARIANT_DICT_INIT(plain);
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  g_variant_iter_init(&iter, added);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    g_variant_dict_insert_value(&sale, key, value);
    g_variant_unref(value);
  }
  return g_variant_dict_end(&sale);
}

void
engine_words_submit(Bench *self, const char *sale_id, const char *more)
{
  bench_assert_done(
      bench_perform_row(self, COMPTOIR_OPERATION_SUBMIT_SALE, engine_words_sale(sale_id, more)));
}

static void
answer_rows(Bench *self, ShopcaisseQuestion question, const char *rows)
{
  g_autoptr(GVariant) list = parse("aa{sv}", rows);

  bench_answer(self, bench_take_question(self, question),
               g_variant_new_parsed("{'rows': <%@aa{sv}>}", list));
}

void
engine_words_open(Bench *self, const char *statuses, const char *methods)
{
  if (statuses != NULL)
    self->host.host.features |= COMPTOIR_HOST_LIST_SALE_STATUSES;
  if (methods != NULL)
    self->host.host.features |= COMPTOIR_HOST_LIST_PAYMENT_METHODS;
  bench_open(self);
  if (statuses != NULL)
    answer_rows(self, SHOPCAISSE_ASK_LIST_STATUSES, statuses);
  if (methods != NULL)
    answer_rows(self, SHOPCAISSE_ASK_LIST_METHODS, methods);
}

void
engine_words_change(Bench *self, const char *changes)
{
  bench_assert_done(bench_perform(self, COMPTOIR_OPERATION_CHANGE_SETTINGS, changes));
  bench_reply(self, bench_take(self, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

BenchAnswer *
engine_words_send(Bench *self, const char *sale_id)
{
  g_autofree char *argument = g_strdup_printf("{'task': <'send-orders'>, 'sale': <'%s'>}", sale_id);

  return bench_perform(self, COMPTOIR_OPERATION_RUN, argument);
}

char *
engine_words_dup_body(const FakeExchange *exchange)
{
  return g_strndup(g_bytes_get_data(exchange->body, NULL), g_bytes_get_size(exchange->body));
}

GVariant *
engine_words_dup_setting(Bench *self, const char *key)
{
  bench_run(self);
  for (gsize i = 0; self->settings != NULL && i < g_variant_n_children(self->settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->settings, i);

    if (g_str_equal(bench_text(row, "key"), key))
      return g_steal_pointer(&row);
  }
  return NULL;
}
