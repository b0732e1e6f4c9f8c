/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/configuration.h"
#include "engine/engine.h"
#include "engine/list-news.h"
#include "engine/pace.h"
#include "engine/schedule.h"
#include "engine/status.h"
#include "engine/task.h"
#include "engine/worker.h"
#include "store/database.h"
#include "store/journal.h"

G_BEGIN_DECLS

/* What the parts of an engine share. The engine owns all of it; a part keeps only the context. */
struct ShopcaisseContext {
  const ShopcaisseEngineConfig *config;
  ShopcaisseDatabase *database;
  ShopcaisseClock *clock;
  ShopcaisseHost *host;
  ShopcaisseConfiguration *configuration;
  ShopcaisseStatus *status;
  ShopcaisseTasks *tasks;
  ShopcaisseSchedule *schedule;
  ShopcaisseWorker *worker;
  struct ShopcaisseHearing *hearing; /* (owned) (nullable): what the host hears of sales */
  struct ShopcaisseWebhook *webhook;
  struct ShopcaisseBindings *bindings; /* (owned) (nullable) */
  gboolean is_catching_up;
  gboolean has_newer_sales; /* the host said so while it was being asked for them */
  char *token;              /* (owned) (nullable): wiped when it goes */
  gboolean is_loading_token;
  gboolean is_closing;
  gint64 last_answer_at;                 /* UTC, 0: none since the start */
  struct ShopcaisseRecording *recording; /* (owned) (nullable): while the host is given sales */
  struct ShopcaisseClosings *closings;   /* (owned) (nullable): once a day was closed */
  GPtrArray *draining;                   /* (owned) (nullable): answers for "send now" */
  gboolean is_applying;
  GVariant *plan_counts; /* (owned) (nullable): of the plan shown last: id, lines, a{su} */
  gpointer planning;     /* (nullable): the plan that is being made */
  GPtrArray *slices;     /* (owned) (nullable) (element-type ShopcaisseSlices): underway */
  ShopcaissePace pace;
  ShopcaisseListNews *list_news;            /* (owned) (nullable): once a list changed */
  struct ShopcaisseListings *listings;      /* (owned) */
  struct ShopcaissePageWriter *page_writer; /* (owned) (nullable): once a page was taken */
  struct ShopcaisseTally *unknown; /* (owned) (nullable): what pages held and nobody described */
};

static inline gint64
shopcaisse_context_get_now(ShopcaisseContext *self)
{
  return self->clock->get_now(self->clock);
}

/* Tells a test where one sale is; nothing otherwise. */
static inline void
shopcaisse_context_step(ShopcaisseContext *self, const char *step, const char *sale_id)
{
  if (self->config->step != NULL)
    self->config->step(step, sale_id, self->config->step_data);
}

/* The settings as they are now, and what follows from them, to whoever shows them. */
static inline void
shopcaisse_context_tell_settings(ShopcaisseContext *self)
{
  const ShopcaisseListener *listener = self->config->listener;
  g_autoptr(GVariant) settings = NULL;

  shopcaisse_context_connection_changed(self);
  if (listener == NULL || listener->settings_changed == NULL)
    return;
  settings = shopcaisse_configuration_describe(self->configuration, self->database);
  listener->settings_changed(settings, self->config->listener_data);
}

static inline gboolean
shopcaisse_context_journal(ShopcaisseContext *self,
                           ShopcaisseJournalLevel level,
                           const char *flow,
                           const char *subject,
                           const char *text,
                           GError **error)
{
  ShopcaisseJournalLine line = {
    .at = shopcaisse_context_get_now(self),
    .level = level,
    .flow = flow,
    .subject = subject,
    .text = text,
  };

  /* Heard by another thread: after the commit. */
  shopcaisse_context_list_changed(self, "journal");
  return shopcaisse_journal_append(self->database, &line, error);
}

G_END_DECLS
