/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Where a board of keys is shown; docs/PROTOCOL.md 2.1, 3.9. */
typedef enum {
  SHOPCAISSE_BOARD_OTHER, /* a type that this version does not know */
  SHOPCAISSE_BOARD_POS,
  SHOPCAISSE_BOARD_ORDER_TERMINAL,
  SHOPCAISSE_BOARD_CLICK_AND_COLLECT,
  SHOPCAISSE_BOARD_WEBSITE_MENU,
  SHOPCAISSE_BOARD_TABLE_ORDER
} ShopcaisseBoardType;

/* A key: an item, or another board that it opens. */
typedef struct {
  char *item_id;  /* (owned) (nullable) */
  char *board_id; /* (owned) (nullable) */
  gint64 row;     /* as on the wire; -1 when absent, as column */
  gint64 column;
} ShopcaisseBoardKey;

typedef struct {
  char *id;       /* (owned) */
  char *store_id; /* (owned) (nullable): the store that made it */
  char *name;     /* (owned): trimmed, may be "" */
  ShopcaisseBoardType type;
  char *type_text;  /* (owned): as on the wire, "" when absent */
  char *background; /* (owned) (nullable): a colour, verbatim */
  char *picture;    /* (owned) (nullable): a path, verbatim */
  gboolean shows_picture;
  gint64 n_rows; /* 0 when absent, as n_columns and position */
  gint64 n_columns;
  gint64 position;
  gboolean active;
  GPtrArray *keys; /* (owned) (element-type ShopcaisseBoardKey) */
} ShopcaisseBoard;

ShopcaisseBoardType shopcaisse_board_type_parse(const char *text);
const char *shopcaisse_board_type_to_text(ShopcaisseBoardType type);

void shopcaisse_board_key_free(ShopcaisseBoardKey *self);
void shopcaisse_board_free(ShopcaisseBoard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseBoardKey, shopcaisse_board_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseBoard, shopcaisse_board_free)

G_END_DECLS
