/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_CHUNK_SIZE,
  SHOPCAISSE_CHUNK_SIZE_END, /* the line feed behind a size */
  SHOPCAISSE_CHUNK_DATA,
  SHOPCAISSE_CHUNK_DATA_CR,
  SHOPCAISSE_CHUNK_DATA_END,
  SHOPCAISSE_CHUNK_LAST_CR,
  SHOPCAISSE_CHUNK_LAST_END,
  SHOPCAISSE_CHUNK_OVER
} ShopcaisseChunkState;

/* A body in chunks, read as it comes; begins as zeros. */
typedef struct {
  ShopcaisseChunkState state;
  guint n_digits;
  gsize left; /* of the chunk, bytes */
} ShopcaisseChunks;

/* 0: more is wanted; 200: the body is whole; else the status of a refusal. */
guint shopcaisse_chunks_take(
    ShopcaisseChunks *self, const guint8 *data, gsize size, gsize body_max, GByteArray *body);

G_END_DECLS
