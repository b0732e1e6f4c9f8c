/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays shop days from seeds and says what became of the money. */
#include "day.h"
#include "simulator/stores.h"
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>

#define DAYS_EACH  5    /* of one shop, one after another */
#define NEWS_EVERY 1000 /* days */

typedef struct {
  gint n_days;
  gint first_seed;
  gboolean is_verbose;
  gboolean is_storm;
  char *search;      /* (owned) (nullable): until a shop has "lost" or "doubled" something */
  gboolean is_found; /* such a shop */
  guint n_played;
  guint n_sales;
  guint n_tickets;
  guint counts[N_COUNTS];
  guint n_bad; /* shops */
} Run;

static void
add(Run *self, const World *world, const Verdict *verdict)
{
  self->n_sales += verdict->n_sales;
  self->n_tickets += verdict->n_tickets;
  for (gsize i = 0; i < N_COUNTS; i++)
    self->counts[i] += world->counts[i];
}

static void
tell_bad(const World *world, const Verdict *verdict, guint n_days)
{
  g_print("# seed %u, %u days: lost %u, doubled %u, cents %" G_GINT64_FORMAT
          ", foreign %u, unrecorded %u, invented %u, believed %u, false alarms %u; again:%s"
          " --seed %u --days %u --verbose\n",
          world->seed, n_days, verdict->n_lost, verdict->n_doubled, verdict->cents,
          verdict->n_foreign, verdict->n_unrecorded, verdict->n_invented, verdict->n_believed,
          verdict->n_false_alarms, world->is_storm ? " --storm" : "", world->seed, n_days);
}

/* One shop with two computers on one database of the host. */
static void
play_shop(Run *self, guint32 seed, guint n_days)
{
  g_autoptr(World) world = world_new(seed, 1);
  GPtrArray *stores = world->service->stores->stores;
  /* Every fourth shop has several registers, and all of them are asked. */
  const SimStore *store = stores->pdata[seed % 4 == 0 ? 0 : stores->len - 1];
  Books *books = books_new(world, store->id);
  Verdict verdict = { 0 };

  world->is_verbose = self->is_verbose;
  world->is_storm = self->is_storm;
  for (guint i = 1; i <= 2; i++)
    till_set_up(till_new(books, i));
  for (guint i = 0; i < n_days; i++)
    day_play(world);
  day_mend(world);
  verdict = verdict_reach(world);
  add(self, world, &verdict);
  self->is_found = (g_strcmp0(self->search, "lost") == 0 && verdict.n_lost > 0) ||
                   (g_strcmp0(self->search, "doubled") == 0 && verdict.n_doubled > 0);
  if (!verdict_is_clean(&verdict)) {
    self->n_bad++;
    tell_bad(world, &verdict, n_days);
  }
}

/* What the engine warns of is what was done to it. */
static GLogWriterOutput
write_nothing(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_default(level, fields, n_fields, data)
             : G_LOG_WRITER_HANDLED;
}

/* A long run says how far it is, and from which seed on it can be taken up again. */
static void
play_all(Run *self)
{
  for (guint32 seed = (guint32)self->first_seed; self->n_played < (guint)self->n_days; seed++) {
    guint n_days = MIN(DAYS_EACH, (guint)self->n_days - self->n_played);

    play_shop(self, seed, n_days);
    self->n_played += n_days;
    if (self->is_found)
      return;
    if (self->n_played % NEWS_EVERY != 0)
      continue;
    g_print("# %u days, %u shops bad; the next seed is %u\n", self->n_played, self->n_bad,
            seed + 1);
    (void)fflush(stdout); /* it is for somebody who waits */
  }
}

static gboolean
read_options(Run *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &self->n_days, "shop days to play", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &self->first_seed, "the first seed; each shop has its own",
      "N" },
    { "storm", 0, 0, G_OPTION_ARG_NONE, &self->is_storm, "the network is at its worst each day",
      NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self->search,
      "stop at the first shop that has \"lost\" or \"doubled\" something", "WHAT" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->is_verbose, "say what happens", NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) options = g_option_context_new("- plays shop days");
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries(options, entries, NULL);
  if (g_option_context_parse(options, argc, argv, &error) && self->n_days >= 1)
    return TRUE;
  g_printerr("shop-days: %s\n", error != NULL ? error->message : "--days is at least 1");
  return FALSE;
}

int
main(int argc, char **argv)
{
  Run run = { .n_days = 10, .first_seed = 1 };
  g_autofree char *counts = NULL;

  if (!read_options(&run, &argc, &argv))
    return 2;
  g_log_set_writer_func(write_nothing, NULL, NULL);
  play_all(&run);
  counts = count_describe(run.counts);
  g_print("# %u sales, %u tickets\n# %s\n", run.n_sales, run.n_tickets, counts);
  g_print("%u shop days, %u shops bad\n", run.n_played, run.n_bad);
  g_free(run.search);
  return run.n_bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
