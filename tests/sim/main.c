/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays shop days from seeds and says what became of the money. */
#include "day.h"
#include "verdict.h"

#include <stdlib.h>

#define DAYS_EACH 5 /* of one shop, one after another */

typedef struct {
  gint n_days;
  gint first_seed;
  gboolean is_verbose;
  gboolean is_storm;
  guint n_sales;
  guint n_tickets;
  guint n_kills;
  guint n_power_cuts;
  guint n_exchanges;
  guint n_faults;
  guint n_bad; /* shops */
} Run;

static void
add(Run *self, const World *world, const Verdict *verdict)
{
  self->n_sales += verdict->n_sales;
  self->n_tickets += verdict->n_tickets;
  self->n_kills += world->n_kills;
  self->n_power_cuts += world->n_power_cuts;
  self->n_exchanges += world->n_exchanges;
  self->n_faults += world->n_faults;
}

static void
tell_bad(const World *world, const Verdict *verdict, guint n_days)
{
  g_print("# seed %u, %u days: lost %u, doubled %u, cents %" G_GINT64_FORMAT
          ", foreign %u, unrecorded %u, invented %u; again: --seed %u --days %u --verbose\n",
          world->seed, n_days, verdict->n_lost, verdict->n_doubled, verdict->cents,
          verdict->n_foreign, verdict->n_unrecorded, verdict->n_invented, world->seed, n_days);
}

/* One shop with two computers on one database of the host. */
static void
play_shop(Run *self, guint32 seed, guint n_days)
{
  g_autoptr(World) world = world_new(seed);
  Verdict verdict = { 0 };

  world->is_verbose = self->is_verbose;
  world->is_storm = self->is_storm;
  books_furnish(world);
  for (guint i = 1; i <= 2; i++)
    till_set_up(till_new(world, i));
  for (guint i = 0; i < n_days; i++)
    day_play(world);
  day_mend(world);
  verdict = verdict_reach(world);
  add(self, world, &verdict);
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

int
main(int argc, char **argv)
{
  Run run = { .n_days = 10, .first_seed = 1 };
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &run.n_days, "shop days to play", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &run.first_seed, "the first seed; each shop has its own",
      "N" },
    { "storm", 0, 0, G_OPTION_ARG_NONE, &run.is_storm, "the network is at its worst each day",
      NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &run.is_verbose, "say what happens", NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) options = g_option_context_new("- plays shop days");
  g_autoptr(GError) error = NULL;
  guint n_played = 0;

  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error) || run.n_days < 1) {
    g_printerr("shop-days: %s\n", error != NULL ? error->message : "--days is at least 1");
    return 2;
  }
  g_log_set_writer_func(write_nothing, NULL, NULL);
  for (guint32 seed = (guint32)run.first_seed; n_played < (guint)run.n_days; seed++) {
    guint n_days = MIN(DAYS_EACH, (guint)run.n_days - n_played);

    play_shop(&run, seed, n_days);
    n_played += n_days;
  }
  g_print("# %u sales, %u tickets, %u kills, %u of them power cuts, %u of %u exchanges disturbed\n",
          run.n_sales, run.n_tickets, run.n_kills, run.n_power_cuts, run.n_faults, run.n_exchanges);
  g_print("%u shop days, %u shops bad\n", n_played, run.n_bad);
  return run.n_bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
