/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Chunks as RFC 9112 section 7.1 has them, and nothing else: hexadecimal digits, CR LF, no
 * extension, no trailer. libsoup 3.2 takes lone line feeds and signs there. */
#include "net/chunks.h"

#define DIGITS_MAX 8

static gboolean
take_digit(ShopcaisseChunks *self, guint8 byte)
{
  int digit = g_ascii_xdigit_value((char)byte);

  if (digit < 0 || self->n_digits == DIGITS_MAX)
    return FALSE;
  self->left = self->left * 16 + (gsize)digit;
  self->n_digits++;
  return TRUE;
}

static gboolean
expect(ShopcaisseChunks *self, guint8 byte, guint8 wanted, ShopcaisseChunkState next)
{
  self->state = next;
  return byte == wanted;
}

/* One byte that is not data. */
static gboolean
take_frame(ShopcaisseChunks *self, guint8 byte)
{
  switch (self->state) {
  case SHOPCAISSE_CHUNK_SIZE:
    if (byte == '\r' && self->n_digits > 0)
      return expect(self, byte, '\r', SHOPCAISSE_CHUNK_SIZE_END);
    return take_digit(self, byte);
  case SHOPCAISSE_CHUNK_SIZE_END:
    self->n_digits = 0;
    return expect(self, byte, '\n',
                  self->left > 0 ? SHOPCAISSE_CHUNK_DATA : SHOPCAISSE_CHUNK_LAST_CR);
  case SHOPCAISSE_CHUNK_DATA_CR:
    return expect(self, byte, '\r', SHOPCAISSE_CHUNK_DATA_END);
  case SHOPCAISSE_CHUNK_DATA_END:
    return expect(self, byte, '\n', SHOPCAISSE_CHUNK_SIZE);
  case SHOPCAISSE_CHUNK_LAST_CR:
    return expect(self, byte, '\r', SHOPCAISSE_CHUNK_LAST_END);
  case SHOPCAISSE_CHUNK_LAST_END:
    return expect(self, byte, '\n', SHOPCAISSE_CHUNK_OVER);
  case SHOPCAISSE_CHUNK_DATA:
  case SHOPCAISSE_CHUNK_OVER:
  default:
    return FALSE;
  }
}

static gsize
take_data(ShopcaisseChunks *self, const guint8 *data, gsize size, GByteArray *body)
{
  gsize taken = MIN(self->left, size);

  g_byte_array_append(body, data, (guint)taken);
  self->left -= taken;
  if (self->left == 0)
    self->state = SHOPCAISSE_CHUNK_DATA_CR;
  return taken;
}

/**
 * shopcaisse_chunks_take:
 * @self: how far it is
 * @data: what came next
 * @size: its size, bytes
 * @body_max: of the whole body, bytes
 * @body: what is inside the chunks is appended
 *
 * Reads on. What comes behind the last chunk is left alone.
 *
 * Returns: 0 when more is wanted, 200 when the body is whole, 400 or 413 when it is refused
 */
guint
shopcaisse_chunks_take(
    ShopcaisseChunks *self, const guint8 *data, gsize size, gsize body_max, GByteArray *body)
{
  gsize at = 0;

  while (at < size && self->state != SHOPCAISSE_CHUNK_OVER) {
    if (self->state == SHOPCAISSE_CHUNK_DATA)
      at += take_data(self, data + at, size - at, body);
    else if (!take_frame(self, data[at++]))
      return 400;
    if (self->left > body_max || body->len + self->left > body_max)
      return 413;
  }
  return self->state == SHOPCAISSE_CHUNK_OVER ? 200 : 0;
}
