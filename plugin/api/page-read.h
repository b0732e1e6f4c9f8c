/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/json.h"
#include "api/page.h"
#include "api/shape.h"

G_BEGIN_DECLS

#define SHOPCAISSE_PAGE_MAX_ROWS 100000

/* Reads one row, NULL and an error when it has to be left out. */
typedef gpointer (*ShopcaisseRowRead)(json_t *row, GError **error);

typedef struct {
  const ShopcaisseShape *shape;
  ShopcaisseRowRead row_read;
  GDestroyNotify row_free;
} ShopcaisseRowKind;

ShopcaissePage *shopcaisse_page_open(json_t *root, GDestroyNotify row_free, GError **error);

ShopcaissePage *shopcaisse_page_read(GBytes *body, const ShopcaisseRowKind *kind, GError **error);

/* A list without an envelope: @path is its place in the answer, "" for the whole of it. */
ShopcaissePage *shopcaisse_list_read(json_t *array,
                                     const char *path,
                                     const ShopcaisseRowKind *kind,
                                     GError **error);

void shopcaisse_page_reject(ShopcaissePage *self, const GError *error);

/* Rows inside a row: one that cannot be read takes the whole with it. */
gboolean shopcaisse_rows_read(
    json_t *object, const char *key, ShopcaisseRowRead row_read, GPtrArray *rows, GError **error);

G_END_DECLS
