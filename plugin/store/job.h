/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Urgency: what a shop waits for goes first. */
typedef enum {
  SHOPCAISSE_PRIORITY_CANCEL,
  SHOPCAISSE_PRIORITY_DUE, /* an order that somebody fetches at a time */
  SHOPCAISSE_PRIORITY_ORDER,
  SHOPCAISSE_PRIORITY_ASKED, /* a person waits */
  SHOPCAISSE_PRIORITY_POLL,
  SHOPCAISSE_PRIORITY_BULK
} ShopcaissePriority;

typedef enum {
  SHOPCAISSE_JOB_WAITING, /* sent when due */
  SHOPCAISSE_JOB_SENDING, /* its request may be on the wire */
  SHOPCAISSE_JOB_HELD,    /* a condition is missing: `reason` */
  SHOPCAISSE_JOB_PARKED,  /* refused: a person decides */
  SHOPCAISSE_JOB_SETTLED
} ShopcaisseJobState;

/* One row of the outbox. Text fields are never NULL unless they say so. */
typedef struct {
  gint64 id;     /* 0 before it is appended */
  char *kind;    /* (owned): names the functions in engine/job-*.c */
  guint version; /* of args */
  char *key;     /* (owned): the same key is the same job */
  char *lane;    /* (owned): at most lane_width jobs of a lane are on the wire at once */
  guint lane_width;
  ShopcaissePriority priority;
  char *store_id; /* (owned): "" when it is about no store */
  char *subject;  /* (owned): the sale, or "" */
  gint64 run;     /* the task it belongs to, 0 for none */
  GVariant *args; /* (owned) (nullable): a{sv} */
  char *path;     /* (owned) (nullable): frozen with body */
  GBytes *body;   /* (owned) (nullable) */
  ShopcaisseJobState state;
  char *reason;  /* (owned): a word */
  char *message; /* (owned): for people */
  guint attempts;
  gint64 due_at;
  gint64 unknown_at; /* since when its outcome is not known, 0: it is */
  gint64 created_at;
  gboolean is_damaged; /* not stored: it is not as it was written, only to be shown */
  gboolean is_look_up; /* not stored: what is on the wire asks, it does not send */
} ShopcaisseJob;

ShopcaisseJob *shopcaisse_job_new(const char *kind, const char *key);

void shopcaisse_job_free(ShopcaisseJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseJob, shopcaisse_job_free)

const char *shopcaisse_job_state_to_text(ShopcaisseJobState state);

gboolean shopcaisse_job_state_parse(const char *text, ShopcaisseJobState *state);

G_END_DECLS
