/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as customers; and one that could be read, changed, is still one. */
#include "api/clients.h"
#include "fuzz.h"

static void
check_change(GBytes *read, const ShopcaisseClient *before)
{
  ShopcaisseClient wanted = { .email = (char *)"a\"\\\n@example.org", .professional = TRUE };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = shopcaisse_client_edit(read, &wanted, &error);
  g_autoptr(ShopcaisseClient) after = NULL;

  g_assert_no_error(error);
  after = shopcaisse_client_parse(body, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(after->id, ==, before->id);
  g_assert_cmpstr(after->last_name, ==, before->last_name);
  g_assert_cmpstr(after->email, ==, wanted.email);
  g_assert_true(after->professional);
  g_assert_cmpuint(after->addresses->len, ==, before->addresses->len);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) body = g_bytes_new_static(data, size);
  g_autoptr(GError) page_error = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, &page_error);
  g_autoptr(ShopcaisseClient) client = shopcaisse_client_parse(body, &error);

  g_assert_true((page == NULL) == (page_error != NULL));
  g_assert_true((client == NULL) == (error != NULL));
  if (page != NULL)
    g_assert_cmpuint(page->rows->len + page->rejected->len, ==, page->n_seen);
  if (client != NULL)
    check_change(body, client);
  return 0;
}
