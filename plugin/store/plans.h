/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

typedef struct {
  guint position;
  char *change;     /* (owned): create, update, delete, link or ambiguous */
  char *article_id; /* (owned): "" for create */
  char *item_id;    /* (owned) */
  char *name;       /* (owned): for people */
  GVariant *before; /* (owned): a{sv} of article keys; empty for create */
  GVariant *after;  /* (owned): a{sv} of article keys */
  char *reason;     /* (owned): a word; of an ambiguous one also the value */
  char *state;      /* (owned): planned, skipped, done, failed, undone */
  char *message;    /* (owned) */
} ShopcaissePlanLine;

ShopcaissePlanLine *shopcaisse_plan_line_new(void);
void shopcaisse_plan_line_free(ShopcaissePlanLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePlanLine, shopcaisse_plan_line_free)

gboolean
shopcaisse_plans_create(ShopcaisseDatabase *database, const char *id, gint64 now, GError **error);
/* Fills in position. */
gboolean shopcaisse_plans_add_line(ShopcaisseDatabase *database,
                                   const char *id,
                                   ShopcaissePlanLine *line,
                                   GError **error);
/* NULL without an error when there is no such plan. */
char *shopcaisse_plans_get_state(ShopcaisseDatabase *database, const char *id, GError **error);
gboolean shopcaisse_plans_set_state(
    ShopcaisseDatabase *database, const char *id, const char *state, gint64 now, GError **error);
/* Lines in one state (NULL: any) from @position on. */
GPtrArray *shopcaisse_plans_list_lines(ShopcaisseDatabase *database,
                                       const char *id,
                                       const char *state,
                                       guint position,
                                       guint limit,
                                       GError **error);
gboolean shopcaisse_plans_set_line(ShopcaisseDatabase *database,
                                   const char *id,
                                   const ShopcaissePlanLine *line,
                                   GError **error);
/* a{su}: @limit lines from @position on, by "change" and by "state:<state>"; empty: none is left.
 */
GVariant *shopcaisse_plans_count(
    ShopcaisseDatabase *database, const char *id, guint position, guint limit, GError **error);

/* Which lines a page shows. */
typedef struct {
  const char *change; /* (nullable): any */
  const char *state;  /* (nullable): any */
  guint offset;
  guint limit;
} ShopcaissePlanQuery;

GPtrArray *shopcaisse_plans_find_lines(ShopcaisseDatabase *database,
                                       const char *id,
                                       const ShopcaissePlanQuery *query,
                                       GError **error);
gboolean shopcaisse_plans_count_found(ShopcaisseDatabase *database,
                                      const char *id,
                                      const ShopcaissePlanQuery *query,
                                      guint *n_lines,
                                      GError **error);
/* a{su}: all lines by "change", which looks at each of them. */
GVariant *
shopcaisse_plans_count_changes(ShopcaisseDatabase *database, const char *id, GError **error);
/* All lines, without a look. */
gboolean shopcaisse_plans_count_lines(ShopcaisseDatabase *database,
                                      const char *id,
                                      guint *n_lines,
                                      GError **error);
/* The plan that was made last; NULL without an error when there is none. */
char *shopcaisse_plans_dup_last(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
