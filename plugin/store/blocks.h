/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A store at which nothing is sent for now. */
typedef struct {
  char *store_id; /* (owned): "" is every store (a revoked token) */
  char *reason;   /* (owned): a word; one block a store and reason */
  char *message;  /* (owned): for people */
  gint64 since;
  gint64 until; /* it ends by itself then; 0: never */
} ShopcaisseBlock;

ShopcaisseBlock *shopcaisse_block_new(
    const char *store_id, const char *reason, const char *message, gint64 since, gint64 until);

void shopcaisse_block_free(ShopcaisseBlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseBlock, shopcaisse_block_free)

gboolean
shopcaisse_outbox_block(ShopcaisseDatabase *database, const ShopcaisseBlock *block, GError **error);
gboolean shopcaisse_outbox_unblock(ShopcaisseDatabase *database,
                                   const char *store_id,
                                   const char *reason,
                                   GError **error);
/* (element-type ShopcaisseBlock) */
GPtrArray *shopcaisse_outbox_list_blocks(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
