/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long a page waits for a list of a large shop, how long a slice of the search holds the
 * engine's thread, and what the rows cost the host's thread. Both run in one thread here, so that
 * each can be measured alone; the disk is that of the temporary folder. */
#include "../integration/lists/large-shop.h"
#include "../unit/engine-fakes.h"
#include "channel/list-model.h"
#include "engine/engine.h"

#include <comptoir/comptoir-row.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define SHOWN    40 /* rows on a screen */
#define SETTLE_S 2

typedef struct {
  char *folder; /* (owned) */
  GMainContext *context;
  ShopcaisseClock *clock;
  FakeNetwork network;
  FakeHost host;
  FakeSecrets secrets;
  ShopcaisseEngineConfig config;
  ShopcaisseEngine *engine;
  GObject *owner;    /* (owned): of the list */
  GListModel *model; /* (nullable) (not owned): that is shown */
  gint64 shown_at;   /* 0: its first rows have not come */
  gint64 known_at;   /* 0: nor has its total */
  gint64 worst_host; /* microseconds */
  gint64 worst_slice;
  gint64 host_us; /* of this turn of the loop */
  guint total;
  gboolean is_closed;
} Bench;

typedef struct {
  Bench *bench;
  ShopcaisseAnswerFunc answer;
  gpointer user_data;
} Fetch;

static Bench *current; /* what a fetch of the list belongs to */

static void
check(gboolean ok, const GError *error)
{
  if (ok)
    return;
  fprintf(stderr, "bench-lists: %s\n", error != NULL ? error->message : "it failed");
  exit(1);
}

/* What a view does with the rows that it shows. */
static void
look(Bench *self)
{
  guint n_rows = MIN(SHOWN, g_list_model_get_n_items(self->model));

  for (guint i = 0; i < n_rows; i++) {
    g_autoptr(ComptoirRow) row = g_list_model_get_item(self->model, i);
    g_autofree char *name = comptoir_row_dup_text(row, "name");
  }
}

static void
fetched_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autofree Fetch *fetch = user_data;
  Bench *self = fetch->bench;
  gint64 began_at = g_get_monotonic_time();
  gboolean complete = FALSE;

  check(error == NULL, error);
  fetch->answer(answer, error, fetch->user_data);
  if (self->model != NULL)
    look(self);
  if (self->shown_at == 0)
    self->shown_at = began_at;
  g_variant_lookup(answer, "complete", "b", &complete);
  g_variant_lookup(answer, "total", "u", &self->total);
  if (complete && self->known_at == 0)
    self->known_at = began_at;
  self->host_us += g_get_monotonic_time() - began_at;
}

static gboolean
fetch_cb(GObject *owner,
         const ShopcaisseWindow *window,
         ShopcaisseAnswerFunc answer,
         gpointer user_data)
{
  Fetch *fetch = g_new0(Fetch, 1);

  (void)owner;
  fetch->bench = current;
  fetch->answer = answer;
  fetch->user_data = user_data;
  shopcaisse_engine_list(current->engine, window, fetched_cb, fetch);
  return TRUE;
}

static void
list_changed(const char *kind, gpointer user_data)
{
  Bench *self = user_data;
  ShopcaisseListModel *model = (ShopcaisseListModel *)self->model;

  if (model != NULL && g_str_equal(shopcaisse_list_model_get_kind(model), kind))
    shopcaisse_list_model_refresh(model);
}

static const ShopcaisseListener listener = { .list_changed = list_changed };

/* One turn of the loop is one slice, or one answer. */
static gboolean
turn(Bench *self)
{
  gint64 began_at = g_get_monotonic_time();
  gboolean is_busy = FALSE;

  self->host_us = 0;
  is_busy = g_main_context_iteration(self->context, FALSE);
  self->worst_host = MAX(self->worst_host, self->host_us);
  self->worst_slice = MAX(self->worst_slice, g_get_monotonic_time() - began_at - self->host_us);
  return is_busy;
}

static void
settle(Bench *self)
{
  gint64 end = g_get_monotonic_time() + SETTLE_S * G_USEC_PER_SEC;

  while (g_get_monotonic_time() < end)
    g_main_context_iteration(self->context, FALSE);
}

static void
measure(Bench *self, const char *name, const char *kind, const char *query)
{
  g_autoptr(GVariant) asked = g_variant_parse(G_VARIANT_TYPE_VARDICT, query, NULL, NULL, NULL);
  gint64 began_at = g_get_monotonic_time();
  ShopcaisseListModel *model = NULL;

  self->shown_at = self->known_at = self->worst_host = self->worst_slice = 0;
  current = self;
  model = shopcaisse_list_model_new(self->owner, fetch_cb, kind, asked);
  self->model = G_LIST_MODEL(model);
  while (self->known_at == 0)
    turn(self);
  while (turn(self))
    ;
  printf("%-44s %8u %9.1f %9.1f %9.1f %9.1f\n", name, self->total,
         (double)(self->shown_at - began_at) / 1000, (double)(self->known_at - began_at) / 1000,
         (double)self->worst_slice / 1000, (double)self->worst_host / 1000);
  self->model = NULL;
  g_object_unref(model);
}

static void
fill(Bench *self)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "bench" };
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseDatabase) database = shopcaisse_database_open(&config, &error);

  check(database != NULL, error);
  check(large_shop_fill(database, &error), error);
}

static void
open_engine(Bench *self)
{
  g_autoptr(GError) error = NULL;

  self->context = g_main_context_new();
  self->clock = shopcaisse_system_clock_new(self->context);
  fake_network_init(&self->network, self->context);
  fake_host_init(&self->host, self->context);
  fake_secrets_init(&self->secrets, self->context);
  self->config = (ShopcaisseEngineConfig){
    .folder = self->folder,
    .context = self->context,
    .clock = self->clock,
    .host = &self->host.host,
    .secrets = &self->secrets.store,
    .load_transport = fake_network_load,
    .listener = &listener,
    .listener_data = self,
  };
  self->owner = g_object_new(G_TYPE_OBJECT, NULL);
  self->engine = shopcaisse_engine_open(&self->config, &error);
  check(self->engine != NULL, error);
  settle(self);
}

static void
closed_cb(const GError *error, gpointer user_data)
{
  check(error == NULL, error);
  ((Bench *)user_data)->is_closed = TRUE;
}

static void
close_engine(Bench *self)
{
  self->host.is_closing = TRUE;
  shopcaisse_engine_close(self->engine, closed_cb, self);
  while (!self->is_closed)
    g_main_context_iteration(self->context, TRUE);
  shopcaisse_engine_free(self->engine);
  g_object_unref(self->owner);
  fake_secrets_clear(&self->secrets);
  fake_host_clear(&self->host);
  fake_network_clear(&self->network);
  self->clock->free(self->clock);
  g_main_context_unref(self->context);
}

static void
remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *file = g_build_filename(path, name, NULL);

    g_unlink(file);
  }
  g_rmdir(path);
}

static const char *const queries[][3] = {
  { "articles, ambiguous, never asked", "articles", "{'state': <'ambiguous'>}" },
  { "articles, by name", "articles", "{}" },
  { "articles, by name, again", "articles", "{}" },
  { "articles, by name backwards", "articles", "{'sort': <'-name'>}" },
  { "articles, by reference", "articles", "{'sort': <'reference'>}" },
  { "articles, by price", "articles", "{'sort': <'price'>}" },
  { "articles, search, many", "articles", "{'search': <'CREME brulee'>}" },
  { "articles, search, one", "articles", "{'search': <'ref-49990'>}" },
  { "articles, search, none", "articles", "{'search': <'absent'>}" },
  { "articles, linked", "articles", "{'state': <'linked'>}" },
  { "articles, not linked", "articles", "{'state': <'unlinked'>}" },
  { "articles, ambiguous", "articles", "{'state': <'ambiguous'>}" },
  { "articles, rate differs", "articles", "{'vat': <'differs'>}" },
  { "items, by name", "items", "{}" },
  { "items, by price", "items", "{'sort': <'-price'>}" },
  { "items, search, none", "items", "{'search': <'absent'>}" },
  { "items, not linked", "items", "{'state': <'unlinked'>}" },
  { "links", "links", "{}" },
  { "journal", "journal", "{}" },
  { "journal, search, the oldest line", "journal", "{'search': <'aiguille NOEL'>}" },
  { "journal, search, many", "journal", "{'search': <'accepted'>}" },
  { "journal, warnings", "journal", "{'level': <'warning'>}" },
  { "journal, informations", "journal", "{'level': <'info'>}" },
};

int
main(void)
{
  Bench self = { 0 };
  g_autoptr(GError) error = NULL;

  self.folder = g_dir_make_tmp("bench-lists-XXXXXX", &error);
  check(self.folder != NULL, error);
  fill(&self);
  open_engine(&self);
  printf("%-44s %8s %9s %9s %9s %9s\n", "milliseconds", "rows", "shown", "counted", "slice",
         "host");
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
    measure(&self, queries[i][0], queries[i][1], queries[i][2]);
    settle(&self);
  }
  close_engine(&self);
  remove_folder(self.folder);
  g_free(self.folder);
  return 0;
}
