/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "world.h"

G_BEGIN_DECLS

/* A host's database, and beside it what was really sold. */

typedef struct {
  char *id;      /* (owned): perhaps that of an earlier one, after a backup */
  char *content; /* (owned): what its order is known by, never given again */
  GVariant *row; /* (owned) */
  gint64 sold_at;
  gint64 pick_up_at;    /* 0: at once */
  gint64 total;         /* cents */
  gboolean is_unwanted; /* cancelled: its order is cancelled, too, or there is none */
} BooksSale;

struct Books {
  World *world;           /* (not owned) */
  const char *store_id;   /* (not owned): where its tills sell */
  GPtrArray *sales;       /* (owned) (element-type BooksSale): in the host's database, not owned */
  GPtrArray *made;        /* (owned) (element-type BooksSale): that ever were */
  GHashTable *by_content; /* (owned) (element-type utf8 BooksSale): none is owned */
  GHashTable *ids;        /* (owned) (element-type utf8): that were ever given, not owned */
  GHashTable *recorded;   /* (owned) (element-type utf8): tickets of the till that are booked */
  GHashTable *linked;     /* (owned) (element-type utf8): tickets of sales that the host had */
  GPtrArray *articles;    /* (owned) (element-type utf8): of the items in the service */
  struct {
    guint n_sales;
    GHashTable *recorded; /* (owned) (nullable): there is no backup */
    GHashTable *linked;   /* (owned) (nullable) */
  } backup;
};

/* Of a host whose tills sell at a store; an article for each of a few simple items. */
Books *books_new(World *world, const char *store_id);
void books_free(Books *self);

/* A sale is in the host's database from now on. */
BooksSale *books_sell(Books *self, guint till, gint64 sold_at);
/* Answers a question of the channel; floating, or an error. */
GVariant *
books_answer(Books *self, ShopcaisseQuestion question, GVariant *argument, GError **error);

/* The host's database as it is now. */
void books_back_up(Books *self);
/* As it was then; its numbers go on from there. FALSE: there is no backup, or nothing since. */
gboolean books_restore(Books *self);

G_END_DECLS
