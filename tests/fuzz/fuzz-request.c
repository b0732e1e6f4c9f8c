/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a request to the receiver of webhooks: its head, then its chunks, whole and in
 * pieces, which must come to the same. */
#include "fuzz.h"
#include "net/chunks.h"
#include "net/request-head.h"

#define BODY_MAX 1024

static const ShopcaisseWantedRequest wanted = { "/hook", "x-signature", BODY_MAX };

static guint
take_in_pieces(const guint8 *data, gsize size, gsize piece, GByteArray *body)
{
  ShopcaisseChunks chunks = { 0 };
  guint status = 0;

  for (gsize at = 0; at < size && status == 0; at += piece)
    status = shopcaisse_chunks_take(&chunks, data + at, MIN(piece, size - at), BODY_MAX, body);
  g_assert_cmpuint(body->len, <=, BODY_MAX);
  return status;
}

static void
check_chunks(const guint8 *data, gsize size)
{
  g_autoptr(GByteArray) whole = g_byte_array_new();
  g_autoptr(GByteArray) pieces = g_byte_array_new();
  guint status = take_in_pieces(data, size, MAX(size, 1), whole);

  g_assert_true(status == 0 || status == 200 || status == 400 || status == 413);
  g_assert_cmpuint(take_in_pieces(data, size, 1, pieces), ==, status);
  if (status == 200)
    g_assert_cmpmem(whole->data, whole->len, pieces->data, pieces->len);
}

/* As it is taken from a slow caller. */
static void
check_head(const guint8 *data, gsize size, guint expected)
{
  gsize n_known = 0;

  for (gsize n = 1; n <= size; n++) {
    g_auto(ShopcaisseRequestHead) head = { 0 };
    guint status = shopcaisse_request_head_parse(&wanted, (const char *)data, n, n_known, &head);

    if (status != SHOPCAISSE_HEAD_INCOMPLETE) {
      g_assert_cmpuint(status, ==, expected);
      return;
    }
    n_known = n;
  }
  g_assert_cmpuint(expected, ==, SHOPCAISSE_HEAD_INCOMPLETE);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_auto(ShopcaisseRequestHead) head = { 0 };
  guint status = shopcaisse_request_head_parse(&wanted, (const char *)data, size, 0, &head);

  check_head(data, size, status);
  if (status != SHOPCAISSE_HEAD_FINE)
    return 0;
  g_assert_cmpuint(head.size, <=, size);
  g_assert_cmpuint(head.body_size, <=, BODY_MAX);
  g_assert_false(head.is_chunked && head.body_size > 0);
  if (head.is_chunked)
    check_chunks(data + head.size, size - head.size);
  return 0;
}
