/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseTasks ShopcaisseTasks;
typedef struct ShopcaisseTask ShopcaisseTask;

/* A task is something that was asked for and takes several exchanges: a run of outbox rows that
 * somebody waits for. The rows are durable, the waiting is not. */
typedef void (*ShopcaisseTaskDone)(ShopcaisseTask *task, const GError *error, gpointer user_data);

ShopcaisseTasks *shopcaisse_tasks_new(ShopcaisseContext *context);
void shopcaisse_tasks_free(ShopcaisseTasks *self);

/* Starts a run; append its rows with task->run, then call shopcaisse_tasks_check(). */
ShopcaisseTask *shopcaisse_tasks_start(ShopcaisseTasks *self,
                                       const char *name,
                                       ShopcaisseTaskDone done,
                                       gpointer user_data);

struct ShopcaisseTask {
  ShopcaisseContext *context;
  const char *name;
  gint64 run;            /* also the number of its sweep */
  gboolean is_partial;   /* something was skipped, rejected or repeated: nothing is proven gone */
  guint n_rows;          /* rows read so far */
  guint n_expected;      /* rows there were last time, 0: unknown */
  GHashTable *first_ids; /* (owned): of each page, to notice a page that repeats */
  GHashTable *results;   /* (owned) (element-type utf8 GVariant): for whoever asked */
};

/* NULL when nobody waits for that run any more. */
ShopcaisseTask *shopcaisse_tasks_find(ShopcaisseTasks *self, gint64 run);
/* The same by name, so that a second wish joins the first. */
ShopcaisseTask *shopcaisse_tasks_find_name(ShopcaisseTasks *self, const char *name);

/* Another who wants to hear of the end. */
void shopcaisse_task_join(ShopcaisseTask *task, ShopcaisseTaskDone done, gpointer user_data);

void shopcaisse_task_set_result(ShopcaisseTask *task, const char *key, GVariant *value);

/* (transfer floating): all of them, and the number of rows. */
GVariant *shopcaisse_task_get_results(ShopcaisseTask *task);

/* A page of @n_rows was read; moves the progress. */
void shopcaisse_task_count(ShopcaisseTask *task, guint n_rows);

/* After a commit: ends the run when none of its rows is open. */
void shopcaisse_tasks_check(ShopcaisseTasks *self, gint64 run);

/* Ends a run with an error; its rows are dropped. @error is taken. */
void shopcaisse_tasks_fail(ShopcaisseTasks *self, gint64 run, GError *error);

/* The worker's way: note in the transaction, tell after its commit or forget after its rollback. */
void shopcaisse_tasks_note(ShopcaisseTasks *self, gint64 run, GError *error);
void shopcaisse_tasks_forget(ShopcaisseTasks *self);
void shopcaisse_tasks_tell(ShopcaisseTasks *self);

/* Everybody hears that the channel closes. */
void shopcaisse_tasks_cancel_all(ShopcaisseTasks *self);

G_END_DECLS
