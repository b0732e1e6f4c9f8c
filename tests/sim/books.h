/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "world.h"

G_BEGIN_DECLS

/* The host's database, and beside it what was really sold. */

typedef struct {
  char *id;      /* (owned) */
  GVariant *row; /* (owned) */
  gint64 sold_at;
  gint64 total; /* cents */
} BooksSale;

struct Books {
  GPtrArray *sales;     /* (owned) (element-type BooksSale): in the host's database */
  GPtrArray *made;      /* (owned) (element-type BooksSale): that ever were, not owned */
  GHashTable *recorded; /* (owned) (element-type utf8): tickets of the till that are booked */
  GHashTable *linked;   /* (owned) (element-type utf8): tickets of sales that the host had */
  GPtrArray *articles;  /* (owned) (element-type utf8): of the items in the service */
};

Books *books_new(void);
void books_free(Books *self);

/* An article for each simple item with a price. */
void books_furnish(World *world);
/* A sale is in the host's database from now on. */
BooksSale *books_sell(World *world, guint till, gint64 sold_at);
/* Answers a question of the channel; floating, or an error. */
GVariant *
books_answer(Books *self, ShopcaisseQuestion question, GVariant *argument, GError **error);

G_END_DECLS
