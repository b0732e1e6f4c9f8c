/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages of a thousand rows, some rows at a time. A batch goes when nothing else is to be done. */
#include "engine/page-writer.h"

#include "engine/paging.h"
#include "engine/slices.h"
#include "model/text.h"

#define STORAGE_PAUSE (5 * SHOPCAISSE_SECOND)

typedef struct {
  ShopcaisseJob *job; /* (owned) */
  ShopcaissePageRows rows;
  ShopcaissePage *page; /* (owned): its rows by id */
  char *first_id;       /* (owned) (nullable): of the page as it came */
  guint next;           /* the first row that is not written */
} Entry;

struct ShopcaissePageWriter {
  ShopcaisseContext *context; /* (not owned) */
  GPtrArray *entries;         /* (owned) (element-type Entry): in the order they came */
  GSource *source;            /* (owned) (nullable): set while there is something to write */
  ShopcaisseTimer *timer;     /* (nullable): after the disk failed */
  guint batch;
};

static gboolean batch_cb(gpointer user_data);

static void
free_entry(gpointer data)
{
  Entry *entry = data;

  shopcaisse_job_free(entry->job);
  shopcaisse_page_free(entry->page);
  g_free(entry->first_id);
  g_free(entry);
}

static ShopcaissePageWriter *
get_writer(ShopcaisseContext *context)
{
  if (context->page_writer == NULL) {
    context->page_writer = g_new0(ShopcaissePageWriter, 1);
    context->page_writer->context = context;
    context->page_writer->entries = g_ptr_array_new_with_free_func(free_entry);
    context->page_writer->batch = SHOPCAISSE_SLICE_FIRST;
  }
  return context->page_writer;
}

/* What the pages that follow are made of. */
static ShopcaisseJob *
copy_job(const ShopcaisseJob *job)
{
  ShopcaisseJob *copy = shopcaisse_job_new(job->kind, job->key);

  shopcaisse_text_replace(&copy->lane, job->lane);
  copy->id = job->id;
  copy->lane_width = job->lane_width;
  copy->priority = job->priority;
  copy->run = job->run;
  copy->args = job->args != NULL ? g_variant_ref(job->args) : NULL;
  return copy;
}

static int
compare_rows(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const ShopcaissePageRows *rows = user_data;

  return strcmp(rows->get_id(*(gpointer *)a), rows->get_id(*(gpointer *)b));
}

static void
schedule(ShopcaissePageWriter *self)
{
  if (self->source != NULL || self->timer != NULL)
    return;
  self->source = g_idle_source_new();
  g_source_set_priority(self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback(self->source, batch_cb, self, NULL);
  g_source_attach(self->source, self->context->config->context);
}

static void
clear_source(ShopcaissePageWriter *self)
{
  if (self->source != NULL)
    g_source_destroy(self->source);
  g_clear_pointer(&self->source, g_source_unref);
}

/**
 * shopcaisse_page_writer_take:
 * @context: the engine's parts
 * @job: the row whose page it is
 * @rows: how its rows are written; copied
 * @page: (transfer full): what was on it
 * @verdict: (out): the row stays on the wire
 *
 * Writes a page soon, in batches. By id, because rows that are neighbours in the index cost the
 * disk less.
 */
void
shopcaisse_page_writer_take(ShopcaisseContext *context,
                            const ShopcaisseJob *job,
                            const ShopcaissePageRows *rows,
                            ShopcaissePage *page,
                            ShopcaisseVerdict *verdict)
{
  ShopcaissePageWriter *self = NULL;
  Entry *entry = NULL;

  verdict->action = SHOPCAISSE_VERDICT_SEND;
  if (context->is_closing)
    return shopcaisse_page_free(page);
  self = get_writer(context);
  entry = g_new0(Entry, 1);
  entry->job = copy_job(job);
  entry->rows = *rows;
  entry->page = page;
  if (page->rows->len > 0)
    entry->first_id = g_strdup(rows->get_id(page->rows->pdata[0]));
  g_ptr_array_sort_with_data(page->rows, compare_rows, &entry->rows);
  g_ptr_array_add(self->entries, entry);
  schedule(self);
}

static gboolean
finish_entry(ShopcaisseContext *context, Entry *entry, GError **error)
{
  return shopcaisse_paging_follow(context, entry->job, entry->page, entry->first_id,
                                  entry->rows.page_size, error) &&
         shopcaisse_outbox_settle(context->database, entry->job->id,
                                  entry->job->run != 0 ? SHOPCAISSE_SETTLE_KEEP
                                                       : SHOPCAISSE_SETTLE_FORGET,
                                  shopcaisse_context_get_now(context), error);
}

/* Writes rows up to @end; with the last of them the page is done, and all of it goes to disk. Until
 * then a page that is lost is asked for again. */
static gboolean
write_rows(ShopcaissePageWriter *self, Entry *entry, guint end, GError **error)
{
  ShopcaisseContext *context = self->context;
  ShopcaisseDatabase *database = context->database;
  ShopcaisseClock *clock = context->clock;
  gint64 began_at = clock->get_monotonic(clock);
  gboolean is_last = end == entry->page->rows->len;
  gboolean ok = is_last ? shopcaisse_database_begin(database, error)
                        : shopcaisse_database_begin_repeatable(database, error);

  if (!ok)
    return FALSE;
  for (guint i = entry->next; ok && i < end; i++)
    ok = entry->rows.put(context, entry->job, entry->page->rows->pdata[i], error);
  if (ok && is_last)
    ok = finish_entry(context, entry, error);
  self->batch = shopcaisse_slice_adapt(self->batch, clock->get_monotonic(clock) - began_at);
  if (ok && shopcaisse_database_commit(database, error))
    return TRUE;
  shopcaisse_database_rollback(database);
  return FALSE;
}

static void
timer_cb(gpointer user_data)
{
  ShopcaissePageWriter *self = user_data;

  self->timer = NULL;
  schedule(self);
}

/* A row that is gone belongs to a task that has ended. */
static void
suffer(ShopcaissePageWriter *self, Entry *entry, const GError *error)
{
  ShopcaisseClock *clock = self->context->clock;

  if (g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT)) {
    g_ptr_array_remove(self->entries, entry);
    shopcaisse_worker_wake(self->context->worker);
    return;
  }
  g_warning("%s: %s, retrying in 5 s", entry->job->kind, error->message);
  clear_source(self);
  self->timer = clock->call_after(clock, STORAGE_PAUSE, timer_cb, self);
}

static void
end_entry(ShopcaissePageWriter *self, Entry *entry)
{
  ShopcaisseContext *context = self->context;
  gint64 run = entry->job->run;

  g_ptr_array_remove(self->entries, entry);
  shopcaisse_tasks_check(context->tasks, run);
  shopcaisse_worker_wake(context->worker);
}

static gboolean
batch_cb(gpointer user_data)
{
  ShopcaissePageWriter *self = user_data;
  Entry *entry = self->entries->pdata[0];
  guint end = MIN(entry->next + self->batch, entry->page->rows->len);
  g_autoptr(GError) error = NULL;

  if (!write_rows(self, entry, end, &error)) {
    suffer(self, entry, error);
  } else {
    entry->next = end;
    shopcaisse_context_catalogue_changed(self->context);
    if (end == entry->page->rows->len)
      end_entry(self, entry);
  }
  if (self->entries->len > 0 && self->timer == NULL)
    return G_SOURCE_CONTINUE;
  clear_source(self);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_page_writer_cancel:
 * @context: the engine's parts
 *
 * Gives up what is not written and frees the writer. The rows of these pages are still on the wire
 * as far as the outbox knows, so that the next start asks for them again.
 */
void
shopcaisse_page_writer_cancel(ShopcaisseContext *context)
{
  ShopcaissePageWriter *self = g_steal_pointer(&context->page_writer);

  if (self == NULL)
    return;
  clear_source(self);
  if (self->timer != NULL)
    context->clock->cancel(context->clock, self->timer);
  g_ptr_array_unref(self->entries);
  g_free(self);
}
