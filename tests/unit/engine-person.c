/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for one customer in all files of a profile, byte for byte. */
#include "engine-person.h"

#include "tests/find-bytes.h"

#include <string.h>

static const char *const traces[] = {
  "Delannoy",  "zoe.delannoy",  "06 12 34 56 78", "0612345678",
  "612345678", "rue des Lilas", "Zo\303\251",     "client-4711",
};

void
engine_person_open(Bench *self)
{
  bench_set(self, "send-customer", "true");
  bench_open(self);
}

void
engine_person_send(Bench *self, const char *sale_id)
{
  engine_words_submit(self, sale_id, PERSON_SALE);
  bench_reply(self, bench_take(self, SHOPCAISSE_METHOD_GET, PERSON_CLIENTS), SHOPCAISSE_REPLY_OK,
              PERSON_NOBODY);
}

guint
engine_person_erase(Bench *self, const char *key)
{
  GVariant *answer =
      bench_assert_done(bench_perform(self, COMPTOIR_OPERATION_ERASE_CUSTOMER, PERSON_ASKED));
  guint number = G_MAXUINT;

  assert_true(g_variant_lookup(answer, key, "u", &number));
  return number;
}

static GBytes *
convert(const char *text, const char *encoding)
{
  gsize size = 0;
  char *converted = g_convert(text, -1, encoding, "UTF-8", NULL, &size, NULL);

  assert_non_null(converted);
  return g_bytes_new_take(converted, size);
}

/* As JSON may write it, and as an address would. */
static GBytes *
escape(const char *text, const char *format, gboolean is_bytes)
{
  GString *escaped = g_string_new(NULL);
  const char *at = text;

  while (*at != '\0') {
    gunichar character = is_bytes ? (guchar)*at : g_utf8_get_char(at);

    if (character < 0x80)
      g_string_append_c(escaped, (char)character);
    else if (is_bytes)
      g_string_append_printf(escaped, "%%%02X", character);
    else
      g_string_append_printf(escaped, "%s%04x", format, character);
    at = is_bytes ? at + 1 : g_utf8_next_char(at);
  }
  return g_string_free_to_bytes(escaped);
}

static GPtrArray *
make_forms(const char *text)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  g_autofree char *base64 = g_base64_encode((const guchar *)text, strlen(text) / 3 * 3);

  g_ptr_array_add(forms, g_bytes_new(text, strlen(text)));
  g_ptr_array_add(forms, convert(text, "UTF-16LE"));
  g_ptr_array_add(forms, convert(text, "UTF-16BE"));
  g_ptr_array_add(forms, convert(text, "ISO-8859-1"));
  g_ptr_array_add(forms, escape(text, "\\u", FALSE));
  g_ptr_array_add(forms, escape(text, "", TRUE));
  g_ptr_array_add(forms, g_bytes_new(base64, strlen(base64)));
  return forms;
}

static gboolean
is_in(const char *content, gsize size, const char *text)
{
  g_autoptr(GPtrArray) forms = make_forms(text);

  for (guint i = 0; i < forms->len; i++) {
    gsize length = 0;
    gconstpointer bytes = g_bytes_get_data(forms->pdata[i], &length);

    if (length > 3 && find_bytes(content, size, bytes, length))
      return TRUE;
  }
  return FALSE;
}

/* (nullable): "FILE: TEXT" of the first that is found. */
static char *
find_trace(const char *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  const char *name = NULL;

  assert_non_null(directory);
  while ((name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *content = NULL;
    gsize size = 0;

    assert_true(g_file_get_contents(path, &content, &size, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(traces); i++) {
      if (is_in(content, size, traces[i]))
        return g_strdup_printf("%s: %s", name, traces[i]);
    }
  }
  return NULL;
}

gboolean
engine_person_is_kept(Bench *self)
{
  g_autofree char *found = find_trace(self->folder);

  return found != NULL;
}

void
engine_person_assert_gone(Bench *self)
{
  g_autofree char *found = find_trace(self->folder);

  if (found != NULL)
    fail_msg("%s is still there", found);
}

void
engine_person_accept_without(Bench *self, const char *sale_id)
{
  ShopEcho echo = { .sale_id = sale_id, .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  FakeExchange *order = bench_take(self, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  g_autofree char *body = engine_words_dup_body(order);

  assert_null(strstr(body, "customer"));
  assert_null(strstr(body, "Zo\303\251"));
  assert_non_null(strstr(body, "item-1"));
  bench_reply(self, order, SHOPCAISSE_REPLY_OK, json);
  assert_string_equal(bench_progress(self, sale_id, "state"), "sent");
}
