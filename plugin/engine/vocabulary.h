/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The words a host has for the statuses of its sales, for ways of paying and for kinds of orders:
 * learnt from what it lists and from what its sales say. For each of them a person chooses, as a
 * setting. */
typedef enum {
  SHOPCAISSE_WORD_STATUS,
  SHOPCAISSE_WORD_METHOD,
  SHOPCAISSE_WORD_TYPE
} ShopcaisseWordKind;

typedef struct {
  char *id;   /* (owned): what a sale says */
  char *name; /* (owned): for people */
  char *hint; /* (owned): what it means until a person says: "true" or "false" of a status, "online"
                 or "other" of a method, an order type, "" for not known */
} ShopcaisseWord;

ShopcaisseWord *shopcaisse_word_new(const char *id, const char *name, const char *hint);
void shopcaisse_word_free(ShopcaisseWord *self);

/* (element-type ShopcaisseWord), in the host's order. */
GPtrArray *
shopcaisse_vocabulary_list(ShopcaisseDatabase *database, ShopcaisseWordKind kind, GError **error);

/* What the host lists; words that only its sales have said stay behind them. */
gboolean shopcaisse_vocabulary_replace(ShopcaisseContext *context,
                                       ShopcaisseWordKind kind,
                                       GPtrArray *words,
                                       GError **error);

/* A word that a sale says: noted if it is new. */
gboolean shopcaisse_vocabulary_learn(ShopcaisseContext *context,
                                     ShopcaisseWordKind kind,
                                     const char *id,
                                     GError **error);

/* (transfer full): the name of a word for people; the word itself when nobody named it. */
char *shopcaisse_vocabulary_dup_name(ShopcaisseDatabase *database,
                                     ShopcaisseWordKind kind,
                                     const char *id);

/* (transfer full): what a person chose for a word, else what it means by itself; "" when neither is
 * known. */
char *shopcaisse_vocabulary_dup_meaning(ShopcaisseDatabase *database,
                                        ShopcaisseWordKind kind,
                                        const char *id);

/* Whether sales are wanted that the host does not count as sold. */
gboolean shopcaisse_vocabulary_wants_any_status(ShopcaisseDatabase *database);

G_END_DECLS
